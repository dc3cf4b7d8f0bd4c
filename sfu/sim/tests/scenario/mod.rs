//! What the scenarios begin with.

use std::time::Duration;

use jumpa_sfu_proto::Kind;
use jumpa_sfu_sim::{Result, Simulation};

/// The one who publishes.
pub(crate) const ADA: usize = 0;
/// The first who receives.
pub(crate) const BOB: usize = 1;

/// Ada publishes camera and microphone; so many others receive both. Three seconds have passed.
pub(crate) fn meeting(seed: u64, subscribers: usize) -> Result<Simulation> {
    let mut simulation = Simulation::new(seed);
    simulation.join("ada")?;
    simulation.publish_camera(ADA)?;
    simulation.publish_microphone(ADA)?;
    simulation.run(Duration::from_secs(1))?;
    for number in 1..=subscribers {
        let subscriber = simulation.join(&format!("guest{number}"))?;
        simulation.run(Duration::from_millis(300))?;
        simulation.subscribe(subscriber, ADA, Kind::Video)?;
        simulation.subscribe(subscriber, ADA, Kind::Audio)?;
    }
    simulation.run(Duration::from_secs(3))?;
    Ok(simulation)
}

/// So many seconds.
pub(crate) fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}
