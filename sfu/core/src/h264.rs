//! Where an H.264 stream can be begun (RFC 6184).

const TYPE: u8 = 0x1f;
/// A sequence parameter set: encoders send one before every picture that needs no other.
const PARAMETERS: u8 = 7;
/// Several units in one packet (section 5.7.1), each after its length in two bytes.
const AGGREGATE: u8 = 24;
/// A fragment of a unit (section 5.8), and the mark of the first.
const FRAGMENT: u8 = 28;
const STARTS: u8 = 0x80;

/// Whether a receiver that has nothing can begin with this payload.
pub(crate) fn starts_keyframe(payload: &[u8]) -> bool {
    match payload.first().map(|first| first & TYPE) {
        Some(AGGREGATE) => has_parameters(payload.get(1..).unwrap_or_default()),
        Some(FRAGMENT) => payload
            .get(1)
            .is_some_and(|header| header & STARTS != 0 && header & TYPE == PARAMETERS),
        Some(kind) => kind == PARAMETERS,
        None => false,
    }
}

fn has_parameters(mut units: &[u8]) -> bool {
    while let Some((length, rest)) = units.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length));
        if length > 0 && rest.first().is_some_and(|first| first & TYPE == PARAMETERS) {
            return true;
        }
        units = rest.get(length..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::starts_keyframe;
    use crate::testing::Random;

    #[test]
    fn parameters_begin_a_keyframe_alone_together_or_in_parts() {
        for payload in [
            &[0x67, 0x42][..],
            &[0x18, 0, 2, 0x09, 0x10, 0, 3, 0x67, 1, 2, 0, 1, 0x68],
            &[0x7c, 0x87, 1],
        ] {
            assert!(starts_keyframe(payload), "{payload:x?}");
        }
    }

    #[test]
    fn nothing_else_does() {
        for payload in [
            &[][..],
            &[0x65, 1],
            &[0x61],
            &[0x68],
            &[0x18],
            &[0x18, 0],
            &[0x18, 0, 0, 0, 0],
            &[0x18, 0xff, 0xff, 0x09],
            &[0x7c],
            &[0x7c, 0x07],
            &[0x7c, 0x85],
        ] {
            assert!(!starts_keyframe(payload), "{payload:x?}");
        }
    }

    #[test]
    fn no_bytes_at_all_do_harm() {
        let mut random = Random(4);
        for _ in 0..50_000 {
            let length = random.below(40);
            let mut payload = random.bytes(length);
            if let Some(first) = payload.first_mut() {
                *first = 0x18;
            }
            starts_keyframe(&payload);
        }
    }
}
