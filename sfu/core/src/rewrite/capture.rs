//! One time line for everything a publisher captures, so that its tracks stay together at every subscriber.

use std::time::{Duration, Instant, SystemTime};

/// Beyond this the publisher's wall clock has been set anew and the old mapping is void.
const STEP: Duration = Duration::from_secs(1);
/// How much later a report may pull the mapping, so that it follows a slow clock (200 ppm at one report a second).
const CREEP: Duration = Duration::from_micros(200);

/// Maps the NTP time of a publisher's sender reports to our clock; one for all tracks of a participant.
#[derive(Debug, Default)]
pub(crate) struct CaptureClock {
    /// The report that travelled fastest: when it was made (their clock) and when it came (ours).
    anchor: Option<(SystemTime, Instant)>,
}

impl CaptureClock {
    /// When, on our clock, the moment was that a sender report (RFC 3550 section 6.4.1) speaks of; never after `now`.
    pub(crate) fn captured(&mut self, now: Instant, ntp_time: SystemTime) -> Instant {
        let captured = self.predict(ntp_time).map_or(now, |predicted| {
            let late = now.saturating_duration_since(predicted);
            if predicted > now || late > STEP {
                return now;
            }
            predicted.checked_add(late.min(CREEP)).unwrap_or(now)
        });
        self.anchor = Some((ntp_time, captured));
        captured
    }

    fn predict(&self, ntp_time: SystemTime) -> Option<Instant> {
        let (anchor_ntp, anchor) = self.anchor?;
        match ntp_time.duration_since(anchor_ntp) {
            Ok(later) => anchor.checked_add(later),
            Err(earlier) => anchor.checked_sub(earlier.duration()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: Instant, milliseconds: u64) -> Instant {
        start + Duration::from_millis(milliseconds)
    }

    fn ntp(milliseconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(1_000_000 + milliseconds)
    }

    #[test]
    fn reports_of_two_tracks_made_together_are_mapped_together_whatever_their_delay() {
        let start = crate::testing::start();
        let mut clock = CaptureClock::default();
        clock.captured(at(start, 50), ntp(0));
        let audio = clock.captured(at(start, 1050), ntp(1000));
        let video = clock.captured(at(start, 1250), ntp(1000));
        assert!(video.duration_since(audio) <= Duration::from_millis(1));
    }

    #[test]
    fn a_faster_report_moves_the_mapping() {
        let start = crate::testing::start();
        let mut clock = CaptureClock::default();
        clock.captured(at(start, 300), ntp(0));
        assert_eq!(clock.captured(at(start, 1020), ntp(1000)), at(start, 1020));
        assert!(clock.captured(at(start, 2300), ntp(2000)) < at(start, 2021));
    }

    #[test]
    fn a_clock_set_back_or_forth_starts_a_new_mapping() {
        let start = crate::testing::start();
        let mut clock = CaptureClock::default();
        clock.captured(at(start, 50), ntp(900_000));
        assert_eq!(clock.captured(at(start, 1050), ntp(1000)), at(start, 1050));
        assert_eq!(
            clock.captured(at(start, 2050), ntp(5_000_000)),
            at(start, 2050)
        );
    }

    #[test]
    fn times_at_the_edge_of_the_scale_do_no_harm() {
        let start = crate::testing::start();
        let mut clock = CaptureClock::default();
        let far = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40);
        for (index, time) in [SystemTime::UNIX_EPOCH, far, SystemTime::UNIX_EPOCH]
            .into_iter()
            .enumerate()
        {
            let now = at(start, index as u64);
            assert_eq!(clock.captured(now, time), now);
        }
    }
}
