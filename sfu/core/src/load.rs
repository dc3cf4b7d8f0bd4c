//! More than what flows, for a moment, and what its fate says of the way.

use std::time::{Duration, Instant};

use crate::egress::Echo;
use crate::rate::{bytes_in, per_second};

/// More is sent at so many ticks of the worker, and the report at the one after them. Where that has just been far too
/// much, half as long says enough.
const BURSTS: u32 = 2;
const GENTLE_BURSTS: u32 = 1;
const TICK: Duration = Duration::from_millis(50);
/// So much more flows than is needed, in tenths …
const SENT_TENTHS: u64 = 13;
/// … and so much of that has to be carried, in twentieths.
const CARRIED_TWENTIETHS: u64 = 21;
/// More than 4 % are lost: packets that are let fall do not wait.
const LOSSY: u8 = 10;
/// Waiting times vary by themselves by less than this …
const CLEARLY_WAITED: Duration = Duration::from_millis(80);
/// … and where they do, nothing may ever seem to be carried.
const MOST_UNCLEAR: u32 = 6;
const AFTER_SUCCESS: Duration = Duration::from_secs(1);
const AFTER_FAILURE: Duration = Duration::from_secs(4);
/// After so many failures in a row a narrow way seems to stay narrow.
const MANY_FAILURES: u32 = 12;
const AFTER_MANY_FAILURES: Duration = Duration::from_secs(10);

/// What is sent to see whether it is carried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    began: Instant,
    /// What flows anyway, and what has to be carried, in bytes a second.
    flows: u64,
    needed: u64,
    bursts_left: u32,
    sent: u64,
    marked_at: Option<Instant>,
    usual_trip: Duration,
}

impl Load {
    /// How much more the next burst has; `None` when it is time for the report that follows.
    pub(crate) fn next_burst(&mut self) -> Option<u64> {
        self.bursts_left = self.bursts_left.checked_sub(1)?;
        let all = self.needed * SENT_TENTHS / 10;
        Some(bytes_in(all.saturating_sub(self.flows), TICK))
    }

    /// So much has been sent in a burst.
    pub(crate) fn send(&mut self, bytes: u64) {
        self.sent += bytes;
    }

    /// The report follows now.
    pub(crate) fn mark(&mut self, now: Instant) {
        self.marked_at = Some(now);
    }

    /// When the report was sent.
    pub(crate) fn marked_at(&self) -> Option<Instant> {
        self.marked_at
    }

    /// What was sent has left the queues a certain time after the last of it was sent; `limit` is what the server
    /// itself lets pass.
    fn is_carried(&self, echo: Echo, limit: Option<u64>) -> bool {
        let Some(marked_at) = self.marked_at else {
            return false;
        };
        let took = marked_at.saturating_duration_since(self.began);
        let sent = self.sent + bytes_in(self.flows, took);
        let carried = per_second(sent, took + self.waited(echo)).min(limit.unwrap_or(u64::MAX));
        echo.lost < LOSSY && carried >= self.needed * CARRIED_TWENTIETHS / 20
    }

    /// How long the report had to wait behind what was sent.
    fn waited(&self, echo: Echo) -> Duration {
        echo.trip.saturating_sub(self.usual_trip)
    }
}

/// How trials have ended.
#[derive(Debug, Default)]
pub(crate) struct Outcomes {
    /// In a row.
    failures: u32,
    /// Those of them, the last ones, that chance may have caused.
    unclear: u32,
}

impl Outcomes {
    /// A load that shows whether `more` is carried besides what flows.
    pub(crate) fn load(&self, now: Instant, flows: u64, more: u64, usual_trip: Duration) -> Load {
        let was_far_too_much = self.failures > 0 && self.unclear == 0;
        Load {
            began: now,
            flows,
            needed: flows + more,
            bursts_left: if was_far_too_much {
                GENTLE_BURSTS
            } else {
                BURSTS
            },
            sent: 0,
            marked_at: None,
            usual_trip,
        }
    }

    /// Takes in how a trial has ended; whether all was carried.
    pub(crate) fn see(&mut self, load: &Load, echo: Echo, limit: Option<u64>) -> bool {
        let is_carried = load.is_carried(echo, limit);
        if is_carried {
            *self = Self::default();
        } else {
            let is_clear = load.waited(echo) >= CLEARLY_WAITED || limit.is_some();
            self.failures += 1;
            self.unclear = if is_clear { 0 } else { self.unclear + 1 };
        }
        is_carried
    }

    /// Whether the picture itself has to be tried, since other trials say nothing.
    pub(crate) fn are_unclear(&self) -> bool {
        self.unclear >= MOST_UNCLEAR
    }

    /// Until the next trial.
    pub(crate) fn pause(&self) -> Duration {
        match self.failures {
            0 => AFTER_SUCCESS,
            1..MANY_FAILURES => AFTER_FAILURE,
            _ => AFTER_MANY_FAILURES,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Echo, Outcomes};
    use crate::testing::at;

    const USUAL: Duration = Duration::from_millis(40);

    fn echo(waited: u64, lost: u8) -> Echo {
        let trip = USUAL + Duration::from_millis(waited);
        Echo { trip, lost }
    }

    /// Whether 100 kB/s besides 50 kB/s are taken to be carried; and how much more was sent for it.
    fn tried(outcomes: &mut Outcomes, echo: Echo, limit: Option<u64>) -> (bool, u64) {
        let mut load = outcomes.load(at(0), 50_000, 100_000, USUAL);
        let (mut sent, mut now) = (0, 0);
        while let Some(bytes) = load.next_burst() {
            load.send(bytes);
            sent += bytes;
            now += 50;
        }
        load.mark(at(now));
        (outcomes.see(&load, echo, limit), sent)
    }

    #[test]
    fn what_hardly_had_to_wait_is_carried() {
        for (waited, is_carried) in [(0, true), (20, true), (30, false), (300, false)] {
            let (found, sent) = tried(&mut Outcomes::default(), echo(waited, 0), None);
            assert_eq!((found, sent), (is_carried, 14_500), "{waited}");
        }
    }

    #[test]
    fn what_is_let_fall_is_not_carried_nor_what_the_server_itself_holds_back() {
        for (lost, limit, is_carried) in [
            (9, None, true),
            (10, None, false),
            (0, Some(157_500), true),
            (0, Some(157_499), false),
        ] {
            let (found, _) = tried(&mut Outcomes::default(), echo(0, lost), limit);
            assert_eq!(found, is_carried, "{lost} {limit:?}");
        }
    }

    #[test]
    fn a_way_that_is_far_too_narrow_is_asked_gently_and_more_and_more_seldom() {
        let mut outcomes = Outcomes::default();
        let asked: Vec<_> = (0..20)
            .map(|_| (tried(&mut outcomes, echo(200, 0), None).1, outcomes.pause()))
            .map(|(sent, pause)| (sent, pause.as_secs()))
            .collect();
        assert_eq!(asked[..3], [(14_500, 4), (7_250, 4), (7_250, 4)]);
        assert_eq!(asked[11..], [(7_250, 10); 9]);
        assert!(!outcomes.are_unclear());
        assert!(tried(&mut outcomes, echo(0, 0), None).0);
        assert_eq!(outcomes.pause().as_secs(), 1);
    }

    #[test]
    fn where_times_vary_the_trials_are_not_believed_for_ever() {
        let mut outcomes = Outcomes::default();
        let unclear: Vec<bool> = (0..7)
            .map(|_| {
                tried(&mut outcomes, echo(60, 0), None);
                outcomes.are_unclear()
            })
            .collect();
        assert_eq!(unclear, [false, false, false, false, false, true, true]);
    }
}
