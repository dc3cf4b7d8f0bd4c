//! How a stream fares, added up over a second: some receivers report ten times a second what they have to say once.

use std::time::{Duration, Instant};

use str0m::rtp::rtcp::ReceptionReport;

/// Reports are put together for about so long.
const TOGETHER: Duration = Duration::from_millis(900);
/// Of a stream of which less than this share has been seen at all, nothing has arrived.
const SEEN_SHARE: u32 = 4;
/// A jump of the highest sequence number that is larger is a beginning.
const WIDEST_GAP: u32 = 10_000;
/// The half of a sequence number that the RTP header carries: receivers count its rollovers by themselves.
const LOW_HALF: u64 = 0xffff;

/// What reports have said since the last account.
#[derive(Debug, Default)]
pub(super) struct Fares {
    since: Option<Instant>,
    highest: Option<u32>,
    /// What was sent up to this one is no concern of reports.
    passed_over: Option<u32>,
    expected: u32,
    /// In 256ths of a packet.
    lost: u64,
}

impl Fares {
    /// What becomes of the packets up to this one is known already.
    pub(super) fn pass_over(&mut self, sequence: u64) {
        *self = Self {
            passed_over: u32::try_from(sequence & LOW_HALF).ok(),
            ..Self::default()
        };
    }

    /// Takes in a report. After a while it answers the share that was lost, in 256ths, of so many packets sent meanwhile;
    /// `sent` counts them from one answer to the next.
    pub(super) fn see(&mut self, now: Instant, block: &ReceptionReport, sent: u32) -> Option<u8> {
        if let Some(until) = self.passed_over {
            let behind = u64::from(until.wrapping_sub(block.max_seq)) & LOW_HALF;
            if !(1..LOW_HALF / 2).contains(&behind) {
                self.passed_over = None;
                self.highest = Some(block.max_seq);
                self.since = Some(now);
            }
            return None;
        }
        let Some(highest) = self.highest.replace(block.max_seq) else {
            self.since = Some(now);
            return Some(block.fraction_lost);
        };
        let seen = block.max_seq.wrapping_sub(highest);
        if seen > WIDEST_GAP {
            let highest = self.highest;
            *self = Self {
                highest,
                ..Self::default()
            };
            return None;
        }
        self.expected += seen;
        self.lost += u64::from(seen) * u64::from(block.fraction_lost);
        let since = *self.since.get_or_insert(now);
        if now.saturating_duration_since(since) < TOGETHER {
            return None;
        }
        self.since = Some(now);
        let expected = std::mem::take(&mut self.expected);
        let lost = std::mem::take(&mut self.lost);
        if expected < sent / SEEN_SHARE {
            return Some(u8::MAX);
        }
        let share = lost.checked_div(u64::from(expected)).unwrap_or_default();
        Some(u8::try_from(share).unwrap_or(u8::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::Fares;
    use crate::testing::at;
    use str0m::rtp::rtcp::ReceptionReport;

    fn block(max_seq: u32, fraction_lost: u8) -> ReceptionReport {
        ReceptionReport {
            ssrc: 1.into(),
            fraction_lost,
            packets_lost: 0,
            max_seq,
            jitter: 0,
            last_sr_time: 0,
            last_sr_delay: 0,
        }
    }

    /// What is answered to all but the first of reports of (milliseconds, highest number, 256ths lost) of fifty packets a second.
    fn told(reports: &[(u64, u32, u8)]) -> Vec<u8> {
        let mut fares = Fares::default();
        let told = reports.iter().filter_map(|(milliseconds, highest, lost)| {
            fares.see(at(*milliseconds), &block(*highest, *lost), 50)
        });
        told.skip(1).collect()
    }

    #[test]
    fn a_report_a_second_is_told_as_it_is() {
        let reports = [(0, 100, 0), (1000, 150, 0), (2000, 200, 77), (3000, 250, 9)];
        assert_eq!(told(&reports), [0, 77, 9]);
    }

    #[test]
    fn reports_of_nothing_new_take_nothing_back() {
        let mut reports = vec![(0, 100, 0), (90, 140, 128)];
        reports.extend((1..=10).map(|count| (90 + count * 90, 140, 0)));
        assert_eq!(told(&reports), [128]);
    }

    #[test]
    fn each_report_weighs_what_it_tells_of() {
        assert_eq!(told(&[(0, 100, 0), (500, 110, 250), (1000, 150, 0)]), [50]);
    }

    #[test]
    fn a_stream_of_which_nothing_arrives_is_lost_though_nothing_is_said_to_be() {
        assert_eq!(
            told(&[(0, 100, 0), (1000, 100, 0), (2000, 105, 0)]),
            [255, 255]
        );
    }

    #[test]
    fn reports_of_what_is_passed_over_are_not_told() {
        let mut fares = Fares::default();
        fares.see(at(0), &block(65_000, 0), 50);
        fares.pass_over(3 * 0x1_0000 + 70);
        let told: Vec<_> = [(65_500, 255), (65_605, 255), (65_606, 255), (65_656, 5)]
            .into_iter()
            .zip(1..)
            .map(|((highest, lost), second)| {
                fares.see(at(second * 1000), &block(highest, lost), 50)
            })
            .collect();
        assert_eq!(told, [None, None, None, Some(5)]);
    }

    #[test]
    fn numbers_that_jump_or_wrap_are_no_loss() {
        let reports = [
            (0, u32::MAX - 9, 0),
            (1000, 40, 3),
            (2000, 2_000_000, 200),
            (3000, 2_000_050, 4),
            (4000, 2_000_100, 4),
        ];
        assert_eq!(told(&reports), [3, 4]);
    }
}
