//! Voice and picture of one publisher stay together.

mod scenario;

use std::time::Duration;

use jumpa_sfu_sim::{Path, Result, Simulation};
use scenario::{ADA, BOB, meeting, seconds};

/// The largest distance between voice and picture at moments captured together, after the first sender reports.
fn distance(simulation: &Simulation, from_ms: u32) -> Result<Duration> {
    let (audio, video) = (simulation.audio(BOB, ADA)?, simulation.video(BOB, ADA)?);
    let later = |(captured, _): &(u32, Duration)| *captured >= from_ms;
    let audio: Vec<_> = audio.presentation().filter(later).collect();
    assert!(
        audio.len() > 100,
        "too few audio packets with a sender report"
    );
    let near = |captured: u32| audio.iter().min_by_key(|(at, _)| at.abs_diff(captured));
    let video = video.presentation().filter(later);
    let distances = video.filter_map(|(at, presented)| Some(near(at)?.1.abs_diff(presented)));
    Ok(distances.max().ok_or("no video with a sender report")?)
}

fn watch(simulation: &mut Simulation) -> Result<Duration> {
    for size in [(1280, 720), (300, 180), (640, 360)].iter().cycle().take(9) {
        simulation.show(BOB, ADA, Some(*size))?;
        simulation.run(seconds(4))?;
    }
    distance(simulation, 12_000)
}

#[test]
fn on_a_quiet_network_they_are_together_to_a_few_milliseconds() -> Result<()> {
    let distance = watch(&mut meeting(1, 1)?)?;
    assert!(distance < Duration::from_millis(10), "{distance:?}");
    Ok(())
}

#[test]
fn a_camera_that_encodes_slowly_does_not_fall_behind_the_voice() -> Result<()> {
    let mut simulation = meeting(2, 1)?;
    simulation.camera(ADA)?.encoding = Duration::from_millis(250);
    let distance = watch(&mut simulation)?;
    assert!(distance < Duration::from_millis(80), "{distance:?}");
    Ok(())
}

#[test]
fn under_loss_and_jitter_they_stay_within_80_ms() -> Result<()> {
    for seed in 1..=3 {
        let mut simulation = meeting(seed, 1)?;
        for (client, path) in [(ADA, Path::PublisherUp), (BOB, Path::SubscriberDown)] {
            simulation.path(client, path, |conditions| {
                conditions.lost = 30;
                conditions.jitter = Duration::from_millis(60);
            })?;
        }
        let distance = watch(&mut simulation)?;
        assert!(
            distance < Duration::from_millis(80),
            "seed {seed}: {distance:?}"
        );
    }
    Ok(())
}
