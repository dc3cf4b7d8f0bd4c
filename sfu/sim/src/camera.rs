//! A camera: VP8 in three layers, 25 frames a second, and a keyframe when one is asked for.

use std::time::{Duration, Instant};

use str0m::media::{KeyframeRequest, Mid, Rid};
use str0m::rtp::RtpWrite;

use crate::Result;
use crate::mark::Mark;
use crate::peer::Peer;

/// Names of the layers, from the smallest to the largest, with their sizes in pixels.
pub(crate) const LAYERS: [(&str, u32, u32); 3] =
    [("q", 320, 180), ("h", 640, 360), ("f", 1280, 720)];
const FRAME: Duration = Duration::from_millis(40);
const TICKS_PER_MS: u32 = 90;
/// Temporal layer and layer sync bit of the pictures from a keyframe on, as libwebrtc makes three layers.
const TEMPORAL: [(u8, bool); 8] = [
    (0, false),
    (2, true),
    (1, true),
    (2, false),
    (0, false),
    (2, false),
    (1, false),
    (2, false),
];
/// Packets of a frame and of a keyframe, and their size, by layer.
const PACKETS: [(u32, u32, usize); 3] = [(1, 2, 300), (2, 5, 700), (4, 12, 1100)];

/// One encoding, with numbers of its own.
struct Encoding {
    rid: Rid,
    layer: u8,
    is_active: bool,
    wants_keyframe: bool,
    keyframes: u32,
    sequence: u64,
    timestamp: u32,
    picture_id: u16,
    tl0_index: u8,
    /// Pictures since the latest keyframe.
    pictures: usize,
    number: u32,
}

/// Temporal layers of a camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scaling {
    /// All pictures are of one layer.
    None,
    /// Three, with the layer sync bit where a higher one can begin.
    Synchronized,
    /// Three, which begin with a keyframe only.
    Plain,
}

/// A camera that films all the time.
pub struct Camera {
    /// From capture to sending.
    pub encoding: Duration,
    /// The temporal layers that it makes.
    pub scaling: Scaling,
    pub(crate) next: Instant,
    start: Instant,
    mid: Mid,
    tag: u8,
    layers: Vec<Encoding>,
}

impl Camera {
    pub(crate) fn new(start: Instant, now: Instant, mid: Mid, tag: u8) -> Self {
        let layers = LAYERS
            .iter()
            .zip(0_u8..)
            .map(|((rid, _, _), layer)| Encoding {
                rid: Rid::from(*rid),
                layer,
                is_active: true,
                wants_keyframe: true,
                keyframes: 0,
                sequence: 65_000 + 150 * u64::from(layer),
                timestamp: 0xfff0_0000_u32.wrapping_add(u32::from(layer) * 7_777_777),
                picture_id: 0x7f00_u16.wrapping_sub(u16::from(layer) * 9000),
                tl0_index: 0,
                pictures: 0,
                number: 0,
            });
        let encoding = Duration::from_millis(60);
        Self {
            encoding,
            scaling: Scaling::None,
            next: now,
            start,
            mid,
            tag,
            layers: layers.collect(),
        }
    }

    /// Starts or stops sending a layer.
    pub fn set_active(&mut self, layer: usize, is_active: bool) {
        if let Some(encoding) = self.layers.get_mut(layer) {
            encoding.wants_keyframe |= is_active && !encoding.is_active;
            encoding.is_active = is_active;
        }
    }

    /// Keyframes made of a layer.
    pub fn keyframes(&self, layer: usize) -> u32 {
        self.layers
            .get(layer)
            .map_or(0, |encoding| encoding.keyframes)
    }

    /// Packets sent of a layer.
    pub fn sent(&self, layer: usize) -> u32 {
        self.layers.get(layer).map_or(0, |encoding| encoding.number)
    }

    pub(crate) fn heed(&mut self, request: &KeyframeRequest) {
        for encoding in &mut self.layers {
            let is_meant = request.mid == self.mid && request.rid == Some(encoding.rid);
            encoding.wants_keyframe |= is_meant;
        }
    }

    /// Sends the frame that is due in every layer.
    pub(crate) fn tick(&mut self, now: Instant, peer: &mut Peer) -> Result<()> {
        self.next += FRAME;
        let captured = now
            .checked_sub(self.encoding)
            .unwrap_or(self.start)
            .max(self.start);
        let captured_ms = u32::try_from(captured.duration_since(self.start).as_millis())?;
        let Some(payload_type) = peer
            .rtc
            .media(self.mid)
            .and_then(|m| m.remote_pts().first().copied())
        else {
            return Ok(());
        };
        let mut direct = peer.rtc.direct_api();
        for encoding in self.layers.iter_mut().filter(|encoding| encoding.is_active) {
            let Some(stream) = direct.stream_tx_by_mid(self.mid, Some(encoding.rid)) else {
                continue;
            };
            let timestamp = encoding
                .timestamp
                .wrapping_add(captured_ms.wrapping_mul(TICKS_PER_MS));
            for (payload, is_last) in encoding.frame(self.tag, captured_ms, self.scaling) {
                let sequence = encoding.sequence.into();
                let write = RtpWrite::new(payload_type, sequence, timestamp, captured, payload);
                stream.write_rtp(write.marker(is_last).nackable(true));
                encoding.sequence += 1;
            }
        }
        peer.deadline = now;
        Ok(())
    }
}

impl Encoding {
    /// The payloads of the next frame.
    fn frame(&mut self, tag: u8, captured_ms: u32, scaling: Scaling) -> Vec<(Vec<u8>, bool)> {
        let is_keyframe = std::mem::take(&mut self.wants_keyframe);
        self.pictures = if is_keyframe { 0 } else { self.pictures + 1 };
        let temporal = TEMPORAL.get(self.pictures % TEMPORAL.len());
        let temporal = temporal.copied().filter(|_| scaling != Scaling::None);
        let (temporal_layer, is_sync) = temporal.unwrap_or_default();
        let is_sync = is_sync && scaling == Scaling::Synchronized;
        self.tl0_index = self.tl0_index.wrapping_add(u8::from(temporal_layer == 0));
        let indices = temporal_layer << 6 | u8::from(is_sync) << 5;
        self.keyframes += u32::from(is_keyframe);
        let (delta, key, size) = PACKETS
            .get(usize::from(self.layer))
            .copied()
            .unwrap_or((1, 1, 300));
        let count = if is_keyframe { key } else { delta };
        let frame = (0..count).map(|part| {
            let mut payload = self.descriptor(part == 0, is_keyframe, indices);
            payload.resize(
                size,
                part.to_le_bytes().first().copied().unwrap_or_default(),
            );
            let number = self.number + part;
            Mark {
                tag,
                layer: self.layer,
                captured_ms,
                number,
            }
            .write(&mut payload);
            (payload, part + 1 == count)
        });
        let frame = frame.collect();
        self.number += count;
        self.picture_id = (self.picture_id + 1) & 0x7fff;
        frame
    }

    /// A descriptor with 15-bit picture id, TL0PICIDX, and TID, Y and KEYIDX (RFC 7741 section 4.2), and the first VP8 byte.
    fn descriptor(&self, starts_frame: bool, is_keyframe: bool, indices: u8) -> Vec<u8> {
        let [high, low] = self.picture_id.to_be_bytes();
        let first = if starts_frame { 0x90 } else { 0x80 };
        let key_index = u8::try_from(self.keyframes & 0x1f).unwrap_or_default();
        vec![
            first,
            0xf0,
            0x80 | high,
            low,
            self.tl0_index,
            indices | key_index,
            u8::from(!(is_keyframe && starts_frame)),
        ]
    }
}
