//! Header extensions as packets carry them (RFC 8285).

/// What stands before elements of one byte of head (section 4.2) and of two (section 4.3).
const ONE_BYTE_PROFILE: [u8; 2] = [0xbe, 0xde];
const TWO_BYTE_PROFILE: [u8; 2] = [0x10, 0x00];
/// The most that one byte of head can say.
const SHORT_IDS: std::ops::RangeInclusive<u8> = 1..=14;
const SHORT_BYTES: std::ops::RangeInclusive<usize> = 1..=16;

/// One extension: its number in this connection, and its value.
pub(super) type Element<'a> = (u8, &'a [u8]);

/// Appends a block of extensions. Values above 255 bytes have no form and are left out.
pub(super) fn write(elements: &[Element<'_>], out: &mut Vec<u8>) {
    let is_short =
        |(id, value): &Element<'_>| SHORT_IDS.contains(id) && SHORT_BYTES.contains(&value.len());
    let are_short = elements.iter().all(is_short);
    let profile = if are_short {
        ONE_BYTE_PROFILE
    } else {
        TWO_BYTE_PROFILE
    };
    out.extend(profile);
    let length_at = out.len();
    out.extend([0; 2]);
    let start = out.len();
    for (id, value) in elements {
        let Ok(length) = u8::try_from(value.len()) else {
            continue;
        };
        if are_short {
            out.push(id << 4 | (length - 1));
        } else {
            out.extend([*id, length]);
        }
        out.extend_from_slice(value);
    }
    let bytes = (out.len() - start).next_multiple_of(4);
    out.resize(start + bytes, 0);
    let words = u16::try_from(bytes / 4).unwrap_or_default();
    if let Some(place) = out.get_mut(length_at..start) {
        place.copy_from_slice(&words.to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::write;

    fn block(elements: &[(u8, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        write(elements, &mut out);
        out
    }

    #[test]
    fn short_elements_have_one_byte_of_head() {
        let written = block(&[(4, b"a1"), (8, &[7, 8, 9])]);
        let expected = [0xbe, 0xde, 0, 2, 0x41, b'a', b'1', 0x82, 7, 8, 9, 0];
        assert_eq!(written, expected);
    }

    #[test]
    fn one_long_value_or_large_number_gives_all_two() {
        let long = [5; 17];
        let written = block(&[(4, b"0"), (8, &long)]);
        assert_eq!(written[..9], [0x10, 0, 0, 6, 4, 1, b'0', 8, 17]);
        assert_eq!(written.len(), 4 + 24);
        assert_eq!(block(&[(15, &[1])]), [0x10, 0, 0, 1, 15, 1, 1, 0]);
        assert_eq!(block(&[(4, &[])]), [0x10, 0, 0, 1, 4, 0, 0, 0]);
    }

    #[test]
    fn what_has_no_form_is_left_out() {
        assert_eq!(block(&[(4, &[0; 256])]), [0x10, 0, 0, 0]);
    }
}
