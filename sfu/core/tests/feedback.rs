//! What comes from a receiver: reports that are its own, and the address it is at.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::camera::Camera;
use harness::{Lab, sfu_address};
use jumpa_sfu_core::Input;
use std::net::SocketAddr;

fn send(lab: &mut Lab, source: SocketAddr, contents: &[u8]) {
    let input = Input::Datagram {
        source,
        destination: sfu_address(),
        contents,
    };
    lab.worker.handle(lab.now, input);
}

/// A picture loss indication and a request for sixteen packets, as if they needed no protection.
fn in_clear(ssrc: u32) -> Vec<u8> {
    let ssrc = ssrc.to_be_bytes();
    let mut compound = [&[0x81, 206, 0, 2, 0, 0, 0, 1][..], &ssrc].concat();
    compound.extend([0x81, 205, 0, 3, 0, 0, 0, 1]);
    compound.extend(ssrc);
    compound.extend([0, 1, 0xff, 0xff]);
    compound
}

#[test]
fn reports_that_nobody_has_signed_are_nobodys() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_video(ada, "TR_camera");
    let mut camera = Camera::new(ada, mid);
    lab.subscribe(bob, "TR_camera");
    camera.film(&mut lab, 60);
    let before = lab.worker.status(lab.now);
    let received = lab.clients[bob].subscriber.packets.len();
    assert!(received > 0, "the picture flows");

    let ssrc = *lab.clients[bob].subscriber.packets[0].1.header.ssrc;
    let source = lab.clients[bob].subscriber.address;
    let clear = in_clear(ssrc);
    for trailer in [0, 4, 14, 20, 32] {
        let mut datagram = clear.clone();
        datagram.resize(clear.len() + trailer, 0x80);
        for _ in 0..50 {
            send(&mut lab, source, &datagram);
        }
    }
    camera.film(&mut lab, 30);

    let after = lab.worker.status(lab.now);
    assert_eq!(after.keyframe_requests, before.keyframe_requests);
    assert_eq!(after.retransmissions, before.retransmissions);
    assert!(lab.clients[bob].subscriber.packets.len() > received);
    assert!(lab.clients[bob].subscriber.is_connected);
}

#[test]
fn media_for_the_server_on_a_receiving_connection_goes_nowhere() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 5);
    let source = lab.clients[bob].subscriber.address;
    let before = lab.worker.status(lab.now).packets_in;
    for sequence in 0..100_u8 {
        let mut packet = vec![0x80, 111, 0, sequence];
        packet.extend([0; 100]);
        send(&mut lab, source, &packet);
    }
    lab.run(20);
    assert_eq!(lab.worker.status(lab.now).packets_in, before);
    lab.speak(ada, mid, 6, 5);
    assert_eq!(lab.clients[bob].subscriber.packets.len(), 10);
}

#[test]
fn media_follows_a_client_whose_address_changes() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 10);
    let inside = lab.clients[bob].subscriber.address;
    lab.move_to(inside, SocketAddr::from(([203, 0, 113, 9], 40_000)));
    // The client's next connectivity check tells.
    lab.run(5000);
    let before = lab.clients[bob].subscriber.packets.len();
    lab.speak(ada, mid, 11, 10);
    assert_eq!(lab.clients[bob].subscriber.packets.len() - before, 10);
}
