//! What loss on the way to a subscriber costs: layers, and at last the picture.

use std::time::{Duration, Instant};

/// Above this share of lost packets (of 256) a receiver is short of bandwidth: 10 %.
const LOSSY: u8 = 26;
/// Where packets wait in queues, so little is a sign of it too: 4 %.
const LOSSY_IN_QUEUES: u8 = 10;
/// Of a stream that loses so much nothing is seen, whatever the cause: 75 %.
const HOPELESS: u8 = 192;
/// A layer is so far too large that the next lower one need not be tried: half is lost.
const FAR_TOO_LARGE: u8 = 128;
/// Loss has to last this long before a layer is given up.
const LOSSY_FOR: Duration = Duration::from_secs(2);
/// A higher layer is on trial for so long.
const TRIAL: Duration = Duration::from_secs(4);
/// Quiet time before the next higher layer is tried again, at first and at most.
const QUIET: Duration = Duration::from_secs(8);
const QUIET_AT_MOST: Duration = Duration::from_secs(64);

/// How a stream fares on its way, as a receiver reports or as the server itself holds packets back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Strain {
    /// Lost packets in 256ths (RFC 3550 section 6.4.1).
    pub lost: u8,
    /// Packets take so much longer than at other times that they must wait for others on their way.
    pub is_queueing: bool,
}

impl Strain {
    /// Of packets that the server itself holds back: what exceeds a limit has no queue to wait in.
    pub(crate) fn withheld(lost: u8) -> Self {
        Self {
            lost,
            is_queueing: lost >= LOSSY_IN_QUEUES,
        }
    }

    fn is_lossy(self) -> bool {
        self.lost >= LOSSY || self.is_queueing && self.lost >= LOSSY_IN_QUEUES
    }

    /// Whether sending less would help; loss by itself may have other causes, and is repaired.
    pub(crate) fn is_congested(self) -> bool {
        self.lost >= HOPELESS || self.is_queueing && self.is_lossy()
    }

    /// Whether something that was just added may be too much.
    pub(crate) fn is_a_sign(self) -> bool {
        self.is_queueing || self.is_congested()
    }

    /// How many of so many streams are too many.
    pub(crate) fn surplus(self, streams: usize) -> usize {
        (streams * usize::from(self.lost) / 256).max(1)
    }
}

/// What a report has led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Response {
    Unchanged,
    /// Another layer is to be sent.
    Changed,
    /// There is no lower layer, and the way does not carry this one.
    Exhausted,
}

/// Gives layers up while a receiver reports loss, and wins them back one by one.
#[derive(Debug)]
pub(crate) struct LossResponse {
    steps_down: usize,
    is_paused: bool,
    lossy_since: Option<Instant>,
    quiet_since: Option<Instant>,
    stepped_up: Option<Instant>,
    quiet: Duration,
    /// Quiet time that was too short for a layer that seemed to be carried.
    doubt: Duration,
}

impl Default for LossResponse {
    fn default() -> Self {
        Self {
            steps_down: 0,
            is_paused: false,
            lossy_since: None,
            quiet_since: None,
            stepped_up: None,
            quiet: QUIET,
            doubt: Duration::ZERO,
        }
    }
}

impl LossResponse {
    /// Layers below the wanted one that the subscriber has to make do with.
    pub(crate) fn steps_down(&self) -> usize {
        self.steps_down
    }

    /// Takes in a report, and how far down is possible.
    pub(crate) fn report(&mut self, now: Instant, strain: Strain, most_steps: usize) -> Response {
        if strain.is_lossy() {
            self.quiet_since = None;
            let since = *self.lossy_since.get_or_insert(now);
            let lasts = now.saturating_duration_since(since) >= LOSSY_FOR;
            if !(lasts || strain.is_a_sign() && self.is_trying(now)) {
                return Response::Unchanged;
            }
            if self.step_down(now, strain, most_steps) {
                return Response::Changed;
            }
            return if strain.is_congested() {
                Response::Exhausted
            } else {
                Response::Unchanged
            };
        }
        self.lossy_since = None;
        let since = *self.quiet_since.get_or_insert(now);
        self.forgive(now);
        if now.saturating_duration_since(since) >= self.quiet && self.step_up(now) {
            return Response::Changed;
        }
        Response::Unchanged
    }

    /// Gives the next lower layer up for the sake of other streams; false when there is none.
    pub(crate) fn give_way(&mut self, now: Instant, strain: Strain, most_steps: usize) -> bool {
        self.quiet_since = None;
        self.step_down(now, strain, most_steps)
    }

    /// Whether nothing is sent, because the way does not carry even the lowest layer.
    pub(crate) fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// Stops, or tries again; higher layers are tried later than usual after that.
    pub(crate) fn set_paused(&mut self, is_paused: bool) {
        self.lossy_since = None;
        self.quiet_since = None;
        if is_paused {
            self.quiet = (self.quiet * 2).min(QUIET_AT_MOST);
        }
        self.is_paused = is_paused;
    }

    /// The way has become another one: what was found out of it does not hold any more, and less is sent until it is
    /// known to carry more.
    pub(crate) fn forget(&mut self) {
        *self = Self {
            steps_down: self.steps_down,
            is_paused: self.is_paused,
            ..Self::default()
        };
    }

    /// Whether reports have been good for so long, and for long enough since a higher layer was one too many.
    pub(crate) fn is_quiet(&self, now: Instant, patience: Duration) -> bool {
        let quiet = self
            .quiet_since
            .map(|since| now.saturating_duration_since(since));
        quiet.is_some_and(|quiet| quiet >= patience.max(self.doubt))
    }

    /// A higher layer is known not to be carried: it need not be tried soon.
    pub(crate) fn postpone(&mut self, now: Instant) {
        self.quiet_since = self.quiet_since.map(|_| now);
    }

    /// Whether a higher layer is on trial: the first sign of congestion ends it.
    fn is_trying(&self, now: Instant) -> bool {
        self.stepped_up
            .is_some_and(|at| now.saturating_duration_since(at) < TRIAL)
    }

    fn step_down(&mut self, now: Instant, strain: Strain, most_steps: usize) -> bool {
        self.lossy_since = Some(now);
        if self
            .stepped_up
            .take()
            .is_some_and(|then| now.saturating_duration_since(then) < self.quiet * 2)
        {
            self.quiet = (self.quiet * 2).min(QUIET_AT_MOST);
            self.doubt = (self.doubt * 2).clamp(QUIET, QUIET_AT_MOST);
        }
        let before = self.steps_down;
        let lower = if strain.lost >= FAR_TOO_LARGE {
            most_steps
        } else {
            before + 1
        };
        self.steps_down = lower.min(most_steps).max(before);
        self.steps_down != before
    }

    /// Takes the next higher layer on trial; false when there is none.
    pub(crate) fn step_up(&mut self, now: Instant) -> bool {
        self.quiet_since = Some(now);
        if self.steps_down == 0 {
            return false;
        }
        self.steps_down -= 1;
        self.stepped_up = Some(now);
        true
    }

    /// A higher layer that has held twice the quiet time ends the back-off.
    fn forgive(&mut self, now: Instant) {
        if self
            .stepped_up
            .is_some_and(|then| now.saturating_duration_since(then) >= self.quiet * 2)
        {
            self.stepped_up = None;
            self.quiet = QUIET;
            self.doubt = Duration::ZERO;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::at;

    fn lost(lost: u8) -> Strain {
        Strain {
            lost,
            is_queueing: false,
        }
    }

    fn queueing(lost: u8) -> Strain {
        Strain {
            lost,
            is_queueing: true,
        }
    }

    /// The seconds in which a report changed the layer.
    fn reports(response: &mut LossResponse, from: u64, until: u64, fraction: u8) -> Vec<u64> {
        (from..until)
            .filter(|second| {
                response.report(at(second * 1000), lost(fraction), 2) == Response::Changed
            })
            .collect()
    }

    #[test]
    fn two_seconds_of_loss_above_a_tenth_step_one_layer_down() {
        let mut response = LossResponse::default();
        assert_eq!(reports(&mut response, 0, 10, 25), [0; 0]);
        assert_eq!(reports(&mut response, 10, 13, 26), [12]);
        assert_eq!(reports(&mut response, 13, 30, 26), [14]);
        assert_eq!(response.steps_down(), 2);
    }

    #[test]
    fn a_moment_of_loss_costs_nothing() {
        let mut response = LossResponse::default();
        for second in 0..60 {
            let strain = queueing(if second % 3 == 0 { 0 } else { 200 });
            assert_eq!(
                response.report(at(second * 1000), strain, 2),
                Response::Unchanged
            );
        }
    }

    #[test]
    fn quiet_brings_the_layers_back_one_by_one() {
        let mut response = LossResponse::default();
        assert_eq!(reports(&mut response, 0, 5, 60), [2, 4]);
        assert_eq!(reports(&mut response, 5, 40, 0), [13, 21]);
        assert_eq!(response.steps_down(), 0);
    }

    #[test]
    fn a_layer_that_brings_the_loss_back_is_tried_more_and_more_seldom() {
        let mut response = LossResponse::default();
        let mut tried = Vec::new();
        for second in 0..400 {
            let fraction = if response.steps_down() == 0 { 100 } else { 0 };
            let told = response.report(at(second * 1000), lost(fraction), 2);
            if told == Response::Changed && response.steps_down() == 0 {
                tried.push(second);
            }
        }
        let pauses: Vec<_> = tried.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(pauses.is_sorted());
        assert!(
            pauses[0] < 25 && *pauses.last().unwrap() >= 64,
            "{pauses:?}"
        );
    }

    #[test]
    fn a_layer_that_is_far_too_large_gives_way_to_the_lowest() {
        let mut response = LossResponse::default();
        assert_eq!(reports(&mut response, 0, 5, 200), [2]);
        assert_eq!(response.steps_down(), 2);
    }

    #[test]
    fn what_is_forgotten_is_found_out_anew_from_the_layer_that_is_sent() {
        let mut response = LossResponse::default();
        reports(&mut response, 0, 3, 200);
        response.set_paused(true);
        response.forget();
        assert!(response.is_paused());
        assert_eq!(response.steps_down(), 2);
        response.set_paused(false);
        assert_eq!(reports(&mut response, 10, 40, 0), [18, 26]);
    }

    #[test]
    fn the_lowest_layer_is_too_much_only_where_sending_less_would_help() {
        for (strain, is_exhausted) in [
            (lost(191), false),
            (lost(192), true),
            (queueing(9), false),
            (queueing(10), true),
        ] {
            let mut response = LossResponse::default();
            let told: Vec<_> = (0..4)
                .map(|second| response.report(at(second * 1000), strain, 0))
                .collect();
            assert_eq!(
                told.contains(&Response::Exhausted),
                is_exhausted,
                "{strain:?}"
            );
            assert_eq!(told[..2], [Response::Unchanged; 2], "{strain:?}");
        }
    }

    #[test]
    fn what_is_withheld_is_a_sign_of_too_much_only_where_it_is_more_than_a_little() {
        let signs = [0, 9, 10, 255].map(|lost| Strain::withheld(lost).is_a_sign());
        assert_eq!(signs, [false, false, true, true]);
        assert!(Strain::withheld(10).is_congested());
    }

    #[test]
    fn waiting_in_queues_alone_is_no_loss() {
        let mut response = LossResponse::default();
        for second in 0..60 {
            let told = response.report(at(second * 1000), queueing(0), 2);
            assert_eq!(told, Response::Unchanged);
        }
    }

    #[test]
    fn the_more_is_lost_the_more_streams_are_too_many() {
        let surplus = [0, 26, 128, 255].map(|share| lost(share).surplus(10));
        assert_eq!(surplus, [1, 1, 5, 9]);
    }
}
