//! A network that is narrower than it is, for clients that want to see what they do then.

use std::time::{Duration, Instant};

/// So much may be sent at once.
const BURST: Duration = Duration::from_millis(300);

/// What may be sent to one client.
#[derive(Debug)]
pub(super) struct Limit {
    bytes_per_second: u64,
    /// Everything up to here has been used.
    used_until: Instant,
}

impl Limit {
    /// Nothing has been sent.
    pub(super) fn new(now: Instant, bytes_per_second: u64) -> Self {
        Self {
            bytes_per_second: bytes_per_second.max(1),
            used_until: now,
        }
    }

    /// What may be sent.
    pub(super) fn bytes_per_second(&self) -> u64 {
        self.bytes_per_second
    }

    /// Whether so many bytes may be sent now; sound takes its share and always may.
    pub(super) fn passes(&mut self, now: Instant, bytes: usize, is_sound: bool) -> bool {
        let takes = Duration::from_micros(bytes as u64 * 1_000_000 / self.bytes_per_second);
        let until = self.used_until.max(now) + takes;
        if until > now + BURST && !is_sound {
            return false;
        }
        self.used_until = until.min(now + 2 * BURST);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Limit;
    use crate::testing::at;

    /// How many packets of a thousand bytes pass in ten seconds, of a hundred each second.
    fn passed(bytes_per_second: u64, is_sound: bool) -> usize {
        let mut limit = Limit::new(at(0), bytes_per_second);
        (0..1000)
            .filter(|packet| limit.passes(at(packet * 10), 1000, is_sound))
            .count()
    }

    #[test]
    fn what_is_above_is_lost_except_sound() {
        assert_eq!(passed(1_000_000, false), 1000);
        assert!((100..=104).contains(&passed(10_000, false)));
        assert_eq!(passed(10_000, true), 1000);
        assert_eq!(passed(0, false), 0);
        assert_eq!(passed(u64::MAX, false), 1000);
    }

    #[test]
    fn sound_leaves_less_for_pictures() {
        let mut limit = Limit::new(at(0), 10_000);
        for packet in 0..100 {
            limit.passes(at(packet * 10), 200, true);
            assert!(packet < 40 || !limit.passes(at(packet * 10), 1000, false));
        }
    }
}
