//! The answer to one certain sender report, which tells how long that one had to wait on its way.

use std::time::{Duration, Instant};

use str0m::rtp::rtcp::ReceptionReport;

use super::{Egress, Queued};
use crate::egress::Line;

/// Packets that are repeated at once to see what a way carries.
const MOST_PADDING: usize = 256;
/// What comes to a payload on its way: IP, UDP, RTP with an extension, SRTP.
const OVERHEAD_BYTES: u64 = 60;

/// An answer to the report that was to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Echo {
    /// There and back.
    pub trip: Duration,
    /// Of the packets of a stream since the last report, in 256ths.
    pub lost: u8,
}

/// The report of which an echo is awaited.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Awaited {
    #[default]
    Nothing,
    /// The next one.
    Next,
    /// The one with this in the middle of its time stamp.
    Sent { stamp: u32, is_answered: bool },
}

impl Awaited {
    /// A report is sent with this time stamp; whether it is the one.
    pub(super) fn send(&mut self, ntp: u64) {
        if *self == Self::Next {
            let stamp = u32::try_from((ntp >> 16) & u64::from(u32::MAX)).unwrap_or_default();
            *self = Self::Sent {
                stamp,
                is_answered: false,
            };
        }
    }

    /// Whether a block answers that report, and whether it is the first that does.
    pub(super) fn take(&mut self, block: &ReceptionReport) -> (bool, bool) {
        match self {
            Self::Sent { stamp, is_answered } if *stamp == block.last_sr_time => {
                (true, !std::mem::replace(is_answered, true))
            }
            _ => (false, false),
        }
    }
}

impl Egress {
    /// Reports at once, and tells of the answer.
    pub(crate) fn ask_for_echo(&mut self) {
        self.awaited = Awaited::Next;
        self.reported_at = None;
    }

    /// Repeats what has been sent last on a line, at least so many bytes of it; answers how many.
    pub(crate) fn pad(&mut self, now: Instant, line: Line, bytes: u64) -> u64 {
        let slot = self.streams.get(line.index);
        let stream = slot
            .and_then(Option::as_ref)
            .filter(|stream| stream.negotiated.ssrc == line.ssrc);
        let Some(stream) = stream.filter(|stream| stream.negotiated.repair.is_some()) else {
            return 0;
        };
        let mut padded = 0;
        for packet in stream.history.newest().take(MOST_PADDING) {
            if padded >= bytes {
                break;
            }
            padded += packet.payload.len() as u64 + OVERHEAD_BYTES;
            let limit = self.limit.as_mut();
            if limit.is_none_or(|limit| limit.passes(now, packet.payload.len(), false)) {
                self.queue.push(Queued {
                    index: line.index,
                    packet: packet.clone(),
                    is_repeated: true,
                });
            }
        }
        padded
    }

    /// Bytes that have been sent of all streams that there are, repetitions apart.
    pub(crate) fn sent_bytes(&self) -> u64 {
        let streams = self.streams.iter().flatten();
        let bytes = streams.map(|stream| {
            let (packets, octets) = stream.sent();
            u64::from(octets) + u64::from(packets) * OVERHEAD_BYTES
        });
        bytes.sum()
    }

    /// Whether packets wait in queues.
    pub(crate) fn is_queueing(&self) -> bool {
        self.trips.is_queueing()
    }

    /// What the server itself lets pass.
    pub(crate) fn limit_bytes_per_second(&self) -> Option<u64> {
        self.limit
            .as_ref()
            .map(super::limit::Limit::bytes_per_second)
    }
}

#[cfg(test)]
mod tests {
    use super::Awaited;
    use str0m::rtp::rtcp::ReceptionReport;

    fn answer(last_sr_time: u32) -> ReceptionReport {
        ReceptionReport {
            ssrc: 1.into(),
            fraction_lost: 0,
            packets_lost: 0,
            max_seq: 0,
            jitter: 0,
            last_sr_time,
            last_sr_delay: 0,
        }
    }

    #[test]
    fn an_echo_is_told_once_and_of_its_report_alone() {
        let mut awaited = Awaited::default();
        awaited.send(0x0001_0000);
        assert_eq!(awaited.take(&answer(1)), (false, false));
        awaited = Awaited::Next;
        awaited.send(0x0000_0007_1234_5678);
        awaited.send(0x0000_0008_0000_0000);
        assert_eq!(awaited.take(&answer(6)), (false, false));
        assert_eq!(awaited.take(&answer(0x0007_1234)), (true, true));
        assert_eq!(awaited.take(&answer(0x0007_1234)), (true, false));
    }
}
