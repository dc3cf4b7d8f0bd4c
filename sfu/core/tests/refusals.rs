//! What nonsense, and what is not permitted, gets.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::{Lab, ROOM};
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::participant_failed::Reason;
use jumpa_sfu_proto::{
    AddIceCandidate, Kind, Permission, PublisherOffer, RemoveTrack, SubscriberAnswer,
};

fn offer_text(lab: &mut Lab, sdp: &str) {
    lab.command(Command::PublisherOffer(PublisherOffer {
        participant_sid: "PA_ada".to_owned(),
        id: 1,
        sdp: sdp.to_owned(),
    }));
    lab.run(10);
}

#[test]
fn nobody_removes_or_mutes_the_track_of_another() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.command(Command::RemoveTrack(RemoveTrack {
        participant_sid: "PA_bob".to_owned(),
        track_sid: "TR_mic".to_owned(),
    }));
    lab.speak(ada, mid, 1, 5);
    assert_eq!(lab.clients[bob].subscriber.packets.len(), 5);
}

#[test]
fn what_is_not_permitted_is_refused() {
    let mut lab = Lab::new();
    lab.join("ada");
    lab.join_with("eve", ROOM, Permission::default());
    lab.add_track(0, "TR_mic", Kind::Audio, &[]);
    lab.add_track(1, "TR_other", Kind::Audio, &[]);
    lab.subscribe(1, "TR_mic");
    lab.subscribe(0, "TR_mic");
    lab.add_track(0, "TR_mic", Kind::Audio, &[]);
    lab.run(10);
    assert_eq!(
        lab.refusals(),
        [
            ("PA_eve", "not_permitted"),
            ("PA_eve", "not_permitted"),
            ("PA_ada", "own_track"),
            ("PA_ada", "track_exists"),
        ]
    );
}

#[test]
fn more_tracks_than_allowed_are_refused() {
    let mut lab = Lab::with(|config| config.max_tracks_per_participant = 2);
    lab.join("ada");
    for track in ["TR_1", "TR_2", "TR_3"] {
        lab.add_track(0, track, Kind::Audio, &[]);
    }
    lab.run(1);
    assert_eq!(lab.refusals(), [("PA_ada", "too_many_tracks")]);
}

#[test]
fn an_offer_that_cannot_be_read_is_refused_and_changes_nothing() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    for sdp in [
        "",
        "nonsense",
        "v=0\r\n",
        &"v=0\r\n".repeat(100_000),
        "v=0\r\nm=\u{0}\r\n",
    ] {
        offer_text(&mut lab, sdp);
    }
    assert_eq!(lab.refusals(), [("PA_ada", "bad_sdp"); 5]);
    lab.speak(ada, mid, 1, 5);
    assert_eq!(lab.clients[bob].subscriber.packets.len(), 5);
}

#[test]
fn an_offer_that_cannot_be_lived_with_costs_its_participant_alone() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let eve = lab.join("eve");
    let mid = lab.publish_audio(bob, "TR_mic");
    lab.subscribe(eve, "TR_mic");
    lab.publish_audio(ada, "TR_ada");
    let offer = "v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
        m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=sendonly\r\na=rtpmap:111 opus/48000/2\r\n";
    offer_text(&mut lab, offer);
    assert_eq!(lab.failures(), [("PA_ada", "bad_sdp")]);
    lab.speak(bob, mid, 1, 10);
    assert_eq!(lab.clients[eve].subscriber.packets.len(), 10);
}

fn answer(lab: &mut Lab, id: u32, sdp: &str) {
    lab.command(Command::SubscriberAnswer(SubscriberAnswer {
        participant_sid: "PA_ada".to_owned(),
        id,
        sdp: sdp.to_owned(),
    }));
    lab.run(1);
}

#[test]
fn an_unreadable_answer_costs_its_participant() {
    for sdp in ["nonsense", "", "v=0\r\n", &"m=audio\r\n".repeat(100_000)] {
        let mut lab = Lab::new();
        let ada = lab.join("ada");
        lab.clients[ada].is_mulish = true;
        lab.run(1);
        answer(&mut lab, 1, sdp);
        assert_eq!(lab.failures(), [("PA_ada", "bad_sdp")]);
        let reason = lab.events.iter().find_map(|event| match event {
            Event::ParticipantFailed(failed) => Some(failed.reason()),
            _ => None,
        });
        assert_eq!(reason, Some(Reason::BadInput));
        answer(&mut lab, 1, sdp);
        assert_eq!(lab.refusals(), [("PA_ada", "unknown_participant")]);
    }
}

#[test]
fn an_answer_that_nothing_waits_for_is_refused_and_changes_nothing() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.run(500);
    answer(&mut lab, 1, "nonsense");
    answer(&mut lab, 99, "v=0\r\n");
    assert_eq!(lab.refusals(), [("PA_ada", "unexpected_answer"); 2]);
    let mid = lab.publish_audio(bob, "TR_mic");
    lab.subscribe(ada, "TR_mic");
    lab.speak(bob, mid, 1, 5);
    assert_eq!(lab.clients[ada].subscriber.packets.len(), 5);
}

#[test]
fn candidates_are_read_and_nonsense_is_refused() {
    let mut lab = Lab::new();
    lab.join("ada");
    let good = "candidate:1 1 udp 2130706431 192.168.1.2 50000 typ host generation 0";
    let name = "candidate:1 1 udp 2130706431 0e3f-11.local 50000 typ host";
    let active = "candidate:2 1 tcp 1518280447 192.168.1.2 9 typ host tcptype active";
    for candidate in [good, name, active, "", "candidate:nonsense"] {
        lab.command(Command::AddIceCandidate(AddIceCandidate {
            participant_sid: "PA_ada".to_owned(),
            target: 0,
            candidate: candidate.to_owned(),
        }));
    }
    lab.run(1);
    assert_eq!(lab.refusals(), [("PA_ada", "bad_candidate")]);
}
