//! One function a fuzz target: bytes in, a panic when something does not hold.
//!
//! `cargo test` runs them over the committed seeds; `cargo +nightly fuzz run --fuzz-dir sfu/fuzz --features libfuzzer
//! TARGET sfu/fuzz/corpus/TARGET sfu/fuzz/seeds/TARGET` searches on.

use std::net::SocketAddr;
use std::sync::LazyLock;
use std::time::Instant;

use jumpa_sfu_core::{Config, Input, Output, Worker};
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::participant_failed::Reason;
use jumpa_sfu_proto::{
    AddParticipant, AddTrack, Command, Kind, Permission, PublisherAnswer, PublisherOffer,
    Subscribe, command, frames,
};

pub use jumpa_sfu_core::fuzzing::{data_packet, feedback, payload};

/// Datagrams shorter than this are too many to be of use.
const DATAGRAM_LENGTH_BYTES: usize = 2;
/// Offers of one client in one run.
const MOST_OFFERS: usize = 8;

/// Follows a stream of frames to its end.
///
/// # Panics
/// When a frame is not read as it was written, or somebody trips over one.
pub fn link_frames(contents: &[u8]) {
    let (now, mut worker) = worker();
    let mut stream = contents;
    while let Ok(Some(frame)) = frames::read::<Command>(&mut stream) {
        let mut again = Vec::new();
        assert!(frames::write(&mut again, &frame).is_ok());
        let read = frames::read::<Command>(&mut again.as_slice());
        assert_eq!(read.ok().flatten().as_ref(), Some(&frame));
        if let Some(command) = frame.command {
            worker.handle(now, Input::Command(command));
            drain(&mut worker, now);
        }
    }
}

/// Receives datagrams, each after two bytes of length, from an address that nobody has.
///
/// # Panics
/// When a stranger gets an answer or costs somebody the meeting.
pub fn datagrams(contents: &[u8]) {
    let (now, mut worker) = worker();
    worker.handle(now, Input::Command(somebody()));
    drain(&mut worker, now);
    let sent = worker.status(now).bytes_out;
    let mut rest = contents;
    while let Some((length, tail)) = rest.split_at_checked(DATAGRAM_LENGTH_BYTES) {
        let length = length
            .iter()
            .fold(0, |length, byte| length << 8 | usize::from(*byte));
        let (datagram, tail) = tail.split_at(length.min(tail.len()));
        rest = tail;
        let input = Input::Datagram {
            source: SocketAddr::from(([10, 0, 0, 9], 9)),
            destination: address(),
            contents: datagram,
        };
        worker.handle(now, input);
        drain(&mut worker, now);
    }
    let status = worker.status(now);
    assert_eq!(status.bytes_out, sent, "a stranger gets no answer");
    assert_eq!(status.participants, 1);
}

/// Follows the offers of a client with one connection, parted by zero bytes; another participant has two tracks for it.
///
/// # Panics
/// When somebody trips over one, or an answer brings a track that is not there or on a section that was not offered.
pub fn offers(contents: &[u8]) {
    let (now, mut worker) = worker();
    let mut follow = |command: command::Command| {
        worker.handle(now, Input::Command(command));
        drain(&mut worker, now)
    };
    follow(somebody());
    follow(command::Command::AddParticipant(AddParticipant {
        room_sid: "RM_a".into(),
        participant_sid: "PA_b".into(),
        permission: Some(everything()),
        single_connection: true,
        ..AddParticipant::default()
    }));
    for (track_sid, kind) in [("TR_a", Kind::Audio), ("TR_v", Kind::Video)] {
        follow(command::Command::AddTrack(AddTrack {
            participant_sid: "PA_a".into(),
            track_sid: track_sid.into(),
            cid: track_sid.into(),
            kind: kind.into(),
            ..AddTrack::default()
        }));
        follow(command::Command::Subscribe(Subscribe {
            participant_sid: "PA_b".into(),
            track_sid: track_sid.into(),
        }));
    }
    for offer in contents.split(|byte| *byte == 0).take(MOST_OFFERS) {
        let sdp = String::from_utf8_lossy(offer).into_owned();
        let events = follow(command::Command::PublisherOffer(PublisherOffer {
            participant_sid: "PA_b".into(),
            id: 1,
            sdp: sdp.clone(),
        }));
        for event in &events {
            if let Event::PublisherAnswer(answer) = event {
                assert_answers(answer, &sdp);
            }
        }
    }
}

fn assert_answers(answer: &PublisherAnswer, offer: &str) {
    let mut tracks: Vec<&str> = answer
        .mid_to_track_sid
        .values()
        .map(String::as_str)
        .collect();
    tracks.sort_unstable();
    assert!(
        [&[][..], &["TR_a"], &["TR_v"], &["TR_a", "TR_v"]].contains(&tracks.as_slice()),
        "{tracks:?}"
    );
    let names = |mid: &String| {
        let line = format!("a=mid:{mid}");
        answer.sdp.contains(&line) && offer.contains(&line)
    };
    assert!(answer.mid_to_track_sid.keys().all(names));
    let brought = answer.sdp.matches("a=msid:PA_a|").count();
    assert_eq!(brought, answer.mid_to_track_sid.len());
}

fn worker() -> (Instant, Worker) {
    let config = Config {
        candidates: vec![address()],
        ..Config::default()
    };
    (*ORIGIN, Worker::new(config, *ORIGIN))
}

fn address() -> SocketAddr {
    SocketAddr::from(([10, 0, 0, 1], 7882))
}

#[expect(
    clippy::disallowed_methods,
    reason = "an Instant can be had in no other way"
)]
static ORIGIN: LazyLock<Instant> = LazyLock::new(Instant::now);

fn somebody() -> command::Command {
    command::Command::AddParticipant(AddParticipant {
        room_sid: "RM_a".into(),
        participant_sid: "PA_a".into(),
        permission: Some(everything()),
        ..AddParticipant::default()
    })
}

fn everything() -> Permission {
    Permission {
        can_publish: true,
        can_subscribe: true,
        can_publish_data: true,
    }
}

/// Polls to the end, which has to come; a caught panic counts as one. Answers what has happened.
fn drain(worker: &mut Worker, now: Instant) -> Vec<Event> {
    let mut events = Vec::new();
    for _ in 0..10_000 {
        match worker.poll(now) {
            Output::Timeout(deadline) => {
                assert!(deadline >= now);
                return events;
            }
            Output::Event(event) => {
                if let Event::ParticipantFailed(failed) = &event {
                    assert_ne!(failed.reason(), Reason::Internal, "{}", failed.code);
                }
                events.push(event);
            }
            Output::Transmit(_) => {}
        }
    }
    unreachable!("polling does not end");
}
