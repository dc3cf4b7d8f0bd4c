//! The worker: whole rooms on one thread, fed by inputs and drained by polls.

use std::net::SocketAddr;
use std::time::Instant;

use jumpa_sfu_proto::WorkerStatus;

use crate::io::{Config, Input, Output};
use crate::state::State;

/// Owns whole rooms; one per thread, nothing shared with another.
pub struct Worker {
    state: State,
}

impl Worker {
    /// A worker without rooms.
    pub fn new(config: Config, now: Instant) -> Self {
        Self {
            state: State::new(config, now),
        }
    }

    /// Takes one input; what follows from it comes out of [`Worker::poll`].
    pub fn handle(&mut self, now: Instant, input: Input<'_>) {
        match input {
            Input::Datagram {
                source,
                destination,
                contents,
            } => self.state.datagram(now, source, destination, contents),
            Input::Command(command) => self.state.command(now, command),
            Input::Timeout => self.state.pass_time(now),
        }
    }

    /// The next thing to do; call it until it answers [`Output::Timeout`].
    pub fn poll(&mut self, now: Instant) -> Output<'_> {
        let state = &mut self.state;
        state.pass_time(now);
        state.offer_to_subscribers(now);
        while state.batch.is_empty() && state.events.is_empty() {
            if let Some(key) = state.departing.pop() {
                state.flush(key);
                continue;
            }
            let Some(key) = state.touched.pop_front() else {
                return Output::Timeout(state.deadline(now));
            };
            state.guarded(key.participant, |state| state.refresh(now, key));
        }
        if let Some(event) = state.events.pop_front() {
            return Output::Event(event);
        }
        match state.batch.pop() {
            Some(transmit) => {
                state.counters.bytes_out += transmit.contents.len() as u64;
                Output::Transmit(transmit)
            }
            None => Output::Timeout(now),
        }
    }

    /// Whether a participant has proved to be at the other end of a TCP stream; others may be closed.
    pub fn knows_stream(&self, source: SocketAddr) -> bool {
        self.state.knows_stream(source)
    }

    /// Counters of this worker; `tick_age_ms` and `sends` are the engine's to fill.
    pub fn status(&self, _now: Instant) -> WorkerStatus {
        self.state.status()
    }
}
