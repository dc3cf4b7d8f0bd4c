//! Codecs beside VP8 and Opus: what is negotiated, where a stream opens, and which part of it a subscriber gets.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::Lab;
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{AddTrack, Kind, Layer, SetTrackSettings};
use str0m::format::Codec;
use str0m::media::{Direction, MediaKind, Mid, Pt};
use str0m::rtp::{RtpPacket, RtpWrite};
use str0m::{Candidate, Rtc};

/// One who publishes with this codec and one who receives it.
fn call(codec: &str, kind: Kind, sizes: &[(u32, u32)]) -> (Lab, [usize; 2], Mid) {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.run(300);
    let layers = sizes.iter().map(|(width, height)| Layer {
        width: *width,
        height: *height,
        rid: format!("{width}"),
    });
    lab.command(Command::AddTrack(AddTrack {
        participant_sid: lab.clients[ada].sid.clone(),
        track_sid: "TR_it".into(),
        cid: "cid-TR_it".into(),
        kind: kind.into(),
        stream: "camera".into(),
        codec: codec.into(),
        layers: layers.collect(),
        ..AddTrack::default()
    }));
    let media = match kind {
        Kind::Audio => MediaKind::Audio,
        Kind::Video => MediaKind::Video,
    };
    let mid = lab.offer(ada, |api| {
        let cid = Some("cid-TR_it".into());
        api.add_media(media, Direction::SendOnly, Some("s".into()), cid, None)
    });
    lab.run(300);
    lab.subscribe(bob, "TR_it");
    (lab, [ada, bob], mid)
}

fn format(lab: &mut Lab, client: usize, codec: Codec) -> Pt {
    let config = lab.clients[client].publisher.rtc.codec_config();
    let params = config.params().iter();
    let mut of_codec = params.filter(|params| params.spec().codec == codec);
    // Of H.264 there are several; ours is the one that was agreed on.
    let is_ours = |params: &&str0m::format::PayloadParams| {
        codec != Codec::H264
            || params.spec().format.profile_level_id == Some(0x0042_e01f)
                && params.spec().format.packetization_mode == Some(1)
    };
    of_codec.find(is_ours).unwrap().pt()
}

struct Sender {
    mid: Mid,
    format: Pt,
    sequence: u64,
    timestamp: u32,
}

impl Sender {
    /// The next packet, of a new picture when `starts`.
    fn send(&mut self, lab: &mut Lab, client: usize, payload: &[u8], starts: bool, marker: bool) {
        self.sequence += 1;
        self.timestamp += if starts { 3000 } else { 0 };
        let (now, peer) = (lab.now, &mut lab.clients[client].publisher);
        let mut direct = peer.rtc.direct_api();
        let stream = direct.stream_tx_by_mid(self.mid, None).unwrap();
        let (sequence, timestamp) = (self.sequence.into(), self.timestamp);
        let packet = RtpWrite::new(self.format, sequence, timestamp, now, payload).marker(marker);
        stream.write_rtp(packet);
        lab.wake(client);
        lab.run(5);
    }
}

fn received(lab: &Lab, client: usize) -> Vec<&RtpPacket> {
    let packets = &lab.clients[client].subscriber.packets;
    packets.iter().map(|(_, packet)| packet).collect()
}

fn mime_type(lab: &Lab) -> &str {
    let negotiated = lab.events.iter().find_map(|event| match event {
        Event::TrackNegotiated(track) => Some(track.mime_type.as_str()),
        _ => None,
    });
    negotiated.unwrap()
}

const KEY: &[u8] = &[0x67, 0x42, 0xe0, 0x1f];
const DELTA: &[u8] = &[0x61, 1, 2, 3];

#[test]
fn h264_opens_with_its_parameters_and_passes_untouched() {
    let (mut lab, [ada, bob], mid) = call("h264", Kind::Video, &[]);
    assert_eq!(mime_type(&lab), "video/H264");
    let format = format(&mut lab, ada, Codec::H264);
    let mut sender = Sender {
        mid,
        format,
        sequence: 100,
        timestamp: 0,
    };
    for (payload, starts) in [(DELTA, true), (KEY, true), (DELTA, false), (DELTA, true)] {
        sender.send(&mut lab, ada, payload, starts, true);
    }
    let payloads: Vec<&[u8]> = received(&lab, bob).iter().map(|p| &*p.payload).collect();
    assert_eq!(payloads, [KEY, DELTA, DELTA]);
}

#[test]
fn each_section_that_is_offered_lists_the_codec_of_its_track_alone() {
    for (codec, name) in [
        ("h264", "H264"),
        ("vp9", "VP9"),
        ("vp8", "VP8"),
        ("", "VP8"),
    ] {
        let (lab, [_, bob], _) = call(codec, Kind::Video, &[]);
        let offer = lab.clients[bob].offers.last().unwrap();
        let maps: Vec<_> = offer
            .lines()
            .filter(|l| l.starts_with("a=rtpmap:"))
            .collect();
        assert_eq!(maps.len(), 2, "{offer}");
        assert!(
            maps[0].contains(name) && maps[1].contains("rtx"),
            "{maps:?}"
        );
    }
}

#[test]
fn packets_of_a_codec_that_was_not_chosen_go_nowhere() {
    let (mut lab, [ada, bob], mid) = call("vp8", Kind::Video, &[]);
    let format = format(&mut lab, ada, Codec::Vp9);
    let mut sender = Sender {
        mid,
        format,
        sequence: 1,
        timestamp: 0,
    };
    sender.send(&mut lab, ada, &[0x88, 0x12, 1], true, true);
    assert!(received(&lab, bob).is_empty());
}

#[test]
fn who_cannot_decode_a_track_is_told_once_and_the_others_receive_it() {
    let (mut lab, [ada, bob], mid) = call("vp9", Kind::Video, &[]);
    let cleo = lab.join("cleo");
    let now = lab.now;
    let peer = &mut lab.clients[cleo].subscriber;
    let builder = Rtc::builder().set_rtp_mode(true).clear_codecs();
    peer.rtc = builder.enable_vp8(true).enable_opus(true, false).build(now);
    let candidate = Candidate::host(peer.address, "udp").unwrap();
    peer.rtc.add_local_candidate(candidate);
    lab.run(300);
    lab.subscribe(cleo, "TR_it");
    lab.run(1000);
    let format = format(&mut lab, ada, Codec::Vp9);
    let mut sender = Sender {
        mid,
        format,
        sequence: 0,
        timestamp: 0,
    };
    sender.send(&mut lab, ada, &[0x88, 0x12, 1], true, true);
    let told = lab.events.iter().filter(|event| {
        matches!(event, Event::Refused(refused) if refused.code == "codec_unsupported"
            && (refused.track_sid.as_str(), &refused.participant_sid) == ("TR_it", &lab.clients[cleo].sid))
    });
    assert_eq!(told.count(), 1);
    assert_eq!(received(&lab, bob).len(), 1);
    assert!(received(&lab, cleo).is_empty());
}

/// A packet of VP9 that is all there is of one size in a picture.
fn vp9(is_key: bool, layer: u8) -> [u8; 4] {
    let predicted = if is_key { 0 } else { 0x40 };
    [0xac | predicted, 0x12, layer << 1, layer]
}

/// Sends so many pictures of three sizes; the first is a keyframe or not.
fn film(lab: &mut Lab, ada: usize, sender: &mut Sender, pictures: usize, starts_key: bool) {
    for picture in 0..pictures {
        for layer in 0..3 {
            let payload = vp9(starts_key && picture == 0, layer);
            sender.send(lab, ada, &payload, layer == 0, layer == 2);
        }
        lab.run(20);
    }
}

fn ask(lab: &mut Lab, client: usize, quality: u32) {
    lab.command(Command::SetTrackSettings(SetTrackSettings {
        participant_sid: lab.clients[client].sid.clone(),
        track_sid: "TR_it".into(),
        quality: Some(quality),
        ..SetTrackSettings::default()
    }));
}

#[test]
fn a_smaller_size_comes_with_the_next_picture_and_a_larger_one_with_the_next_keyframe() {
    let sizes = [(320, 180), (640, 360), (1280, 720)];
    let (mut lab, [ada, bob], mid) = call("vp9", Kind::Video, &sizes);
    assert_eq!(mime_type(&lab), "video/VP9");
    let format = format(&mut lab, ada, Codec::Vp9);
    let mut sender = Sender {
        mid,
        format,
        sequence: 0,
        timestamp: 0,
    };
    film(&mut lab, ada, &mut sender, 5, true);
    ask(&mut lab, bob, 0);
    film(&mut lab, ada, &mut sender, 3, false);
    ask(&mut lab, bob, 1);
    film(&mut lab, ada, &mut sender, 2, false);
    film(&mut lab, ada, &mut sender, 2, true);

    let all = received(&lab, bob);
    let layers: Vec<u8> = all.iter().map(|packet| packet.payload[3]).collect();
    let expected = [[0, 1, 2].repeat(5), vec![0; 5], [0, 1].repeat(2)].concat();
    assert_eq!(layers, expected);
    let ends: Vec<bool> = all.iter().map(|packet| packet.header.marker).collect();
    let last_of_each = [
        [false, false, true].repeat(5),
        vec![true; 5],
        [false, true].repeat(2),
    ];
    assert_eq!(ends, last_of_each.concat());
    let numbers: Vec<u64> = all.iter().map(|packet| *packet.seq_no).collect();
    assert!(
        numbers.windows(2).all(|pair| pair[1] == pair[0] + 1),
        "{numbers:?}"
    );
}

/// Older voice, then the newest (RFC 2198).
const REPEATING: &[u8] = &[0xef, 0x0f, 0x00, 0x02, 0x6f, 9, 9, 1, 2, 3];

/// Makes a connection one whose client repeats voice.
fn repeat_voice(lab: &mut Lab, client: usize, is_publisher: bool) {
    let now = lab.now;
    let client = &mut lab.clients[client];
    let peer = if is_publisher {
        &mut client.publisher
    } else {
        &mut client.subscriber
    };
    let builder = Rtc::builder().set_rtp_mode(true).enable_opus(true, true);
    peer.rtc = builder.build(now);
    let candidate = Candidate::host(peer.address, "udp").unwrap();
    peer.rtc.add_local_candidate(candidate);
}

#[test]
fn repeated_voice_goes_to_who_can_read_it_and_the_newest_to_the_others() {
    let mut lab = Lab::new();
    let [ada, bob, cleo] = ["ada", "bob", "cleo"].map(|name| lab.join(name));
    repeat_voice(&mut lab, ada, true);
    repeat_voice(&mut lab, bob, false);
    let mid = lab.publish_audio(ada, "TR_mic");
    assert_eq!(mime_type(&lab), "audio/red");
    for client in [bob, cleo] {
        lab.subscribe(client, "TR_mic");
    }
    let config = lab.clients[ada].publisher.rtc.codec_config();
    let opus = config.find(|params| params.red().is_some()).unwrap();
    let (plain, redundant) = (opus.pt(), opus.red().unwrap());
    let mut sender = Sender {
        mid,
        format: plain,
        sequence: 0,
        timestamp: 0,
    };
    for (format, payload) in [
        (plain, DELTA),
        (redundant, REPEATING),
        (redundant, &REPEATING[..3]),
    ] {
        sender.format = format;
        sender.send(&mut lab, ada, payload, true, false);
    }
    let payloads = |client| -> Vec<&[u8]> {
        let all = received(&lab, client).into_iter();
        all.map(|packet| &*packet.payload).collect()
    };
    assert_eq!(payloads(bob), [DELTA, REPEATING, &REPEATING[..3]]);
    assert_eq!(payloads(cleo)[..2], [DELTA, &[1, 2, 3][..]]);
    let formats: Vec<bool> = received(&lab, bob)
        .iter()
        .map(|packet| packet.header.payload_type == redundant)
        .collect();
    assert_eq!(formats, [false, true, true]);
}
