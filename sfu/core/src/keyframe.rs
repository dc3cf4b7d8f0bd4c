//! Asks a publisher for keyframes often enough for whoever waits and seldom enough for its uplink.

use std::time::{Duration, Instant};

/// Requests without an answer after which a publisher is taken to be silent, and asked more seldom.
const UNANSWERED: u32 = 5;
/// How much more seldom.
const BACK_OFF: u32 = 4;
/// libwebrtc ignores a request within 300 ms of the one before, of whatever layer. One that was ignored is repeated
/// when twice the publisher's usual time has passed besides.
const IGNORED_FOR: Duration = Duration::from_millis(310);

/// The keyframe requests (PLI, RFC 4585 section 6.3.1) of one layer.
///
/// A request stays open, and is repeated, until a keyframe comes or nobody waits any more.
#[derive(Debug)]
pub(crate) struct KeyframeRequests {
    window: Duration,
    is_pending: bool,
    sent: Option<Instant>,
    unanswered: u32,
    /// How long the publisher took to answer last.
    answer: Option<Duration>,
}

impl KeyframeRequests {
    /// The lowest of several layers has small keyframes: 500 ms between requests; all others, 1 s.
    pub(crate) fn new(is_lowest_of_several: bool) -> Self {
        Self {
            window: Duration::from_millis(if is_lowest_of_several { 500 } else { 1000 }),
            is_pending: false,
            sent: None,
            unanswered: 0,
            answer: None,
        }
    }

    /// A subscriber needs a keyframe.
    pub(crate) fn request(&mut self) {
        self.is_pending = true;
        self.unanswered = 0;
    }

    /// A keyframe has come.
    pub(crate) fn see_keyframe(&mut self, now: Instant) {
        if self.unanswered == 0 {
            return;
        }
        self.unanswered = 0;
        self.answer = self.sent.map(|sent| now.saturating_duration_since(sent));
    }

    /// Nobody waits for a keyframe any more.
    pub(crate) fn settle(&mut self) {
        self.is_pending = false;
        self.unanswered = 0;
    }

    /// True when a request is to be sent now; it counts as sent.
    pub(crate) fn poll(&mut self, now: Instant) -> bool {
        if self.deadline(now).is_none_or(|deadline| deadline > now) {
            return false;
        }
        self.sent = Some(now);
        self.unanswered = self.unanswered.saturating_add(1);
        true
    }

    /// When to poll next; `None` while nobody waits.
    pub(crate) fn deadline(&self, now: Instant) -> Option<Instant> {
        let window = match (self.unanswered, self.answer) {
            (0, _) => self.window,
            (1, Some(answer)) => (IGNORED_FOR + answer * 2).min(self.window),
            (unanswered, _) if unanswered > UNANSWERED => self.window * BACK_OFF,
            _ => self.window,
        };
        self.is_pending
            .then(|| self.sent.map_or(now, |sent| (sent + window).max(now)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::at;

    fn sent(requests: &mut KeyframeRequests, until: u64) -> Vec<u64> {
        (0..until)
            .step_by(10)
            .filter(|time| requests.poll(at(*time)))
            .collect()
    }

    #[test]
    fn nothing_is_sent_before_somebody_asks() {
        let mut requests = KeyframeRequests::new(false);
        assert_eq!(requests.deadline(at(0)), None);
        assert!(sent(&mut requests, 5000).is_empty());
    }

    #[test]
    fn the_first_request_goes_out_at_once_and_twenty_more_do_not_multiply_it() {
        let mut requests = KeyframeRequests::new(false);
        for _ in 0..20 {
            requests.request();
        }
        assert_eq!(sent(&mut requests, 900), [0]);
    }

    #[test]
    fn an_unanswered_request_is_repeated_then_more_seldom() {
        let mut requests = KeyframeRequests::new(true);
        requests.request();
        assert_eq!(
            sent(&mut requests, 8000),
            [0, 500, 1000, 1500, 2000, 2500, 4500, 6500]
        );
    }

    #[test]
    fn a_request_within_the_window_waits_for_its_end_and_is_not_lost() {
        let mut requests = KeyframeRequests::new(false);
        requests.request();
        assert!(requests.poll(at(0)));
        requests.settle();
        requests.request();
        assert_eq!(requests.deadline(at(10)), Some(at(1000)));
        assert!(!requests.poll(at(999)));
        assert!(requests.poll(at(1000)));
    }

    #[test]
    fn a_keyframe_ends_the_request() {
        let mut requests = KeyframeRequests::new(false);
        requests.request();
        requests.poll(at(0));
        requests.settle();
        assert!(sent(&mut requests, 5000).is_empty());
    }

    #[test]
    fn a_request_that_was_ignored_is_repeated_soon_when_the_publisher_is_quick() {
        let mut requests = KeyframeRequests::new(false);
        requests.request();
        assert!(requests.poll(at(0)));
        requests.see_keyframe(at(70));
        requests.settle();
        requests.request();
        assert_eq!(sent(&mut requests, 4000), [1000, 1450, 2450, 3450]);
    }

    #[test]
    fn a_slow_publisher_is_not_asked_twice_for_one_keyframe() {
        let mut requests = KeyframeRequests::new(false);
        requests.request();
        assert!(requests.poll(at(0)));
        requests.see_keyframe(at(600));
        requests.settle();
        requests.request();
        assert_eq!(sent(&mut requests, 2500), [1000, 2000]);
    }

    #[test]
    fn a_fresh_request_ends_the_back_off() {
        let mut requests = KeyframeRequests::new(true);
        requests.request();
        sent(&mut requests, 3000);
        assert_eq!(requests.deadline(at(3000)), Some(at(4500)));
        requests.request();
        assert!(requests.poll(at(3010)));
    }
}
