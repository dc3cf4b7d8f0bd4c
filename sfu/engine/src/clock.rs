//! The only place that reads the time; everything else is told.

use std::time::Instant;

/// This instant.
#[expect(
    clippy::disallowed_methods,
    reason = "the program around the core is where time comes from"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}
