//! Data packets between participants and from the server.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::{Lab, ROOM};
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{Permission, SendData};
use livekit_protocol::{DataPacket, UserPacket, data_packet, data_stream};
use prost::Message;

fn text(contents: &str, destinations: &[&str]) -> Vec<u8> {
    bytes(contents.as_bytes().to_vec(), destinations)
}

fn bytes(payload: Vec<u8>, destinations: &[&str]) -> Vec<u8> {
    let user = UserPacket {
        payload,
        ..UserPacket::default()
    };
    DataPacket {
        destination_identities: destinations.iter().map(|name| (*name).to_owned()).collect(),
        participant_identity: "forged".to_owned(),
        value: Some(data_packet::Value::User(user)),
        ..DataPacket::default()
    }
    .encode_to_vec()
}

/// What a client has received: sender and contents.
fn received(lab: &Lab, client: usize) -> Vec<(String, String)> {
    let messages = &lab.clients[client].subscriber.messages;
    let packets = messages
        .iter()
        .map(|message| DataPacket::decode(message.as_slice()).unwrap());
    packets
        .map(|packet| match packet.value {
            Some(data_packet::Value::User(user)) => (
                packet.participant_identity,
                String::from_utf8_lossy(&user.payload).into_owned(),
            ),
            other => panic!("{other:?}"),
        })
        .collect()
}

fn three() -> (Lab, [usize; 3]) {
    let mut lab = Lab::new();
    let all = ["ada", "bob", "eve"].map(|name| lab.join(name));
    lab.run(500);
    for client in all {
        lab.open_channels(client);
    }
    (lab, all)
}

#[test]
fn everyone_but_the_sender_receives_it_with_the_true_sender() {
    let (mut lab, [ada, bob, eve]) = three();
    for label in ["_reliable", "_lossy"] {
        lab.send(ada, label, &text(label, &[]));
        lab.run(100);
    }
    let expected = ["_reliable", "_lossy"].map(|label| ("ada".to_owned(), label.to_owned()));
    assert_eq!(received(&lab, bob), expected);
    assert_eq!(received(&lab, eve), expected);
    assert_eq!(received(&lab, ada), []);
}

#[test]
fn destinations_are_honoured() {
    let (mut lab, [ada, bob, eve]) = three();
    lab.send(ada, "_reliable", &text("secret", &["eve", "nobody"]));
    lab.run(100);
    assert_eq!(received(&lab, bob), []);
    assert_eq!(
        received(&lab, eve),
        [("ada".to_owned(), "secret".to_owned())]
    );
}

#[test]
fn two_hundred_reliable_messages_arrive_in_order_and_once() {
    let (mut lab, [ada, bob, _]) = three();
    for index in 0..200 {
        lab.send(ada, "_reliable", &text(&index.to_string(), &[]));
        lab.run(1);
    }
    lab.run(1000);
    let contents: Vec<_> = received(&lab, bob)
        .into_iter()
        .map(|(_, contents)| contents)
        .collect();
    assert_eq!(
        contents,
        (0..200).map(|index| index.to_string()).collect::<Vec<_>>()
    );
}

#[test]
fn a_burst_larger_than_the_send_buffer_waits_and_arrives() {
    let (mut lab, [ada, bob, _]) = three();
    let large = "x".repeat(40_000);
    for _ in 0..10 {
        lab.send(ada, "_reliable", &text(&large, &["bob"]));
        lab.run(20);
    }
    lab.run(5000);
    assert_eq!(received(&lab, bob).len(), 10);
}

#[test]
fn who_may_not_send_data_is_not_heard() {
    let mut lab = Lab::new();
    let bob = lab.join("bob");
    let mute = Permission {
        can_publish: true,
        can_subscribe: true,
        can_publish_data: false,
    };
    let eve = lab.join_with("eve", ROOM, mute);
    lab.run(500);
    lab.open_channels(eve);
    lab.send(eve, "_reliable", &text("psst", &[]));
    lab.run(200);
    assert_eq!(received(&lab, bob), []);
}

#[test]
fn nonsense_and_oversize_go_to_nobody_and_hurt_nobody() {
    let (mut lab, [ada, bob, _]) = three();
    lab.send(ada, "_reliable", &[0xff; 100]);
    lab.send(ada, "_reliable", &[0]);
    lab.run(50);
    lab.send(ada, "_reliable", &bytes(vec![b'x'; 65 * 1024], &[]));
    lab.run(500);
    lab.send(ada, "_reliable", &text("fine", &[]));
    lab.run(200);
    assert_eq!(received(&lab, bob), [("ada".to_owned(), "fine".to_owned())]);
    let is_refusal =
        |event: &&Event| matches!(event, Event::Refused(r) if r.code == "data_too_large");
    assert_eq!(lab.events.iter().filter(is_refusal).count(), 1);
}

#[test]
fn other_rooms_receive_nothing() {
    let (mut lab, [ada, ..]) = three();
    let stranger = lab.join_room("stranger", "RM_two");
    lab.run(500);
    lab.send(ada, "_reliable", &text("here", &[]));
    lab.run(200);
    assert_eq!(received(&lab, stranger), []);
}

#[test]
fn what_the_server_sends_reaches_those_it_names() {
    let (mut lab, [ada, bob, eve]) = three();
    for (destinations, contents) in [(vec![], "all"), (vec!["PA_bob".to_owned()], "bob")] {
        lab.command(Command::SendData(SendData {
            room_sid: ROOM.to_owned(),
            packet: text(contents, &[]),
            lossy: false,
            destination_sids: destinations,
        }));
    }
    lab.run(200);
    let contents = |client| {
        received(&lab, client)
            .into_iter()
            .map(|(_, contents)| contents)
            .collect::<Vec<_>>()
    };
    assert_eq!(contents(ada), ["all"]);
    assert_eq!(contents(bob), ["all", "bob"]);
    assert_eq!(contents(eve), ["all"]);
}

#[test]
fn a_reliable_message_to_one_who_is_still_joining_arrives_later() {
    let (mut lab, [ada, ..]) = three();
    let late = lab.join("late");
    lab.send(ada, "_reliable", &text("welcome", &[]));
    lab.run(1000);
    assert_eq!(
        received(&lab, late),
        [("ada".to_owned(), "welcome".to_owned())]
    );
}

fn of_stream(value: data_packet::Value, destinations: &[&str]) -> Vec<u8> {
    DataPacket {
        destination_identities: destinations.iter().map(|name| (*name).to_owned()).collect(),
        participant_identity: "forged".to_owned(),
        value: Some(value),
        ..DataPacket::default()
    }
    .encode_to_vec()
}

fn header(stream: &str, topic: &str) -> data_packet::Value {
    data_packet::Value::StreamHeader(data_stream::Header {
        stream_id: stream.to_owned(),
        topic: topic.to_owned(),
        ..data_stream::Header::default()
    })
}

fn chunk(stream: &str, content: &[u8]) -> data_packet::Value {
    data_packet::Value::StreamChunk(data_stream::Chunk {
        stream_id: stream.to_owned(),
        content: content.to_vec(),
        ..data_stream::Chunk::default()
    })
}

/// What the server has heard: participant and packet.
fn heard(lab: &Lab) -> Vec<(String, DataPacket)> {
    lab.events
        .iter()
        .filter_map(|event| match event {
            Event::DataReceived(data) => Some((
                data.participant_sid.clone(),
                DataPacket::decode(data.packet.as_slice()).unwrap(),
            )),
            _ => None,
        })
        .collect()
}

#[test]
fn the_server_hears_streams_of_its_topics_that_are_for_everybody() {
    let mut lab = Lab::with(|config| config.heard_topics = vec!["lk.chat".to_owned()]);
    let [ada, bob] = ["ada", "bob"].map(|name| lab.join(name));
    lab.run(500);
    for client in [ada, bob] {
        lab.open_channels(client);
    }
    let sent = [
        ("_reliable", of_stream(header("one", "lk.chat"), &[])),
        ("_reliable", of_stream(header("other", "lk.other"), &[])),
        (
            "_reliable",
            of_stream(header("private", "lk.chat"), &["bob"]),
        ),
        ("_lossy", of_stream(header("lossy", "lk.chat"), &[])),
        ("_reliable", of_stream(chunk("one", b"hello"), &[])),
        ("_reliable", of_stream(chunk("private", b"psst"), &["bob"])),
        ("_reliable", text("no stream", &[])),
    ];
    for (label, packet) in &sent {
        lab.send(ada, label, packet);
        lab.run(50);
    }
    lab.run(200);
    let values: Vec<_> = heard(&lab)
        .into_iter()
        .map(|(sid, packet)| {
            assert_eq!(sid, lab.clients[ada].sid);
            assert_eq!(packet.participant_identity, "ada");
            packet.value.unwrap()
        })
        .collect();
    assert_eq!(values, [header("one", "lk.chat"), chunk("one", b"hello")]);
    assert_eq!(lab.clients[bob].subscriber.messages.len(), sent.len());
}

#[test]
fn the_server_hears_nothing_that_it_did_not_ask_for() {
    let (mut lab, [ada, bob, _]) = three();
    lab.send(ada, "_reliable", &of_stream(header("one", "lk.chat"), &[]));
    lab.run(200);
    assert_eq!(heard(&lab), []);
    assert_eq!(lab.clients[bob].subscriber.messages.len(), 1);
}
