//! What the server is told of the path to each participant.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::Lab;
use jumpa_sfu_proto::PathMeasured;
use jumpa_sfu_proto::event::Event;
use str0m::media::Mid;

/// One who speaks and one who hears it.
fn talk() -> (Lab, [usize; 2], Mid) {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.events.clear();
    (lab, [ada, bob], mid)
}

fn measured(lab: &Lab, client: usize) -> Vec<PathMeasured> {
    lab.events
        .iter()
        .filter_map(|event| match event {
            Event::PathMeasured(m) if m.participant_sid == lab.clients[client].sid => {
                Some(m.clone())
            }
            _ => None,
        })
        .collect()
}

#[test]
fn a_clean_path_has_packets_both_ways_and_no_loss() {
    let (mut lab, [ada, bob], mid) = talk();
    lab.speak(ada, mid, 1, 560);
    let (up, down) = (
        measured(&lab, ada)[0].up.unwrap(),
        measured(&lab, bob).last().unwrap().down.unwrap(),
    );
    assert!(up.packets > 150, "{up:?}");
    assert!(down.packets > 100, "{down:?}");
    assert_eq!((up.lost, down.lost), (0, 0));
    assert!(measured(&lab, bob).last().unwrap().round_trip_ms < 50);
}

#[test]
fn what_does_not_arrive_is_counted_on_the_way_where_it_was_lost() {
    let (mut lab, [ada, _], mid) = talk();
    for first in (0..400).step_by(20) {
        // Every second run of ten is missing.
        lab.speak(ada, mid, first, 10);
        lab.run(200);
    }
    let up = measured(&lab, ada)[0].up.unwrap();
    assert!(up.packets > 100, "{up:?}");
    let share = f64::from(up.lost) / f64::from(up.packets);
    assert!((0.4..0.6).contains(&share), "{up:?}");
}

#[test]
fn silence_is_told_at_once_and_so_is_its_end() {
    let (mut lab, [ada, bob], mid) = talk();
    lab.clients[bob].is_cut_off = true;
    lab.speak(ada, mid, 1, 360);
    assert!(measured(&lab, bob).last().unwrap().is_silent);
    assert!(measured(&lab, ada).iter().all(|path| !path.is_silent));
    lab.clients[bob].is_cut_off = false;
    lab.run(4000);
    assert!(!measured(&lab, bob).last().unwrap().is_silent);
}
