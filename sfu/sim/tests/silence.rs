//! A dead path is noticed within a second or so, and a path that is only quiet or lossy is left alone.

mod scenario;

use std::time::{Duration, Instant};

use jumpa_sfu_proto::event::Event;
use jumpa_sfu_sim::{Result, Simulation};
use scenario::{ADA, BOB, meeting, seconds};

/// When somebody's path was called silent.
fn silences(simulation: &Simulation, index: usize) -> Vec<Instant> {
    let sid = simulation.clients.get(index).map(|client| &client.sid);
    let told = simulation.events.iter().filter(|(_, event)| {
        matches!(event, Event::PathMeasured(path) if Some(&path.participant_sid) == sid && path.is_silent)
    });
    told.map(|(at, _)| *at).collect()
}

/// Nobody sends anything from now on.
fn hush(simulation: &mut Simulation) -> Result<()> {
    let ada = simulation.clients.get_mut(ADA).ok_or("nobody publishes")?;
    ada.camera = None;
    ada.microphone = None;
    Ok(())
}

#[test]
fn a_path_that_dies_is_noticed_within_a_second_whether_media_flows_or_not() -> Result<()> {
    for is_quiet in [false, true] {
        let mut simulation = meeting(1, 1)?;
        if is_quiet {
            hush(&mut simulation)?;
            simulation.run(seconds(5))?;
        }
        for client in [ADA, BOB] {
            simulation.everywhere(client, |conditions| conditions.is_cut = true)?;
        }
        let cut = simulation.now;
        simulation.run(seconds(3))?;
        for client in [ADA, BOB] {
            let noticed = *silences(&simulation, client).first().ok_or("not noticed")?;
            assert!(noticed - cut <= seconds(1), "{:?}", noticed - cut);
        }
    }
    Ok(())
}

#[test]
fn who_has_nothing_to_say_is_not_called_silent() -> Result<()> {
    let mut simulation = meeting(2, 1)?;
    hush(&mut simulation)?;
    simulation.run(seconds(60))?;
    assert!(silences(&simulation, ADA).is_empty());
    assert!(silences(&simulation, BOB).is_empty());
    Ok(())
}

#[test]
fn loss_of_a_third_on_a_quiet_path_is_called_silence_seldom() -> Result<()> {
    let mut simulation = meeting(3, 1)?;
    hush(&mut simulation)?;
    simulation.everywhere(BOB, |conditions| conditions.lost = 300)?;
    simulation.run(seconds(120))?;
    let told = silences(&simulation, BOB).len();
    assert!(told <= 2, "{told} times in two minutes");
    Ok(())
}

#[test]
fn a_long_round_trip_is_not_taken_for_silence() -> Result<()> {
    let mut simulation = meeting(4, 1)?;
    simulation.everywhere(BOB, |conditions| {
        conditions.delay = Duration::from_millis(400);
    })?;
    simulation.run(seconds(10))?;
    let before = silences(&simulation, BOB).len();
    hush(&mut simulation)?;
    simulation.run(seconds(30))?;
    assert_eq!(silences(&simulation, BOB).len(), before);
    Ok(())
}

#[test]
fn a_machine_that_stands_still_ends_no_call_and_calls_nobody_silent() -> Result<()> {
    let mut simulation = meeting(9, 2)?;
    for stall in [2, 20, 90] {
        simulation.now += seconds(stall);
        simulation.run(seconds(10))?;
        let mut events = simulation.events.iter().map(|(_, event)| event);
        assert!(!events.any(|event| matches!(event, Event::ParticipantFailed(_))));
        for client in [ADA, BOB] {
            assert!(silences(&simulation, client).is_empty(), "after {stall} s");
        }
        simulation.clients[BOB].forget();
        simulation.run(seconds(5))?;
        let audio = simulation.audio(BOB, ADA)?;
        assert!(audio.delivered() > 0.99, "after {stall} s");
    }
    Ok(())
}
