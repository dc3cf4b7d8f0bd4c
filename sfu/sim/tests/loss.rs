//! Lost packets are sent again, and lasting loss costs resolution instead of the picture.

mod scenario;

use std::time::Duration;

use jumpa_sfu_sim::{Path, Result};
use scenario::{ADA, BOB, meeting, seconds};

#[test]
fn retransmission_repairs_five_per_cent_of_loss_on_the_way_down() -> Result<()> {
    for seed in 1..=3 {
        let mut simulation = meeting(seed, 1)?;
        simulation.path(BOB, Path::SubscriberDown, |conditions| conditions.lost = 50)?;
        simulation.run(seconds(30))?;
        let delivered = simulation.video(BOB, ADA)?.delivered();
        assert!(delivered > 0.995, "seed {seed}: {delivered}");
    }
    Ok(())
}

#[test]
fn retransmission_repairs_five_per_cent_of_loss_on_the_way_up() -> Result<()> {
    for seed in 1..=3 {
        let mut simulation = meeting(seed, 1)?;
        simulation.path(ADA, Path::PublisherUp, |conditions| conditions.lost = 50)?;
        simulation.run(seconds(30))?;
        let delivered = simulation.video(BOB, ADA)?.delivered();
        assert!(delivered > 0.995, "seed {seed}: {delivered}");
    }
    Ok(())
}

#[test]
fn lasting_loss_above_a_tenth_steps_down_and_its_end_brings_the_layers_back() -> Result<()> {
    let mut simulation = meeting(6, 2)?;
    simulation.path(BOB, Path::SubscriberDown, |conditions| {
        conditions.lost = 400;
    })?;
    simulation.run(seconds(15))?;
    let layers = simulation.video(BOB, ADA)?.layers();
    assert!(layers.starts_with(&[2, 1]), "{layers:?}");
    assert_eq!(layers.last(), Some(&0), "{layers:?}");
    simulation.path(BOB, Path::SubscriberDown, |conditions| conditions.lost = 0)?;
    simulation.run(seconds(40))?;
    let layers = simulation.video(BOB, ADA)?.layers();
    assert!(layers.ends_with(&[0, 1, 2]), "{layers:?}");
    let other = simulation.video(BOB + 1, ADA)?;
    assert_eq!(
        other.layers(),
        [2],
        "whoever loses nothing keeps the largest layer"
    );
    assert_eq!(other.missing(), 0);
    Ok(())
}

#[test]
fn loss_below_a_tenth_costs_no_layer() -> Result<()> {
    let mut simulation = meeting(7, 1)?;
    simulation.path(BOB, Path::SubscriberDown, |conditions| conditions.lost = 40)?;
    simulation.run(seconds(40))?;
    assert_eq!(simulation.video(BOB, ADA)?.layers(), [2]);
    Ok(())
}

#[test]
fn three_outages_of_half_a_second_freeze_the_picture_no_longer_than_a_second() -> Result<()> {
    let mut simulation = meeting(8, 1)?;
    for _ in 0..3 {
        simulation.path(BOB, Path::SubscriberDown, |conditions| {
            conditions.is_cut = true;
        })?;
        simulation.run(Duration::from_millis(500))?;
        simulation.path(BOB, Path::SubscriberDown, |conditions| {
            conditions.is_cut = false;
        })?;
        simulation.run(seconds(5))?;
    }
    let video = simulation.video(BOB, ADA)?;
    assert!(
        video.longest_gap() < seconds(1),
        "{:?}",
        video.longest_gap()
    );
    Ok(())
}
