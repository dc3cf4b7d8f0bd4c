//! A publisher is told which layers nobody wants.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::Lab;
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{SetTrackSettings, Unsubscribe};

const CAMERA: &str = "TR_camera";

fn show(lab: &mut Lab, who: &str, width: u32, height: u32, is_hidden: bool) {
    lab.command(Command::SetTrackSettings(SetTrackSettings {
        participant_sid: who.to_owned(),
        track_sid: CAMERA.to_owned(),
        disabled: is_hidden,
        quality: None,
        width,
        height,
        ..SetTrackSettings::default()
    }));
}

fn told(lab: &mut Lab) -> Vec<u32> {
    let events = std::mem::take(&mut lab.events);
    events
        .into_iter()
        .filter_map(|event| match event {
            Event::LayersWanted(wanted) => {
                assert_eq!(
                    (wanted.participant_sid, wanted.track_sid),
                    ("PA_ada".into(), CAMERA.into())
                );
                Some(wanted.layers)
            }
            _ => None,
        })
        .collect()
}

fn meeting() -> Lab {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    let watchers = ["bob", "eve"].map(|name| lab.join(name));
    lab.publish_video(ada, CAMERA);
    for watcher in watchers {
        lab.subscribe(watcher, CAMERA);
    }
    lab.run(6000);
    assert_eq!(told(&mut lab), []);
    lab
}

#[test]
fn the_largest_wish_counts_and_a_smaller_one_only_after_a_while() {
    let mut lab = meeting();
    show(&mut lab, "PA_bob", 200, 120, false);
    lab.run(7000);
    assert_eq!(told(&mut lab), [], "eve still wants the largest");
    show(&mut lab, "PA_eve", 640, 360, false);
    lab.run(3000);
    assert_eq!(told(&mut lab), []);
    lab.run(3000);
    assert_eq!(told(&mut lab), [2]);
    show(&mut lab, "PA_bob", 1280, 720, false);
    lab.run(100);
    assert_eq!(told(&mut lab), [3]);
}

#[test]
fn nobody_who_looks_wants_nothing() {
    let mut lab = meeting();
    show(&mut lab, "PA_bob", 0, 0, true);
    lab.command(Command::Unsubscribe(Unsubscribe {
        participant_sid: "PA_eve".to_owned(),
        track_sid: CAMERA.to_owned(),
    }));
    lab.run(6000);
    assert_eq!(told(&mut lab), [0]);
    show(&mut lab, "PA_bob", 200, 120, false);
    lab.run(100);
    assert_eq!(told(&mut lab), [1]);
}

#[test]
fn a_track_without_subscribers_is_not_wanted() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    lab.publish_video(ada, CAMERA);
    lab.run(6000);
    assert_eq!(told(&mut lab), [0]);
    let bob = lab.join("bob");
    lab.subscribe(bob, CAMERA);
    lab.run(1000);
    assert_eq!(told(&mut lab), [3]);
    assert!(lab.clients.get(bob).unwrap().subscriber.is_connected);
}
