//! What publishers send: VP8 frames in RTP packets and Opus packets, each with a send stamp at its end.

/// Bytes that [`Stamp::write`] appends.
pub(crate) const STAMP_BYTES: usize = 16;
const STAMP_MARK: [u8; 4] = *b"jmp1";
/// VP8 payload descriptor (RFC 7741 section 4.2) with 15-bit picture id, TL0PICIDX and KEYIDX.
const DESCRIPTOR_BYTES: usize = 6;
const PIECE_BYTES: usize = 1_100;

/// Says when and by whom a packet was sent; the tail of every payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) sent_ns: u64,
    pub(crate) publisher: u16,
    pub(crate) layer: u8,
    /// No other layer of the track is better.
    pub(crate) is_best: bool,
}

impl Stamp {
    fn write(self, payload: &mut Vec<u8>) {
        payload.extend_from_slice(&STAMP_MARK);
        payload.extend_from_slice(&self.publisher.to_be_bytes());
        payload.extend_from_slice(&[self.layer, u8::from(self.is_best)]);
        payload.extend_from_slice(&self.sent_ns.to_be_bytes());
    }

    /// The stamp of a received payload; `None` for padding and silence that the server made itself.
    pub(crate) fn read(payload: &[u8]) -> Option<Self> {
        let tail = payload.last_chunk::<STAMP_BYTES>()?;
        let (mark, rest) = tail.split_first_chunk::<4>()?;
        let (publisher, rest) = rest.split_first_chunk::<2>()?;
        let ([layer, is_best], sent) = rest.split_first_chunk::<2>()?;
        (*mark == STAMP_MARK).then_some(Self {
            sent_ns: u64::from_be_bytes(sent.try_into().ok()?),
            publisher: u16::from_be_bytes(*publisher),
            layer: *layer,
            is_best: *is_best == 1,
        })
    }
}

/// One simulcast layer and the frames that it sends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layer {
    pub(crate) rid: &'static str,
    pub(crate) width: u16,
    pub(crate) height: u16,
    /// Encoded size of a frame that is no keyframe.
    frame_bytes: usize,
}

/// In rising quality. The best one fills seven packets a frame.
pub(crate) const LAYERS: [Layer; 3] = [
    Layer {
        rid: "q",
        width: 320,
        height: 180,
        frame_bytes: 700,
    },
    Layer {
        rid: "h",
        width: 640,
        height: 360,
        frame_bytes: 2_100,
    },
    Layer {
        rid: "f",
        width: 1280,
        height: 720,
        frame_bytes: 7_600,
    },
];
/// Keyframes are this much larger than the frames between them.
const KEYFRAME_FACTOR: usize = 3;

impl Layer {
    /// Bits per second at this frame rate, keyframes left out.
    pub(crate) fn bitrate_bps(self, frames_per_second: u32) -> u32 {
        u32::try_from(self.frame_bytes)
            .unwrap_or(u32::MAX)
            .saturating_mul(8 * frames_per_second)
    }

    /// An encoded frame: a real header (RFC 6386 section 9.1) before filler.
    pub(crate) fn frame(self, is_keyframe: bool) -> Vec<u8> {
        let bytes = if is_keyframe {
            self.frame_bytes * KEYFRAME_FACTOR
        } else {
            self.frame_bytes
        };
        let mut frame = Vec::with_capacity(bytes);
        let first_partition_bytes = u32::try_from(bytes / 4).unwrap_or(0);
        let show_frame = 1 << 4;
        let tag = u32::from(!is_keyframe) | show_frame | (first_partition_bytes << 5);
        frame.extend_from_slice(tag.to_le_bytes().split_at(3).0);
        if is_keyframe {
            frame.extend_from_slice(&[0x9d, 0x01, 0x2a]);
            frame.extend_from_slice(&self.width.to_le_bytes());
            frame.extend_from_slice(&self.height.to_le_bytes());
        }
        // Filler that does not compress, like encoded video: the low bytes of a linear generator.
        let mut state: u32 = 0x2545_f491;
        while frame.len() < bytes {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            frame.push(state.to_be_bytes()[0]);
        }
        frame
    }
}

/// Running numbers in the VP8 payload descriptor of one layer.
#[derive(Debug, Default)]
pub(crate) struct Packetiser {
    picture_id: u16,
    base_layer_index: u8,
    key_index: u8,
}

/// One RTP payload and whether it ends its frame.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) payload: Vec<u8>,
    pub(crate) marker: bool,
}

impl Packetiser {
    /// Splits an encoded frame into stamped RTP payloads.
    pub(crate) fn packetise(
        &mut self,
        frame: &[u8],
        is_keyframe: bool,
        stamp: Stamp,
    ) -> Vec<Piece> {
        self.picture_id = (self.picture_id + 1) & 0x7fff;
        self.base_layer_index = self.base_layer_index.wrapping_add(1);
        self.key_index = (self.key_index + u8::from(is_keyframe)) & 0x1f;
        let count = frame.len().div_ceil(PIECE_BYTES);
        let piece = |(index, chunk): (usize, &[u8])| {
            let mut payload = Vec::with_capacity(DESCRIPTOR_BYTES + chunk.len() + STAMP_BYTES);
            payload.extend_from_slice(&self.descriptor(index == 0));
            payload.extend_from_slice(chunk);
            stamp.write(&mut payload);
            Piece {
                payload,
                marker: index + 1 == count,
            }
        };
        frame.chunks(PIECE_BYTES).enumerate().map(piece).collect()
    }

    fn descriptor(&self, is_first: bool) -> [u8; DESCRIPTOR_BYTES] {
        let [high, low] = self.picture_id.to_be_bytes();
        let start_of_partition = if is_first { 0x10 } else { 0 };
        [
            0x80 | start_of_partition,
            0xf0,
            0x80 | high,
            low,
            self.base_layer_index,
            self.key_index,
        ]
    }
}

/// A stamped Opus packet: one 20 ms stereo CELT frame (RFC 6716 section 3.1) of a common size.
pub(crate) fn opus_packet(stamp: Stamp) -> Vec<u8> {
    const CELT_FULL_BAND_20_MS_STEREO: u8 = 0xfc;
    let mut payload = vec![0; 80];
    payload.insert(0, CELT_FULL_BAND_20_MS_STEREO);
    stamp.write(&mut payload);
    payload
}

#[cfg(test)]
mod tests {
    use super::*;
    use str0m::rtp::Vp8Descriptor;

    const STAMP: Stamp = Stamp {
        sent_ns: 1_795_247_299_000_000_001,
        publisher: 513,
        layer: 2,
        is_best: true,
    };

    #[test]
    fn a_stamp_is_read_back_from_any_payload() {
        assert_eq!(Stamp::read(&opus_packet(STAMP)), Some(STAMP));
        for piece in Packetiser::default().packetise(&LAYERS[2].frame(true), true, STAMP) {
            assert_eq!(Stamp::read(&piece.payload), Some(STAMP));
        }
    }

    #[test]
    fn what_the_server_made_itself_has_no_stamp() {
        assert_eq!(Stamp::read(&[]), None);
        assert_eq!(Stamp::read(&[0xf8, 0xff, 0xfe]), None);
        assert_eq!(Stamp::read(&[0; 200]), None);
    }

    #[test]
    fn the_best_layer_fills_seven_packets_and_ends_with_the_marker() {
        let pieces = Packetiser::default().packetise(&LAYERS[2].frame(false), false, STAMP);
        let markers: Vec<bool> = pieces.iter().map(|piece| piece.marker).collect();
        assert_eq!(markers, [false, false, false, false, false, false, true]);
        assert!(pieces.iter().all(|piece| piece.payload.len() < 1_150));
    }

    #[test]
    fn picture_ids_follow_each_other_and_wrap_at_fifteen_bits() {
        let mut packetiser = Packetiser {
            picture_id: 0x7ffe,
            ..Packetiser::default()
        };
        let id = |pieces: &[Piece]| {
            Vp8Descriptor::parse(&pieces[0].payload)
                .unwrap()
                .picture_id()
        };
        let frame = LAYERS[0].frame(false);
        let ids: Vec<_> = (0..3)
            .map(|_| id(&packetiser.packetise(&frame, false, STAMP)))
            .collect();
        assert_eq!(ids, [Some(0x7fff), Some(0), Some(1)]);
    }

    #[test]
    fn only_keyframes_carry_the_start_code() {
        let key = LAYERS[1].frame(true);
        assert_eq!(key[0] & 1, 0);
        assert_eq!(key[3..10], [0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01]);
        assert_eq!(LAYERS[1].frame(false)[0] & 1, 1);
    }
}
