//! What somebody asks the server to hold back is given way to at once, and all is back when the limit ends.

mod scenario;

use std::time::Duration;

use jumpa_sfu_proto::LimitBandwidth;
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_sim::{Path, Reception, Result, Simulation};
use scenario::{ADA, BOB, meeting, seconds};

/// Layers of the camera, or none.
const PAUSED: Option<u8> = None;
const SMALLEST: Option<u8> = Some(0);
const MIDDLE: Option<u8> = Some(1);
const LARGEST: Option<u8> = Some(2);
/// So many bytes a second carry the voice and one of those.
const LIMITS: [(u64, Option<u8>); 3] = [(80_000, MIDDLE), (20_000, SMALLEST), (3_000, PAUSED)];

/// Bob asks the server for no more than that; 0 for all.
fn limit(simulation: &mut Simulation, bytes_per_s: u64) -> Result<()> {
    let bob = simulation.clients.get(BOB).ok_or("Bob is gone")?;
    let participant_sid = bob.sid.clone();
    simulation.command(Command::LimitBandwidth(LimitBandwidth {
        participant_sid,
        bytes_per_s,
    }));
    Ok(())
}

/// What Bob sees of Ada in the next half a second.
fn seen(simulation: &mut Simulation) -> Result<Option<u8>> {
    let bob = simulation.clients.get_mut(BOB);
    bob.ok_or("Bob is gone")?.forget();
    simulation.run(Duration::from_millis(500))?;
    let layers = simulation.video(BOB, ADA).map(Reception::layers);
    Ok(layers.ok().and_then(|layers| layers.last().copied()))
}

/// How long it takes until Bob sees that of Ada, for so long at least.
fn until(simulation: &mut Simulation, wanted: Option<u8>, lasting: Duration) -> Result<Duration> {
    let from = simulation.now;
    let mut since = from;
    while simulation.now - from < seconds(60) && simulation.now - since < lasting {
        if seen(simulation)? != wanted {
            since = simulation.now;
        }
    }
    Ok(since - from)
}

/// How often pictures were paused.
fn pauses(simulation: &Simulation) -> usize {
    let paused = simulation.events.iter();
    paused
        .filter(|(_, event)| matches!(event, Event::StreamPaused(_)))
        .count()
}

#[test]
fn pictures_give_way_within_seconds_and_are_whole_again_when_it_ends() -> Result<()> {
    for (seed, (bytes_per_s, fits)) in (0..).zip(LIMITS) {
        for lasts in [12, 60] {
            let mut simulation = meeting(60 + seed, 2)?;
            assert_eq!(seen(&mut simulation)?, LARGEST);
            limit(&mut simulation, bytes_per_s)?;
            let took = until(&mut simulation, fits, seconds(1))?;
            assert!(took <= seconds(8), "{bytes_per_s}: {took:?}");
            simulation.clients[BOB].forget();
            simulation.run(seconds(lasts))?;
            let audio = simulation.audio(BOB, ADA)?;
            assert!(audio.delivered() > 0.999, "{}", audio.delivered());
            assert_eq!(pauses(&simulation) > 0, fits == PAUSED, "{bytes_per_s}");

            limit(&mut simulation, 0)?;
            let took = until(&mut simulation, LARGEST, seconds(5))?;
            assert!(took <= seconds(3), "{bytes_per_s}, {lasts} s: {took:?}");
            let pauses_before = pauses(&simulation);
            simulation.clients[BOB].forget();
            simulation.run(seconds(60))?;
            assert_eq!(simulation.video(BOB, ADA)?.layers(), [2]);
            assert_eq!(pauses(&simulation), pauses_before);
            assert_eq!(simulation.video(BOB + 1, ADA)?.layers(), [2]);
        }
    }
    Ok(())
}

/// What was last told of Bob's way: how many layers his picture falls short, and whether it is paused.
fn shortfall(simulation: &Simulation) -> Option<(u32, bool)> {
    let sid = &simulation.clients.get(BOB)?.sid;
    let mut told = simulation.events.iter().rev();
    told.find_map(|(_, event)| match event {
        Event::PathMeasured(path) if &path.participant_sid == sid => {
            Some((path.layers_short, path.has_paused))
        }
        _ => None,
    })
}

#[test]
fn the_path_tells_what_its_pictures_fall_short_of() -> Result<()> {
    for (bytes_per_s, short) in [(0, (0, false)), (80_000, (1, false)), (20_000, (2, false))] {
        let mut simulation = meeting(90, 1)?;
        limit(&mut simulation, bytes_per_s)?;
        simulation.run(seconds(30))?;
        assert_eq!(shortfall(&simulation), Some(short), "{bytes_per_s}");
    }
    let mut simulation = meeting(90, 1)?;
    limit(&mut simulation, 3_000)?;
    simulation.run(seconds(30))?;
    assert!(shortfall(&simulation).is_some_and(|(_, has_paused)| has_paused));
    simulation.show(BOB, ADA, None)?;
    simulation.run(seconds(6))?;
    assert_eq!(shortfall(&simulation), Some((0, false)));
    Ok(())
}

#[test]
fn nobody_has_to_report_what_was_held_back() -> Result<()> {
    for (bytes_per_s, fits) in LIMITS {
        let mut simulation = meeting(70, 1)?;
        simulation.path(BOB, Path::SubscriberUp, |path| path.is_cut = true)?;
        limit(&mut simulation, bytes_per_s)?;
        let took = until(&mut simulation, fits, Duration::from_millis(500))?;
        assert!(took <= seconds(8), "{bytes_per_s}: {took:?}");
    }
    Ok(())
}

#[test]
fn a_wider_limit_lets_more_through_soon() -> Result<()> {
    let mut simulation = meeting(80, 1)?;
    limit(&mut simulation, 3_000)?;
    simulation.run(seconds(60))?;
    for (bytes_per_s, fits) in LIMITS.into_iter().rev().skip(1) {
        limit(&mut simulation, bytes_per_s)?;
        let took = until(&mut simulation, fits, seconds(3))?;
        assert!(took <= seconds(10), "{bytes_per_s}: {took:?}");
    }
    Ok(())
}
