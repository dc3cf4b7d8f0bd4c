//! What happens to one participant costs the others nothing.

mod scenario;

use std::net::SocketAddr;

use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{AddIceCandidate, PublisherOffer};
use jumpa_sfu_sim::{Result, Simulation};
use scenario::{ADA, BOB, meeting, seconds};

fn failed(simulation: &Simulation) -> Vec<&str> {
    let failures = simulation
        .events
        .iter()
        .filter_map(|(_, event)| match event {
            Event::ParticipantFailed(failed) => Some(failed.participant_sid.as_str()),
            _ => None,
        });
    failures.collect()
}

fn assert_gapless(simulation: &Simulation, client: usize) -> Result<()> {
    let video = simulation.video(client, ADA)?;
    let audio = simulation.audio(client, ADA)?;
    assert_eq!((video.missing(), audio.missing()), (0, 0));
    assert!(
        video.longest_gap() < seconds(1),
        "{:?}",
        video.longest_gap()
    );
    let latest = audio.arrivals.values().map(|arrival| arrival.at).max();
    let latest = latest.ok_or("no packet")?;
    assert!(simulation.now - latest < seconds(1), "audio has stopped");
    Ok(())
}

#[test]
fn a_participant_that_is_cut_off_fails_alone() -> Result<()> {
    let mut simulation = meeting(1, 2)?;
    simulation.everywhere(BOB, |conditions| conditions.is_cut = true)?;
    simulation.run(seconds(40))?;
    assert_eq!(failed(&simulation), [simulation.clients[BOB].sid.as_str()]);
    assert_gapless(&simulation, BOB + 1)
}

#[test]
fn a_short_partition_fails_nobody_and_the_picture_comes_back() -> Result<()> {
    let mut simulation = meeting(2, 1)?;
    simulation.everywhere(BOB, |conditions| conditions.is_cut = true)?;
    simulation.run(seconds(8))?;
    simulation.everywhere(BOB, |conditions| conditions.is_cut = false)?;
    simulation.clients[BOB].forget();
    simulation.run(seconds(5))?;
    assert!(failed(&simulation).is_empty(), "{:?}", failed(&simulation));
    let video = simulation.video(BOB, ADA)?;
    assert!(video.delivered() > 0.99, "{}", video.delivered());
    Ok(())
}

#[test]
fn a_publisher_that_is_cut_off_does_not_take_its_subscribers_along() -> Result<()> {
    let mut simulation = meeting(3, 2)?;
    simulation.publish_microphone(BOB)?;
    simulation.subscribe(BOB + 1, BOB, jumpa_sfu_proto::Kind::Audio)?;
    simulation.run(seconds(2))?;
    simulation.everywhere(ADA, |conditions| conditions.is_cut = true)?;
    simulation.run(seconds(40))?;
    assert_eq!(failed(&simulation), ["PA_ada"]);
    let heard = simulation.audio(BOB + 1, BOB)?;
    assert_eq!(heard.missing(), 0);
    Ok(())
}

#[test]
fn datagrams_that_are_damaged_harm_only_their_own_stream() -> Result<()> {
    for seed in 1..=3 {
        let mut simulation = meeting(seed, 2)?;
        simulation.everywhere(BOB, |conditions| conditions.damaged = 300)?;
        simulation.run(seconds(20))?;
        assert!(!failed(&simulation).contains(&"PA_ada"), "seed {seed}");
        assert_gapless(&simulation, BOB + 1)?;
    }
    Ok(())
}

#[test]
fn nonsense_from_a_participant_and_from_strangers_leaves_the_others_gapless() -> Result<()> {
    let mut simulation = meeting(5, 2)?;
    let sid = simulation.clients[BOB].sid.clone();
    let own = simulation.clients[BOB].publisher.address;
    let stranger = SocketAddr::from(([192, 0, 2, 7], 999));
    for round in 0..200_u32 {
        let first = round.to_le_bytes()[0];
        let length = usize::try_from(round)? * 7 % 1400;
        let mut contents = vec![first; length];
        contents.extend(round.to_be_bytes());
        simulation.inject(own, contents.clone());
        simulation.inject(stranger, contents);
        if round % 40 == 0 {
            simulation.command(Command::PublisherOffer(PublisherOffer {
                participant_sid: sid.clone(),
                id: 100 + round,
                sdp: format!("v=0\r\nm=nonsense {round}\r\n"),
            }));
            simulation.command(Command::AddIceCandidate(AddIceCandidate {
                participant_sid: sid.clone(),
                target: 0,
                candidate: "candidate:nonsense".to_owned(),
            }));
        }
        simulation.run(std::time::Duration::from_millis(50))?;
    }
    assert!(
        failed(&simulation).iter().all(|failed| *failed == sid),
        "{:?}",
        failed(&simulation)
    );
    assert_gapless(&simulation, BOB + 1)
}
