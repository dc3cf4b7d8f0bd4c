use super::*;
use str0m::config::KeyingMaterial;
use str0m::crypto::from_feature_flags;

const PROFILES: [(SrtpProfile, usize); 3] = [
    (SrtpProfile::AEAD_AES_128_GCM, 2 * (16 + 12)),
    (SrtpProfile::AEAD_AES_256_GCM, 2 * (32 + 12)),
    (SrtpProfile::AES128_CM_SHA1_80, 2 * (16 + 14)),
];
/// A receiver report with one block, as a client sends it.
const REPORT: [u8; 32] = [
    0x81, 201, 0, 7, 0, 0, 0, 1, 0, 0, 0, 2, 3, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0,
];

fn keys(profile: SrtpProfile, length: usize, is_client: bool) -> Keys {
    let material: Vec<u8> = (0..length).map(|n| u8::try_from(n).unwrap()).collect();
    Keys {
        material: KeyingMaterial::new(&material),
        profile,
        is_client,
    }
}

fn pair(profile: SrtpProfile, length: usize) -> (Srtp, Srtp) {
    let crypto = from_feature_flags();
    let side = |is_client| Srtp::new(&crypto, &keys(profile, length, is_client)).unwrap();
    (side(false), side(true))
}

#[test]
fn the_other_side_reads_a_report_once() {
    for (profile, length) in PROFILES {
        let (mut server, mut client) = pair(profile, length);
        for _ in 0..3 {
            let sealed = client.seal_report(&REPORT).unwrap();
            assert_ne!(sealed[8..32], REPORT[8..]);
            assert_eq!(server.open_report(&sealed).unwrap(), REPORT, "{profile:?}");
            assert_eq!(server.open_report(&sealed), None, "{profile:?} replayed");
            assert_eq!(client.open_report(&sealed), None, "{profile:?} reflected");
        }
    }
}

#[test]
fn no_flipped_bit_and_no_cut_is_taken() {
    for (profile, length) in PROFILES {
        let (mut server, mut client) = pair(profile, length);
        let sealed = client.seal_report(&REPORT).unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut bent = sealed.clone();
            bent[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(server.open_report(&bent), None, "{profile:?} bit {bit}");
        }
        for end in 0..sealed.len() {
            assert_eq!(
                server.open_report(&sealed[..end]),
                None,
                "{profile:?} {end}"
            );
        }
        assert!(server.open_report(&sealed).is_some(), "and spoiled nothing");
    }
}

#[test]
fn a_report_in_clear_is_refused() {
    let (mut server, mut client) = pair(PROFILES[1].0, PROFILES[1].1);
    let mut sealed = client.seal_report(&REPORT).unwrap();
    let at = sealed.len() - 4;
    sealed[at] &= 0x7f;
    assert_eq!(server.open_report(&sealed), None);
}

#[test]
fn handshakes_that_give_too_little_are_refused() {
    let crypto = from_feature_flags();
    for (profile, length) in PROFILES {
        let short = Srtp::new(&crypto, &keys(profile, length - 1, true));
        assert!(matches!(short, Err(SrtpError::Material)), "{profile:?}");
    }
}

#[test]
fn media_is_encrypted_under_the_extended_sequence_number() {
    for (profile, length) in PROFILES {
        let (mut server, _) = pair(profile, length);
        let header = [0x80; 12];
        let mut seal = |index| {
            let mut out = vec![0; 12 + 20 + server.overhead_bytes()];
            assert!(server.seal(&header, &[5; 20], 7, index, &mut out));
            out
        };
        let (first, after_rollover) = (seal(1), seal(65_537));
        assert_eq!(first[..12], header);
        assert_ne!(first, after_rollover, "{profile:?}");
        assert_eq!(first, seal(1));
    }
}
