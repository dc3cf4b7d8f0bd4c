//! The one place that reads the time.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Monotonic time for pacing, timers and str0m.
#[expect(
    clippy::disallowed_methods,
    reason = "everything else is told the time by this file"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Nanoseconds since the Unix epoch, comparable with the kernel's receive timestamps.
#[expect(
    clippy::disallowed_methods,
    reason = "everything else is told the time by this file"
)]
pub(crate) fn unix_nanoseconds() -> u64 {
    let since_epoch = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or(Duration::ZERO);
    u64::try_from(since_epoch.as_nanos()).unwrap_or(u64::MAX)
}
