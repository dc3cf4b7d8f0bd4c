//! What the first bytes of a VP8 payload tell: picture numbers, and where a keyframe starts.

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
        Some(Self {
            parsed,
            picture_id: parsed.picture_id(),
            has_long_picture_id: parsed.picture_id().is_some()
                && payload.get(2).is_some_and(|byte| byte & 0x80 != 0),
            tl0_picture_index: parsed.tl0_pic_idx(),
            key_index: parsed.key_idx(),
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

#[cfg(test)]
#[expect(
    clippy::cast_possible_truncation,
    reason = "numbers of a seeded generator, cut to size"
)]
mod tests {
    use super::*;
    use crate::testing::Random;

    /// Long picture id 0x1234, TL0PICIDX 7, TID 1, KEYIDX 3, first packet of a keyframe.
    const FULL: [u8; 8] = [0x90, 0xf0, 0x92, 0x34, 7, 0x43, 0x10, 0];

    #[test]
    fn every_field_is_read() {
        let descriptor = Descriptor::parse(&FULL).unwrap();
        assert_eq!(descriptor.picture_id, Some(0x1234));
        assert!(descriptor.has_long_picture_id);
        assert_eq!(descriptor.tl0_picture_index, Some(7));
        assert_eq!(descriptor.key_index, Some(3));
        assert!(descriptor.starts_keyframe);
    }

    #[test]
    fn a_short_picture_id_is_known_as_short() {
        let descriptor = Descriptor::parse(&[0x90, 0x80, 0x12, 0x01]).unwrap();
        assert_eq!(descriptor.picture_id, Some(0x12));
        assert!(!descriptor.has_long_picture_id);
        assert!(!descriptor.starts_keyframe);
    }

    #[test]
    fn a_continuation_starts_no_keyframe() {
        for first in [0x00, 0x11, 0x07] {
            let descriptor = Descriptor::parse(&[first, 0x00]).unwrap();
            assert!(!descriptor.starts_keyframe);
        }
    }

    #[test]
    fn patches_fit_whatever_the_numbers_are() {
        let numbers = Numbers {
            picture_id: Some(0xffff),
            tl0_picture_index: Some(255),
            key_index: Some(255),
        };
        for payload in [&FULL[..], &[0x90, 0x80, 0x12, 0x01], &[0x10, 0x00]] {
            assert!(Descriptor::parse(payload).unwrap().patch(numbers).is_some());
        }
    }

    #[test]
    fn no_bytes_at_all_do_harm() {
        let mut random = Random(1);
        for _ in 0..100_000 {
            let length = random.below(9);
            let payload = random.bytes(length);
            if let Some(descriptor) = Descriptor::parse(&payload) {
                let numbers = Numbers {
                    picture_id: Some(random.next() as u16),
                    tl0_picture_index: Some(random.next() as u8),
                    key_index: Some(random.next() as u8),
                };
                assert!(descriptor.patch(numbers).is_some(), "{payload:?}");
            }
        }
    }
}
