//! One worker thread: a socket, a core that owns whole rooms, and nothing shared but its status.

use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use jumpa_sfu_core::{Config, Input, Output, Worker};
use jumpa_sfu_proto::WorkerStatus;
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::clock;
use crate::socket::Socket;
use crate::tcp::Streams;

/// A loop that has not turned for longer than this shows in the status.
const LONGEST_WAIT: Duration = Duration::from_millis(100);
/// Receives before the receivers are drained: bounds the delay that a flood can add.
const RECEIVES_PER_TURN: usize = 4;
const STATUS_EVERY: Duration = Duration::from_millis(50);

/// The link's end of a running worker.
pub(crate) struct WorkerHandle {
    commands: Sender<Command>,
    bell: UnixStream,
    last: Arc<Mutex<Last>>,
}

/// What a worker last said of itself.
struct Last {
    status: WorkerStatus,
    at: Instant,
}

impl WorkerHandle {
    /// A handle, and where its commands come out.
    #[cfg(test)]
    pub(crate) fn pair(index: u32) -> io::Result<(Self, Receiver<Command>)> {
        let (commands, received) = channel();
        let (bell, ear) = UnixStream::pair()?;
        // Nobody listens; a bell that cannot ring is passed over.
        drop(ear);
        let status = WorkerStatus {
            index,
            ..WorkerStatus::default()
        };
        let at = clock::now();
        let last = Arc::new(Mutex::new(Last { status, at }));
        let handle = Self {
            commands,
            bell,
            last,
        };
        Ok((handle, received))
    }

    /// Hands a command over; one that has just died is told of as a whole.
    pub(crate) fn send(&mut self, command: Command) {
        if self.commands.send(command).is_ok() {
            // A full bell has rung already.
            let _rung = self.bell.write(&[1]);
        }
    }

    /// The last status, with the age of the worker's last turn.
    pub(crate) fn status(&self) -> WorkerStatus {
        let last = lock(&self.last);
        let age = clock::now().saturating_duration_since(last.at);
        WorkerStatus {
            tick_age_ms: u32::try_from(age.as_millis()).unwrap_or(u32::MAX),
            ..last.status
        }
    }
}

/// Starts a worker on its socket; its thread ends well only when the handle is dropped.
pub(crate) fn start(
    config: Config,
    socket: Socket,
    streams: Option<Streams>,
    events: Sender<Event>,
) -> io::Result<(WorkerHandle, JoinHandle<io::Result<()>>)> {
    let (commands, received) = channel();
    let (bell, ear) = UnixStream::pair()?;
    bell.set_nonblocking(true)?;
    ear.set_nonblocking(true)?;
    let now = clock::now();
    let last = Arc::new(Mutex::new(Last {
        status: WorkerStatus {
            index: config.index,
            ..WorkerStatus::default()
        },
        at: now,
    }));
    let mut turn = Turn {
        core: Worker::new(config, now),
        socket,
        streams,
        commands: received,
        events,
        ear,
        last: last.clone(),
        reported: now,
    };
    let thread = std::thread::Builder::new()
        .name("worker".into())
        .spawn(move || turn.run())?;
    let handle = WorkerHandle {
        commands,
        bell,
        last,
    };
    Ok((handle, thread))
}

/// All that a worker's thread owns.
struct Turn {
    core: Worker,
    socket: Socket,
    /// None when media travels by UDP only.
    streams: Option<Streams>,
    commands: Receiver<Command>,
    events: Sender<Event>,
    ear: UnixStream,
    last: Arc<Mutex<Last>>,
    reported: Instant,
}

impl Turn {
    fn run(&mut self) -> io::Result<()> {
        loop {
            let now = clock::now();
            if !self.take_commands(now) {
                return Ok(());
            }
            let more_waits = self.take_datagrams(now)?;
            self.take_frames(now);
            let Some(deadline) = self.drain(now) else {
                return Ok(());
            };
            self.report(now);
            if !more_waits {
                self.wait(deadline)?;
            } else if self.streams.as_ref().is_some_and(Streams::is_used) {
                // A flood of datagrams must not silence the streams.
                self.wait(now)?;
            }
        }
    }

    /// False when the link is gone.
    fn take_commands(&mut self, now: Instant) -> bool {
        loop {
            match self.commands.try_recv() {
                Ok(command) => self.core.handle(now, Input::Command(command)),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }

    /// True when there are more than one turn takes.
    fn take_datagrams(&mut self, now: Instant) -> io::Result<bool> {
        for _ in 0..RECEIVES_PER_TURN {
            let core = &mut self.core;
            let more_waits = self.socket.receive(|source, destination, contents| {
                core.handle(
                    now,
                    Input::Datagram {
                        source,
                        destination,
                        contents,
                    },
                );
            })?;
            if !more_waits {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn take_frames(&mut self, now: Instant) {
        let Some(streams) = &mut self.streams else {
            return;
        };
        let core = &mut self.core;
        streams.receive(now, |source, destination, contents| {
            core.handle(
                now,
                Input::Datagram {
                    source,
                    destination,
                    contents,
                },
            );
        });
        streams.look(now, |peer| core.knows_stream(peer));
    }

    /// Sends all there is to send; the instant of the next time-out, or `None` when the link is gone.
    fn drain(&mut self, now: Instant) -> Option<Instant> {
        loop {
            match self.core.poll(now) {
                Output::Transmit(transmit) => match &mut self.streams {
                    Some(streams) if streams.candidates().contains(&transmit.source) => {
                        streams.send(&transmit);
                    }
                    _ => self.socket.send(&transmit),
                },
                Output::Event(event) => self.events.send(event).ok()?,
                Output::Timeout(deadline) => return Some(deadline),
            }
        }
    }

    fn report(&mut self, now: Instant) {
        let mut last = lock(&self.last);
        last.at = now;
        if now.saturating_duration_since(self.reported) >= STATUS_EVERY {
            self.reported = now;
            last.status = WorkerStatus {
                sends: self.socket.sends,
                datagrams_dropped: self.socket.dropped
                    + self.streams.as_ref().map_or(0, |streams| streams.dropped),
                ..self.core.status(now)
            };
        }
    }

    fn wait(&mut self, deadline: Instant) -> io::Result<()> {
        let wait = deadline
            .saturating_duration_since(clock::now())
            .min(LONGEST_WAIT);
        let timeout = Timespec::try_from(wait).map_err(io::Error::other)?;
        let mut ready = vec![
            PollFd::new(self.socket.as_fd(), PollFlags::IN),
            PollFd::new(&self.ear, PollFlags::IN),
        ];
        ready.extend(self.streams.iter().flat_map(Streams::waits));
        match poll(&mut ready, Some(&timeout)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => return Ok(()),
            Ok(_) => {}
            Err(errno) => return Err(errno.into()),
        }
        let mut ready = ready
            .iter()
            .map(PollFd::revents)
            .collect::<Vec<_>>()
            .into_iter();
        let has_rung = ready.nth(1).is_some_and(|ear| !ear.is_empty());
        if let Some(streams) = &mut self.streams {
            streams.note(ready);
        }
        if has_rung {
            let mut rings = [0; 64];
            // Whatever the bell said is answered by looking at the commands.
            let _heard = io::Read::read(&mut self.ear, &mut rings);
        }
        Ok(())
    }
}

/// A poisoned lock holds plain numbers that are still true.
fn lock(last: &Mutex<Last>) -> MutexGuard<'_, Last> {
    last.lock().unwrap_or_else(PoisonError::into_inner)
}
