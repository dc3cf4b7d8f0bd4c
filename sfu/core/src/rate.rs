//! How much a stream carries.

use std::time::{Duration, Instant};

/// Long enough for several pictures.
const WINDOW: Duration = Duration::from_secs(1);

/// Bytes in a second, as they were in the latest whole one.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Rate {
    since: Option<Instant>,
    bytes: u64,
    latest: Option<u64>,
}

impl Rate {
    /// A packet of so many bytes has come.
    pub(crate) fn add(&mut self, now: Instant, bytes: usize) {
        let since = *self.since.get_or_insert(now);
        let elapsed = now.saturating_duration_since(since);
        if elapsed >= WINDOW {
            self.latest = Some(per_second(self.bytes, elapsed));
            self.bytes = 0;
            self.since = Some(now);
        }
        self.bytes += bytes as u64;
    }

    /// `None` before a second has passed.
    pub(crate) fn bytes_per_second(&self) -> Option<u64> {
        self.latest
    }
}

/// So many bytes in so long, as bytes a second.
pub(crate) fn per_second(bytes: u64, elapsed: Duration) -> u64 {
    let microseconds = elapsed.as_micros().max(1);
    u64::try_from(u128::from(bytes) * 1_000_000 / microseconds).unwrap_or(u64::MAX)
}

/// So many bytes a second for so long.
pub(crate) fn bytes_in(bytes_per_second: u64, elapsed: Duration) -> u64 {
    let bytes = u128::from(bytes_per_second) * elapsed.as_micros() / 1_000_000;
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::Rate;
    use crate::testing::at;

    #[test]
    fn a_rate_is_that_of_the_latest_whole_second() {
        let mut rate = Rate::default();
        assert_eq!(rate.bytes_per_second(), None);
        for packet in 0..=100 {
            rate.add(at(packet * 20), 250);
        }
        assert_eq!(rate.bytes_per_second(), Some(12_500));
        rate.add(at(12_000), 250);
        assert_eq!(rate.bytes_per_second(), Some(25), "hardly anything came");
    }
}
