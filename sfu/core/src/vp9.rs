//! What the first bytes of a VP9 payload tell: which size of a picture it belongs to, and where one begins (RFC 9628).

use crate::rewrite::Spatial;

const HAS_PICTURE_ID: u8 = 0x80;
const IS_PREDICTED: u8 = 0x40;
const HAS_LAYERS: u8 = 0x20;
const STARTS: u8 = 0x08;
const ENDS: u8 = 0x04;
/// Marks a picture id of 15 bits.
const LONG_FORM: u8 = 0x80;

/// A payload descriptor (RFC 9628 section 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Descriptor {
    /// Absent when the stream has one size only.
    pub spatial: Option<Spatial>,
    /// A receiver that has nothing can begin here.
    pub starts_keyframe: bool,
}

impl Descriptor {
    /// `None` when the payload is too short to be VP9.
    pub(crate) fn parse(payload: &[u8]) -> Option<Self> {
        let (first, mut rest) = payload.split_first()?;
        if first & HAS_PICTURE_ID != 0 {
            let length = if rest.first()? & LONG_FORM == 0 { 1 } else { 2 };
            rest = rest.get(length..)?;
        }
        let layer = if first & HAS_LAYERS == 0 {
            None
        } else {
            Some(rest.first()? >> 1 & 7)
        };
        let starts = first & STARTS != 0;
        Some(Self {
            spatial: layer.map(|layer| Spatial::stacked(layer, first & ENDS != 0)),
            starts_keyframe: starts && first & IS_PREDICTED == 0 && layer.is_none_or(|l| l == 0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Descriptor, Spatial};
    use crate::testing::Random;

    #[test]
    fn size_and_edges_are_read_behind_picture_ids_of_both_lengths() {
        for (payload, layer, ends, starts_keyframe) in [
            (&[0xac, 0x12, 0x00, 0x01][..], 0, true, true),
            (&[0xa8, 0x92, 0x34, 0x00, 0x01], 0, false, true),
            (&[0xac, 0x92, 0x34, 0x05, 0x01], 2, true, false),
            (&[0xec, 0x12, 0x00, 0x01], 0, true, false),
            (&[0xa4, 0x12, 0x00, 0x01], 0, true, false),
        ] {
            let descriptor = Descriptor::parse(payload).unwrap();
            assert_eq!(
                descriptor.spatial,
                Some(Spatial::stacked(layer, ends)),
                "{payload:x?}"
            );
            assert_eq!(descriptor.starts_keyframe, starts_keyframe, "{payload:x?}");
        }
    }

    #[test]
    fn a_stream_of_one_size_begins_where_nothing_is_predicted() {
        let descriptor = Descriptor::parse(&[0x88, 0x12, 0x01]).unwrap();
        assert_eq!(
            (descriptor.spatial, descriptor.starts_keyframe),
            (None, true)
        );
        assert!(
            !Descriptor::parse(&[0xc8, 0x12, 0x01])
                .unwrap()
                .starts_keyframe
        );
    }

    #[test]
    fn what_is_cut_off_cannot_be_read() {
        for payload in [&[][..], &[0x80], &[0x80, 0x92], &[0x20], &[0xa0, 0x12]] {
            assert_eq!(Descriptor::parse(payload), None, "{payload:x?}");
        }
        let mut random = Random(5);
        for _ in 0..50_000 {
            let length = random.below(8);
            Descriptor::parse(&random.bytes(length));
        }
    }
}
