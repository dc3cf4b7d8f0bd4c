//! What the first bytes of a VP8 payload tell: picture numbers, where a frame starts, which one is a keyframe.

use str0m::rtp::{Vp8Descriptor, Vp8Patch};

/// Largest picture id of the long form (15 bits, RFC 7741 section 4.2).
const LONG_PICTURE_ID: u16 = 0x7fff;
/// Largest picture id of the short form.
const SHORT_PICTURE_ID: u16 = 0x7f;
/// `KEYIDX` has five bits.
const KEY_INDEX: u8 = 0x1f;

/// A VP8 payload descriptor (RFC 7741 section 4.2), valid for the payload it was read from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Descriptor {
    parsed: Vp8Descriptor,
    pub(crate) picture_id: Option<u16>,
    pub(crate) has_long_picture_id: bool,
    pub(crate) tl0_picture_index: Option<u8>,
    pub(crate) key_index: Option<u8>,
    pub(crate) starts_frame: bool,
    pub(crate) starts_keyframe: bool,
}

/// Numbers to write over those of a descriptor; `None` leaves a field as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) picture_id: Option<u16>,
    pub(crate) tl0_picture_index: Option<u8>,
    pub(crate) key_index: Option<u8>,
}

impl Descriptor {
    /// `None` when the payload cannot be VP8; it is forwarded untouched then.
    pub(crate) fn parse(payload: &[u8]) -> Option<Self> {
        let parsed = Vp8Descriptor::parse(payload).ok()?;
        let first = payload.first().copied()?;
        Some(Self {
            parsed,
            picture_id: parsed.picture_id(),
            has_long_picture_id: parsed.picture_id().is_some()
                && payload.get(2).is_some_and(|byte| byte & 0x80 != 0),
            tl0_picture_index: parsed.tl0_pic_idx(),
            key_index: parsed.key_idx(),
            starts_frame: first & 0x10 != 0 && first & 0x07 == 0,
            starts_keyframe: parsed.starts_keyframe(payload),
        })
    }

    /// A replacement of the numbers that keeps the payload's length; fields that the descriptor lacks are skipped.
    pub(crate) fn patch(&self, numbers: Numbers) -> Option<Vp8Patch> {
        let mut patch = self.parsed.patch();
        if let (Some(_), Some(value)) = (self.picture_id, numbers.picture_id) {
            patch = patch.picture_id(value & self.picture_id_mask());
        }
        if let (Some(_), Some(value)) = (self.tl0_picture_index, numbers.tl0_picture_index) {
            patch = patch.tl0_pic_idx(value);
        }
        if let (Some(_), Some(value)) = (self.key_index, numbers.key_index) {
            patch = patch.key_idx(value & KEY_INDEX);
        }
        patch.build().ok()
    }

    fn picture_id_mask(&self) -> u16 {
        if self.has_long_picture_id {
            LONG_PICTURE_ID
        } else {
            SHORT_PICTURE_ID
        }
    }
}
