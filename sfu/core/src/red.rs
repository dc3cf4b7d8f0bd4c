//! The newest voice in a packet that repeats older ones (RFC 2198).

const FOLLOWED: u8 = 0x80;
const HEADER_BYTES: usize = 4;

/// The last block of a packet; `None` when its headers do not fit what there is.
pub(crate) fn primary(payload: &[u8]) -> Option<&[u8]> {
    let (mut rest, mut older) = (payload, 0);
    while rest.first()? & FOLLOWED != 0 {
        let header = rest.get(..HEADER_BYTES)?;
        let [_, _, high, low] = header.try_into().ok()?;
        older += usize::from(u16::from_be_bytes([high, low]) & 0x03ff);
        rest = rest.get(HEADER_BYTES..)?;
    }
    rest.get(1 + older..)
}

#[cfg(test)]
mod tests {
    use super::primary;
    use crate::testing::Random;

    #[test]
    fn the_last_block_is_found_behind_any_number_of_others() {
        assert_eq!(primary(&[0x6f, 1, 2]), Some(&[1, 2][..]));
        let one = [0xef, 0x0f, 0x00, 2, 0x6f, 9, 9, 1, 2];
        assert_eq!(primary(&one), Some(&[1, 2][..]));
        let two = [0xef, 0, 0, 1, 0xef, 0, 0, 2, 0x6f, 8, 9, 9, 1];
        assert_eq!(primary(&two), Some(&[1][..]));
        assert_eq!(primary(&[0x6f]), Some(&[][..]));
    }

    #[test]
    fn what_does_not_fit_has_none() {
        for payload in [
            &[][..],
            &[0xef],
            &[0xef, 0, 0, 1],
            &[0xef, 0, 3, 0xff, 0x6f, 1],
        ] {
            assert_eq!(primary(payload), None, "{payload:x?}");
        }
        let mut random = Random(6);
        for _ in 0..50_000 {
            let length = random.below(20);
            let payload = random.bytes(length);
            assert!(primary(&payload).is_none_or(|last| last.len() < payload.len()));
        }
    }
}
