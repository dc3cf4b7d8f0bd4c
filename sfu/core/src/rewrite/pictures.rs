//! Keeps VP8's picture id, TL0PICIDX and KEYIDX counting on across layers.

use str0m::rtp::Vp8Patch;

use crate::vp8::{Descriptor, Numbers};

/// What is subtracted from the publisher's numbers in one segment; a field is settled by the first packet that has it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Offsets {
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
    ) -> Option<Vp8Patch> {
        let outgoing = Numbers {
            picture_id: descriptor.picture_id.map(|value| {
                let next = self
                    .last
                    .picture_id
                    .map_or(value, |last| last.wrapping_add(1));
                let offset = *offsets.picture_id.get_or_insert(value.wrapping_sub(next));
                value.wrapping_sub(offset) & 0x7fff
            }),
            tl0_picture_index: descriptor.tl0_picture_index.map(|value| {
                let next = self
                    .last
                    .tl0_picture_index
                    .map_or(value, |last| last.wrapping_add(1));
                value.wrapping_sub(
                    *offsets
                        .tl0_picture_index
                        .get_or_insert(value.wrapping_sub(next)),
                )
            }),
            key_index: descriptor.key_index.map(|value| {
                let next = self
                    .last
                    .key_index
                    .map_or(value, |last| last.wrapping_add(1));
                value.wrapping_sub(*offsets.key_index.get_or_insert(value.wrapping_sub(next)))
                    & 0x1f
            }),
        };
        if is_newest {
            self.last = Numbers {
                picture_id: outgoing.picture_id.or(self.last.picture_id),
                tl0_picture_index: outgoing.tl0_picture_index.or(self.last.tl0_picture_index),
                key_index: outgoing.key_index.or(self.last.key_index),
            };
        }
        let is_same = outgoing.picture_id == descriptor.picture_id
            && outgoing.tl0_picture_index == descriptor.tl0_picture_index
            && outgoing.key_index == descriptor.key_index;
        if is_same {
            None
        } else {
            descriptor.patch(outgoing)
        }
    }
}
