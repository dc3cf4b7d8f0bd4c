//! On a way that does not carry the smallest picture the sound goes on, and the picture comes back when there is room.

mod scenario;

use std::time::Duration;

use jumpa_sfu_proto::Kind;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_sim::{Path, Result, Simulation};
use scenario::{ADA, BOB, meeting, seconds};

const NARROW: u64 = 100_000 / 8;

fn narrow(simulation: &mut Simulation, bytes_per_second: u64) -> Result<()> {
    simulation.path(BOB, Path::SubscriberDown, |conditions| {
        conditions.bytes_per_second = bytes_per_second;
    })
}

/// What Bob was told of Ada's camera: true when it came, false when it was paused.
fn told(simulation: &Simulation) -> Vec<bool> {
    let mut told = Vec::new();
    for (_, event) in &simulation.events {
        match event {
            Event::StreamPaused(paused) if paused.participant_sid == "PA_guest1" => {
                told.push(false);
            }
            Event::SubscriptionStarted(started)
                if started.participant_sid == "PA_guest1"
                    && started.track_sid.ends_with("camera") =>
            {
                told.push(true);
            }
            _ => {}
        }
    }
    told
}

#[test]
fn a_picture_gives_way_to_sound_and_comes_back_with_the_bandwidth() -> Result<()> {
    for seed in 11..13 {
        let mut simulation = meeting(seed, 2)?;
        narrow(&mut simulation, NARROW)?;
        simulation.run(seconds(15))?;
        assert_eq!(told(&simulation)[..2], [true, false]);
        simulation.clients[BOB].forget();
        simulation.run(seconds(60))?;
        let audio = simulation.audio(BOB, ADA)?;
        assert!(audio.delivered() > 0.97, "{}", audio.delivered());
        assert!(audio.longest_gap() < Duration::from_millis(150));
        let tried = told(&simulation).len() / 2;
        assert!((4..9).contains(&tried), "{tried}");

        narrow(&mut simulation, 0)?;
        simulation.run(seconds(40))?;
        assert_eq!(told(&simulation).last(), Some(&true));
        simulation.clients[BOB].forget();
        simulation.run(seconds(180))?;
        let video = simulation.video(BOB, ADA)?;
        assert!(video.longest_gap() < Duration::from_millis(500));
        assert_eq!(video.layers(), [2]);
        assert_eq!(simulation.video(BOB + 1, ADA)?.layers(), [2]);
    }
    Ok(())
}

#[test]
fn a_way_that_carries_the_smallest_picture_keeps_it() -> Result<()> {
    let mut simulation = meeting(21, 1)?;
    narrow(&mut simulation, 3 * NARROW / 2)?;
    simulation.run(seconds(20))?;
    simulation.clients[BOB].forget();
    let before = told(&simulation).len();
    simulation.run(seconds(30))?;
    assert_eq!(told(&simulation).len(), before);
    assert!(simulation.video(BOB, ADA)?.longest_gap() < seconds(1));
    Ok(())
}

#[test]
fn loss_without_congestion_pauses_nothing() -> Result<()> {
    let mut simulation = meeting(22, 1)?;
    simulation.path(BOB, Path::SubscriberDown, |path| path.lost = 250)?;
    simulation.run(seconds(60))?;
    assert_eq!(told(&simulation), [true]);
    Ok(())
}

#[test]
fn a_camera_that_is_off_is_not_paused_in_the_place_of_another() -> Result<()> {
    let mut simulation = meeting(32, 1)?;
    let carol = simulation.join("guest2")?;
    simulation.publish_camera(carol)?;
    simulation.run(seconds(1))?;
    simulation.mute_camera(carol)?;
    simulation.subscribe(BOB, carol, Kind::Video)?;
    simulation.run(seconds(1))?;
    for (publisher, size) in [(ADA, (320, 180)), (carol, (160, 90))] {
        simulation.show(BOB, publisher, Some(size))?;
    }
    narrow(&mut simulation, NARROW)?;
    simulation.run(seconds(15))?;
    let mut paused = simulation
        .events
        .iter()
        .filter_map(|(_, event)| match event {
            Event::StreamPaused(paused) => Some(paused.track_sid.as_str()),
            _ => None,
        });
    assert_eq!(paused.next(), Some("TR_ada_camera"));
    assert!(paused.all(|track| track == "TR_ada_camera"));
    Ok(())
}

#[test]
fn a_screen_outlasts_a_camera_and_a_named_order_outranks_both() -> Result<()> {
    for (priorities, paused_first) in [
        ([0, 0], "TR_ada_camera"),
        ([1, 2], "TR_guest2_camera"),
        ([9, 0], "TR_ada_camera"),
    ] {
        let mut simulation = meeting(31, 1)?;
        let carol = simulation.join("guest2")?;
        simulation.publish_screen(carol)?;
        simulation.run(seconds(1))?;
        simulation.subscribe(BOB, carol, Kind::Video)?;
        simulation.run(seconds(1))?;
        for (publisher, priority) in [(ADA, priorities[0]), (carol, priorities[1])] {
            simulation.show_as(BOB, publisher, Some((320, 180)), priority)?;
        }
        narrow(&mut simulation, NARROW)?;
        simulation.run(seconds(15))?;
        let paused = simulation.events.iter().find_map(|(_, event)| match event {
            Event::StreamPaused(paused) => Some(paused.track_sid.clone()),
            _ => None,
        });
        assert_eq!(paused.as_deref(), Some(paused_first), "{priorities:?}");
    }
    Ok(())
}
