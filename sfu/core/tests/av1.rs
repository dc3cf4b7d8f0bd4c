//! AV1 in layers: which frames each subscriber is sent, and that what they say of each other comes with them.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use std::sync::Arc;

use harness::Lab;
use harness::sender::{Sender, ask, ask_size, publish, received};
use jumpa_sfu_proto::Kind;
use str0m::format::Codec;
use str0m::media::Mid;
use str0m::rtp::{Extension, ExtensionSerializer, ExtensionValues, RtpPacket};
use str0m::{Candidate, Rtc};

const URI: &str =
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";
/// A keyframe's smaller size, with the structure of two sizes that part after it: a template for the first and one for
/// the later frames of each.
const STRUCTURE: [u8; 23] = [
    0xc0, 0x00, 0x07, 0x80, 0x01, 0x23, 0xa8, 0x22, 0x41, 0x04, 0x1a, 0x22, 0x22, 0x22, 0x23, 0x02,
    0x7f, 0x01, 0x67, 0x04, 0xff, 0x02, 0xcf,
];
const SIZES: [(u32, u32); 2] = [(640, 360), (1280, 720)];

/// The extension as a client sends and reads it.
#[derive(Debug)]
struct Carried;

#[derive(Debug)]
struct Descriptor(Vec<u8>);

impl ExtensionSerializer for Carried {
    fn write_to(&self, buffer: &mut [u8], values: &ExtensionValues) -> usize {
        let Some(Descriptor(bytes)) = values.user_values.get::<Descriptor>() else {
            return 0;
        };
        buffer[..bytes.len()].copy_from_slice(bytes);
        bytes.len()
    }

    fn parse_value(&self, bytes: &[u8], values: &mut ExtensionValues) -> bool {
        values.user_values.set(Descriptor(bytes.to_vec()));
        true
    }

    fn is_video(&self) -> bool {
        true
    }

    fn is_audio(&self) -> bool {
        false
    }

    fn requires_two_byte_form(&self, _values: &ExtensionValues) -> bool {
        true
    }
}

/// A descriptor of the mandatory three bytes: a whole frame of a template.
fn whole(template: u8) -> Vec<u8> {
    vec![0xc0 | template, 0, 8]
}

/// Lets a client speak of dependencies, on both connections.
fn teach(lab: &mut Lab, client: usize) {
    let now = lab.now;
    let client = &mut lab.clients[client];
    for peer in [&mut client.publisher, &mut client.subscriber] {
        let extension = Extension::with_serializer(URI, Carried);
        let builder = Rtc::builder().set_rtp_mode(true);
        peer.rtc = builder.set_extension(9, extension).build(now);
        let candidate = Candidate::host(peer.address, "udp").unwrap();
        peer.rtc.add_local_candidate(candidate);
    }
}

fn call(knows: bool) -> (Lab, [usize; 2], Mid) {
    let mut lab = Lab::new();
    let people = [lab.join("ada"), lab.join("bob")];
    teach(&mut lab, people[0]);
    if knows {
        teach(&mut lab, people[1]);
    }
    lab.run(300);
    let mid = publish(&mut lab, people, "av1", Kind::Video, &SIZES);
    (lab, people, mid)
}

/// Sends so many pictures of two sizes; the first is a keyframe or not.
fn film(lab: &mut Lab, ada: usize, sender: &mut Sender, pictures: usize, starts_key: bool) {
    for picture in 0..pictures {
        let is_key = starts_key && picture == 0;
        let descriptors = if is_key {
            [STRUCTURE.to_vec(), whole(2)]
        } else {
            [whole(1), whole(3)]
        };
        for (size, descriptor) in descriptors.into_iter().enumerate() {
            let mut values = ExtensionValues::default();
            values.user_values.set_arc(Arc::new(Descriptor(descriptor)));
            sender.extensions = values;
            let payload = [0x10, u8::try_from(size).unwrap(), u8::from(is_key)];
            sender.send(lab, ada, &payload, size == 0, size == 1);
        }
        lab.run(20);
    }
}

/// Size, whether it is of a keyframe, and whether a picture ends.
fn seen(packets: &[&RtpPacket]) -> Vec<(u8, u8, bool)> {
    let read = |packet: &&RtpPacket| (packet.payload[1], packet.payload[2], packet.header.marker);
    packets.iter().map(read).collect()
}

#[test]
fn each_size_is_sent_the_frames_that_it_needs_and_no_hole_is_left() {
    let (mut lab, [ada, bob], mid) = call(true);
    let mut sender = Sender::new(&mut lab, ada, mid, Codec::Av1);
    film(&mut lab, ada, &mut sender, 3, true);
    ask(&mut lab, bob, 0);
    film(&mut lab, ada, &mut sender, 1, false);
    film(&mut lab, ada, &mut sender, 2, true);
    ask(&mut lab, bob, 1);
    film(&mut lab, ada, &mut sender, 1, false);
    film(&mut lab, ada, &mut sender, 2, true);

    let packets = received(&lab, bob);
    let large = [(0, 1, false), (1, 1, true), (1, 0, true)];
    let small = [(0, 1, true), (0, 0, true)];
    let expected = [
        &large[..],
        &[(1, 0, true), (1, 0, true)],
        &small,
        &[(0, 0, true)],
        &large,
    ]
    .concat();
    assert_eq!(seen(&packets), expected);
    let numbers: Vec<u64> = packets.iter().map(|packet| *packet.seq_no).collect();
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1));
}

#[test]
fn a_smaller_size_on_which_none_builds_is_asked_for_with_a_keyframe() {
    let (mut lab, [ada, bob], mid) = call(true);
    let mut sender = Sender::new(&mut lab, ada, mid, Codec::Av1);
    film(&mut lab, ada, &mut sender, 3, true);
    lab.run(2000);
    let requests = |lab: &Lab| {
        let is_request = |event: &&str0m::Event| matches!(event, str0m::Event::KeyframeRequest(_));
        lab.clients[ada]
            .publisher
            .events
            .iter()
            .filter(is_request)
            .count()
    };
    let before = requests(&lab);
    ask(&mut lab, bob, 0);
    lab.run(100);
    assert_eq!(requests(&lab), before + 1);
}

#[test]
fn descriptors_come_as_they_were_sent_to_who_can_read_them() {
    for knows in [true, false] {
        let (mut lab, [ada, bob], mid) = call(knows);
        let mut sender = Sender::new(&mut lab, ada, mid, Codec::Av1);
        film(&mut lab, ada, &mut sender, 2, true);
        let packets = received(&lab, bob);
        let descriptors: Vec<_> = packets
            .iter()
            .filter_map(|packet| packet.header.ext_vals.user_values.get::<Descriptor>())
            .map(|Descriptor(bytes)| bytes.clone())
            .collect();
        let sent = [STRUCTURE.to_vec(), whole(2), whole(3)];
        assert_eq!(descriptors, if knows { &sent[..] } else { &[] });
        // Who cannot read them gets the smallest size, of which each picture is whole in itself.
        let whole_pictures = [(0, 1, true), (0, 0, true)];
        assert!(knows || seen(&packets) == whole_pictures);
    }
}

#[test]
fn descriptors_that_cannot_be_read_hold_nothing_up() {
    let (mut lab, [ada, bob], mid) = call(true);
    let mut sender = Sender::new(&mut lab, ada, mid, Codec::Av1);
    film(&mut lab, ada, &mut sender, 1, true);
    for descriptor in [vec![], vec![0xff], vec![0xff; 200], whole(63)] {
        sender.extensions.user_values.set(Descriptor(descriptor));
        sender.send(&mut lab, ada, &[0x10, 9, 9], true, true);
    }
    assert_eq!(received(&lab, bob).len(), 6);
    assert!(lab.failures().is_empty());
}

#[test]
fn sections_of_other_codecs_do_not_speak_of_dependencies() {
    let (mut lab, [ada, bob], _) = call(true);
    let offer = lab.clients[bob].offers.last().unwrap();
    assert_eq!(offer.matches(URI).count(), 1);
    lab.publish_video(ada, "TR_other");
    lab.subscribe(bob, "TR_other");
    let client = &lab.clients[ada];
    assert_eq!(client.answers.last().unwrap().matches(URI).count(), 1);
    let offer = lab.clients[bob].offers.last().unwrap();
    assert_eq!(offer.matches(URI).count(), 1);
}

#[test]
fn an_element_gets_the_size_that_the_stream_says_to_have() {
    let mut lab = Lab::new();
    let people = [lab.join("ada"), lab.join("bob")];
    for person in people {
        teach(&mut lab, person);
    }
    lab.run(300);
    let [ada, bob] = people;
    // Announced as other sizes than are sent: 640 × 360 and 1280 × 720.
    let announced = [(320, 180), (1280, 720)];
    let mid = publish(&mut lab, people, "av1", Kind::Video, &announced);
    let mut sender = Sender::new(&mut lab, ada, mid, Codec::Av1);
    film(&mut lab, ada, &mut sender, 2, true);
    ask_size(&mut lab, bob, (640, 360));
    film(&mut lab, ada, &mut sender, 2, true);
    let packets = received(&lab, bob);
    assert_eq!(seen(&packets)[3..], [(0, 1, true), (0, 0, true)]);
}
