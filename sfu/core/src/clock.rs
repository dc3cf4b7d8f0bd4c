//! The wall clock, as far as the core knows it: what it was when the worker started, and what has passed since.

use std::time::{Instant, SystemTime};

/// Turns instants into times of day, for sender reports.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WallClock {
    started: Instant,
    wall_clock: SystemTime,
}

impl WallClock {
    /// `wall_clock` is the time of day at `started`.
    pub(crate) fn new(started: Instant, wall_clock: SystemTime) -> Self {
        Self {
            started,
            wall_clock,
        }
    }

    /// The time of day at an instant, should nobody have set the clock since.
    pub(crate) fn at(&self, now: Instant) -> SystemTime {
        self.wall_clock + now.saturating_duration_since(self.started)
    }
}
