//! Two people hear each other.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::Lab;
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{AddTrack, SetTrackMuted, Target};
use str0m::media::{Direction, MediaKind};

#[test]
fn what_one_says_the_other_hears_once_and_in_order() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.run(500);
    assert!(lab.is_connected(ada, Target::Subscriber));
    let mid = lab.publish_audio(ada, "TR_mic");
    assert!(lab.is_connected(ada, Target::Publisher));
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 100, 50);

    let heard: Vec<_> = lab.clients[bob]
        .subscriber
        .packets
        .iter()
        .map(|(_, p)| p.payload.to_vec())
        .collect();
    let said: Vec<_> = (100_u64..150)
        .map(|sequence| sequence.to_be_bytes().to_vec())
        .collect();
    assert_eq!(heard, said);
    assert!(
        lab.clients[ada].subscriber.packets.is_empty(),
        "nobody hears himself"
    );
}

#[test]
fn outgoing_numbers_start_low_and_follow_each_other() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 60_000, 20);

    let numbers: Vec<u64> = lab.clients[bob]
        .subscriber
        .packets
        .iter()
        .map(|(_, p)| *p.seq_no)
        .collect();
    assert_eq!(numbers.len(), 20);
    assert!(numbers[0] < 0x8000);
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1));
}

#[test]
fn the_track_is_named_after_its_publisher() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    let offer = lab.clients[bob].offers.last().unwrap();
    assert!(offer.contains("a=msid:PA_ada|camera TR_mic"), "{offer}");
}

#[test]
fn a_browser_that_invents_track_ids_learns_the_track_from_its_stream() {
    let mut lab = Lab::new();
    let (ada, fox) = (lab.join("ada"), lab.join_from_firefox("fox"));
    lab.publish_audio(ada, "TR_mic");
    lab.subscribe(fox, "TR_mic");
    let offer = lab.clients[fox].offers.last().unwrap();
    assert!(offer.contains("a=msid:PA_ada|TR_mic TR_mic"), "{offer}");
}

#[test]
fn the_server_learns_what_was_negotiated_and_what_flows() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 5);
    let has = |wanted: fn(&Event) -> bool| lab.events.iter().filter(|event| wanted(event)).count();
    assert_eq!(
        has(
            |e| matches!(e, Event::TrackNegotiated(t) if t.track_sid == "TR_mic" && t.mime_type == "audio/opus")
        ),
        1
    );
    assert_eq!(
        has(|e| matches!(e, Event::TrackStarted(t) if t.track_sid == "TR_mic" && t.ssrc != 0)),
        1
    );
    assert_eq!(
        has(
            |e| matches!(e, Event::SubscriptionStarted(s) if s.participant_sid == "PA_bob" && s.track_sid == "TR_mic")
        ),
        1
    );
}

#[test]
fn rooms_do_not_mix() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    let eve = lab.join_room("eve", "RM_two");
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(eve, "TR_mic");
    lab.speak(ada, mid, 1, 5);
    assert!(lab.clients[eve].subscriber.packets.is_empty());
    assert!(lab.events.iter().any(
        |event| matches!(event, Event::Refused(r) if r.participant_sid == "PA_eve" && r.code == "unknown_track")
    ));
}

fn mute(lab: &mut Lab, client: usize, muted: bool) {
    let participant_sid = lab.clients[client].sid.clone();
    lab.command(Command::SetTrackMuted(SetTrackMuted {
        participant_sid,
        track_sid: "TR_mic".into(),
        muted,
    }));
}

#[test]
fn a_muted_track_that_has_sent_nothing_appears_and_goes_on_in_order() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    mute(&mut lab, ada, true);
    lab.subscribe(bob, "TR_mic");
    lab.run(1000);
    let silent = lab.clients[bob].subscriber.packets.len();
    assert!(silent > 5, "{silent}");
    mute(&mut lab, ada, false);
    lab.speak(ada, mid, 1, 5);

    let packets = &lab.clients[bob].subscriber.packets;
    assert_eq!(packets.len(), silent + 5);
    let payloads = packets.iter().map(|(_, packet)| &*packet.payload);
    assert!(
        payloads
            .take(silent)
            .all(|payload| payload == [0xf8, 0xff, 0xfe])
    );
    let forward = packets.windows(2).all(|pair| {
        let (before, after) = (&pair[0].1, &pair[1].1);
        let ticks = after.header.timestamp.wrapping_sub(before.header.timestamp);
        *after.seq_no == *before.seq_no + 1 && (1..96_000).contains(&ticks)
    });
    assert!(forward);
}

#[test]
fn nothing_is_said_for_ever() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.publish_audio(ada, "TR_mic");
    mute(&mut lab, ada, true);
    lab.subscribe(bob, "TR_mic");
    lab.run(6000);
    let before = lab.clients[bob].subscriber.packets.len();
    lab.run(2000);
    assert_eq!(lab.clients[bob].subscriber.packets.len(), before);
}

#[test]
fn what_is_encrypted_appears_and_nothing_of_ours_is_mixed_in() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let secret = AddTrack {
        participant_sid: lab.clients[ada].sid.clone(),
        track_sid: "TR_mic".into(),
        cid: "cid-TR_mic".into(),
        muted: true,
        encrypted: true,
        ..AddTrack::default()
    };
    lab.command(Command::AddTrack(secret));
    let mid = lab.offer(ada, |api| {
        let (stream, cid) = (Some("s".into()), Some("cid-TR_mic".into()));
        api.add_media(MediaKind::Audio, Direction::SendOnly, stream, cid, None)
    });
    lab.run(300);
    lab.subscribe(bob, "TR_mic");
    lab.run(1000);
    let address = lab.clients[bob].subscriber.address;
    assert!(lab.wire.media(address) > 5);
    // Packets without contents are not kept.
    assert_eq!(lab.clients[bob].subscriber.packets.len(), 0);

    mute(&mut lab, ada, false);
    lab.speak(ada, mid, 1, 5);
    assert_eq!(lab.clients[bob].subscriber.packets.len(), 5);
}

#[test]
fn a_muted_picture_that_has_sent_nothing_appears() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.publish_video(ada, "TR_cam");
    let participant_sid = lab.clients[ada].sid.clone();
    lab.command(Command::SetTrackMuted(SetTrackMuted {
        participant_sid,
        track_sid: "TR_cam".into(),
        muted: true,
    }));
    lab.subscribe(bob, "TR_cam");
    lab.run(1000);

    assert!(lab.wire.media(lab.clients[bob].subscriber.address) > 5);
}
