//! What a subscriber sees stays one continuous stream, whatever layers and networks do.

mod scenario;

use std::time::Duration;

use jumpa_sfu_sim::{Path, Result, Simulation};
use scenario::{ADA, BOB, meeting, seconds};

const SIZES: [(u32, u32); 4] = [(1280, 720), (300, 180), (640, 360), (200, 100)];

fn switch_for_a_minute(simulation: &mut Simulation) -> Result<()> {
    for size in SIZES.iter().cycle().take(20) {
        simulation.show(BOB, ADA, Some(*size))?;
        simulation.run(seconds(3))?;
    }
    Ok(())
}

#[test]
fn a_quiet_network_loses_nothing_over_twenty_switches() -> Result<()> {
    let mut simulation = meeting(1, 1)?;
    switch_for_a_minute(&mut simulation)?;
    let video = simulation.video(BOB, ADA)?;
    assert!(video.layers().len() >= 19, "{:?}", video.layers());
    assert_eq!((video.missing(), video.repeated), (0, 0));
    assert_eq!((video.picture_jumps(), video.timestamps_backward()), (0, 0));
    assert!(
        video.timestamp_error_ms(90_000) <= 1,
        "{} ms",
        video.timestamp_error_ms(90_000)
    );
    assert!(
        video.longest_gap() < Duration::from_millis(100),
        "{:?}",
        video.longest_gap()
    );
    Ok(())
}

#[test]
fn loss_jitter_and_reordering_leave_sequence_time_and_pictures_in_order() -> Result<()> {
    for seed in 1..=3 {
        let mut simulation = meeting(seed, 1)?;
        for client in [ADA, BOB] {
            simulation.everywhere(client, |conditions| {
                conditions.lost = 20;
                conditions.reordered = 20;
                conditions.repeated = 10;
                conditions.jitter = Duration::from_millis(15);
            })?;
        }
        switch_for_a_minute(&mut simulation)?;
        let video = simulation.video(BOB, ADA)?;
        assert!(
            video.layers().len() >= 19,
            "seed {seed}: {:?}",
            video.layers()
        );
        assert!(
            video.delivered() > 0.995,
            "seed {seed}: {} of 1",
            video.delivered()
        );
        assert_eq!(video.repeated, 0, "seed {seed}");
        assert_eq!(video.picture_jumps(), 0, "seed {seed}");
        assert_eq!(video.timestamps_backward(), 0, "seed {seed}");
        assert!(video.timestamp_error_ms(90_000) <= 80, "seed {seed}");
    }
    Ok(())
}

#[test]
fn a_hidden_element_that_is_shown_again_begins_with_a_keyframe_and_leaves_no_hole() -> Result<()> {
    let mut simulation = meeting(3, 1)?;
    simulation.show(BOB, ADA, None)?;
    simulation.run(seconds(1))?;
    let (hidden_at, before) = (simulation.now, simulation.video(BOB, ADA)?.arrivals.len());
    simulation.run(seconds(10))?;
    assert_eq!(
        simulation.video(BOB, ADA)?.arrivals.len(),
        before,
        "nothing flows while hidden"
    );
    simulation.show(BOB, ADA, Some((640, 360)))?;
    simulation.run(seconds(3))?;
    let video = simulation.video(BOB, ADA)?;
    let first = video
        .arrivals
        .values()
        .find(|arrival| arrival.at > hidden_at)
        .expect("it flows again");
    assert!(first.starts_keyframe);
    assert_eq!(first.mark.layer, 1);
    assert_eq!((video.missing(), video.picture_jumps()), (0, 0));
    assert!(
        video.timestamp_error_ms(90_000) <= 1,
        "{} ms",
        video.timestamp_error_ms(90_000)
    );
    Ok(())
}

#[test]
fn a_layer_that_the_publisher_stops_gives_way_to_the_next_and_comes_back() -> Result<()> {
    let mut simulation = meeting(4, 1)?;
    simulation.camera(ADA)?.set_active(2, false);
    simulation.run(seconds(4))?;
    assert_eq!(simulation.video(BOB, ADA)?.layers(), [2, 1]);
    simulation.camera(ADA)?.set_active(2, true);
    simulation.run(seconds(4))?;
    let video = simulation.video(BOB, ADA)?;
    assert_eq!(video.layers(), [2, 1, 2]);
    assert_eq!((video.missing(), video.picture_jumps()), (0, 0));
    assert!(
        video.longest_gap() < seconds(1),
        "{:?}",
        video.longest_gap()
    );
    Ok(())
}

#[test]
fn who_comes_late_sees_a_picture_within_a_second_and_a_half() -> Result<()> {
    for seed in 1..=3 {
        let mut simulation = meeting(seed, 1)?;
        simulation.path(ADA, Path::PublisherUp, |conditions| conditions.lost = 10)?;
        simulation.run(seconds(20 + seed))?;
        let late = simulation.join("late")?;
        simulation.run(seconds(1))?;
        simulation.subscribe(late, ADA, jumpa_sfu_proto::Kind::Video)?;
        let asked = simulation.now;
        simulation.run(seconds(4))?;
        let video = simulation.video(late, ADA)?;
        let first = video.arrivals.values().next().expect("a packet");
        assert!(first.starts_keyframe, "seed {seed}");
        let waited = first.at - asked;
        assert!(
            waited < Duration::from_millis(1500),
            "seed {seed}: {waited:?}"
        );
        let (sequence, _) = video.arrivals.first_key_value().expect("a packet");
        assert!(*sequence < 65_536, "a receiver begins at rollover count 0");
        assert!(video.delivered() > 0.99, "seed {seed}");
    }
    Ok(())
}
