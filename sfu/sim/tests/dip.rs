//! After a dip of the bandwidth the larger layers are back soon, and what is just too narrow for them is left alone.

mod scenario;

use std::time::Duration;

use jumpa_sfu_proto::Kind;
use jumpa_sfu_sim::{Path, Result, Simulation};
use scenario::{ADA, BOB, meeting, seconds};

/// What the voice and the largest layer take on the way, headers included.
const WHOLE: u64 = 123_000;
/// The same with the middle layer and the smallest.
const MIDDLE: u64 = 46_000;
const SMALLEST: u64 = 17_000;
const LARGEST_LAYER: u8 = 2;

fn narrow(simulation: &mut Simulation, bytes_per_second: u64) -> Result<()> {
    simulation.path(BOB, Path::SubscriberDown, |conditions| {
        conditions.bytes_per_second = bytes_per_second;
    })
}

/// How long it takes until Bob sees Ada as large as before.
fn recovery(simulation: &mut Simulation) -> Result<Duration> {
    let from = simulation.now;
    while simulation.now - from < seconds(60) {
        let bob = simulation.clients.get_mut(BOB);
        bob.ok_or("Bob is gone")?.forget();
        simulation.run(Duration::from_millis(250))?;
        let video = simulation.video(BOB, ADA);
        if video.is_ok_and(|video| video.layers().last() == Some(&LARGEST_LAYER)) {
            break;
        }
    }
    Ok(simulation.now - from)
}

#[test]
fn the_largest_layer_is_back_within_ten_seconds() -> Result<()> {
    for (seed, (bytes_per_second, dip)) in (0..).zip([
        (MIDDLE * 5 / 4, 5),
        (MIDDLE * 5 / 4, 40),
        (SMALLEST * 5 / 4, 12),
        (SMALLEST * 5 / 4, 60),
        (WHOLE * 3 / 4, 25),
    ]) {
        let mut simulation = meeting(40 + seed, 2)?;
        narrow(&mut simulation, bytes_per_second)?;
        simulation.run(seconds(dip))?;
        let layers = simulation.video(BOB, ADA)?.layers();
        assert_ne!(layers.last(), Some(&LARGEST_LAYER), "{bytes_per_second}");
        narrow(&mut simulation, 0)?;
        let took = recovery(&mut simulation)?;
        assert!(took <= seconds(10), "{bytes_per_second}, {dip} s: {took:?}");
        assert_eq!(simulation.video(BOB + 1, ADA)?.layers(), [LARGEST_LAYER]);
    }
    Ok(())
}

#[test]
fn a_camera_that_is_off_delays_nothing() -> Result<()> {
    let mut simulation = meeting(46, 1)?;
    let carol = simulation.join("carol")?;
    simulation.publish_camera(carol)?;
    simulation.run(seconds(1))?;
    simulation.mute_camera(carol)?;
    simulation.subscribe(BOB, carol, Kind::Video)?;
    simulation.run(seconds(1))?;
    narrow(&mut simulation, SMALLEST * 5 / 4)?;
    simulation.run(seconds(60))?;
    narrow(&mut simulation, 0)?;
    let took = recovery(&mut simulation)?;
    assert!(took <= seconds(10), "{took:?}");
    Ok(())
}

#[test]
fn a_way_that_is_just_too_narrow_changes_nothing_over_and_over() -> Result<()> {
    for (seed, bytes_per_second) in
        (0..).zip([MIDDLE * 5 / 4, WHOLE * 9 / 10, WHOLE * 49 / 50, WHOLE])
    {
        let mut simulation = meeting(50 + seed, 1)?;
        narrow(&mut simulation, bytes_per_second)?;
        simulation.run(seconds(20))?;
        simulation.clients[BOB].forget();
        simulation.run(seconds(80))?;
        let video = simulation.video(BOB, ADA)?;
        let changes = video.layers().len() - 1;
        assert!(changes <= 8, "{bytes_per_second}: {changes}");
        let audio = simulation.audio(BOB, ADA)?;
        assert!(
            audio.delivered() > 0.98,
            "{bytes_per_second}: {}",
            audio.delivered()
        );
    }
    Ok(())
}
