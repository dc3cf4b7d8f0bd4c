//! Runs one rough meeting for every seed of a range and tells which seeds break a promise.
//!
//! `cargo run --release -p jumpa-sfu-sim --example sweep -- 1 200`

use std::process::ExitCode;
use std::time::Duration;

use jumpa_sfu_proto::Kind;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_sim::{Conditions, Path, Random, Reception, Result, Simulation};

const SUBSCRIBERS: usize = 3;
const ROUNDS: usize = 30;

fn main() -> ExitCode {
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse::<u64>().ok());
    let first = numbers.next().unwrap_or(1);
    let last = numbers.next().unwrap_or(first + 19);
    let mut broken = 0;
    for seed in first..=last {
        let complaints = meet(seed).unwrap_or_else(|error| vec![error.to_string()]);
        broken += usize::from(!complaints.is_empty());
        tell(seed, &complaints);
    }
    if broken == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[expect(
    clippy::print_stdout,
    reason = "this program is run by people, who read what it prints"
)]
fn tell(seed: u64, complaints: &[String]) {
    match complaints {
        [] => println!("seed {seed}: every promise kept"),
        _ => println!("seed {seed}: {}", complaints.join("; ")),
    }
}

/// Ada publishes; every second or two somebody's network or element changes.
fn meet(seed: u64) -> Result<Vec<String>> {
    let mut random = Random::new(seed);
    let mut simulation = Simulation::new(seed);
    simulation.join("ada")?;
    simulation.publish_camera(0)?;
    simulation.publish_microphone(0)?;
    for number in 1..=SUBSCRIBERS {
        let subscriber = simulation.join(&format!("guest{number}"))?;
        simulation.run(Duration::from_millis(200))?;
        simulation.subscribe(subscriber, 0, Kind::Video)?;
        simulation.subscribe(subscriber, 0, Kind::Audio)?;
    }
    simulation.run(Duration::from_secs(2))?;
    for _ in 0..ROUNDS {
        disturb(&mut simulation, &mut random)?;
        simulation.run(Duration::from_millis(700 + random.below(1500)))?;
    }
    for client in 0..=SUBSCRIBERS {
        simulation.everywhere(client, |conditions| *conditions = Conditions::default())?;
    }
    for layer in 0..3 {
        simulation.camera(0)?.set_active(layer, true);
    }
    for subscriber in 1..=SUBSCRIBERS {
        simulation.show(subscriber, 0, Some((640, 360)))?;
    }
    simulation.run(Duration::from_secs(5))?;
    judge(&simulation)
}

fn disturb(simulation: &mut Simulation, random: &mut Random) -> Result<()> {
    let anyone = usize::try_from(random.below(SUBSCRIBERS as u64 + 1))?;
    let subscriber = 1 + usize::try_from(random.below(SUBSCRIBERS as u64))?;
    let conditions = Conditions {
        delay: Duration::from_millis(5 + random.below(120)),
        jitter: Duration::from_millis(random.below(30)),
        lost: random.below(80),
        reordered: random.below(30),
        repeated: random.below(30),
        damaged: 0,
        bytes_per_second: 0,
        is_cut: false,
    };
    match random.below(6) {
        0 => simulation.path(anyone, Path::PublisherUp, |path| *path = conditions),
        1 => simulation.path(anyone, Path::SubscriberUp, |path| *path = conditions),
        2 => simulation.path(anyone, Path::SubscriberDown, |path| *path = conditions),
        3 => {
            simulation.everywhere(anyone, |path| path.is_cut = true)?;
            simulation.run(Duration::from_millis(random.below(6000)))?;
            simulation.everywhere(anyone, |path| path.is_cut = false)
        }
        4 => {
            let layer = usize::try_from(random.below(3))?;
            simulation.camera(0)?.set_active(layer, random.below(3) > 0);
            Ok(())
        }
        _ => {
            let height = u32::try_from(100 + random.below(700))?;
            let size = (random.below(6) > 0).then_some((height * 16 / 9, height));
            simulation.show(subscriber, 0, size)
        }
    }
}

fn judge(simulation: &Simulation) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for (_, event) in &simulation.events {
        if let Event::ParticipantFailed(failed) = event {
            complaints.push(format!(
                "{} failed: {}",
                failed.participant_sid, failed.code
            ));
        }
    }
    for subscriber in 1..=SUBSCRIBERS {
        let (video, audio) = (
            simulation.video(subscriber, 0)?,
            simulation.audio(subscriber, 0)?,
        );
        let promises = [
            ("a packet came twice", video.repeated + audio.repeated == 0),
            ("picture ids jump", video.picture_jumps() == 0),
            ("timestamps go backward", video.timestamps_backward() == 0),
            (
                "timestamps leave the capture time",
                video.timestamp_error_ms(90_000) <= 150,
            ),
            ("too much is missing", video.delivered() > 0.7),
            ("video has stopped", is_fresh(simulation, video)),
            ("audio has stopped", is_fresh(simulation, audio)),
        ];
        let broken = promises.into_iter().filter(|(_, is_kept)| !is_kept);
        complaints.extend(broken.map(|(what, _)| format!("guest{subscriber}: {what}")));
    }
    Ok(complaints)
}

fn is_fresh(simulation: &Simulation, reception: &Reception) -> bool {
    reception
        .last()
        .is_some_and(|last| simulation.now - last < Duration::from_secs(1))
}
