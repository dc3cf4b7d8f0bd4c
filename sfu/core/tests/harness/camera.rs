//! A camera that sends VP8 in three layers and makes a keyframe when it is asked for one.

use str0m::media::{Mid, Rid};

use super::Lab;

/// Milliseconds between frames.
const FRAME: u64 = 33;
const PACKETS_A_FRAME: usize = 3;
pub(crate) const LAYERS: [&str; 3] = ["q", "h", "f"];

/// Each layer numbers its packets, times and pictures in its own way.
#[derive(Clone, Copy)]
struct LayerState {
    sequence: u64,
    timestamp: u32,
    picture: u16,
    wants_keyframe: bool,
}

pub(crate) struct Camera {
    client: usize,
    mid: Mid,
    layers: Vec<(Option<Rid>, LayerState)>,
    /// Keyframes made, by layer.
    pub(crate) keyframes: Vec<usize>,
    /// Layers that are sent.
    pub(crate) active: Vec<bool>,
    /// Larger layers have larger packets, as real ones do.
    pub(crate) payload_bytes: Vec<usize>,
}

impl Camera {
    pub(crate) fn new(client: usize, mid: Mid) -> Self {
        let rids = LAYERS.iter().map(|rid| Some(Rid::from(*rid)));
        Self::with(client, mid, rids.collect())
    }

    pub(crate) fn without_simulcast(client: usize, mid: Mid) -> Self {
        Self::with(client, mid, vec![None])
    }

    fn with(client: usize, mid: Mid, rids: Vec<Option<Rid>>) -> Self {
        let layers: Vec<_> = rids
            .into_iter()
            .zip([
                (1_000, 5_000, 100),
                (40_000, 900_000, 32_000),
                (7, 77_777, 5),
            ])
            .map(|(rid, (sequence, timestamp, picture))| {
                let state = LayerState {
                    sequence,
                    timestamp,
                    picture,
                    wants_keyframe: true,
                };
                (rid, state)
            })
            .collect();
        Self {
            client,
            mid,
            keyframes: vec![0; layers.len()],
            active: vec![true; layers.len()],
            payload_bytes: vec![200, 500, 1100],
            layers,
        }
    }

    /// Films so many frames.
    pub(crate) fn film(&mut self, lab: &mut Lab, frames: usize) {
        for _ in 0..frames {
            self.heed_requests(lab);
            for index in 0..self.layers.len() {
                self.frame(lab, index);
            }
            lab.run(FRAME);
        }
    }

    fn heed_requests(&mut self, lab: &mut Lab) {
        for event in lab.clients[self.client].publisher.events.drain(..) {
            if let str0m::Event::KeyframeRequest(request) = event {
                for (rid, state) in &mut self.layers {
                    state.wants_keyframe |= *rid == request.rid;
                }
            }
        }
    }

    fn frame(&mut self, lab: &mut Lab, index: usize) {
        let (rid, state) = &mut self.layers[index];
        state.timestamp = state
            .timestamp
            .wrapping_add(90 * u32::try_from(FRAME).unwrap());
        if !self.active[index] {
            return;
        }
        let is_keyframe = std::mem::take(&mut state.wants_keyframe);
        self.keyframes[index] += usize::from(is_keyframe);
        state.picture = (state.picture + 1) & 0x7fff;
        for part in 0..PACKETS_A_FRAME {
            let mut payload = payload(state.picture, part == 0, is_keyframe);
            payload.resize(self.payload_bytes[index], u8::try_from(index).unwrap());
            let packet = (
                state.sequence,
                state.timestamp,
                part + 1 == PACKETS_A_FRAME,
                payload.as_slice(),
            );
            lab.clients[self.client]
                .publisher
                .write(self.mid, *rid, lab.now, packet);
            state.sequence += 1;
        }
    }
}

/// A VP8 payload with a 15-bit picture id, TL0PICIDX and temporal layer (RFC 7741 section 4.2).
fn payload(picture: u16, starts_frame: bool, is_keyframe: bool) -> Vec<u8> {
    let [high, low] = picture.to_be_bytes();
    vec![
        if starts_frame { 0x90 } else { 0x80 },
        0xe0,
        0x80 | high,
        low,
        low,
        0,
        u8::from(!is_keyframe),
    ]
}

/// The picture id of a payload that this camera has made.
pub(crate) fn picture_id(payload: &[u8]) -> u16 {
    u16::from_be_bytes([payload[2] & 0x7f, payload[3]])
}

/// The layer of a payload that this camera has made.
pub(crate) fn layer(payload: &[u8]) -> u8 {
    payload[payload.len() - 1]
}

/// Whether a payload begins a keyframe.
pub(crate) fn is_keyframe(payload: &[u8]) -> bool {
    payload[0] == 0x90 && payload[6] == 0
}
