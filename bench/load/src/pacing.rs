//! When the next frame is due.

use std::time::{Duration, Instant};

/// A steady beat that never drifts: a late turn sends late, the beat stays.
#[derive(Debug)]
pub(crate) struct Pace {
    interval: Duration,
    next: Instant,
}

impl Pace {
    /// First beat at `first`, then every `interval`.
    pub(crate) fn new(interval: Duration, first: Instant) -> Self {
        Self {
            interval,
            next: first,
        }
    }

    /// When [`Self::is_due`] has to be asked next.
    pub(crate) fn next(&self) -> Instant {
        self.next
    }

    /// True once per beat that has passed.
    pub(crate) fn is_due(&mut self, now: Instant) -> bool {
        let is_due = self.next <= now;
        if is_due {
            self.next += self.interval;
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    const BEAT: Duration = Duration::from_millis(20);

    #[test]
    fn nothing_is_due_before_the_first_beat() {
        let start = clock::now();
        let mut pace = Pace::new(BEAT, start + BEAT);
        assert!(!pace.is_due(start));
        assert!(pace.is_due(start + BEAT));
    }

    #[test]
    fn a_late_turn_makes_up_for_every_beat_and_keeps_the_phase() {
        let start = clock::now();
        let mut pace = Pace::new(BEAT, start);
        let late = start + BEAT * 3 + BEAT / 2;
        let beats = std::iter::repeat_with(|| pace.is_due(late))
            .take_while(|due| *due)
            .count();
        assert_eq!(beats, 4);
        assert_eq!(pace.next(), start + BEAT * 4);
    }
}
