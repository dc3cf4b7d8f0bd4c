//! What a subscriber sees stays one continuous stream, whatever layers and networks do.

use std::time::Duration;

use jumpa_sfu_proto::Kind;
use jumpa_sfu_sim::{Path, Reception, Result, Simulation};

const SIZES: [(u32, u32); 4] = [(1280, 720), (300, 180), (640, 360), (200, 100)];

/// A publisher with camera and microphone, and one subscriber to both.
fn meeting(seed: u64) -> Result<Simulation> {
    let mut simulation = Simulation::new(seed);
    let (ada, bob) = (simulation.join("ada")?, simulation.join("bob")?);
    simulation.publish_camera(ada)?;
    simulation.publish_microphone(ada)?;
    simulation.run(Duration::from_secs(1))?;
    simulation.subscribe(bob, ada, Kind::Video)?;
    simulation.subscribe(bob, ada, Kind::Audio)?;
    simulation.run(Duration::from_secs(3))?;
    Ok(simulation)
}

fn switch_for_a_minute(simulation: &mut Simulation) -> Result<()> {
    for size in SIZES.iter().cycle().take(20) {
        simulation.show(1, 0, Some(*size))?;
        simulation.run(Duration::from_secs(3))?;
    }
    Ok(())
}

fn video(simulation: &Simulation) -> &Reception {
    simulation.clients[1].video(0).expect("video has come")
}

#[test]
fn a_quiet_network_loses_nothing_over_twenty_switches() -> Result<()> {
    let mut simulation = meeting(1)?;
    switch_for_a_minute(&mut simulation)?;
    let video = video(&simulation);
    assert!(video.layers().len() >= 18, "{:?}", video.layers());
    assert_eq!((video.missing(), video.repeated), (0, 0));
    assert_eq!((video.picture_jumps(), video.timestamps_backward()), (0, 0));
    assert!(
        video.timestamp_error_ms(90_000) <= 80,
        "{} ms",
        video.timestamp_error_ms(90_000)
    );
    assert!(
        video.longest_gap() < Duration::from_millis(250),
        "{:?}",
        video.longest_gap()
    );
    Ok(())
}
