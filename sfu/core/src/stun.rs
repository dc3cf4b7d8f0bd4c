//! Just enough of STUN to tell whose connectivity check a datagram is (RFC 8489 section 5, RFC 8445 section 7.1.1).

const HEADER_BYTES: usize = 20;
const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const BINDING_REQUEST: [u8; 2] = [0x00, 0x01];
const USERNAME: u16 = 0x0006;
const USE_CANDIDATE: u16 = 0x0025;

/// The receiver's ICE user fragment in a binding request; `None` for anything else.
pub(crate) fn local_ufrag(datagram: &[u8]) -> Option<&str> {
    if datagram.get(..2)? != BINDING_REQUEST || datagram.get(4..8)? != MAGIC_COOKIE {
        return None;
    }
    let username = std::str::from_utf8(attribute(datagram, USERNAME)?).ok()?;
    username.split_once(':').map(|(local, _)| local)
}

/// Whether a binding request chooses the pair of addresses it travels on (RFC 8445 section 8.1.1).
pub(crate) fn nominates(datagram: &[u8]) -> bool {
    attribute(datagram, USE_CANDIDATE).is_some()
}

/// The value of the first attribute of a kind.
fn attribute(datagram: &[u8], wanted: u16) -> Option<&[u8]> {
    let mut rest = datagram.get(HEADER_BYTES..)?;
    loop {
        let kind = read_u16(rest, 0)?;
        let length = usize::from(read_u16(rest, 2)?);
        if kind == wanted {
            return rest.get(4..4 + length);
        }
        rest = rest.get(4 + length.next_multiple_of(4)..)?;
    }
}

fn read_u16(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at + 2)?;
    Some(u16::from_be_bytes(pair.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{BINDING_REQUEST, MAGIC_COOKIE, local_ufrag, nominates};

    fn request(attributes: &[(u16, &[u8])]) -> Vec<u8> {
        let mut datagram = [BINDING_REQUEST.as_slice(), &[0, 0], &MAGIC_COOKIE, &[7; 12]].concat();
        for (kind, value) in attributes {
            datagram.extend(kind.to_be_bytes());
            datagram.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
            datagram.extend(*value);
            datagram.resize(datagram.len().next_multiple_of(4), 0);
        }
        datagram
    }

    #[test]
    fn the_part_before_the_colon_is_ours() {
        let datagram = request(&[(0x8022, b"agent"), (6, b"ours:theirs")]);
        assert_eq!(local_ufrag(&datagram), Some("ours"));
    }

    #[test]
    fn no_cut_of_a_request_is_taken_for_another() {
        let datagram = request(&[(0x8022, b"agent"), (6, b"ours:theirs")]);
        for length in 0..datagram.len() - 1 {
            assert_eq!(local_ufrag(&datagram[..length]), None, "{length} bytes");
        }
    }

    #[test]
    fn a_username_without_colon_or_outside_utf8_is_nobodys() {
        assert_eq!(local_ufrag(&request(&[(6, b"ours")])), None);
        assert_eq!(local_ufrag(&request(&[(6, &[0xff, b':', 0xff])])), None);
        assert_eq!(local_ufrag(&request(&[])), None);
    }

    #[test]
    fn a_nomination_is_an_attribute_without_value() {
        assert!(nominates(&request(&[(6, b"ours:theirs"), (0x25, b"")])));
        assert!(!nominates(&request(&[(6, b"ours:theirs")])));
    }

    #[test]
    fn an_rtp_packet_is_no_request() {
        assert_eq!(local_ufrag(&[0x80; 60]), None);
    }
}
