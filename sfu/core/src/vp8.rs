//! What the first bytes of a VP8 payload tell: picture numbers, temporal layers, and where a keyframe starts.

use str0m::rtp::Vp8Descriptor;

/// Marks a picture id of 15 bits; the short form has seven (RFC 7741 section 4.2).
const LONG_FORM: u8 = 0x80;
/// `KEYIDX` has five bits.
const KEY_INDEX: u8 = 0x1f;
/// The bit that begins a partition and the number of the partition, and what they are in the first packet of a picture.
const START: u8 = 0x17;
const START_OF_FIRST: u8 = 0x10;
/// Set in the first byte when there is a second.
const IS_EXTENDED: u8 = 0x80;
/// Set in the second byte when there is a temporal layer.
const HAS_LAYER: u8 = 0x20;
/// The layer sync bit, beside the temporal layer.
const SYNC: u8 = 0x20;

/// A VP8 payload descriptor (RFC 7741 section 4.2), valid for the payload it was read from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Descriptor {
    pub(crate) picture_id: Option<u16>,
    pub(crate) has_long_picture_id: bool,
    pub(crate) tl0_picture_index: Option<u8>,
    pub(crate) key_index: Option<u8>,
    /// Absent when the stream has no temporal layers.
    pub(crate) temporal: Option<Temporal>,
    /// The first packet of a picture.
    pub(crate) starts_picture: bool,
    pub(crate) starts_keyframe: bool,
    /// The bytes that hold the numbers, as they came.
    fields: [u8; FIELD_BYTES],
}

/// Which of the pictures a second a picture is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Temporal {
    /// Its pictures build on those of this layer and of lower ones.
    pub(crate) layer: u8,
    /// Builds on layer 0 alone, so that who had fewer pictures can begin here.
    pub(crate) is_sync: bool,
}

/// Picture id in its long form, TL0PICIDX, and KEYIDX with its neighbours.
const FIELD_BYTES: usize = 4;
/// They follow the two bytes that say which of them there are.
const FIELDS_AT: usize = 2;

/// New bytes for the numbers of a payload; its length stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Patch {
    fields: [u8; FIELD_BYTES],
    length: usize,
}

impl Patch {
    /// Overwrites the numbers of the payload that the patch was made for.
    pub(crate) fn apply(&self, payload: &mut [u8]) {
        let places = payload.iter_mut().skip(FIELDS_AT).take(self.length);
        places
            .zip(self.fields)
            .for_each(|(place, byte)| *place = byte);
    }

    fn push(&mut self, byte: u8) {
        if let Some(place) = self.fields.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }
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
        let mut fields = [0; FIELD_BYTES];
        let there = payload.iter().skip(FIELDS_AT);
        fields
            .iter_mut()
            .zip(there)
            .for_each(|(field, byte)| *field = *byte);
        Some(Self {
            fields,
            temporal: temporal(payload, &parsed),
            starts_picture: payload
                .first()
                .is_some_and(|byte| byte & START == START_OF_FIRST),
            picture_id: parsed.picture_id(),
            has_long_picture_id: parsed.picture_id().is_some()
                && payload.get(2).is_some_and(|byte| byte & LONG_FORM != 0),
            tl0_picture_index: parsed.tl0_pic_idx(),
            key_index: parsed.key_idx(),
            starts_keyframe: parsed.starts_keyframe(payload),
        })
    }

    /// A replacement of the numbers that keeps the payload's length; fields that the descriptor lacks are skipped.
    pub(crate) fn patch(&self, numbers: Numbers) -> Patch {
        let mut patch = Patch {
            fields: [0; FIELD_BYTES],
            length: 0,
        };
        if let Some(present) = self.picture_id {
            let [high, low] = numbers.picture_id.unwrap_or(present).to_be_bytes();
            if self.has_long_picture_id {
                patch.push(LONG_FORM | high);
                patch.push(low);
            } else {
                patch.push(low & !LONG_FORM);
            }
        }
        if let Some(present) = self.tl0_picture_index {
            patch.push(numbers.tl0_picture_index.unwrap_or(present));
        }
        if let Some(present) = self.key_index {
            let neighbours = self.fields.get(patch.length).copied().unwrap_or_default();
            let value = numbers.key_index.unwrap_or(present);
            patch.push(neighbours & !KEY_INDEX | value & KEY_INDEX);
        }
        patch
    }
}

/// The temporal layer follows the picture id and TL0PICIDX.
fn temporal(payload: &[u8], parsed: &Vp8Descriptor) -> Option<Temporal> {
    let [first, present, fields @ ..] = payload else {
        return None;
    };
    if first & IS_EXTENDED == 0 || present & HAS_LAYER == 0 {
        return None;
    }
    let is_long = fields.first().is_some_and(|byte| byte & LONG_FORM != 0);
    let id_bytes = parsed.picture_id().map_or(0, |_| 1 + usize::from(is_long));
    let byte = fields.get(id_bytes + usize::from(parsed.tl0_pic_idx().is_some()))?;
    Some(Temporal {
        layer: byte >> 6,
        is_sync: byte & SYNC != 0,
    })
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
        assert!(descriptor.starts_keyframe && descriptor.starts_picture);
    }

    #[test]
    fn temporal_layers_are_read_behind_whatever_there_is() {
        for (payload, expected) in [
            (&FULL[..], Some((1, false))),
            (&[0x90, 0xe0, 0x92, 0x34, 7, 0xa3, 1][..], Some((2, true))),
            (&[0x90, 0xa0, 0x12, 0xe0, 1], Some((3, true))),
            (&[0x90, 0x20, 0x40, 1], Some((1, false))),
            (&[0x90, 0x30, 0x20, 1], Some((0, true))),
            (&[0x90, 0x10, 0xff, 1], None),
            (&[0x90, 0x80, 0x7f, 1], None),
            (&[0x10, 0xff, 0xff, 1], None),
        ] {
            let temporal = Descriptor::parse(payload).unwrap().temporal;
            let read = temporal.map(|temporal| (temporal.layer, temporal.is_sync));
            assert_eq!(read, expected, "{payload:x?}");
        }
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
            assert!(!descriptor.starts_keyframe && !descriptor.starts_picture);
        }
    }

    fn patched(payload: &[u8], numbers: Numbers) -> Vec<u8> {
        let mut patched = payload.to_vec();
        let descriptor = Descriptor::parse(payload).unwrap();
        descriptor.patch(numbers).apply(&mut patched);
        patched
    }

    #[test]
    fn a_patch_changes_the_numbers_and_nothing_else() {
        let all = Numbers {
            picture_id: Some(0xffff),
            tl0_picture_index: Some(255),
            key_index: Some(255),
        };
        assert_eq!(
            patched(&FULL, all),
            [0x90, 0xf0, 0xff, 0xff, 255, 0x5f, 0x10, 0]
        );
        assert_eq!(patched(&FULL, Numbers::default()), FULL);
        for (payload, expected) in [
            (&[0x90, 0x80, 0x12, 0x01][..], &[0x90, 0x80, 0x7f, 0x01][..]),
            (&[0x90, 0x10, 0xc3, 0x01], &[0x90, 0x10, 0xdf, 0x01]),
            (&[0x90, 0xa0, 0x12, 0xc3, 1], &[0x90, 0xa0, 0x7f, 0xc3, 1]),
            (&[0x10, 0x00], &[0x10, 0x00]),
        ] {
            assert_eq!(patched(payload, all), expected);
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
                let mut patched = payload.clone();
                descriptor.patch(numbers).apply(&mut patched);
                let read = Descriptor::parse(&patched).unwrap();
                assert_eq!(read.starts_keyframe, descriptor.starts_keyframe);
                assert!(
                    read.picture_id.is_some() == descriptor.picture_id.is_some(),
                    "{payload:?}"
                );
            }
        }
    }
}
