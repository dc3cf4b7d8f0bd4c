//! What receivers report, ask for again and are told about clocks.

use std::time::{Duration, Instant};

use str0m::rtp::rtcp::ReceptionReport;

use super::reports::{self, Feedback};
use super::stream::Stream;
use super::{Echo, Egress, Queued, Told, passes};
use crate::batch::Batch;
use crate::clock::WallClock;
use crate::connection::Path;
use crate::loss::Strain;

/// A receiver hears how clocks and counts stand this often.
const REPORT_EVERY: Duration = Duration::from_secs(1);
/// Sender reports that share a datagram.
const REPORTS_TOGETHER: usize = 32;
/// A packet is repeated at most once in a round trip within these.
const PAUSES: (Duration, Duration) = (Duration::from_millis(5), Duration::from_millis(500));

impl Egress {
    /// Takes in a protected RTCP packet of the client; false when it is not genuine.
    pub(crate) fn feedback(
        &mut self,
        now: Instant,
        clock: &WallClock,
        datagram: &[u8],
        told: &mut Vec<Told>,
    ) -> bool {
        let Some(compound) = self
            .srtp
            .as_mut()
            .and_then(|srtp| srtp.open_report(datagram))
        else {
            return false;
        };
        let ntp_now = reports::ntp(clock.at(now));
        let mut repeated = 0;
        reports::read(&compound, |feedback| match feedback {
            Feedback::Reception(block) => {
                self.timed(now, ntp_now, &block, told);
                if let Some(loss) = self.received(now, &block) {
                    told.push(loss);
                }
            }
            Feedback::Missing { ssrc, first, mask } => {
                repeated += self.repeat(now, ssrc, first, mask);
            }
            Feedback::Keyframe { ssrc } => {
                if let Some(stream) = self.stream_with(ssrc) {
                    told.push(Told::Keyframe(stream.negotiated.mid));
                }
            }
        });
        if repeated > 0 {
            told.push(Told::Repeated(repeated));
        }
        true
    }

    /// Learns how long a report took there and back; one that waited behind what was sent for a trial says nothing of
    /// other packets.
    fn timed(&mut self, now: Instant, ntp: u64, block: &ReceptionReport, told: &mut Vec<Told>) {
        let Some(trip) = reports::round_trip(ntp, block) else {
            return;
        };
        let (is_echo, is_first) = self.awaited.take(block);
        if is_first {
            let lost = block.fraction_lost;
            told.push(Told::Echo(Echo { trip, lost }));
        }
        if !is_echo {
            self.pause = trip.clamp(PAUSES.0, PAUSES.1);
            self.trips.see(now, trip);
        }
    }

    /// What becomes of pictures while the server itself holds packets back: it knows before receivers do, and of
    /// what nobody reports.
    pub(crate) fn withheld(&mut self, now: Instant) -> Vec<Told> {
        if self.limit.is_none() {
            return Vec::new();
        }
        let streams = self.streams.iter_mut().flatten();
        let told = streams
            .filter(|stream| !stream.is_sound())
            .filter_map(|stream| {
                let (packets, lost) = stream.withheld(now)?;
                self.tally.report(packets, lost, Duration::ZERO);
                Some(Told::Loss(stream.negotiated.mid, Strain::withheld(lost)))
            });
        told.collect()
    }

    /// Follows what a receiver says of a stream; answers how much of it was lost. Pictures of which packets are held
    /// back are counted already.
    fn received(&mut self, now: Instant, block: &ReceptionReport) -> Option<Told> {
        let is_limited = self.limit.is_some();
        let stream = self.stream_with(*block.ssrc)?;
        stream.bound(*block.ssrc);
        if stream.negotiated.ssrc != *block.ssrc {
            return None;
        }
        let jitter = stream.jitter(block.jitter);
        if is_limited && !stream.is_sound() {
            self.tally.report(0, 0, jitter);
            return None;
        }
        let (packets, loss) = stream.loss(now, block)?;
        let mid = stream.negotiated.mid;
        self.tally.report(packets, loss, jitter);
        let strain = Strain {
            lost: loss,
            is_queueing: self.trips.is_queueing(),
        };
        Some(Told::Loss(mid, strain))
    }

    fn stream_with(&mut self, ssrc: u32) -> Option<&mut Stream> {
        self.streams
            .iter_mut()
            .flatten()
            .find(|stream| stream.has(ssrc))
    }

    /// Queues what is missing once more; answers how many packets.
    fn repeat(&mut self, now: Instant, ssrc: u32, first: u16, mask: u16) -> u64 {
        let pause = self.pause;
        let Some(index) = self.position(|stream| stream.negotiated.ssrc == ssrc) else {
            return 0;
        };
        let Some(stream) = self.streams.get_mut(index).and_then(Option::as_mut) else {
            return 0;
        };
        let before = self.queue.len();
        let others = (0..16).filter(|bit| mask & (1 << bit) != 0);
        let missing = std::iter::once(first).chain(others.map(|bit| first.wrapping_add(bit + 1)));
        for sequence in missing {
            let Some(sent) = stream.history.repeat(now, sequence, pause).cloned() else {
                continue;
            };
            if passes(self.limit.as_mut(), now, stream, &sent) {
                self.queue.push(Queued {
                    index,
                    packet: sent,
                    is_repeated: true,
                });
            }
        }
        (self.queue.len() - before) as u64
    }

    /// Sends the sender reports that are due: when a stream has begun, and then regularly.
    pub(crate) fn report(
        &mut self,
        now: Instant,
        clock: &WallClock,
        path: Option<Path>,
        batch: &mut Batch,
    ) {
        let is_due = self
            .reported_at
            .is_none_or(|at| now.saturating_duration_since(at) >= REPORT_EVERY);
        let mut streams = self.streams.iter_mut().flatten();
        if !is_due && !streams.any(|stream| stream.is_unreported) {
            return;
        }
        let (Some(path), Some(srtp)) = (path, self.srtp.as_mut()) else {
            return;
        };
        let ntp = reports::ntp(clock.at(now));
        self.awaited.send(ntp);
        let accounts: Vec<_> = self
            .streams
            .iter_mut()
            .flatten()
            .filter_map(|stream| {
                stream.is_unreported = false;
                stream.account(now)
            })
            .collect();
        for together in accounts.chunks(REPORTS_TOGETHER) {
            let mut compound = Vec::new();
            for account in together {
                reports::write_sender_report(account, ntp, &mut compound);
            }
            if let Some(account) = together.first() {
                reports::write_name(account.ssrc, &self.name, &mut compound);
            }
            if let Some(sealed) = srtp.seal_report(&compound) {
                batch.push(path.source, path.destination, &sealed);
            }
        }
        if !accounts.is_empty() {
            self.reported_at = Some(now);
        }
    }
}
