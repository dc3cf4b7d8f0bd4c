//! The course of a run: join one by one, warm up, measure, report.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use mio::unix::SourceFd;
use mio::{Events, Interest, Poll, Token, Waker};
use std::os::fd::AsRawFd;
use str0m::media::MediaKind;

use crate::accounting::{Sequence, Window};
use crate::arguments::Arguments;
use crate::clock;
use crate::error::LoadError;
use crate::pacing::Pace;
use crate::participant::{Participant, Side};
use crate::processes::{Usage, machine_busy, usage};
use crate::report::{Delay, Generator, Joins, Packets, Report, Scenario, Server};
use crate::signal::Signal;
use crate::socket::Buffers;
use crate::track::OutgoingTrack;

/// How long after the last join all media may take to arrive.
const JOIN_PATIENCE: Duration = Duration::from_secs(15);
/// How long packets of the window may still arrive after it.
const DRAIN: Duration = Duration::from_millis(500);
/// The loop turns at least this often, to notice the end of a phase.
const LONGEST_WAIT: Duration = Duration::from_millis(50);
const TOKEN_LIFE_S: u64 = 3_600;
const TOKENS_PER_PARTICIPANT: usize = 3;
const WAKE: Token = Token(usize::MAX);

/// Runs the scenario to its end.
pub(crate) fn run(arguments: Arguments) -> Result<Report, LoadError> {
    let mut run = Run::new(arguments)?;
    let mut events = Events::with_capacity(256);
    while !matches!(run.phase, Phase::Done) {
        run.turn(&mut events)?;
    }
    Ok(run.report())
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    Joining,
    Gathering { until: Instant },
    WarmingUp { until: Instant },
    Measuring { until: Instant },
    Draining { until: Instant },
    Done,
}

struct Plan {
    room: u16,
    kind: Option<MediaKind>,
    listens: bool,
}

struct Handshake {
    index: usize,
    started: Instant,
    outcome: Result<Signal, LoadError>,
}

struct Run {
    arguments: Arguments,
    plans: Vec<Plan>,
    participants: Vec<Option<Participant>>,
    failures: Vec<String>,
    next_join: Pace,
    started_joins: usize,
    finished_joins: usize,
    handshakes: (Sender<Handshake>, Receiver<Handshake>),
    poll: Poll,
    waker: Arc<Waker>,
    buffers: Buffers,
    phase: Phase,
    window: Window,
    has_all_media: bool,
    server_usage: (Usage, Usage),
    own_usage: (Usage, Usage),
    machine_busy: (Duration, Duration),
    longest_turn: Duration,
}

impl Run {
    fn new(arguments: Arguments) -> Result<Self, LoadError> {
        let poll = Poll::new()?;
        let waker = Arc::new(Waker::new(poll.registry(), WAKE)?);
        let plans = plans(&arguments);
        Ok(Self {
            participants: plans.iter().map(|_| None).collect(),
            plans,
            failures: Vec::new(),
            next_join: Pace::new(arguments.join_interval, clock::now()),
            started_joins: 0,
            finished_joins: 0,
            handshakes: channel(),
            poll,
            waker,
            buffers: Buffers::new(),
            phase: Phase::Joining,
            window: Window::default(),
            has_all_media: false,
            server_usage: Default::default(),
            own_usage: Default::default(),
            machine_busy: Default::default(),
            longest_turn: Duration::ZERO,
            arguments,
        })
    }

    fn turn(&mut self, events: &mut Events) -> Result<(), LoadError> {
        let wait = self.deadline().saturating_duration_since(clock::now());
        if let Err(error) = self.poll.poll(events, Some(wait))
            && error.kind() != std::io::ErrorKind::Interrupted
        {
            return Err(error.into());
        }
        let now = clock::now();
        self.start_joins(now);
        self.finish_handshakes(now);
        for event in &*events {
            self.dispatch(event.token(), now);
        }
        self.run_timers(now);
        self.advance(now);
        if matches!(self.phase, Phase::Measuring { .. }) {
            self.longest_turn = self.longest_turn.max(clock::now() - now);
        }
        Ok(())
    }

    fn deadline(&self) -> Instant {
        let participants = self
            .participants
            .iter()
            .flatten()
            .map(Participant::deadline)
            .min();
        let latest = clock::now() + LONGEST_WAIT;
        let join = if self.started_joins < self.plans.len() {
            self.next_join.next()
        } else {
            latest
        };
        participants
            .map_or(latest, |deadline| deadline.min(latest))
            .min(join)
    }

    fn start_joins(&mut self, now: Instant) {
        while let Some(plan) = self.plans.get(self.started_joins)
            && self.next_join.is_due(now)
        {
            let index = self.started_joins;
            let identity = format!("load-{index}");
            let expires_s = clock::unix_nanoseconds() / 1_000_000_000 + TOKEN_LIFE_S;
            let room = self.arguments.room_name(plan.room);
            let token = self.arguments.api_key.token(&room, &identity, expires_s);
            let (url, listens) = (self.arguments.url.clone(), plan.listens);
            let (sender, waker) = (self.handshakes.0.clone(), Arc::clone(&self.waker));
            thread::spawn(move || {
                let outcome = Signal::connect(&url, &token, listens);
                // Both fail only when the run is over.
                let _ = sender.send(Handshake {
                    index,
                    started: now,
                    outcome,
                });
                let _ = waker.wake();
            });
            self.started_joins += 1;
        }
    }

    fn finish_handshakes(&mut self, now: Instant) {
        while let Ok(handshake) = self.handshakes.1.try_recv() {
            self.finished_joins += 1;
            let index = handshake.index;
            if let Err(error) = self.admit(handshake, now) {
                self.fail(index, &error);
            }
        }
    }

    fn admit(&mut self, handshake: Handshake, now: Instant) -> Result<(), LoadError> {
        let index = handshake.index;
        let number = u16::try_from(index).unwrap_or(u16::MAX);
        let kind = self.plans.get(index).and_then(|plan| plan.kind);
        let track = kind.map(|kind| OutgoingTrack::new(number, kind, now));
        let participant = Participant::new(handshake.outcome?, track, handshake.started, now)?;
        let descriptors = [
            participant.signal().as_raw_fd(),
            participant.peer(Side::Publisher).socket().as_raw_fd(),
            participant.peer(Side::Subscriber).socket().as_raw_fd(),
        ];
        for (offset, descriptor) in descriptors.into_iter().enumerate() {
            let token = Token(index * TOKENS_PER_PARTICIPANT + offset);
            self.poll
                .registry()
                .register(&mut SourceFd(&descriptor), token, Interest::READABLE)?;
        }
        if let Some(slot) = self.participants.get_mut(index) {
            *slot = Some(participant);
        }
        // Frames that came with the handshake's last bytes raise no event.
        self.dispatch(Token(index * TOKENS_PER_PARTICIPANT), now);
        Ok(())
    }

    fn dispatch(&mut self, token: Token, now: Instant) {
        let index = token.0 / TOKENS_PER_PARTICIPANT;
        let Some(Some(participant)) = self.participants.get_mut(index) else {
            return;
        };
        let (buffers, window) = (&mut self.buffers, &mut self.window);
        let outcome = match token.0 % TOKENS_PER_PARTICIPANT {
            0 => participant.converse(now, window),
            1 => participant.receive(Side::Publisher, now, buffers, window),
            _ => participant.receive(Side::Subscriber, now, buffers, window),
        };
        if let Err(error) = outcome {
            self.fail(index, &error);
        }
    }

    fn run_timers(&mut self, now: Instant) {
        for index in 0..self.participants.len() {
            let listeners = self.listeners_of(index);
            let Some(Some(participant)) = self.participants.get_mut(index) else {
                continue;
            };
            if participant.deadline() > now {
                continue;
            }
            if let Err(error) = participant.turn(now, &mut self.window, listeners) {
                self.fail(index, &error);
            }
        }
    }

    /// Everyone who asked to listen, whether still there or not: a lost listener shows as loss.
    fn listeners_of(&self, publisher: usize) -> u64 {
        let room = self.plans.get(publisher).map(|plan| plan.room);
        let others = self.plans.iter().enumerate();
        let count = others
            .filter(|(index, plan)| *index != publisher && plan.listens && Some(plan.room) == room)
            .count();
        u64::try_from(count).unwrap_or(u64::MAX)
    }

    fn fail(&mut self, index: usize, error: &LoadError) {
        self.failures.push(format!("load-{index}: {error}"));
        if let Some(slot) = self.participants.get_mut(index) {
            *slot = None;
        }
    }

    fn advance(&mut self, now: Instant) {
        let is_anyone_left = self.participants.iter().any(Option::is_some);
        match self.phase {
            Phase::Joining if self.finished_joins < self.plans.len() => {}
            _ if !is_anyone_left => self.phase = Phase::Done,
            Phase::Joining => {
                self.phase = Phase::Gathering {
                    until: now + JOIN_PATIENCE,
                };
            }
            Phase::Gathering { until } => {
                self.has_all_media = self.everyone_hears_everyone();
                if self.has_all_media || until <= now {
                    self.drop_unjoined();
                    self.phase = Phase::WarmingUp {
                        until: now + self.arguments.warmup,
                    };
                }
            }
            Phase::WarmingUp { until } if until <= now => self.open_window(now),
            Phase::Measuring { until } if until <= now => {
                self.server_usage.1 = self.arguments.server_pid.map(usage).unwrap_or_default();
                self.own_usage.1 = usage(std::process::id());
                self.machine_busy.1 = machine_busy();
                self.phase = Phase::Draining { until: now + DRAIN };
            }
            Phase::Draining { until } if until <= now => {
                self.participants
                    .iter_mut()
                    .flatten()
                    .for_each(Participant::leave);
                self.phase = Phase::Done;
            }
            _ => {}
        }
    }

    fn everyone_hears_everyone(&self) -> bool {
        let publishers = |room| {
            let plans = self.plans.iter();
            plans
                .filter(|plan| plan.kind.is_some() && plan.room == room)
                .count()
        };
        self.plans
            .iter()
            .zip(&self.participants)
            .all(|(plan, participant)| {
                let own = usize::from(plan.kind.is_some());
                let heard = if plan.listens {
                    publishers(plan.room) - own
                } else {
                    0
                };
                participant.as_ref().is_some_and(|participant| {
                    participant.joined_after().is_some() && participant.heard() >= heard
                })
            })
    }

    fn drop_unjoined(&mut self) {
        for index in 0..self.participants.len() {
            let is_unjoined = matches!(
                self.participants.get(index),
                Some(Some(participant)) if participant.joined_after().is_none()
            );
            if is_unjoined {
                self.fail(
                    index,
                    &LoadError::Signal("no media connection in time".to_owned()),
                );
            }
        }
    }

    fn open_window(&mut self, now: Instant) {
        self.participants
            .iter_mut()
            .flatten()
            .for_each(Participant::open_window);
        self.server_usage.0 = self.arguments.server_pid.map(usage).unwrap_or_default();
        self.own_usage.0 = usage(std::process::id());
        self.machine_busy.0 = machine_busy();
        let start_ns = clock::unix_nanoseconds();
        let length_ns = u64::try_from(self.arguments.window.as_nanos()).unwrap_or(u64::MAX);
        self.window
            .open(start_ns, start_ns.saturating_add(length_ns));
        self.phase = Phase::Measuring {
            until: now + self.arguments.window,
        };
    }

    fn report(mut self) -> Report {
        let present = || self.participants.iter().flatten();
        let joins: Vec<Duration> = present().filter_map(Participant::joined_after).collect();
        let media: Vec<Duration> = present()
            .filter_map(Participant::first_media_after)
            .collect();
        let total = |count: fn(&Sequence) -> u64| -> u64 {
            present().flat_map(Participant::sequences).map(count).sum()
        };
        let (lost, recovered) = (total(Sequence::lost), total(Sequence::recovered));
        let mut joins = Joins::new(self.plans.len(), self.failures, &joins, &media);
        joins.all_media_before_warmup = self.has_all_media;
        let (before, after) = self.server_usage;
        let server = self
            .arguments
            .server_pid
            .map(|_| Server::new(before, after, self.window.delivered));
        Report {
            label: self.arguments.label.clone(),
            scenario: Scenario::new(&self.arguments),
            joins,
            packets: Packets::new(&self.window, lost, recovered),
            delay_us: Delay::new(&mut self.window),
            server: server.unwrap_or_default(),
            generator: Generator::new(
                self.own_usage,
                self.server_usage,
                self.machine_busy.1.saturating_sub(self.machine_busy.0),
                self.longest_turn,
            ),
            window_s: self.arguments.window.as_secs_f64(),
        }
    }
}

/// Publishers first, so that listeners find their tracks at once; dealt out to the rooms in turn.
fn plans(arguments: &Arguments) -> Vec<Plan> {
    let rooms = arguments.rooms;
    let publishers = |kind, count: u16| {
        (0..count).map(move |number| Plan {
            room: number % rooms,
            kind: Some(kind),
            listens: arguments.publishers_listen,
        })
    };
    let listeners = (0..arguments.subscribers).map(|number| Plan {
        room: number % rooms,
        kind: None,
        listens: true,
    });
    publishers(MediaKind::Video, arguments.video_publishers)
        .chain(publishers(MediaKind::Audio, arguments.audio_publishers))
        .chain(listeners)
        .collect()
}
