//! One layer as its publisher sends it, read once for all subscribers.

use std::time::{Duration, Instant};

use crate::codec::Codec;
use crate::dependency::Dependencies;
use crate::{h264, vp8, vp9};

/// A video layer without any keyframe for this long is not video that we can read, and is forwarded as it is.
const OPAQUE_AFTER: Duration = Duration::from_secs(2);
/// A sender report that puts a packet further from its arrival than this is nonsense, or older than a pause.
const PLAUSIBLE: Duration = Duration::from_secs(1);

/// Where a packet stands in a picture that comes in several sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spatial {
    /// 0 is the smallest size.
    pub(crate) layer: u8,
    /// Nothing more of this size follows in the picture.
    pub(crate) ends: bool,
    /// Sizes of which a receiver needs it, bit by bit from the smallest.
    pub(crate) needed_by: u8,
    /// Sizes of which every receiver of a larger one has all that came before, bit by bit.
    pub(crate) included: u8,
}

impl Spatial {
    /// Of a stream in which each size builds on all smaller ones.
    pub(crate) fn stacked(layer: u8, ends: bool) -> Self {
        Self {
            layer,
            ends,
            needed_by: u8::MAX.checked_shl(layer.into()).unwrap_or_default(),
            included: u8::MAX,
        }
    }

    /// Whether a receiver that is limited to a size needs it.
    pub(crate) fn is_needed_by(self, ceiling: u8) -> bool {
        self.needed_by & bit(ceiling) != 0
    }

    /// Whether who receives a larger size can do with this one from now on.
    pub(crate) fn includes(self, ceiling: u8) -> bool {
        self.included & bit(ceiling) != 0
    }
}

/// Of a size; all that are too large are one.
fn bit(ceiling: u8) -> u8 {
    1 << ceiling.min(7)
}

/// What a payload tells.
#[derive(Clone, Copy, Debug, Default)]
struct Contents {
    vp8: Option<vp8::Descriptor>,
    spatial: Option<Spatial>,
    starts_keyframe: bool,
    is_readable: bool,
    needs_keyframe: bool,
}

/// In the aggregation header of AV1: a new coded sequence begins (section 4.4 of its RTP payload format).
const BEGINS_SEQUENCE: u8 = 0x08;

/// A packet of a publisher, decrypted and without header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Received<'a> {
    pub(crate) ssrc: u32,
    /// Extended by the rollover counter.
    pub(crate) sequence: u64,
    pub(crate) timestamp: u32,
    /// Empty when the packet was padding only.
    pub(crate) payload: &'a [u8],
    /// AV1's dependency descriptor.
    pub(crate) dependency: Option<&'a [u8]>,
    pub(crate) arrival: Instant,
}

/// What rewriting needs to know of a packet; the same for every subscriber.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five facts, independent of each other"
)]
pub(crate) struct Packet {
    pub(crate) layer: usize,
    pub(crate) ssrc: u32,
    pub(crate) sequence: u64,
    pub(crate) timestamp: u32,
    pub(crate) arrival: Instant,
    /// When its content was captured, from sender reports; `None` before the first of them.
    pub(crate) captured: Option<Instant>,
    pub(crate) is_padding: bool,
    /// A receiver that has nothing yet can begin here.
    pub(crate) opens: bool,
    /// The first packet of a keyframe: answers every waiting keyframe request of the layer.
    pub(crate) starts_keyframe: bool,
    /// Another timestamp than the packet before it.
    pub(crate) starts_frame: bool,
    pub(crate) vp8: Option<vp8::Descriptor>,
    /// Absent when the stream has one size only.
    pub(crate) spatial: Option<Spatial>,
    /// The publisher has given a size up on which others did not build: who received it can go on with a keyframe only.
    pub(crate) needs_keyframe: bool,
}

/// One layer of a published track, or all of it when it has only one.
#[derive(Debug)]
pub(crate) struct Source {
    layer: usize,
    clock_rate: u32,
    codec: Codec,
    report: Option<(Instant, u32)>,
    started: Option<(u32, Instant)>,
    has_keyframe: bool,
    timestamp: Option<u32>,
    dependencies: Dependencies,
}

impl Source {
    /// Nothing has come.
    pub(crate) fn new(layer: usize, codec: Codec) -> Self {
        Self {
            layer,
            clock_rate: codec.clock_rate(),
            codec,
            report: None,
            started: None,
            has_keyframe: false,
            timestamp: None,
            dependencies: Dependencies::default(),
        }
    }

    /// Sizes in pixels that the stream itself says to carry, from the smallest up; empty when it does not say.
    pub(crate) fn sizes(&self) -> &[(u32, u32)] {
        self.dependencies.sizes()
    }

    /// Takes in a sender report of this layer; `captured` comes from the publisher's `CaptureClock`.
    pub(crate) fn sender_report(&mut self, captured: Instant, timestamp: u32) {
        self.report = Some((captured, timestamp));
    }

    /// Reads a packet for all subscribers. Never fails: what cannot be read is forwarded unread.
    pub(crate) fn receive(&mut self, received: &Received<'_>) -> Packet {
        self.begin(received);
        let Contents {
            vp8,
            spatial,
            starts_keyframe,
            is_readable,
            needs_keyframe,
        } = self.read(received);
        let is_padding = received.payload.is_empty();
        self.has_keyframe |= starts_keyframe;
        let starts_frame = !is_padding && self.timestamp != Some(received.timestamp);
        if starts_frame {
            self.timestamp = Some(received.timestamp);
        }
        Packet {
            layer: self.layer,
            ssrc: received.ssrc,
            sequence: received.sequence,
            timestamp: received.timestamp,
            arrival: received.arrival,
            captured: self.captured(received),
            is_padding,
            opens: !is_padding && (starts_keyframe || self.is_opaque(is_readable, received)),
            starts_keyframe,
            starts_frame,
            vp8,
            spatial,
            needs_keyframe,
        }
    }

    fn read(&mut self, received: &Received<'_>) -> Contents {
        let payload = received.payload;
        let mut contents = Contents {
            is_readable: true,
            ..Contents::default()
        };
        match self.codec {
            Codec::Opus | Codec::Pcmu => {}
            Codec::Vp8 => {
                contents.vp8 = vp8::Descriptor::parse(payload);
                contents.is_readable = contents.vp8.is_some();
                contents.starts_keyframe = contents.vp8.is_some_and(|d| d.starts_keyframe);
            }
            Codec::Vp9 => {
                let descriptor = vp9::Descriptor::parse(payload);
                contents.is_readable = descriptor.is_some();
                contents.spatial = descriptor.and_then(|d| d.spatial);
                contents.starts_keyframe = descriptor.is_some_and(|d| d.starts_keyframe);
            }
            Codec::H264 => contents.starts_keyframe = h264::starts_keyframe(payload),
            Codec::Av1 => {
                let dependency = received.dependency;
                let frame =
                    dependency.and_then(|bytes| self.dependencies.read(received.sequence, bytes));
                let first = payload.first().copied().unwrap_or_default();
                contents.spatial = frame.map(|frame| frame.spatial);
                contents.needs_keyframe = frame.is_some_and(|frame| frame.needs_keyframe);
                contents.starts_keyframe = frame.map_or_else(
                    || dependency.is_none() && first & BEGINS_SEQUENCE != 0,
                    |frame| frame.starts_keyframe,
                );
            }
        }
        contents
    }

    /// A new SSRC is a new stream: nothing known of the old one holds for it.
    fn begin(&mut self, received: &Received<'_>) {
        if self.started.is_none_or(|(ssrc, _)| ssrc != received.ssrc) {
            if self.started.is_some() {
                self.report = None;
            }
            self.started = Some((received.ssrc, received.arrival));
            self.has_keyframe = false;
            self.dependencies = Dependencies::default();
        }
    }

    fn captured(&self, received: &Received<'_>) -> Option<Instant> {
        let (captured, timestamp) = self.report?;
        let ahead = received.timestamp.wrapping_sub(timestamp).cast_signed();
        let seconds = f64::from(ahead.unsigned_abs()) / f64::from(self.clock_rate.max(1));
        let distance = Duration::from_secs_f64(seconds);
        let captured = if ahead < 0 {
            captured.checked_sub(distance)?
        } else {
            captured.checked_add(distance)?
        };
        let early = captured.saturating_duration_since(received.arrival);
        let late = received.arrival.saturating_duration_since(captured);
        (early.max(late) <= PLAUSIBLE).then(|| captured.min(received.arrival))
    }

    fn is_opaque(&self, is_readable: bool, received: &Received<'_>) -> bool {
        match self.codec {
            Codec::Opus | Codec::Pcmu => true,
            _ if self.has_keyframe => false,
            _ => {
                !is_readable
                    || self.started.is_some_and(|(_, start)| {
                        received.arrival.saturating_duration_since(start) >= OPAQUE_AFTER
                    })
            }
        }
    }
}

#[cfg(test)]
#[expect(
    clippy::cast_possible_truncation,
    reason = "numbers of a seeded generator, cut to size"
)]
mod tests {
    use super::*;
    use crate::testing::at;

    fn received(ssrc: u32, timestamp: u32, arrival: u64, payload: &[u8]) -> Received<'_> {
        Received {
            ssrc,
            sequence: 1,
            timestamp,
            payload,
            dependency: None,
            arrival: at(arrival),
        }
    }

    const KEYFRAME: &[u8] = &[0x10, 0x00, 0x00];
    const DELTA: &[u8] = &[0x10, 0x01, 0x00];

    #[test]
    fn audio_opens_anywhere_but_at_padding() {
        let mut source = Source::new(0, Codec::Opus);
        assert!(!source.receive(&received(1, 0, 0, &[])).opens);
        assert!(source.receive(&received(1, 960, 20, &[1])).opens);
    }

    #[test]
    fn video_opens_at_a_keyframe_only() {
        let mut source = Source::new(0, Codec::Vp8);
        assert!(!source.receive(&received(1, 0, 0, DELTA)).opens);
        let keyframe = source.receive(&received(1, 3000, 33, KEYFRAME));
        assert!(keyframe.opens && keyframe.starts_keyframe && keyframe.starts_frame);
        assert!(!source.receive(&received(1, 6000, 5000, DELTA)).opens);
    }

    #[test]
    fn payloads_that_are_not_video_open_too() {
        let mut source = Source::new(0, Codec::Vp8);
        assert!(source.receive(&received(1, 0, 0, &[0xff])).opens);
        assert!(!source.receive(&received(1, 0, 1999, &[0, 0, 0])).opens);
        assert!(source.receive(&received(1, 0, 2000, &[0, 0, 0])).opens);
    }

    #[test]
    fn a_new_ssrc_waits_for_its_own_keyframe_and_report() {
        let mut source = Source::new(0, Codec::Vp8);
        source.receive(&received(1, 0, 0, KEYFRAME));
        source.sender_report(at(0), 0);
        assert_eq!(
            source.receive(&received(1, 90, 5, DELTA)).captured,
            Some(at(1))
        );
        let packet = source.receive(&received(2, 90, 3000, DELTA));
        assert!(!packet.opens && packet.captured.is_none());
    }

    #[test]
    fn the_capture_time_follows_the_report_across_the_timestamp_wrap() {
        let mut source = Source::new(0, Codec::Vp8);
        source.receive(&received(1, 0, 0, KEYFRAME));
        source.sender_report(at(100), 0xffff_ffff);
        let packet = source.receive(&received(1, 89, 150, DELTA));
        assert_eq!(packet.captured, Some(at(101)));
    }

    #[test]
    fn a_capture_time_is_never_after_arrival_and_nonsense_is_ignored() {
        let mut source = Source::new(0, Codec::Vp8);
        source.receive(&received(1, 0, 0, KEYFRAME));
        source.sender_report(at(100), 0);
        assert_eq!(
            source.receive(&received(1, 9000, 150, DELTA)).captured,
            Some(at(150))
        );
        assert_eq!(
            source
                .receive(&received(1, 0x4000_0000, 150, DELTA))
                .captured,
            None
        );
        assert_eq!(
            source
                .receive(&received(1, 0x8000_0000, 150, DELTA))
                .captured,
            None
        );
    }

    #[test]
    fn any_payload_of_any_codec_is_survived() {
        let mut random = crate::testing::Random(3);
        for codec in [Codec::Pcmu, Codec::Vp8, Codec::Vp9, Codec::H264, Codec::Av1] {
            let mut source = Source::new(0, codec);
            source.sender_report(at(0), 5);
            for _ in 0..1000 {
                let length = random.below(12);
                let payload = random.bytes(length);
                let timestamp = random.next() as u32;
                source.receive(&received(1, timestamp, random.below(9000), &payload));
            }
        }
    }
}
