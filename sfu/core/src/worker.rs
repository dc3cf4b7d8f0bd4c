//! The worker: whole rooms on one thread, fed by inputs and drained by polls.

use std::time::{Duration, Instant};

use jumpa_sfu_proto::WorkerStatus;

use crate::io::{Config, Input, Output};

/// Owns whole rooms; one per thread, nothing shared with another.
pub struct Worker {
    config: Config,
    status: WorkerStatus,
}

impl Worker {
    /// A worker without rooms.
    pub fn new(config: Config, _now: Instant) -> Self {
        let status = WorkerStatus {
            index: config.index,
            ..WorkerStatus::default()
        };
        Self { config, status }
    }

    /// Takes one input; what follows from it comes out of [`Worker::poll`].
    pub fn handle(&mut self, _now: Instant, input: Input<'_>) {
        if let Input::Datagram { contents, .. } = input {
            self.status.bytes_in += contents.len() as u64;
            self.status.datagrams_unknown += 1;
        }
    }

    /// The next thing to do; call it until it answers [`Output::Timeout`].
    pub fn poll(&mut self, now: Instant) -> Output<'_> {
        Output::Timeout(now + self.config.silence_timeout.min(Duration::from_secs(1)))
    }

    /// Counters of this worker; `tick_age_ms` and `sends` are the engine's to fill.
    pub fn status(&self, _now: Instant) -> WorkerStatus {
        self.status
    }
}
