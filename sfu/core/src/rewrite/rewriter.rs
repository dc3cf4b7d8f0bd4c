//! The stream of one track to one subscriber: which layer it carries and how its packets are renumbered.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::pictures::{Offsets, Pictures};
use super::segment::{Placement, Segment};
use super::temporal::Ceiling;
use super::{Packet, Spatial};
use crate::vp8::Patch;

/// Segments that retransmissions may still belong to.
const SEGMENTS: usize = 8;
/// First sequence numbers lie below this, so that reordering at the start never meets a rollover.
const FIRST_SEQUENCES: u64 = 0x4000;
/// Keyframes in a row that are refused for coming late, before an incomplete one is better than none.
const REFUSED: u32 = 3;
/// A jump this far is a stream begun anew: sent on as one lost packet, which every receiver survives.
const JUMP: u64 = 3000;
/// After a silence this long the timestamp is compared with the wall clock.
const GAP: Duration = Duration::from_secs(1);
/// A timestamp that differs from the wall clock by more than this after a gap stood still meanwhile.
const STANDSTILL: Duration = Duration::from_millis(300);

/// A packet for one subscriber; its payload stays that of the publisher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outgoing {
    /// Extended; begins below 65,536, so that a receiver starts at rollover count 0.
    pub(crate) sequence: u64,
    pub(crate) timestamp: u32,
    /// The wall clock of `timestamp` for sender reports; never after the packet's arrival.
    pub(crate) captured: Instant,
    pub(crate) patch: Option<Patch>,
    /// Nothing more of its picture is sent to this subscriber.
    pub(crate) ends_picture: bool,
    /// Fills the gap of a packet that came late, when the rest of its picture had been left out.
    pub(crate) is_empty: bool,
}

/// Renumbers one track for one subscriber across layers, pauses, losses and retransmissions.
#[derive(Debug)]
pub(crate) struct Rewriter {
    clock_rate: u32,
    target: Option<usize>,
    is_open: bool,
    /// The largest size that is sent of a stream with several, and the one that is to be.
    ceiling: u8,
    wanted_ceiling: u8,
    temporal: Ceiling,
    /// Where the newest packet stood.
    spatial: Option<Spatial>,
    /// The highest packet of the target layer that was turned away while waiting for a keyframe.
    missed: Option<(u32, u64)>,
    refused: u32,
    next_sequence: u64,
    first_timestamp: u32,
    /// Ticks by which outgoing timestamps run ahead of the capture time.
    surplus: i64,
    last: Option<Last>,
    pictures: Pictures,
    segments: VecDeque<(Segment, Offsets)>,
}

/// The newest packet that was sent.
#[derive(Clone, Copy, Debug)]
struct Last {
    source_timestamp: u32,
    timestamp: u32,
    arrival: Instant,
    captured: Option<Instant>,
}

impl Rewriter {
    /// `clock_rate` is the RTP clock in hertz; `seed` chooses the first sequence number and timestamp.
    pub(crate) fn new(clock_rate: u32, seed: u64) -> Self {
        Self {
            clock_rate,
            target: None,
            is_open: false,
            ceiling: u8::MAX,
            wanted_ceiling: u8::MAX,
            temporal: Ceiling::default(),
            spatial: None,
            missed: None,
            refused: 0,
            next_sequence: 1 + seed % FIRST_SEQUENCES,
            first_timestamp: low_half(seed >> 32),
            surplus: 0,
            last: None,
            pictures: Pictures::default(),
            segments: VecDeque::with_capacity(SEGMENTS),
        }
    }

    /// Names the layer to carry; the present one flows until the new one can open. `None` pauses at once.
    pub(crate) fn aim(&mut self, target: Option<usize>) {
        self.target = target;
        if target.is_none() {
            self.is_open = false;
        }
    }

    /// Names the largest size to carry of a stream with several; `None` for all. A smaller one is taken with the next
    /// picture when all it builds on has been sent, any other with the next keyframe.
    pub(crate) fn limit(&mut self, size: Option<usize>) {
        self.wanted_ceiling = size
            .and_then(|size| u8::try_from(size).ok())
            .unwrap_or(u8::MAX);
    }

    /// Names the highest temporal layer to carry; `None` for all. A lower one is taken with the next picture, a higher one
    /// with a picture that it can begin with.
    pub(crate) fn thin(&mut self, temporal: Option<u8>) {
        self.temporal.want(temporal);
    }

    /// The layer that flows now.
    pub(crate) fn current(&self) -> Option<usize> {
        self.segments
            .back()
            .filter(|_| self.is_open)
            .map(|(segment, _)| segment.layer)
    }

    /// The layer whose next keyframe this subscriber waits for (any packet, when the track has no keyframes).
    pub(crate) fn awaits_keyframe(&self) -> Option<usize> {
        let turns = (self.ceiling == self.wanted_ceiling || self.can_step_down())
            && !self.temporal.needs_keyframe();
        self.target
            .filter(|target| !turns || self.current() != Some(*target))
    }

    /// Whether the size that is wanted is a smaller one that can be gone on with.
    fn can_step_down(&self) -> bool {
        let includes = |spatial: Spatial| spatial.includes(self.wanted_ceiling);
        self.wanted_ceiling < self.ceiling && self.spatial.is_none_or(includes)
    }

    /// What to send for a packet; `None` when it is of another layer, padding, a duplicate or too old.
    pub(crate) fn rewrite(&mut self, packet: &Packet) -> Option<Outgoing> {
        if self.is_current(packet) {
            self.turn(packet);
            self.restart_after_jump_or_gap(packet);
            return self.place(packet, self.segments.len().checked_sub(1)?);
        }
        if self.target != Some(packet.layer) || self.is_past(packet) {
            return self.rewrite_late(packet);
        }
        if !packet.opens || self.has_lost_what_follows(packet) {
            self.miss(packet);
            return None;
        }
        self.open(packet);
        self.place(packet, self.segments.len().checked_sub(1)?)
    }

    /// Takes the size that is wanted, where a receiver can follow.
    fn turn(&mut self, packet: &Packet) {
        self.spatial = packet.spatial.or(self.spatial);
        if packet.starts_keyframe || packet.starts_frame && self.can_step_down() {
            self.ceiling = self.wanted_ceiling;
        }
    }

    /// A packet that takes no number.
    fn is_left_out(&self, packet: &Packet) -> bool {
        let is_needed = |spatial: Spatial| spatial.is_needed_by(self.ceiling);
        packet.is_padding || !packet.spatial.is_none_or(is_needed)
    }

    fn is_current(&self, packet: &Packet) -> bool {
        self.is_open
            && self.segments.back().is_some_and(|(segment, _)| {
                (segment.layer, segment.ssrc) == (packet.layer, packet.ssrc)
                    && packet.sequence >= segment.first()
            })
    }

    /// A keyframe that has been sent in an earlier segment does not open a new one.
    fn is_past(&self, packet: &Packet) -> bool {
        self.segments.iter().any(|(segment, _)| {
            (segment.layer, segment.ssrc) == (packet.layer, packet.ssrc)
                && packet.sequence <= segment.highest()
        })
    }

    /// The rest of a keyframe that comes late has already been turned away: waiting for the next one is shorter.
    fn has_lost_what_follows(&mut self, packet: &Packet) -> bool {
        let has_lost = packet.starts_keyframe
            && self.refused < REFUSED
            && self
                .missed
                .is_some_and(|(ssrc, sequence)| ssrc == packet.ssrc && packet.sequence < sequence);
        self.refused = if has_lost { self.refused + 1 } else { 0 };
        has_lost
    }

    fn miss(&mut self, packet: &Packet) {
        if packet.is_padding {
            return;
        }
        let before = self.missed.filter(|(ssrc, _)| *ssrc == packet.ssrc);
        let highest = before.map_or(0, |(_, sequence)| sequence);
        self.missed = Some((packet.ssrc, packet.sequence.max(highest)));
    }

    fn rewrite_late(&mut self, packet: &Packet) -> Option<Outgoing> {
        let index = self.segments.iter().rposition(|(segment, _)| {
            (segment.layer, segment.ssrc) == (packet.layer, packet.ssrc)
                && packet.sequence >= segment.first()
        })?;
        self.place(packet, index)
    }

    fn open(&mut self, packet: &Packet) {
        let timestamp = self.next_timestamp(packet);
        let sequence = self.next_sequence;
        self.begin(packet, sequence, timestamp, Offsets::default());
        self.is_open = true;
        self.ceiling = self.wanted_ceiling;
        self.temporal.begin();
        self.spatial = packet.spatial;
    }

    fn begin(&mut self, packet: &Packet, sequence: u64, timestamp: u32, offsets: Offsets) {
        let mut segment = Segment::new(packet.layer, packet.ssrc, packet.sequence, sequence);
        segment.timestamp_offset = packet.timestamp.wrapping_sub(timestamp);
        if self.segments.len() >= SEGMENTS {
            self.segments.pop_front();
        }
        self.segments.push_back((segment, offsets));
    }

    /// By sender reports when both packets have them, by arrival when not; always forward.
    ///
    /// A frame captured before the last one sent moves on by a tick; the next switch takes the surplus back.
    fn next_timestamp(&mut self, packet: &Packet) -> u32 {
        let Some(last) = self.last else {
            return self.first_timestamp;
        };
        let (before, after) = match (last.captured, packet.captured) {
            (Some(before), Some(after)) => (before, after),
            _ => (last.arrival, packet.arrival),
        };
        let forward = i64::from(self.ticks(after.saturating_duration_since(before)));
        let backward = i64::from(self.ticks(before.saturating_duration_since(after)));
        let ideal = forward - backward - self.surplus;
        let ahead = ideal.max(1);
        self.surplus = ahead - ideal;
        last.timestamp.wrapping_add(low_half(ahead.cast_unsigned()))
    }

    fn ticks(&self, elapsed: Duration) -> u32 {
        let ticks = elapsed.as_nanos() * u128::from(self.clock_rate) / 1_000_000_000;
        low_half(u64::try_from(ticks % (1 << 32)).unwrap_or_default())
    }

    fn restart_after_jump_or_gap(&mut self, packet: &Packet) {
        let Some((last, (segment, offsets))) = self.last.zip(self.segments.back()) else {
            return;
        };
        let Some(ahead) = packet
            .sequence
            .checked_sub(segment.highest())
            .filter(|ahead| *ahead > 0)
        else {
            return;
        };
        let has_jumped = ahead > JUMP;
        let has_stood = self.has_stood_still(&last, packet);
        if self.is_left_out(packet) || !(has_jumped || has_stood) {
            return;
        }
        let hole = if has_jumped { 1 } else { ahead - 1 };
        let kept = last
            .timestamp
            .wrapping_add(packet.timestamp.wrapping_sub(last.source_timestamp));
        let timestamp = if has_stood {
            self.next_timestamp_by_arrival(&last, packet)
        } else {
            kept
        };
        let (sequence, offsets) = (segment.next_outgoing() + hole, offsets.clone());
        self.begin(packet, sequence, timestamp, offsets);
    }

    fn has_stood_still(&self, last: &Last, packet: &Packet) -> bool {
        let elapsed = packet.arrival.saturating_duration_since(last.arrival);
        if elapsed < GAP {
            return false;
        }
        let told = packet.timestamp.wrapping_sub(last.source_timestamp);
        let missing = self
            .ticks(elapsed)
            .wrapping_sub(told)
            .cast_signed()
            .unsigned_abs();
        missing > self.ticks(STANDSTILL)
    }

    fn next_timestamp_by_arrival(&self, last: &Last, packet: &Packet) -> u32 {
        let elapsed = packet.arrival.saturating_duration_since(last.arrival);
        last.timestamp.wrapping_add(self.ticks(elapsed).max(1))
    }

    fn place(&mut self, packet: &Packet, index: usize) -> Option<Outgoing> {
        let is_current = self.is_open && index + 1 == self.segments.len();
        let is_left_out = self.is_left_out(packet);
        let (segment, offsets) = self.segments.get_mut(index)?;
        let vp8 = packet.vp8.as_ref();
        let is_skipped = is_current
            && packet.sequence > segment.highest()
            && vp8.is_some_and(|picture| offsets.left_out.skips(picture, &mut self.temporal));
        let placement = if is_current {
            segment.place(packet.sequence, is_left_out || is_skipped)
        } else {
            segment.place_late(packet.sequence, is_left_out)
        };
        let (sequence, is_newest) = match placement {
            Placement::Newest(sequence) => (sequence, true),
            Placement::Late(sequence) => (sequence, false),
            Placement::Drop => return self.skip(),
        };
        let timestamp = packet.timestamp.wrapping_sub(segment.timestamp_offset);
        let is_empty = vp8.is_some_and(|picture| offsets.left_out.has_left_out(picture));
        let patch = vp8
            .filter(|_| !is_empty)
            .and_then(|descriptor| self.pictures.rewrite(descriptor, offsets, is_newest));
        if is_newest {
            self.next_sequence = segment.next_outgoing();
            self.last = Some(Last {
                source_timestamp: packet.timestamp,
                timestamp,
                arrival: packet.arrival,
                captured: packet.captured,
            });
        }
        let captured = packet.captured.unwrap_or(packet.arrival);
        Some(Outgoing {
            sequence,
            timestamp,
            captured,
            patch,
            ends_picture: packet
                .spatial
                .is_some_and(|spatial| spatial.ends && spatial.layer == self.ceiling),
            is_empty,
        })
    }

    /// The number and time of a packet in which there is nothing, before the first of the publisher's.
    pub(crate) fn nothing(&mut self, now: Instant) -> Outgoing {
        let timestamp = self.last.map_or(self.first_timestamp, |last| {
            let elapsed = now.saturating_duration_since(last.arrival);
            last.timestamp.wrapping_add(self.ticks(elapsed).max(1))
        });
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        self.last = Some(Last {
            source_timestamp: 0,
            timestamp,
            arrival: now,
            captured: None,
        });
        Outgoing {
            sequence,
            timestamp,
            captured: now,
            patch: None,
            ends_picture: false,
            is_empty: false,
        }
    }

    fn skip(&mut self) -> Option<Outgoing> {
        if let Some((segment, _)) = self.segments.back() {
            self.next_sequence = segment.next_outgoing();
        }
        None
    }
}

fn low_half(value: u64) -> u32 {
    u32::try_from(value & u64::from(u32::MAX)).unwrap_or_default()
}

#[cfg(test)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "small numbers, cut to size"
)]
mod tests;
