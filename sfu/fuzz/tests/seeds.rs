//! The committed seeds, their cuts and their neighbours, through the same entries as the fuzzer.

#![expect(
    clippy::unwrap_used,
    reason = "seeds that cannot be read must fail the test"
)]

use std::path::Path;

use jumpa_sfu_fuzz::{data_packet, datagrams, feedback, link_frames, offers, payload};

/// Cuts and changes made of one seed; more is the fuzzer's work.
const VARIANTS: usize = 32;

fn run_all(folder: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(folder);
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let seed = std::fs::read(entry.unwrap().path()).unwrap();
        target(&seed);
        for at in (0..seed.len()).step_by(seed.len() / VARIANTS + 1) {
            let (before, after) = seed.split_at(at);
            target(before);
            let changed = after.first().map(|byte| byte ^ 0x81);
            let rest = after.iter().skip(1).copied();
            let neighbour: Vec<u8> = before.iter().copied().chain(changed).chain(rest).collect();
            target(&neighbour);
        }
        count += 1;
    }
    assert!(count >= 5, "the seeds are gone");
}

#[test]
fn data_packets_keep_their_true_sender() {
    run_all("data_packet", data_packet);
}

#[test]
fn frames_trip_nobody() {
    run_all("link_frames", link_frames);
}

#[test]
fn offers_are_answered_with_what_is_there() {
    run_all("offers", offers);
}

#[test]
fn strangers_get_no_answer() {
    run_all("datagrams", datagrams);
}

#[test]
fn reports_tell_no_more_than_they_hold() {
    run_all("feedback", feedback);
}

#[test]
fn payloads_of_any_codec_trip_nobody() {
    run_all("payload", payload);
}
