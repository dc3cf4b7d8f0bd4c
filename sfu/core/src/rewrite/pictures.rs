//! Keeps VP8's picture id, TL0PICIDX and KEYIDX counting on across layers.

use super::temporal::LeftOut;
use crate::vp8::{Descriptor, Numbers, Patch};

/// What is subtracted from the publisher's numbers in one segment; a field is settled by the first packet that has it.
#[derive(Clone, Debug, Default)]
pub(super) struct Offsets {
    /// Pictures that the subscriber does not know of.
    pub(super) left_out: LeftOut,
    picture_id: Option<u16>,
    tl0_picture_index: Option<u8>,
    key_index: Option<u8>,
}

/// The highest numbers a subscriber has been sent.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pictures {
    last: Numbers,
}

impl Pictures {
    /// The patch that a packet needs; `None` when its numbers can stay as they are.
    pub(super) fn rewrite(
        &mut self,
        descriptor: &Descriptor,
        offsets: &mut Offsets,
        is_newest: bool,
    ) -> Option<Patch> {
        let outgoing = self.number(descriptor, offsets, is_newest);
        let is_same = outgoing.picture_id == descriptor.picture_id
            && outgoing.tl0_picture_index == descriptor.tl0_picture_index
            && outgoing.key_index == descriptor.key_index;
        if is_same {
            None
        } else {
            Some(descriptor.patch(outgoing))
        }
    }

    fn number(
        &mut self,
        descriptor: &Descriptor,
        offsets: &mut Offsets,
        is_newest: bool,
    ) -> Numbers {
        let last = self.last;
        let outgoing = Numbers {
            picture_id: descriptor.picture_id.map(|value| {
                let next = last.picture_id.map_or(value, |last| last.wrapping_add(1));
                let kept = value.wrapping_sub(offsets.left_out.before(descriptor));
                let offset = offsets.picture_id.get_or_insert(kept.wrapping_sub(next));
                kept.wrapping_sub(*offset) & 0x7fff
            }),
            tl0_picture_index: descriptor.tl0_picture_index.map(|value| {
                let next = last
                    .tl0_picture_index
                    .map_or(value, |last| last.wrapping_add(1));
                let offset = offsets
                    .tl0_picture_index
                    .get_or_insert(value.wrapping_sub(next));
                value.wrapping_sub(*offset)
            }),
            key_index: descriptor.key_index.map(|value| {
                let next = last.key_index.map_or(value, |last| last.wrapping_add(1));
                let offset = offsets.key_index.get_or_insert(value.wrapping_sub(next));
                value.wrapping_sub(*offset) & 0x1f
            }),
        };
        if is_newest {
            self.last = Numbers {
                picture_id: outgoing.picture_id.or(last.picture_id),
                tl0_picture_index: outgoing.tl0_picture_index.or(last.tl0_picture_index),
                key_index: outgoing.key_index.or(last.key_index),
            };
        }
        outgoing
    }

    #[cfg(test)]
    pub(super) fn last_picture_id(self) -> Option<u16> {
        self.last.picture_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn descriptor(picture_id: u16, tl0: u8, key_index: u8) -> Descriptor {
        let [high, low] = picture_id.to_be_bytes();
        Descriptor::parse(&[0x90, 0xf0, 0x80 | high, low, tl0, key_index, 1]).unwrap()
    }

    fn short(picture_id: u8) -> Descriptor {
        Descriptor::parse(&[0x90, 0x80, picture_id, 1]).unwrap()
    }

    fn numbers(picture_id: u16, tl0: u8, key_index: u8) -> Numbers {
        Numbers {
            picture_id: Some(picture_id),
            tl0_picture_index: Some(tl0),
            key_index: Some(key_index),
        }
    }

    #[test]
    fn the_first_layer_keeps_its_numbers_and_needs_no_patch() {
        let mut pictures = Pictures::default();
        assert!(
            pictures
                .rewrite(&descriptor(500, 9, 3), &mut Offsets::default(), true)
                .is_none()
        );
    }

    #[test]
    fn the_next_layer_goes_on_from_the_last_and_wraps() {
        let (mut pictures, mut second) = (Pictures::default(), Offsets::default());
        pictures.number(&descriptor(0x7fff, 255, 31), &mut Offsets::default(), true);
        assert_eq!(
            pictures.number(&descriptor(9, 9, 9), &mut second, true),
            numbers(0, 0, 0)
        );
        assert_eq!(
            pictures.number(&descriptor(11, 10, 9), &mut second, true),
            numbers(2, 1, 0)
        );
        assert!(
            pictures
                .rewrite(&descriptor(12, 11, 9), &mut second, true)
                .is_some()
        );
    }

    #[test]
    fn a_late_packet_moves_nothing() {
        let (mut pictures, mut first) = (Pictures::default(), Offsets::default());
        pictures.number(&descriptor(10, 1, 1), &mut first, true);
        pictures.number(&descriptor(12, 3, 1), &mut first, true);
        assert_eq!(
            pictures.number(&descriptor(11, 2, 1), &mut first, false),
            numbers(11, 2, 1)
        );
        let next = pictures.number(&descriptor(900, 90, 9), &mut Offsets::default(), true);
        assert_eq!(next, numbers(13, 4, 2));
    }

    #[test]
    fn a_layer_with_short_picture_ids_follows_one_with_long_ones() {
        let (mut pictures, mut second) = (Pictures::default(), Offsets::default());
        pictures.number(&descriptor(300, 1, 1), &mut Offsets::default(), true);
        assert!(pictures.rewrite(&short(5), &mut second, true).is_some());
        assert_eq!(
            pictures.number(&short(6), &mut second, true).picture_id,
            Some(302)
        );
        assert_eq!(pictures.last.tl0_picture_index, Some(1));
    }
}
