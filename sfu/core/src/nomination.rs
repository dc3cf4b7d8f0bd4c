//! Takes the first pair of addresses that works before the client has chosen one.
//!
//! Browsers nominate with a second check, 50 ms after the first, and the handshake of DTLS would wait for it. Any valid
//! pair may be used until then (RFC 8445 section 12.1.1).

use str0m::config::CryptoProvider;
use str0m::ice::StunMessage;

const MOST_BYTES: usize = 1024;

/// A connectivity check that also nominates its pair; `None` when it does already, or is none of a controlling agent.
pub(crate) fn nominating(check: &[u8], password: &str, crypto: &CryptoProvider) -> Option<Vec<u8>> {
    let check = StunMessage::parse(check).ok()?;
    if !check.is_binding_request() || check.use_candidate() {
        return None;
    }
    let (user, id, priority) = (check.username()?, check.trans_id(), check.prio()?);
    let nominating =
        StunMessage::binding_request(user, id, true, check.ice_controlling()?, priority, true);
    let mut datagram = vec![0; MOST_BYTES];
    let sign = |key: &[u8], parts: &[&[u8]]| crypto.sha1_hmac_provider.sha1_hmac(key, parts);
    let length = nominating
        .to_bytes(Some(password.as_bytes()), &mut datagram, sign)
        .ok()?;
    datagram.truncate(length);
    Some(datagram)
}

#[cfg(test)]
mod tests {
    use str0m::ice::{StunMessage, TransId};

    use super::{MOST_BYTES, nominating};

    const PASSWORD: &str = "a password of twenty-four";

    fn check(is_controlling: bool, nominates: bool) -> Vec<u8> {
        let crypto = str0m::crypto::from_feature_flags();
        let check = StunMessage::binding_request(
            "ours:theirs",
            TransId::new(),
            is_controlling,
            7,
            99,
            nominates,
        );
        let mut datagram = vec![0; MOST_BYTES];
        let sign = |key: &[u8], parts: &[&[u8]]| crypto.sha1_hmac_provider.sha1_hmac(key, parts);
        let length = check
            .to_bytes(Some(PASSWORD.as_bytes()), &mut datagram, sign)
            .unwrap();
        datagram.truncate(length);
        datagram
    }

    #[test]
    fn a_check_nominates_and_is_otherwise_the_same() {
        let crypto = str0m::crypto::from_feature_flags();
        let before = check(true, false);
        let after = nominating(&before, PASSWORD, &crypto).unwrap();
        let (before, after) = (
            StunMessage::parse(&before).unwrap(),
            StunMessage::parse(&after).unwrap(),
        );
        assert!(after.use_candidate());
        assert_eq!(after.trans_id(), before.trans_id());
        assert_eq!(after.username(), before.username());
        assert_eq!(after.prio(), before.prio());
        assert_eq!(after.ice_controlling(), before.ice_controlling());
        assert!(after.verify(PASSWORD.as_bytes(), |key, parts| {
            crypto.sha1_hmac_provider.sha1_hmac(key, parts)
        }));
    }

    #[test]
    fn what_nominates_by_itself_or_may_not_is_left_alone() {
        let crypto = str0m::crypto::from_feature_flags();
        for left_alone in [
            check(true, true),
            check(false, false),
            vec![22; 60],
            Vec::new(),
        ] {
            assert_eq!(nominating(&left_alone, PASSWORD, &crypto), None);
        }
    }
}
