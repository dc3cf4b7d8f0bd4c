//! What a ready SFU answers, and what strangers cannot do to it.

use std::process::Command;

use crate::server::{Server, configure, stranger};
use jumpa_sfu_proto::command::Command as Down;
use jumpa_sfu_proto::event::Event as Up;
use jumpa_sfu_proto::{AddParticipant, CloseRoom, Configure, Subscribe};

fn add(room: &str, participant: &str) -> Down {
    Down::AddParticipant(AddParticipant {
        room_sid: room.into(),
        participant_sid: participant.into(),
        ..AddParticipant::default()
    })
}

#[test]
fn a_ping_is_answered_with_every_workers_status() {
    let (mut server, _) = Server::ready();
    let workers = server.link.ping(u64::MAX);
    let [worker] = workers.as_slice() else {
        panic!("{workers:?}");
    };
    assert_eq!(worker.index, 0);
    server.link.ping_until(|status| status.tick_age_ms < 50);
}

#[test]
fn a_participant_is_offered_a_connection_and_counted_until_its_room_closes() {
    let (mut server, address) = Server::ready();
    server.link.send(add("RM_a", "PA_a"));
    let Some(Up::SubscriberOffer(offer)) = server.link.receive() else {
        panic!("no offer");
    };
    assert_eq!(offer.participant_sid, "PA_a");
    assert!(offer.sdp.contains(&format!(" {} typ host", address.port())));
    server
        .link
        .ping_until(|status| (status.rooms, status.participants) == (1, 1));
    server.link.send(Down::CloseRoom(CloseRoom {
        room_sid: "RM_a".into(),
    }));
    server
        .link
        .ping_until(|status| (status.rooms, status.participants) == (0, 0));
}

#[test]
fn rooms_on_different_workers_have_ports_of_their_own() {
    let mut server = Server::start();
    server.link.send(Down::Configure(Configure {
        workers: 2,
        tcp_port: Some(0),
        ..configure()
    }));
    let ready = server.link.ready();
    let ports: Vec<&str> = ready
        .addresses
        .iter()
        .map(|address| address.rsplit(':').next().unwrap())
        .collect();
    assert_eq!((ports.len(), ready.tcp_addresses.len()), (2, 2));
    assert_ne!(ports[0], ports[1]);
    for (room, port) in [("RM_a", ports[0]), ("RM_b", ports[1])] {
        server.link.send(add(room, &room.replace("RM", "PA")));
        let Some(Up::SubscriberOffer(offer)) = server.link.receive() else {
            panic!("no offer");
        };
        assert!(offer.sdp.contains(&format!(" {port} typ host")), "{room}");
    }
    let workers = server.link.ping(1);
    assert_eq!(workers.len(), 2);
}

#[test]
fn commands_keep_their_order() {
    let (mut server, _) = Server::ready();
    for number in 0..200 {
        server.link.send(Down::Subscribe(Subscribe {
            participant_sid: format!("PA_{number}"),
            track_sid: "TR_a".into(),
        }));
    }
    for number in 0..200 {
        let Some(Up::Refused(refused)) = server.link.receive() else {
            panic!("not refused");
        };
        assert_eq!(refused.participant_sid, format!("PA_{number}"));
        assert_eq!(refused.code, "unknown_participant");
    }
}

#[test]
fn a_command_of_a_newer_server_is_passed_over() {
    let (mut server, _) = Server::ready();
    let unknown_field = [0xfa, 0x3f, 0x01, 0x00];
    server.link.send_frame(&unknown_field);
    server.link.send_frame(&[]);
    assert_eq!(server.link.ping(7).len(), 1);
}

#[test]
fn datagrams_of_strangers_are_counted_and_dropped() {
    let (mut server, address) = Server::ready();
    server.link.send(add("RM_a", "PA_a"));
    assert!(matches!(
        server.link.receive(),
        Some(Up::SubscriberOffer(_))
    ));
    let stranger = stranger();
    let binding_request_without_user = [
        0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];
    let datagrams: [&[u8]; 5] = [
        &binding_request_without_user,
        &[0x80; 1200],
        &[22, 254, 253],
        &[],
        &[0xff; 16_000],
    ];
    for datagram in datagrams {
        stranger.send_to(datagram, address).unwrap();
    }
    let status = server
        .link
        .ping_until(|status| status.datagrams_unknown >= 4);
    assert_eq!((status.sends, status.participants), (0, 1));
    assert_eq!(status.bytes_in, 20 + 1200 + 3 + 16_000);
}

#[test]
fn the_command_line_is_explained() {
    let run = |argument: &str| {
        Command::new(env!("CARGO_BIN_EXE_jumpa-sfu"))
            .arg(argument)
            .output()
            .unwrap()
    };
    let version = run("--version");
    assert!(version.status.success());
    assert_eq!(
        String::from_utf8(version.stdout).unwrap().trim(),
        env!("CARGO_PKG_VERSION")
    );
    let unknown = run("--prot");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        String::from_utf8(unknown.stderr)
            .unwrap()
            .contains("--prot")
    );
}
