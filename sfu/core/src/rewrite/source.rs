//! One layer as its publisher sends it, read once for all subscribers.

use std::time::{Duration, Instant};

use crate::vp8::Descriptor;

/// A video layer without any keyframe for this long is not video that we can read, and is forwarded as it is.
const OPAQUE_AFTER: Duration = Duration::from_secs(2);
/// A sender report that puts a packet further from its arrival than this is nonsense.
const PLAUSIBLE: Duration = Duration::from_secs(10);

/// How the first packet of a stream is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Any packet may be the first (audio).
    Any,
    /// A receiver must begin at a keyframe; descriptors are rewritten.
    Vp8,
}

/// A packet of a publisher, decrypted and without header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Received<'a> {
    pub(crate) ssrc: u32,
    /// Extended by the rollover counter.
    pub(crate) sequence: u64,
    pub(crate) timestamp: u32,
    /// Empty when the packet was padding only.
    pub(crate) payload: &'a [u8],
    pub(crate) arrival: Instant,
}

/// What rewriting needs to know of a packet; the same for every subscriber.
#[derive(Clone, Copy, Debug)]
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
    pub(crate) vp8: Option<Descriptor>,
}

/// One layer of a published track, or all of it when it has only one.
#[derive(Debug)]
pub(crate) struct Source {
    layer: usize,
    clock_rate: u32,
    format: Format,
    report: Option<(Instant, u32)>,
    started: Option<(u32, Instant)>,
    has_keyframe: bool,
    timestamp: Option<u32>,
}

impl Source {
    /// `clock_rate` is the RTP clock in hertz: 48,000 for Opus, 90,000 for video.
    pub(crate) fn new(layer: usize, clock_rate: u32, format: Format) -> Self {
        Self {
            layer,
            clock_rate,
            format,
            report: None,
            started: None,
            has_keyframe: false,
            timestamp: None,
        }
    }

    /// Takes in a sender report of this layer; `captured` comes from the publisher's `CaptureClock`.
    pub(crate) fn sender_report(&mut self, captured: Instant, timestamp: u32) {
        self.report = Some((captured, timestamp));
    }

    /// Reads a packet for all subscribers. Never fails: what cannot be read is forwarded unread.
    pub(crate) fn receive(&mut self, received: &Received<'_>) -> Packet {
        self.begin(received);
        let vp8 = match self.format {
            Format::Vp8 => Descriptor::parse(received.payload),
            Format::Any => None,
        };
        let is_padding = received.payload.is_empty();
        let starts_keyframe = vp8.is_some_and(|descriptor| descriptor.starts_keyframe);
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
            opens: !is_padding && (starts_keyframe || self.is_opaque(vp8.is_some(), received)),
            starts_keyframe,
            starts_frame,
            vp8,
        }
    }

    /// A new SSRC is a new stream: nothing known of the old one holds for it.
    fn begin(&mut self, received: &Received<'_>) {
        if self.started.is_none_or(|(ssrc, _)| ssrc != received.ssrc) {
            if self.started.is_some() {
                self.report = None;
            }
            self.started = Some((received.ssrc, received.arrival));
            self.has_keyframe = false;
        }
    }

    fn captured(&self, received: &Received<'_>) -> Option<Instant> {
        let (captured, timestamp) = self.report?;
        let ahead = received.timestamp.wrapping_sub(timestamp).cast_signed();
        let distance =
            Duration::from_secs_f64(f64::from(ahead.unsigned_abs()) / f64::from(self.clock_rate));
        let captured = if ahead < 0 {
            captured.checked_sub(distance)?
        } else {
            captured.checked_add(distance)?
        };
        let early = captured.saturating_duration_since(received.arrival);
        let late = received.arrival.saturating_duration_since(captured);
        (early.max(late) <= PLAUSIBLE).then(|| captured.min(received.arrival))
    }

    fn is_opaque(&self, is_vp8: bool, received: &Received<'_>) -> bool {
        match self.format {
            Format::Any => true,
            Format::Vp8 if self.has_keyframe => false,
            Format::Vp8 => {
                !is_vp8
                    || self.started.is_some_and(|(_, start)| {
                        received.arrival.saturating_duration_since(start) >= OPAQUE_AFTER
                    })
            }
        }
    }
}
