//! A subscriber that asks for fewer pictures a second gets fewer, in a stream without gaps; the others get all.

mod scenario;

use std::time::Duration;

use jumpa_sfu_sim::{Result, Scaling, Simulation};
use scenario::{ADA, BOB, meeting, seconds};

/// Asks for nothing.
const EVE: usize = 2;
/// Of the 25 that the camera makes.
const HALF: u32 = 12;

/// Ada's camera makes temporal layers; all that came before they were counted is forgotten.
fn scalable(seed: u64, scaling: Scaling) -> Result<Simulation> {
    let mut simulation = meeting(seed, 2)?;
    simulation.camera(ADA)?.scaling = scaling;
    simulation.run(seconds(3))?;
    forget(&mut simulation);
    Ok(simulation)
}

fn forget(simulation: &mut Simulation) {
    for client in &mut simulation.clients {
        client.forget();
    }
}

/// How many pictures of each temporal layer came.
fn pictures(simulation: &Simulation, subscriber: usize) -> Result<[usize; 3]> {
    let video = simulation.video(subscriber, ADA)?;
    Ok([0, 1, 2].map(|layer| video.pictures(layer)))
}

#[test]
fn half_of_the_pictures_flow_without_a_gap_and_all_of_them_again() -> Result<()> {
    let mut simulation = scalable(1, Scaling::Synchronized)?;
    simulation.show_at(BOB, ADA, HALF)?;
    simulation.run(seconds(10))?;
    let [base, middle, top] = pictures(&simulation, BOB)?;
    assert!((60..=64).contains(&base), "{base}");
    assert!((60..=64).contains(&middle), "{middle}");
    assert_eq!(top, 0);
    let all = pictures(&simulation, EVE)?;
    assert!((248..=252).contains(&all.iter().sum::<usize>()), "{all:?}");

    simulation.show_at(BOB, ADA, 0)?;
    simulation.run(seconds(1))?;
    for subscriber in [BOB, EVE] {
        let video = simulation.video(subscriber, ADA)?;
        assert_eq!((video.missing(), video.repeated), (0, 0));
        assert_eq!((video.picture_jumps(), video.timestamps_backward()), (0, 0));
        assert!(video.timestamp_error_ms(90_000) <= 1);
        assert_eq!(video.layers(), [2]);
    }
    forget(&mut simulation);
    simulation.run(seconds(10))?;
    assert_eq!(pictures(&simulation, BOB)?, pictures(&simulation, EVE)?);
    Ok(())
}

#[test]
fn who_asks_for_as_many_as_there_are_gets_all() -> Result<()> {
    let mut simulation = scalable(2, Scaling::Synchronized)?;
    simulation.show_at(BOB, ADA, 25)?;
    simulation.run(seconds(5))?;
    assert_eq!(pictures(&simulation, BOB)?, pictures(&simulation, EVE)?);
    Ok(())
}

#[test]
fn a_camera_without_temporal_layers_is_left_as_it_is() -> Result<()> {
    let mut simulation = meeting(3, 2)?;
    forget(&mut simulation);
    simulation.show_at(BOB, ADA, HALF)?;
    simulation.run(seconds(5))?;
    assert_eq!(pictures(&simulation, BOB)?, pictures(&simulation, EVE)?);
    Ok(())
}

#[test]
fn a_camera_that_does_not_say_where_to_begin_is_asked_for_one_keyframe() -> Result<()> {
    let mut simulation = scalable(4, Scaling::Plain)?;
    simulation.show_at(BOB, ADA, HALF)?;
    simulation.run(seconds(5))?;
    let keyframes = simulation.camera(ADA)?.keyframes(2);
    simulation.show_at(BOB, ADA, 0)?;
    simulation.run(seconds(5))?;
    assert_eq!(simulation.camera(ADA)?.keyframes(2), keyframes + 1);
    forget(&mut simulation);
    simulation.run(seconds(5))?;
    assert_eq!(pictures(&simulation, BOB)?, pictures(&simulation, EVE)?);
    assert_eq!(simulation.camera(ADA)?.keyframes(2), keyframes + 1);
    Ok(())
}

#[test]
fn loss_and_reordering_leave_pictures_in_order() -> Result<()> {
    for seed in 1..=3 {
        let mut simulation = scalable(seed, Scaling::Synchronized)?;
        for client in [ADA, BOB] {
            simulation.everywhere(client, |conditions| {
                conditions.lost = 20;
                conditions.reordered = 20;
                conditions.repeated = 10;
                conditions.jitter = Duration::from_millis(15);
            })?;
        }
        for fps in [HALF, 0, 6, HALF, 0] {
            simulation.show_at(BOB, ADA, fps)?;
            simulation.run(seconds(6))?;
        }
        let bob = simulation.video(BOB, ADA)?;
        assert!(bob.delivered() > 0.995, "seed {seed}: {}", bob.delivered());
        assert!(
            !bob.empty.is_empty(),
            "seed {seed}: late packets of what is left out"
        );
        assert_eq!((bob.repeated, bob.picture_jumps()), (0, 0), "seed {seed}");
        assert_eq!(bob.timestamps_backward(), 0, "seed {seed}");
        let ([base, _, top], [all, _, _]) =
            (pictures(&simulation, BOB)?, pictures(&simulation, EVE)?);
        assert!(base * 100 > all * 97, "seed {seed}: {base} of {all}");
        assert!((80..200).contains(&top), "seed {seed}: {top}");
    }
    Ok(())
}
