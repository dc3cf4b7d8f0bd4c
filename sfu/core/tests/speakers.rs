//! Who speaks.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::Lab;
use jumpa_sfu_proto::SetTrackMuted;
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;

fn changes(lab: &Lab) -> Vec<(&str, bool)> {
    let changed = lab.events.iter().filter_map(|event| match event {
        Event::SpeakersChanged(changed) => Some(&changed.speakers),
        _ => None,
    });
    changed
        .flatten()
        .map(|speaker| (speaker.participant_sid.as_str(), speaker.active))
        .collect()
}

#[test]
fn who_speaks_is_told_and_when_it_ends() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.speak(ada, mid, 1, 60);
    assert!(
        changes(&lab).contains(&("PA_ada", true)),
        "{:?}",
        changes(&lab)
    );
    lab.run(3000);
    assert_eq!(changes(&lab).last(), Some(&("PA_ada", false)));
}

#[test]
fn a_muted_track_does_not_speak() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.command(Command::SetTrackMuted(SetTrackMuted {
        participant_sid: "PA_ada".to_owned(),
        track_sid: "TR_mic".to_owned(),
        muted: true,
    }));
    lab.speak(ada, mid, 1, 60);
    assert_eq!(changes(&lab), []);
}
