//! The only place that reads the time; everything else is told.

use std::time::{Instant, SystemTime};

/// This instant.
#[expect(
    clippy::disallowed_methods,
    reason = "the program around the core is where time comes from"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// The time of day, as the system has it.
#[expect(
    clippy::disallowed_methods,
    reason = "the program around the core is where time comes from"
)]
pub(crate) fn time_of_day() -> SystemTime {
    SystemTime::now()
}
