//! Participants come, go and are lost; rooms end; strangers are not let in.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::{Lab, ROOM, sfu_address};
use jumpa_sfu_core::Input;
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{CloseRoom, RemoveParticipant};
use std::net::SocketAddr;
use std::time::Duration;

#[test]
fn who_never_connects_is_given_up() {
    let mut lab = Lab::with(|config| config.connect_timeout = Duration::from_secs(3));
    lab.join("ada");
    lab.clients.clear();
    lab.run_without_clients(4000);
    assert_eq!(lab.failures().len(), 1);
    assert_eq!(lab.worker.status(lab.now).participants, 0);
}

#[test]
fn who_has_not_chosen_a_path_yet_is_connected_and_hears() {
    let mut lab = Lab::new();
    lab.loses_nominations = true;
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    assert!(lab.clients[bob].subscriber.is_connected);
    lab.speak(ada, mid, 1, 10);
    assert_eq!(lab.clients[bob].subscriber.packets.len(), 10);
}

#[test]
fn who_falls_silent_is_lost_and_the_others_stay() {
    let mut lab = Lab::with(|config| config.silence_timeout = Duration::from_secs(8));
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let eve = lab.join("eve");
    let mid = lab.publish_audio(bob, "TR_mic");
    lab.subscribe(eve, "TR_mic");
    lab.clients[ada].is_cut_off = true;
    lab.run(9000);
    assert_eq!(lab.failures(), [("PA_ada", "connection_lost")]);
    lab.speak(bob, mid, 1, 10);
    assert_eq!(lab.clients[eve].subscriber.packets.len(), 10);
}

#[test]
fn who_is_removed_is_gone_without_a_word_and_may_come_again() {
    let mut lab = Lab::new();
    lab.join("ada");
    lab.run(500);
    let remove = || {
        Command::RemoveParticipant(RemoveParticipant {
            participant_sid: "PA_ada".to_owned(),
        })
    };
    lab.command(remove());
    lab.command(remove());
    lab.clients.clear();
    lab.run(10);
    assert_eq!(lab.failures(), []);
    let status = lab.worker.status(lab.now);
    assert_eq!((status.participants, status.rooms), (0, 0));
    let again = lab.join("ada");
    lab.run(500);
    assert!(lab.clients[again].subscriber.is_connected);
}

#[test]
fn a_closed_room_has_nobody_and_nothing_and_others_go_on() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.join_room("eve", "RM_two");
    lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.command(Command::CloseRoom(CloseRoom {
        room_sid: ROOM.to_owned(),
    }));
    lab.run(10);
    let status = lab.worker.status(lab.now);
    assert_eq!(
        (
            status.rooms,
            status.participants,
            status.tracks,
            status.subscriptions
        ),
        (1, 1, 0, 0)
    );
}

#[test]
fn a_participant_who_leaves_takes_its_tracks_along() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.command(Command::RemoveParticipant(RemoveParticipant {
        participant_sid: "PA_ada".to_owned(),
    }));
    lab.run(100);
    assert_eq!(lab.worker.status(lab.now).tracks, 0);
    assert!(
        lab.clients[bob]
            .offers
            .last()
            .unwrap()
            .contains("m=audio 0 ")
    );
}

#[test]
fn the_same_sid_does_not_join_twice() {
    let mut lab = Lab::new();
    let first = lab.join("ada");
    lab.run(500);
    lab.join("ada");
    lab.run(10);
    assert!(
        lab.events
            .iter()
            .any(|event| matches!(event, Event::Refused(r) if r.code == "participant_exists"))
    );
    assert!(lab.clients[first].subscriber.is_connected);
    assert_eq!(lab.worker.status(lab.now).participants, 1);
}

#[test]
fn datagrams_of_strangers_are_counted_and_dropped() {
    let mut lab = Lab::new();
    lab.join("ada");
    lab.run(500);
    let before = lab.worker.status(lab.now).datagrams_unknown;
    let mut check = vec![0, 1, 0, 20, 0x21, 0x12, 0xa4, 0x42];
    check.extend([9; 12]);
    check.extend([0, 6, 0, 9]);
    check.extend(b"some:body\0\0\0");
    let strangers: [&[u8]; 5] = [&[], &[0x80; 100], &[22, 254, 253, 0], &[0xff; 1500], &check];
    for contents in strangers {
        let input = Input::Datagram {
            source: SocketAddr::from(([203, 0, 113, 9], 4444)),
            destination: sfu_address(),
            contents,
        };
        lab.worker.handle(lab.now, input);
    }
    lab.run(10);
    assert_eq!(lab.worker.status(lab.now).datagrams_unknown, before + 5);
    assert_eq!(lab.failures(), []);
}

#[test]
fn garbage_from_a_known_address_does_no_harm() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    for (peer, first) in [0x80_u8, 0x90, 0xbf, 20, 22, 23, 63, 0, 1, 0xff]
        .into_iter()
        .enumerate()
    {
        for length in [1, 2, 12, 13, 40, 200, 1500] {
            let mut contents = vec![u8::try_from(peer).unwrap(); length];
            contents[0] = first;
            let client = &lab.clients[ada];
            for source in [client.publisher.address, client.subscriber.address] {
                let input = Input::Datagram {
                    source,
                    destination: sfu_address(),
                    contents: &contents,
                };
                lab.worker.handle(lab.now, input);
            }
        }
    }
    lab.run(100);
    lab.speak(ada, mid, 1, 10);
    assert_eq!(lab.clients[bob].subscriber.packets.len(), 10);
    assert_eq!(lab.failures(), []);
}

#[test]
fn a_client_that_closes_its_connection_is_lost_soon_unless_it_was_removed() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    lab.run(500);
    lab.clients[ada].subscriber.rtc.close().unwrap();
    lab.run(3000);
    assert_eq!(lab.failures(), [("PA_ada", "connection_lost")]);
}

#[test]
fn an_idle_worker_sleeps() {
    let mut lab = Lab::new();
    let now = lab.now;
    match lab.worker.poll(now) {
        jumpa_sfu_core::Output::Timeout(at) => assert!(at >= now + Duration::from_millis(500)),
        other => panic!("{other:?}"),
    }
}
