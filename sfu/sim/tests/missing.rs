//! The sizes that a publisher does not send though somebody wants them count for its connection quality.

mod scenario;

use jumpa_sfu_proto::event::Event;
use jumpa_sfu_sim::{Result, Simulation};
use scenario::{ADA, BOB, meeting, seconds};

/// The path is told of every five seconds: in so many of them twice or more.
const TWO_LOOKS: u64 = 11;

/// How many layers the last looks at somebody's path found missing.
fn missing(simulation: &mut Simulation, index: usize) -> Result<u32> {
    simulation.events.clear();
    simulation.run(seconds(TWO_LOOKS))?;
    let sid = &simulation.clients.get(index).ok_or("nobody")?.sid;
    let mut paths = simulation
        .events
        .iter()
        .filter_map(|(_, event)| match event {
            Event::PathMeasured(path) if path.participant_sid == *sid => Some(path.layers_missing),
            _ => None,
        });
    Ok(paths.next_back().ok_or("nothing was told")?)
}

#[test]
fn what_is_wanted_and_not_sent_is_missing_for_its_publisher_alone() -> Result<()> {
    let mut simulation = meeting(80, 2)?;
    assert_eq!(missing(&mut simulation, ADA)?, 0);
    for (sent, lacks) in [(2, 1), (1, 2), (2, 1), (3, 0)] {
        for layer in 0..3 {
            simulation.camera(ADA)?.set_active(layer, layer < sent);
        }
        assert_eq!(missing(&mut simulation, ADA)?, lacks, "{sent} layers");
        assert_eq!(missing(&mut simulation, BOB)?, 0, "{sent} layers");
    }
    Ok(())
}

#[test]
fn what_nobody_wants_is_not_missing() -> Result<()> {
    let mut simulation = meeting(81, 1)?;
    simulation.show(BOB, ADA, Some((640, 360)))?;
    simulation.camera(ADA)?.set_active(2, false);
    assert_eq!(missing(&mut simulation, ADA)?, 0);
    simulation.camera(ADA)?.set_active(1, false);
    assert_eq!(missing(&mut simulation, ADA)?, 1);
    simulation.show(BOB, ADA, Some((320, 180)))?;
    assert_eq!(missing(&mut simulation, ADA)?, 0);
    Ok(())
}

#[test]
fn a_muted_camera_lacks_nothing() -> Result<()> {
    let mut simulation = meeting(82, 1)?;
    simulation.camera(ADA)?.set_active(2, false);
    assert_eq!(missing(&mut simulation, ADA)?, 1);
    simulation.mute_camera(ADA)?;
    assert_eq!(missing(&mut simulation, ADA)?, 0);
    Ok(())
}
