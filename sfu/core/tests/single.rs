//! One connection for both directions, on which the client alone offers.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use std::collections::BTreeSet;

use harness::Lab;
use harness::asking::tea;
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{PublisherOffer, SendData, SubscriberAnswer, Target};

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
    lab.want(bob, "TR_mic");
    lab.offer_sections(bob, 3, 3);
    lab.run(500);
    lab.speak(ada, mid, 1, 20);
    assert_eq!(lab.brought(bob), ["TR_mic"]);
    assert_eq!(lab.clients[bob].answers.len(), 1);
    assert!(lab.single(bob).asked.is_empty());
    assert!(lab.is_connected(bob, Target::Publisher));
    assert_eq!(lab.heard(bob), 20);
}

#[test]
fn the_answer_says_what_each_section_brings() {
    let (mut lab, [_, bob], _) = Lab::pair(1, 1);
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
    assert_eq!((lab.heard(ada), lab.heard(bob)), (20, 20));
    assert!(lab.failures().is_empty());
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
fn data_passes_in_both_directions_over_the_channels_of_the_client() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join_single("ada"), lab.join_single("bob"));
    for client in [ada, bob] {
        lab.open_channels(client);
    }
    let packet = tea();
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
    let (mut lab, [ada, bob], mid) = Lab::pair(1, 0);
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
    assert!(lab.failures().is_empty());
    lab.speak(ada, mid, 1, 5);
    assert_eq!(lab.heard(bob), 5);
}

#[test]
fn a_client_that_comes_back_offers_by_itself_and_misses_nothing() {
    let (mut lab, [ada, bob], mid) = Lab::pair(1, 0);
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 10);
    let second = lab.publish_audio(ada, "TR_second");
    lab.clients[bob].is_mulish = true;
    lab.subscribe(bob, "TR_second");
    lab.restart(bob);
    lab.clients[bob].is_mulish = false;
    lab.offer(bob, |api| api.ice_restart(true));
    lab.run(500);
    lab.speak(ada, mid, 11, 10);
    lab.speak(ada, second, 1, 10);
    assert_eq!(lab.heard(bob), 30);
    assert_eq!(lab.single(bob).asked, [(0, 0), (1, 0), (1, 0)]);
    assert!(lab.failures().is_empty());
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
    assert!(lab.brought(bob).is_empty());
}

#[test]
fn what_does_not_belong_to_one_connection_is_refused() {
    let (mut lab, [ada, bob], mid) = Lab::pair(1, 0);
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
