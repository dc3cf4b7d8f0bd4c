//! Counts what arrived, what is missing and how late it was.

use std::time::Duration;

/// One incoming stream, followed by its outgoing sequence numbers.
///
/// Only what the server sent first counts as received; what came by retransmission is counted apart.
#[derive(Debug, Default)]
pub(crate) struct Sequence {
    highest: Option<u64>,
    opened_at: Option<u64>,
    received: u64,
    recovered: u64,
}

impl Sequence {
    /// A packet with this extended sequence number arrived, each number at most once.
    pub(crate) fn packet(&mut self, number: u64, is_recovered: bool) {
        self.highest = Some(self.highest.map_or(number, |highest| highest.max(number)));
        let Some(opened_at) = self.opened_at else {
            return;
        };
        if number <= opened_at {
            return;
        }
        if is_recovered {
            self.recovered += 1;
        } else {
            self.received += 1;
        }
    }

    /// From now on gaps count; a stream that starts later is not looked at.
    pub(crate) fn open(&mut self) {
        self.opened_at = Some(self.highest.unwrap_or(0));
    }

    /// Numbers that should have come since [`Self::open`] and did not come at first sending.
    pub(crate) fn lost(&self) -> u64 {
        let expected = match (self.opened_at, self.highest) {
            (Some(opened_at), Some(highest)) => highest - opened_at,
            _ => 0,
        };
        expected.saturating_sub(self.received)
    }

    /// Numbers that came by retransmission since [`Self::open`].
    pub(crate) fn recovered(&self) -> u64 {
        self.recovered
    }
}

/// Packets whose send stamp lies in the measured window.
#[derive(Debug, Default)]
pub(crate) struct Window {
    bounds_ns: Option<(u64, u64)>,
    pub(crate) sent: u64,
    pub(crate) expected: u64,
    pub(crate) delivered: u64,
    pub(crate) lower_layer: u64,
    delays_us: Vec<u32>,
}

impl Window {
    /// Measures what is sent from `start_ns` until `end_ns` (Unix nanoseconds).
    pub(crate) fn open(&mut self, start_ns: u64, end_ns: u64) {
        self.bounds_ns = Some((start_ns, end_ns));
    }

    /// A packet of the best layer left for the server, and so many listeners should get it.
    pub(crate) fn sent(&mut self, sent_ns: u64, listeners: u64) {
        if self.holds(sent_ns) {
            self.sent += 1;
            self.expected += listeners;
        }
    }

    /// A packet came to a listener, first sending or retransmission.
    pub(crate) fn arrived(&mut self, sent_ns: u64, arrived_ns: u64, is_best_layer: bool) {
        if !self.holds(sent_ns) {
            return;
        }
        self.delivered += 1;
        self.lower_layer += u64::from(!is_best_layer);
        let delay_us = arrived_ns.saturating_sub(sent_ns) / 1000;
        self.delays_us
            .push(u32::try_from(delay_us).unwrap_or(u32::MAX));
    }

    /// One-way delays in microseconds, ascending.
    pub(crate) fn delays_us(&mut self) -> &[u32] {
        self.delays_us.sort_unstable();
        &self.delays_us
    }

    fn holds(&self, sent_ns: u64) -> bool {
        self.bounds_ns
            .is_some_and(|(start, end)| start <= sent_ns && sent_ns < end)
    }
}

/// The value below which `percent` of the ascending values lie (nearest rank); `None` of nothing.
pub(crate) fn quantile<T: Copy>(ascending: &[T], percent: usize) -> Option<T> {
    let rank = (ascending.len() * percent).div_ceil(100).max(1);
    ascending.get(rank - 1).copied()
}

/// Milliseconds with fraction, for the report.
pub(crate) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened_after(numbers: &[u64]) -> Sequence {
        let mut sequence = Sequence::default();
        for number in numbers {
            sequence.packet(*number, false);
        }
        sequence.open();
        sequence
    }

    #[test]
    fn a_gapless_stream_loses_nothing() {
        let mut sequence = opened_after(&[5, 6]);
        (7..100).for_each(|number| sequence.packet(number, false));
        assert_eq!(sequence.lost(), 0);
    }

    #[test]
    fn gaps_before_the_window_do_not_count() {
        let mut sequence = opened_after(&[5, 50]);
        sequence.packet(51, false);
        sequence.packet(20, false);
        assert_eq!(sequence.lost(), 0);
    }

    #[test]
    fn a_retransmitted_packet_counts_as_lost_and_as_recovered() {
        let mut sequence = opened_after(&[5]);
        sequence.packet(6, false);
        sequence.packet(8, false);
        sequence.packet(7, true);
        assert_eq!((sequence.lost(), sequence.recovered()), (1, 1));
    }

    #[test]
    fn reordered_packets_are_not_lost() {
        let mut sequence = opened_after(&[5]);
        for number in [8, 6, 7] {
            sequence.packet(number, false);
        }
        assert_eq!(sequence.lost(), 0);
    }

    #[test]
    fn the_window_takes_what_was_sent_in_it_however_late_it_comes() {
        let mut window = Window::default();
        window.open(1_000_000, 2_000_000);
        for sent in [999_999, 1_000_000, 1_999_999, 2_000_000] {
            window.sent(sent, 3);
            window.arrived(sent, 5_000_000, true);
        }
        assert_eq!((window.sent, window.expected, window.delivered), (2, 6, 2));
        assert_eq!(window.delays_us(), [3000, 4000]);
    }

    #[test]
    fn nothing_is_measured_before_the_window_opens() {
        let mut window = Window::default();
        window.arrived(1, 2, false);
        assert_eq!((window.delivered, window.lower_layer), (0, 0));
    }

    #[test]
    fn a_quantile_is_the_nearest_rank() {
        let values: Vec<u32> = (1..=200).collect();
        assert_eq!(quantile(&values, 50), Some(100));
        assert_eq!(quantile(&values, 99), Some(198));
        assert_eq!(quantile(&values, 100), Some(200));
        assert_eq!(quantile(&values, 0), Some(1));
        assert_eq!(quantile::<u32>(&[], 50), None);
    }
}
