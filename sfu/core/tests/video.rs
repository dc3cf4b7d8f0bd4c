//! People see each other: simulcast layers, keyframes, continuity.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::Lab;
use harness::camera::{Camera, is_keyframe, layer, picture_id};
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{Kind, SetTrackSettings};
use str0m::media::{Direction, MediaKind};
use str0m::rtp::RtpPacket;

const CAMERA: &str = "TR_camera";

fn meeting() -> (Lab, Camera, usize) {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_video(ada, CAMERA);
    let camera = Camera::new(ada, mid);
    lab.subscribe(bob, CAMERA);
    (lab, camera, bob)
}

fn received(lab: &Lab, client: usize) -> Vec<&RtpPacket> {
    lab.clients[client]
        .subscriber
        .packets
        .iter()
        .map(|(_, packet)| packet)
        .collect()
}

fn settings(lab: &mut Lab, width: u32, height: u32, is_disabled: bool) {
    lab.command(Command::SetTrackSettings(SetTrackSettings {
        participant_sid: "PA_bob".to_owned(),
        track_sid: CAMERA.to_owned(),
        disabled: is_disabled,
        quality: None,
        width,
        height,
        ..SetTrackSettings::default()
    }));
}

fn assert_continuous(packets: &[&RtpPacket]) {
    for pair in packets.windows(2) {
        assert_eq!(
            *pair[1].seq_no,
            *pair[0].seq_no + 1,
            "a gap in the sequence"
        );
        let step = pair[1]
            .header
            .timestamp
            .wrapping_sub(pair[0].header.timestamp);
        assert!(step < 90 * 400, "the time jumps by {step}");
        let pictures =
            picture_id(&pair[1].payload).wrapping_sub(picture_id(&pair[0].payload)) & 0x7fff;
        assert!(pictures <= 1, "the picture id jumps by {pictures}");
    }
}

#[test]
fn the_first_packet_is_a_keyframe_of_the_largest_layer() {
    let (mut lab, mut camera, bob) = meeting();
    camera.film(&mut lab, 60);
    let packets = received(&lab, bob);
    assert!(packets.len() > 100, "{} packets", packets.len());
    assert!(is_keyframe(&packets[0].payload));
    assert_eq!(layer(&packets.last().unwrap().payload), 2);
    assert_continuous(&packets);
}

#[test]
fn every_layer_is_reported_once() {
    let (mut lab, mut camera, _) = meeting();
    camera.film(&mut lab, 30);
    let mut rids: Vec<_> = lab
        .events
        .iter()
        .filter_map(|event| match event {
            Event::TrackStarted(started) => Some(started.rid.clone()),
            _ => None,
        })
        .collect();
    rids.sort();
    assert_eq!(rids, ["f", "h", "q"]);
}

#[test]
fn a_smaller_element_gets_a_smaller_layer_without_a_break() {
    let (mut lab, mut camera, bob) = meeting();
    camera.film(&mut lab, 60);
    settings(&mut lab, 300, 190, false);
    camera.film(&mut lab, 60);
    settings(&mut lab, 640, 360, false);
    camera.film(&mut lab, 90);
    let packets = received(&lab, bob);
    let mut layers: Vec<_> = packets
        .iter()
        .map(|packet| layer(&packet.payload))
        .collect();
    layers.dedup();
    assert!(layers.ends_with(&[2, 0, 1]), "{layers:?}");
    assert_continuous(&packets);
}

#[test]
fn a_hidden_element_gets_nothing_and_a_keyframe_when_shown_again() {
    let (mut lab, mut camera, bob) = meeting();
    camera.film(&mut lab, 60);
    settings(&mut lab, 0, 0, true);
    lab.run(50);
    let (before, offers) = (received(&lab, bob).len(), lab.clients[bob].offers.len());
    camera.film(&mut lab, 60);
    assert_eq!(received(&lab, bob).len(), before);
    settings(&mut lab, 1280, 720, false);
    camera.film(&mut lab, 30);
    let packets = received(&lab, bob);
    assert!(is_keyframe(&packets[before].payload));
    assert_eq!(*packets[before].seq_no, *packets[before - 1].seq_no + 1);
    assert_eq!(lab.clients[bob].offers.len(), offers, "no renegotiation");
}

#[test]
fn settings_that_flutter_do_not_lose_the_keyframe_request() {
    let (mut lab, mut camera, bob) = meeting();
    settings(&mut lab, 0, 0, true);
    settings(&mut lab, 0, 0, false);
    settings(&mut lab, 640, 360, false);
    camera.film(&mut lab, 60);
    let packets = received(&lab, bob);
    assert_eq!(layer(&packets.last().unwrap().payload), 1);
}

#[test]
fn keyframes_are_not_asked_for_more_often_than_once_a_second() {
    let (mut lab, mut camera, _) = meeting();
    let others: Vec<_> = (0..5)
        .map(|index| lab.join(&format!("guest{index}")))
        .collect();
    camera.film(&mut lab, 30);
    let before = camera.keyframes[2];
    for other in others {
        lab.subscribe(other, CAMERA);
    }
    camera.film(&mut lab, 30);
    assert!(
        (1..=3).contains(&(camera.keyframes[2] - before)),
        "{:?}",
        camera.keyframes
    );
}

#[test]
fn a_keyframe_that_a_subscriber_asks_for_comes() {
    let (mut lab, mut camera, bob) = meeting();
    camera.film(&mut lab, 90);
    let before = camera.keyframes[2];
    let ssrc = received(&lab, bob)[0].header.ssrc;
    let mut direct = lab.clients[bob].subscriber.rtc.direct_api();
    direct
        .stream_rx(&ssrc)
        .unwrap()
        .request_keyframe(str0m::media::KeyframeRequestKind::Pli);
    camera.film(&mut lab, 30);
    assert_eq!(camera.keyframes[2], before + 1);
}

#[test]
fn video_without_simulcast_flows_as_well() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.add_track(ada, CAMERA, Kind::Video, &[("", 640, 480)]);
    let mid = lab.offer(ada, |api| {
        let names = (Some("stream".to_owned()), Some(format!("cid-{CAMERA}")));
        api.add_media(
            MediaKind::Video,
            Direction::SendOnly,
            names.0,
            names.1,
            None,
        )
    });
    lab.run(500);
    lab.subscribe(bob, CAMERA);
    Camera::without_simulcast(ada, mid).film(&mut lab, 60);
    let packets = received(&lab, bob);
    assert!(packets.len() > 100);
    assert_continuous(&packets);
}

#[test]
fn a_layer_that_the_client_stops_gives_way_to_the_next_lower() {
    let (mut lab, mut camera, bob) = meeting();
    camera.film(&mut lab, 60);
    camera.active[2] = false;
    camera.film(&mut lab, 60);
    let packets = received(&lab, bob);
    assert_eq!(layer(&packets.last().unwrap().payload), 1);
    assert_continuous(&packets);
}

#[test]
fn packets_of_a_frame_leave_in_one_run() {
    let (mut lab, mut camera, _) = meeting();
    camera.film(&mut lab, 30);
    lab.runs.clear();
    camera.film(&mut lab, 30);
    assert!(
        lab.runs.iter().filter(|datagrams| **datagrams >= 3).count() >= 25,
        "{:?}",
        lab.runs
    );
}
