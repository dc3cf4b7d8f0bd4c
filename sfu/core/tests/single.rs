//! One connection for both directions, on which the client alone offers.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use std::collections::BTreeSet;

use harness::Lab;
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{
    Kind, PublisherOffer, RemoveTrack, RestartIce, SendData, Subscribe, SubscriberAnswer, Target,
    Unsubscribe,
};
use livekit_protocol::{DataPacket, UserPacket, data_packet};
use prost::Message;
use str0m::media::{Direction, MediaKind, Mid};

/// One with two connections who speaks, and one with a single one who has offered sections.
fn pair(audios: u32, videos: u32) -> (Lab, [usize; 2], Mid) {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join_single("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.offer_sections(bob, audios, videos);
    lab.run(500);
    (lab, [ada, bob], mid)
}

fn wants(lab: &Lab, client: usize, track: &str) -> Command {
    Command::Subscribe(Subscribe {
        participant_sid: lab.clients[client].sid.clone(),
        track_sid: track.to_owned(),
    })
}

fn unwants(lab: &Lab, client: usize, track: &str) -> Command {
    Command::Unsubscribe(Unsubscribe {
        participant_sid: lab.clients[client].sid.clone(),
        track_sid: track.to_owned(),
    })
}

fn heard(lab: &Lab, client: usize) -> usize {
    lab.clients[client].publisher.packets.len()
}

fn brought(lab: &mut Lab, client: usize) -> Vec<String> {
    let mut tracks: Vec<String> = lab.single(client).brought.values().cloned().collect();
    tracks.sort();
    tracks
}

fn sections(sdp: &str) -> usize {
    sdp.matches("m=audio").count() + sdp.matches("m=video").count()
}

fn is_anybody_lost(lab: &Lab) -> bool {
    let failed = |event: &Event| matches!(event, Event::ParticipantFailed(_));
    lab.events.iter().any(failed)
}

/// The part of a description about one section.
fn part<'a>(sdp: &'a str, mid: &str) -> &'a str {
    let marker = format!("a=mid:{mid}\r\n");
    sdp.split("\r\nm=")
        .find(|part| part.contains(&marker))
        .unwrap()
}

#[test]
fn a_track_that_is_wanted_before_the_first_offer_comes_with_its_answer() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join_single("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    let wish = wants(&lab, bob, "TR_mic");
    lab.command(wish);
    lab.offer_sections(bob, 3, 3);
    lab.run(500);
    lab.speak(ada, mid, 1, 20);
    assert_eq!(brought(&mut lab, bob), ["TR_mic"]);
    assert_eq!(lab.clients[bob].answers.len(), 1);
    assert!(lab.single(bob).asked.is_empty());
    assert!(lab.is_connected(bob, Target::Publisher));
    assert_eq!(heard(&lab, bob), 20);
}

#[test]
fn the_answer_says_what_each_section_brings() {
    let (mut lab, [_, bob], _) = pair(1, 1);
    lab.subscribe(bob, "TR_mic");
    let (serving, idle) = {
        let single = lab.single(bob);
        (
            single.receiving[0].to_string(),
            single.receiving[1].to_string(),
        )
    };
    let answer = lab.clients[bob].answers.last().unwrap();
    let (bringing, idle) = (part(answer, &serving), part(answer, &idle));
    assert!(bringing.contains("a=sendonly\r\n"), "{bringing}");
    assert!(bringing.contains("a=msid:PA_ada|camera TR_mic\r\n"));
    assert!(bringing.contains("a=ssrc:"));
    assert!(idle.contains("a=inactive\r\n"), "{idle}");
    assert!(!idle.contains("a=msid") && !idle.contains("a=ssrc"));
}

#[test]
fn both_directions_share_the_connection() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join_single("ada"), lab.join_single("bob"));
    let mut mids = Vec::new();
    for (client, track) in [(ada, "TR_ada"), (bob, "TR_bob")] {
        lab.offer_sections(client, 1, 1);
        lab.run(300);
        mids.push(lab.publish_audio(client, track));
    }
    lab.subscribe(ada, "TR_bob");
    lab.subscribe(bob, "TR_ada");
    for round in 0..20 {
        lab.speak(ada, mids[0], 1 + round, 1);
        lab.speak(bob, mids[1], 1 + round, 1);
    }
    assert_eq!((heard(&lab, ada), heard(&lab, bob)), (20, 20));
    assert!(!is_anybody_lost(&lab));
}

#[test]
fn reports_about_what_comes_reach_the_client_under_our_counter() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join_single("ada"), lab.join("bob"));
    lab.offer_sections(ada, 1, 1);
    lab.run(300);
    let mid = lab.publish_video(ada, "TR_cam");
    let mut camera = harness::camera::Camera::new(ada, mid);
    camera.film(&mut lab, 5);
    lab.subscribe(bob, "TR_cam");
    camera.film(&mut lab, 60);
    let publisher = &lab.clients[ada].publisher;
    assert!(camera.keyframes.iter().any(|made| *made > 1));
    assert!(lab.wire.reports(publisher.address) > 10);
    assert!(!lab.clients[bob].subscriber.packets.is_empty());
}

#[test]
fn what_is_lost_in_either_direction_is_repaired() {
    for goes_wrong_at in [0, 1] {
        let mut lab = Lab::new();
        let clients = [lab.join_single("ada"), lab.join_single("bob")];
        for client in clients {
            lab.offer_sections(client, 1, 1);
        }
        lab.run(300);
        let mid = lab.publish_video(clients[0], "TR_cam");
        let mut camera = harness::camera::Camera::new(clients[0], mid);
        lab.subscribe(clients[1], "TR_cam");
        camera.film(&mut lab, 60);
        lab.clients[clients[goes_wrong_at]].is_cut_off = true;
        camera.film(&mut lab, 1);
        lab.clients[clients[goes_wrong_at]].is_cut_off = false;
        camera.film(&mut lab, 30);
        lab.run(300);
        let packets = &lab.clients[clients[1]].publisher.packets;
        let numbers: BTreeSet<u64> = packets.iter().map(|(_, packet)| *packet.seq_no).collect();
        let (first, last) = (numbers.first().unwrap(), numbers.last().unwrap());
        assert!(last - first > 100);
        assert_eq!(numbers.len() as u64, last - first + 1, "{goes_wrong_at}");
    }
}

#[test]
fn a_section_that_is_missing_is_asked_for_once() {
    let (mut lab, [ada, bob], mid) = pair(0, 1);
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 10);
    assert_eq!(lab.single(bob).asked, [(1, 0)]);
    assert_eq!(brought(&mut lab, bob), ["TR_mic"]);
    assert_eq!(heard(&lab, bob), 10);
}

#[test]
fn nothing_is_asked_while_an_offer_is_awaited() {
    let (mut lab, [ada, bob], _) = pair(0, 1);
    for index in 0..5 {
        lab.publish_audio(ada, &format!("TR_{index}"));
    }
    lab.clients[bob].is_mulish = true;
    for index in 0..5 {
        lab.subscribe(bob, &format!("TR_{index}"));
    }
    assert_eq!(lab.single(bob).asked, [(1, 0)]);
    // An offer that was on its way already is no reason to ask again.
    lab.offer_sections(bob, 0, 0);
    lab.run(300);
    assert_eq!(lab.single(bob).asked, [(1, 0)]);
    lab.clients[bob].is_mulish = false;
    lab.offer_sections(bob, 1, 0);
    lab.run(300);
    assert_eq!(lab.single(bob).asked, [(1, 0), (4, 0)]);
    assert_eq!(brought(&mut lab, bob).len(), 5);
}

#[test]
fn a_client_that_does_not_follow_is_asked_again() {
    let (mut lab, [_, bob], _) = pair(0, 1);
    lab.clients[bob].is_mulish = true;
    lab.subscribe(bob, "TR_mic");
    lab.run(4000);
    assert_eq!(lab.single(bob).asked, [(1, 0)]);
    lab.run(2000);
    assert_eq!(lab.single(bob).asked, [(1, 0), (1, 0)]);
    assert!(!is_anybody_lost(&lab));
}

#[test]
fn a_section_serves_one_track_after_another_and_is_idle_in_between() {
    let (mut lab, [ada, bob], _) = pair(1, 0);
    let mut first = 0;
    for index in 0..8 {
        let track = format!("TR_{index}");
        let mid = lab.publish_audio(ada, &track);
        lab.subscribe(bob, &track);
        assert_eq!(brought(&mut lab, bob), [track.as_str()]);
        lab.speak(ada, mid, 1, 5);
        first += 5;
        assert_eq!(heard(&lab, bob), first, "{track}");
        lab.command(Command::RemoveTrack(RemoveTrack {
            participant_sid: "PA_ada".to_owned(),
            track_sid: track,
        }));
        lab.run(300);
        assert!(brought(&mut lab, bob).is_empty());
        assert!(
            lab.clients[bob]
                .answers
                .last()
                .unwrap()
                .contains("a=inactive")
        );
    }
    assert_eq!(sections(lab.clients[bob].answers.last().unwrap()), 1);
    assert!(lab.single(bob).asked.iter().all(|asked| *asked == (0, 0)));
}

#[test]
fn a_track_that_replaces_another_waits_for_the_section_to_have_been_idle() {
    let (mut lab, [ada, bob], _) = pair(1, 0);
    let second = lab.publish_audio(ada, "TR_second");
    lab.subscribe(bob, "TR_mic");
    let answers = lab.clients[bob].answers.len();
    let (stop, start) = (unwants(&lab, bob, "TR_mic"), wants(&lab, bob, "TR_second"));
    lab.command(stop);
    lab.command(start);
    lab.run(300);
    lab.speak(ada, second, 1, 10);
    let since: Vec<_> = lab.clients[bob].answers[answers..].to_vec();
    assert_eq!(since.len(), 2);
    assert!(since[0].contains("a=inactive") && !since[0].contains("a=msid:PA_ada"));
    assert!(since[1].contains("TR_second"));
    assert_eq!(sections(&since[1]), 1);
    assert_eq!(heard(&lab, bob), 10);
}

#[test]
fn a_track_that_is_wanted_again_goes_on() {
    let (mut lab, [ada, bob], mid) = pair(1, 0);
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 10);
    let stop = unwants(&lab, bob, "TR_mic");
    lab.command(stop);
    lab.run(300);
    lab.speak(ada, mid, 11, 10);
    assert_eq!(heard(&lab, bob), 10);
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 21, 10);
    assert_eq!(heard(&lab, bob), 20);
}

#[test]
fn a_track_that_is_wanted_again_at_once_is_seen_to_end_and_to_come_anew() {
    let (mut lab, [ada, bob], mid) = pair(1, 0);
    lab.subscribe(bob, "TR_mic");
    let before = lab.clients[bob].answers.len();
    let stop = unwants(&lab, bob, "TR_mic");
    lab.command(stop);
    lab.subscribe(bob, "TR_mic");
    lab.run(300);
    lab.speak(ada, mid, 1, 10);
    let since = &lab.clients[bob].answers[before..];
    assert!(since[0].contains("a=inactive"), "{}", since[0]);
    assert!(!since[0].contains("TR_mic"), "{}", since[0]);
    assert!(since.last().unwrap().contains("TR_mic"));
    assert_eq!(heard(&lab, bob), 10);
}

#[test]
fn wishes_that_change_all_the_time_end_as_they_were_said_last() {
    let (mut lab, [ada, bob], _) = pair(1, 1);
    let mids: Vec<Mid> = (0..6)
        .map(|index| lab.publish_audio(ada, &format!("TR_{index}")))
        .collect();
    for round in 0_usize..60 {
        let track = format!("TR_{}", round * 7 % 6);
        let wish = if round % 3 == 1 {
            unwants(&lab, bob, &track)
        } else {
            wants(&lab, bob, &track)
        };
        lab.command(wish);
        lab.run(u64::try_from(round % 4).unwrap());
    }
    for index in 0..6 {
        let track = format!("TR_{index}");
        let wish = if index < 3 {
            wants(&lab, bob, &track)
        } else {
            unwants(&lab, bob, &track)
        };
        lab.command(wish);
    }
    lab.run(500);
    assert_eq!(brought(&mut lab, bob), ["TR_0", "TR_1", "TR_2"]);
    let before = heard(&lab, bob);
    for (index, mid) in mids.iter().enumerate() {
        lab.speak(ada, *mid, 1, 5);
        let now = heard(&lab, bob) - before;
        assert_eq!(now, 5 * (index + 1).min(3));
    }
    assert!(sections(lab.clients[bob].answers.last().unwrap()) <= 8);
}

#[test]
fn sixty_tracks_come_to_a_client_that_had_no_section() {
    let mut lab = Lab::new();
    let bob = lab.join_single("bob");
    lab.open_channels(bob);
    let mut last = None;
    for name in ["ada", "eve", "ian"] {
        let speaker = lab.join(name);
        for index in 0..20 {
            let track = format!("TR_{name}{index}");
            last = Some((speaker, lab.publish_audio(speaker, &track)));
            let wish = wants(&lab, bob, &track);
            lab.command(wish);
        }
    }
    lab.run(1000);
    assert_eq!(brought(&mut lab, bob).len(), 60);
    assert_eq!(sections(lab.clients[bob].answers.last().unwrap()), 60);
    let (speaker, mid) = last.unwrap();
    lab.speak(speaker, mid, 1, 5);
    assert_eq!(heard(&lab, bob), 5);
}

#[test]
fn a_section_that_the_client_takes_away_is_replaced() {
    let (mut lab, [ada, bob], mid) = pair(2, 0);
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 5);
    let serving = lab.single(bob).brought.keys().next().unwrap().clone();
    let gone = Mid::from(serving.as_str());
    lab.withdraw(bob, gone);
    lab.run(300);
    lab.speak(ada, mid, 6, 5);
    assert_eq!(brought(&mut lab, bob), ["TR_mic"]);
    assert!(!lab.single(bob).brought.contains_key(&serving));
    assert_eq!(heard(&lab, bob), 10);
}

#[test]
fn a_section_for_both_directions_serves_when_no_other_does() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join_single("bob"));
    let spoken = lab.publish_audio(ada, "TR_mic");
    lab.add_track(bob, "TR_bob", Kind::Audio, &[]);
    let wish = wants(&lab, bob, "TR_mic");
    lab.command(wish);
    let shared = lab.offer(bob, |api| {
        let (stream, cid) = (Some("stream".into()), Some("cid-TR_bob".into()));
        api.add_media(MediaKind::Audio, Direction::SendRecv, stream, cid, None)
    });
    lab.run(500);
    lab.subscribe(ada, "TR_bob");
    lab.speak(ada, spoken, 1, 10);
    lab.speak(bob, shared, 1, 10);
    assert_eq!(heard(&lab, bob), 10);
    assert_eq!(lab.clients[ada].subscriber.packets.len(), 10);
}

#[test]
fn data_passes_in_both_directions_over_the_channels_of_the_client() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join_single("ada"), lab.join_single("bob"));
    for client in [ada, bob] {
        lab.open_channels(client);
    }
    let user = UserPacket {
        payload: b"tea".to_vec(),
        ..UserPacket::default()
    };
    let packet = DataPacket {
        value: Some(data_packet::Value::User(user)),
        ..DataPacket::default()
    }
    .encode_to_vec();
    for (sender, receiver) in [(ada, bob), (bob, ada)] {
        let before = lab.clients[sender].publisher.messages.len();
        for label in ["_reliable", "_lossy"] {
            lab.send(sender, label, &packet);
        }
        lab.run(300);
        assert_eq!(lab.clients[receiver].publisher.messages.len(), 2);
        assert_eq!(lab.clients[sender].publisher.messages.len(), before);
    }
}

#[test]
fn a_client_without_channels_is_not_kept_waiting_for_data() {
    let (mut lab, [ada, bob], mid) = pair(1, 0);
    lab.subscribe(bob, "TR_mic");
    for _ in 0..20 {
        lab.command(Command::SendData(SendData {
            room_sid: harness::ROOM.to_owned(),
            packet: vec![0; 1024 * 1024],
            lossy: false,
            destination_sids: vec!["PA_bob".to_owned()],
        }));
        lab.run(1);
    }
    assert!(!is_anybody_lost(&lab));
    lab.speak(ada, mid, 1, 5);
    assert_eq!(heard(&lab, bob), 5);
}

#[test]
fn a_client_that_comes_back_offers_by_itself_and_misses_nothing() {
    let (mut lab, [ada, bob], mid) = pair(1, 0);
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 10);
    let second = lab.publish_audio(ada, "TR_second");
    lab.clients[bob].is_mulish = true;
    lab.subscribe(bob, "TR_second");
    lab.command(Command::RestartIce(RestartIce {
        participant_sid: "PA_bob".to_owned(),
    }));
    lab.clients[bob].is_mulish = false;
    lab.offer(bob, |api| api.ice_restart(true));
    lab.run(500);
    lab.speak(ada, mid, 11, 10);
    lab.speak(ada, second, 1, 10);
    assert_eq!(heard(&lab, bob), 30);
    assert_eq!(lab.single(bob).asked, [(0, 0), (1, 0), (1, 0)]);
    assert!(!is_anybody_lost(&lab));
}

#[test]
fn tracks_end_at_those_who_receive_them_when_a_client_leaves() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join_single("ada"), lab.join_single("bob"));
    lab.offer_sections(bob, 1, 1);
    lab.offer_sections(ada, 1, 1);
    lab.run(300);
    lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    let sid = lab.clients[ada].sid.clone();
    lab.command(Command::RemoveParticipant(
        jumpa_sfu_proto::RemoveParticipant {
            participant_sid: sid,
        },
    ));
    lab.run(300);
    assert!(brought(&mut lab, bob).is_empty());
}

#[test]
fn what_does_not_belong_to_one_connection_is_refused() {
    let (mut lab, [ada, bob], mid) = pair(1, 0);
    lab.command(Command::SubscriberAnswer(SubscriberAnswer {
        participant_sid: "PA_bob".to_owned(),
        id: 0,
        sdp: lab.clients[bob].answers[0].clone(),
    }));
    for sdp in ["", "v=0", "nonsense"] {
        lab.command(Command::PublisherOffer(PublisherOffer {
            participant_sid: "PA_bob".to_owned(),
            id: 9,
            sdp: sdp.to_owned(),
        }));
    }
    lab.run(100);
    let refused = |code: &str| {
        let is_it = |event: &&Event| matches!(event, Event::Refused(r) if r.code == code);
        lab.events.iter().filter(is_it).count()
    };
    assert_eq!(refused("unexpected_answer"), 1);
    assert!(refused("bad_sdp") >= 1);
    lab.speak(ada, mid, 1, 1);
    assert!(!lab.clients[ada].offers.is_empty());
}

#[test]
fn who_has_many_sections_is_asked_less_often() {
    let (mut lab, [ada, bob], _) = pair(60, 0);
    for index in 0..4 {
        lab.publish_audio(ada, &format!("TR_{index}"));
    }
    for index in 0..4 {
        let wish = wants(&lab, bob, &format!("TR_{index}"));
        lab.command(wish);
        lab.run(50);
    }
    assert_eq!(lab.single(bob).asked.len(), 1);
    lab.run(400);
    assert_eq!(lab.single(bob).asked.len(), 2);
    assert_eq!(brought(&mut lab, bob).len(), 4);
}

#[test]
fn an_offer_of_too_many_sections_is_refused() {
    for (count, is_refused) in [(20, false), (513, true)] {
        let mut lab = Lab::new();
        let bob = lab.join_single("bob");
        lab.command(Command::PublisherOffer(PublisherOffer {
            participant_sid: lab.clients[bob].sid.clone(),
            id: 1,
            sdp: wide(count),
        }));
        lab.run(10);
        let refusal = |event: &Event| matches!(event, Event::Refused(r) if r.code == "bad_sdp");
        assert_eq!(lab.events.iter().any(refusal), is_refused);
        assert_eq!(lab.clients[bob].answers.is_empty(), is_refused);
    }
}

/// An offer to receive so many voices.
fn wide(sections: usize) -> String {
    let fingerprint = vec!["AB"; 32].join(":");
    let mids: Vec<String> = (0..sections).map(|mid| mid.to_string()).collect();
    let group = mids.join(" ");
    let mut sdp =
        format!("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {group}\r\n");
    sdp.extend(mids.iter().map(|mid| {
        format!(
            "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\n\
             a=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=fingerprint:sha-256 {fingerprint}\r\na=setup:actpass\r\n\
             a=mid:{mid}\r\na=recvonly\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n"
        )
    }));
    sdp
}
