//! Codecs beside VP8 and Opus: what is negotiated, where a stream opens, and which part of it a subscriber gets.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::Lab;
use harness::sender::{Sender, ask, call, publish, received};
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{AddTrack, Kind, SetTrackMuted};
use str0m::format::Codec;
use str0m::media::{Direction, MediaKind};
use str0m::{Candidate, Rtc, RtcConfig};

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
    let mut sender = Sender::new(&mut lab, ada, mid, Codec::H264);
    sender.sequence = 100;
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
    let mut sender = Sender::new(&mut lab, ada, mid, Codec::Vp9);
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
    let mut sender = Sender::new(&mut lab, ada, mid, Codec::Vp9);
    sender.send(&mut lab, ada, &[0x88, 0x12, 1], true, true);
    let told = lab.events.iter().filter(|event| {
        matches!(event, Event::Refused(refused) if refused.code == "codec_unsupported"
            && (refused.track_sid.as_str(), &refused.participant_sid) == ("TR_it", &lab.clients[cleo].sid))
    });
    assert_eq!(told.count(), 1);
    assert_eq!(received(&lab, bob).len(), 1);
    assert!(received(&lab, cleo).is_empty());

    let mic = lab.publish_audio(bob, "TR_mic");
    lab.unwant(cleo, "TR_it");
    lab.subscribe(cleo, "TR_mic");
    lab.speak(bob, mic, 1, 5);
    assert_eq!(lab.heard(cleo), 5);
    let offer = lab.clients[cleo].offers.last().unwrap();
    let mut heads = offer.lines().filter(|line| line.starts_with("m="));
    assert!(
        heads.all(|head| head.split_whitespace().count() > 3),
        "{offer}"
    );
}

#[test]
fn a_second_encoding_is_shown_as_the_track_that_it_belongs_to() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join_single("bob"));
    lab.offer_sections(bob, 1, 1);
    lab.run(300);
    let (eve, participant_sid) = (lab.join_from_firefox("eve"), lab.clients[ada].sid.clone());
    lab.command(Command::AddTrack(AddTrack {
        participant_sid,
        track_sid: "TR_it~second".into(),
        shown_as: "TR_it".into(),
        cid: "cid-second".into(),
        kind: Kind::Video.into(),
        ..AddTrack::default()
    }));
    lab.offer(ada, |api| {
        let cid = Some("cid-second".into());
        api.add_media(
            MediaKind::Video,
            Direction::SendOnly,
            Some("s".into()),
            cid,
            None,
        )
    });
    lab.run(300);
    lab.subscribe(bob, "TR_it~second");
    lab.subscribe(eve, "TR_it~second");
    assert_eq!(lab.brought(bob), ["TR_it"]);
    let offer = lab.clients[eve].offers.last().unwrap();
    assert!(offer.contains("a=msid:PA_ada|TR_it TR_it\r\n"), "{offer}");
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

#[test]
fn a_smaller_size_comes_with_the_next_picture_and_a_larger_one_with_the_next_keyframe() {
    let sizes = [(320, 180), (640, 360), (1280, 720)];
    let (mut lab, [ada, bob], mid) = call("vp9", Kind::Video, &sizes);
    assert_eq!(mime_type(&lab), "video/VP9");
    let mut sender = Sender::new(&mut lab, ada, mid, Codec::Vp9);
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

#[test]
fn a_codec_whose_first_form_is_not_accepted_is_sent_in_the_one_that_is() {
    let mut lab = Lab::new();
    let people = [lab.join("ada"), lab.join("bob")];
    let mut builder = Rtc::builder().set_rtp_mode(true).clear_codecs();
    let config = builder.codec_config();
    config.add_h264(102.into(), None, true, 0x0042_001f);
    config.enable_vp8(true);
    config.add_h264(106.into(), None, true, 0x0042_e01f);
    connect_anew(&mut lab, people[0], true, builder);
    lab.run(300);

    let mid = publish(&mut lab, people, "", Kind::Video, &[]);

    assert_eq!(mime_type(&lab), "video/H264");
    let mut sender = Sender::new(&mut lab, people[0], mid, Codec::H264);
    sender.send(&mut lab, people[0], KEY, true, true);
    assert_eq!(received(&lab, people[1]).len(), 1);
}

/// Makes a connection one whose client knows PCMU and no other codec.
fn know_pcmu_alone(lab: &mut Lab, client: usize, is_publisher: bool) {
    let builder = Rtc::builder().set_rtp_mode(true).clear_codecs();
    connect_anew(lab, client, is_publisher, builder.enable_pcmu(true, false));
}

/// Gives a client another connection than the usual one.
fn connect_anew(lab: &mut Lab, client: usize, is_publisher: bool, builder: RtcConfig) {
    let now = lab.now;
    let client = &mut lab.clients[client];
    let peer = if is_publisher {
        &mut client.publisher
    } else {
        &mut client.subscriber
    };
    peer.rtc = builder.build(now);
    let candidate = Candidate::host(peer.address, "udp").unwrap();
    peer.rtc.add_local_candidate(candidate);
}

#[test]
fn pcmu_passes_untouched_to_who_knows_it_and_the_others_are_told() {
    let mut lab = Lab::new();
    let [ada, bob, cleo] = ["ada", "bob", "cleo"].map(|name| lab.join(name));
    know_pcmu_alone(&mut lab, ada, true);
    know_pcmu_alone(&mut lab, bob, false);
    let mid = publish(&mut lab, [ada, bob], "pcmu", Kind::Audio, &[]);
    assert_eq!(mime_type(&lab), "audio/PCMU");
    lab.subscribe(cleo, "TR_it");
    assert_eq!(lab.refusals(), [("PA_cleo", "codec_unsupported")]);
    let mut sender = Sender::new(&mut lab, ada, mid, Codec::PCMU);
    for loudness in [7, 0x80] {
        sender.send(&mut lab, ada, &[loudness; 160], true, false);
    }
    let packets = received(&lab, bob);
    let payloads: Vec<&[u8]> = packets.iter().map(|packet| &*packet.payload).collect();
    assert_eq!(payloads, [[7; 160], [0x80; 160]]);
}

#[test]
fn pcmu_that_is_muted_appears_as_silence_of_its_own() {
    let mut lab = Lab::new();
    let people = ["ada", "bob"].map(|name| lab.join(name));
    know_pcmu_alone(&mut lab, people[0], true);
    know_pcmu_alone(&mut lab, people[1], false);
    publish(&mut lab, people, "pcmu", Kind::Audio, &[]);
    let participant_sid = lab.clients[people[0]].sid.clone();
    lab.command(Command::SetTrackMuted(SetTrackMuted {
        participant_sid,
        track_sid: "TR_it".into(),
        muted: true,
    }));
    lab.run(1000);
    let packets = received(&lab, people[1]);
    assert!(packets.len() > 5, "{}", packets.len());
    assert!(packets.iter().all(|packet| *packet.payload == [0xff; 160]));
}

/// Older voice, then the newest (RFC 2198).
const REPEATING: &[u8] = &[0xef, 0x0f, 0x00, 0x02, 0x6f, 9, 9, 1, 2, 3];

/// Makes a connection one whose client repeats voice.
fn repeat_voice(lab: &mut Lab, client: usize, is_publisher: bool) {
    let builder = Rtc::builder().set_rtp_mode(true).enable_opus(true, true);
    connect_anew(lab, client, is_publisher, builder);
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
    let mut sender = Sender::new(&mut lab, ada, mid, Codec::Opus);
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
