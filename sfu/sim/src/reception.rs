//! What a subscriber has received of one stream, and how well.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant, SystemTime};

use str0m::rtp::RtpPacket;

use crate::mark::Mark;

/// One packet as a subscriber sees it.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// When it came.
    pub at: Instant,
    /// RTP timestamp.
    pub timestamp: u32,
    /// What the publisher wrote into it.
    pub mark: Mark,
    /// VP8 picture id; 0 for audio.
    pub picture_id: u16,
    /// VP8 temporal layer; 0 for audio.
    pub temporal_layer: u8,
    /// The first packet of a keyframe.
    pub starts_keyframe: bool,
    /// When it was captured, by the sender reports that came with the stream (RFC 3550 section 6.4.1).
    pub presented: Option<SystemTime>,
}

/// All packets of one SSRC, by extended sequence number.
#[derive(Debug, Default)]
pub struct Reception {
    /// What came, repaired by retransmissions.
    pub arrivals: BTreeMap<u64, Arrival>,
    /// Packets in which there was nothing.
    pub empty: BTreeSet<u64>,
    /// Packets that came a second time.
    pub repeated: usize,
}

impl Reception {
    pub(crate) fn add(&mut self, at: Instant, clock_rate: u32, packet: &RtpPacket) {
        if packet.payload.is_empty() {
            self.empty.insert(*packet.seq_no);
        }
        let Some(mark) = Mark::read(&packet.payload) else {
            return;
        };
        let is_video = clock_rate == VIDEO_CLOCK;
        let byte = |index: usize| packet.payload.get(index).copied().unwrap_or_default();
        let arrival = Arrival {
            at,
            timestamp: packet.header.timestamp,
            mark,
            picture_id: if is_video {
                u16::from_be_bytes([byte(2) & 0x7f, byte(3)])
            } else {
                0
            },
            temporal_layer: if is_video { byte(5) >> 6 } else { 0 },
            starts_keyframe: is_video && byte(0) == 0x90 && byte(6) == 0,
            presented: presented(packet, clock_rate),
        };
        let before = self.arrivals.insert(*packet.seq_no, arrival);
        self.repeated += usize::from(before.is_some());
    }

    /// Packets that should have come between the first and the last, and did not.
    pub fn missing(&self) -> u64 {
        let range = self
            .arrivals
            .first_key_value()
            .zip(self.arrivals.last_key_value());
        let expected = range.map_or(0, |((first, _), (last, _))| {
            last - first + 1 - self.empty.range(first..=last).count() as u64
        });
        expected - self.arrivals.len() as u64
    }

    /// The share that came, of all that were sent between the first and the last.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52 packets")]
    pub fn delivered(&self) -> f64 {
        let received = self.arrivals.len() as f64;
        received / (received + self.missing() as f64)
    }

    /// The layers in the order in which they were received.
    pub fn layers(&self) -> Vec<u8> {
        let mut layers: Vec<_> = self
            .arrivals
            .values()
            .map(|arrival| arrival.mark.layer)
            .collect();
        layers.dedup();
        layers
    }

    /// When the latest packet came.
    pub fn last(&self) -> Option<Instant> {
        self.arrivals.values().map(|arrival| arrival.at).max()
    }

    /// The longest time in which nothing came.
    pub fn longest_gap(&self) -> Duration {
        let mut times: Vec<_> = self.arrivals.values().map(|arrival| arrival.at).collect();
        times.sort();
        let gaps = times
            .iter()
            .zip(times.iter().skip(1))
            .map(|(before, after)| *after - *before);
        gaps.max().unwrap_or_default()
    }

    /// The largest distance, in milliseconds, between what timestamps and what capture times say of neighbours.
    pub fn timestamp_error_ms(&self, clock_rate: u32) -> i64 {
        let ticks_per_ms = i64::from(clock_rate / 1000);
        self.pairs()
            .map(|(before, after)| {
                let ticks = after.timestamp.wrapping_sub(before.timestamp).cast_signed();
                let captured =
                    i64::from(after.mark.captured_ms) - i64::from(before.mark.captured_ms);
                (i64::from(ticks) / ticks_per_ms - captured).abs()
            })
            .max()
            .unwrap_or_default()
    }

    /// Neighbours in sequence whose timestamps go backward.
    pub fn timestamps_backward(&self) -> usize {
        let backward = |(before, after): &(&Arrival, &Arrival)| {
            after.timestamp.wrapping_sub(before.timestamp).cast_signed() < 0
        };
        self.pairs().filter(backward).count()
    }

    /// Neighbours in sequence, nothing missing between them, whose picture ids are neither equal nor consecutive.
    pub fn picture_jumps(&self) -> usize {
        let sequences = self.arrivals.keys().zip(self.arrivals.keys().skip(1));
        let is_jump = |before: &Arrival, after: &Arrival| {
            after.picture_id.wrapping_sub(before.picture_id) & 0x7fff > 1
        };
        sequences
            .zip(self.pairs())
            .filter(|((first, second), (before, after))| {
                **first + 1 == **second && is_jump(before, after)
            })
            .count()
    }

    fn pairs(&self) -> impl Iterator<Item = (&Arrival, &Arrival)> {
        self.arrivals.values().zip(self.arrivals.values().skip(1))
    }

    /// How many pictures of a temporal layer came, in whole or in part.
    pub fn pictures(&self, temporal_layer: u8) -> usize {
        let arrivals = self.arrivals.values();
        let of_layer = arrivals.filter(|arrival| arrival.temporal_layer == temporal_layer);
        let pictures: BTreeSet<_> = of_layer.map(|arrival| arrival.mark.captured_ms).collect();
        pictures.len()
    }

    /// How long after its capture each packet is presented, by a clock that all streams of a client share.
    pub fn presentation(&self) -> impl Iterator<Item = (u32, Duration)> {
        self.arrivals.values().filter_map(|arrival| {
            let captured = Duration::from_millis(u64::from(arrival.mark.captured_ms));
            let presented = arrival
                .presented?
                .duration_since(SystemTime::UNIX_EPOCH)
                .ok()?;
            Some((arrival.mark.captured_ms, presented.checked_sub(captured)?))
        })
    }
}

pub(crate) const VIDEO_CLOCK: u32 = 90_000;

fn presented(packet: &RtpPacket, clock_rate: u32) -> Option<SystemTime> {
    let report = packet.last_sender_info?;
    let reported = u32::try_from(report.rtp_time.numer() & u64::from(u32::MAX)).ok()?;
    let ticks = packet.header.timestamp.wrapping_sub(reported).cast_signed();
    let distance = Duration::from_secs_f64(f64::from(ticks.unsigned_abs()) / f64::from(clock_rate));
    if ticks < 0 {
        report.ntp_time.checked_sub(distance)
    } else {
        report.ntp_time.checked_add(distance)
    }
}
