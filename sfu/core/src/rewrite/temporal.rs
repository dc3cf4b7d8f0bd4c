//! Leaves out pictures of temporal layers that a subscriber has not asked for (RFC 7741 section 4.2).

use std::collections::VecDeque;

use crate::vp8::Descriptor;

/// Pictures further back than this have no late packets.
const WINDOW: u64 = 1024;
/// Numbers of pictures begin here, so that there is room below: a multiple of what picture ids wrap at.
const START: u64 = 1 << 32;
/// So many pictures of higher layers that cannot be begun with say that only a keyframe helps.
const PATIENCE: u8 = 32;

/// The highest temporal layer that is sent, and the one that is to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ceiling {
    current: u8,
    wanted: u8,
    /// Pictures of higher layers that could not be begun with.
    waited: u8,
    is_stuck: bool,
}

impl Default for Ceiling {
    fn default() -> Self {
        Self {
            current: u8::MAX,
            wanted: u8::MAX,
            waited: 0,
            is_stuck: false,
        }
    }
}

impl Ceiling {
    /// Names the highest layer to carry; `None` for all.
    pub(super) fn want(&mut self, layer: Option<u8>) {
        self.wanted = layer.unwrap_or(u8::MAX);
        self.is_stuck = self.wanted > self.current && self.waited >= PATIENCE;
    }

    /// A receiver begins anew, and can begin with anything.
    pub(super) fn begin(&mut self) {
        self.current = self.wanted;
        self.waited = 0;
        self.is_stuck = false;
    }

    /// A higher layer is wanted, and its publisher does not say where it can begin.
    pub(super) fn needs_keyframe(self) -> bool {
        self.is_stuck
    }

    /// Takes the layer that is wanted, where a receiver can follow: fewer pictures from any of them on, more layer by
    /// layer, because a picture that can be begun with may be followed by one that builds on the layer between.
    fn turn(&mut self, picture: &Descriptor) {
        if picture.starts_keyframe || self.wanted <= self.current {
            return self.begin();
        }
        let is_next = |layer: u8| layer == self.current.saturating_add(1) && layer <= self.wanted;
        match picture.temporal {
            Some(temporal) if temporal.is_sync && is_next(temporal.layer) => {
                self.current = temporal.layer;
                self.waited = 0;
            }
            Some(temporal) if temporal.layer > self.current => {
                self.waited = self.waited.saturating_add(1);
            }
            _ => {}
        }
    }

    fn leaves_out(self, picture: &Descriptor) -> bool {
        picture
            .temporal
            .is_some_and(|temporal| temporal.layer > self.current)
    }
}

/// The pictures of one segment that were left out. What becomes of a picture is decided by the first packet of it that
/// comes in order; one of which all packets come late has left a gap, and fills it.
#[derive(Clone, Debug, Default)]
pub(super) struct LeftOut {
    /// The newest picture, by its id counted on across the wrap.
    newest: Option<u64>,
    /// How many there were before those of `recent`.
    earlier: u16,
    recent: VecDeque<u64>,
}

impl LeftOut {
    /// Whether a packet that is newer than all before it is left out.
    pub(super) fn skips(&mut self, packet: &Descriptor, ceiling: &mut Ceiling) -> bool {
        let Some(picture) = self.number(packet) else {
            return false;
        };
        if self.newest == Some(picture) {
            return self.contains(picture);
        }
        if self.newest.is_some_and(|newest| picture < newest) {
            // The publisher counts anew: nothing late can be told from what is new.
            self.forget_before(u64::MAX);
        }
        self.newest = Some(picture);
        self.forget_before(picture.saturating_sub(WINDOW));
        ceiling.turn(packet);
        let is_left_out = ceiling.leaves_out(packet);
        if is_left_out {
            self.recent.push_back(picture);
        }
        is_left_out
    }

    /// A packet that comes late, or first of all: true when the rest of its picture was left out.
    pub(super) fn has_left_out(&mut self, packet: &Descriptor) -> bool {
        let Some(picture) = self.number(packet) else {
            return false;
        };
        self.newest = self.newest.max(Some(picture));
        self.contains(picture)
    }

    /// How many pictures were left out before that of a packet, as what is subtracted from its id.
    pub(super) fn before(&self, packet: &Descriptor) -> u16 {
        let Some(picture) = self.number(packet) else {
            return 0;
        };
        let later = self.recent.iter().rev();
        let later = later.take_while(|left_out| **left_out >= picture).count();
        let recent = u16::try_from(self.recent.len() - later).unwrap_or_default();
        self.earlier.wrapping_add(recent)
    }

    fn contains(&self, picture: u64) -> bool {
        self.recent.binary_search(&picture).is_ok()
    }

    fn forget_before(&mut self, picture: u64) {
        while self.recent.front().is_some_and(|first| *first < picture) {
            self.recent.pop_front();
            self.earlier = self.earlier.wrapping_add(1);
        }
    }

    /// The id of a packet's picture, counted on: nearer to the newest than half of what it wraps at.
    fn number(&self, packet: &Descriptor) -> Option<u64> {
        let id = u64::from(packet.picture_id?);
        let wrap: u64 = if packet.has_long_picture_id {
            1 << 15
        } else {
            1 << 7
        };
        let Some(newest) = self.newest else {
            return Some(START + id);
        };
        let ahead = id.wrapping_sub(newest) & (wrap - 1);
        Some(if ahead < wrap / 2 {
            newest + ahead
        } else {
            (newest + ahead).saturating_sub(wrap)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: bool = true;

    fn picture(id: u16, layer: u8, is_sync: bool, is_long: bool) -> Descriptor {
        let [high, low] = id.to_be_bytes();
        let indices = layer << 6 | u8::from(is_sync) << 5;
        let payload = if is_long {
            vec![0x90, 0xe0, 0x80 | high, low, 0, indices, 1]
        } else {
            vec![0x90, 0xe0, low, 0, indices, 1]
        };
        Descriptor::parse(&payload).unwrap()
    }

    fn limited(layer: u8) -> Ceiling {
        let mut ceiling = Ceiling::default();
        ceiling.want(Some(layer));
        ceiling.begin();
        ceiling
    }

    /// Of so many pictures from an id on in the layers 0, 2, 1, 2: what is subtracted from those that are kept.
    fn thinned(first: u16, count: u16, is_long: bool) -> Vec<u16> {
        let (mut left_out, mut ceiling) = (LeftOut::default(), limited(1));
        let wrap = if is_long { 0x7fff } else { 0x7f };
        (0..count)
            .filter_map(|index| {
                let layer = [0, 2, 1, 2][usize::from(index) % 4];
                let id = first.wrapping_add(index) & wrap;
                let picture = picture(id, layer, false, is_long);
                let is_kept = !left_out.skips(&picture, &mut ceiling);
                is_kept.then(|| id.wrapping_sub(left_out.before(&picture)) & wrap)
            })
            .collect()
    }

    #[test]
    fn what_is_kept_counts_on_across_the_wrap_of_either_form() {
        let long = thinned(0x7ff0, 5000, LONG);
        assert_eq!(long.len(), 2500);
        assert!(
            long.windows(2)
                .all(|pair| (pair[0] + 1) & 0x7fff == pair[1])
        );
        let short = thinned(100, 5000, !LONG);
        assert_eq!(short.len(), 2500);
        assert!(short.windows(2).all(|pair| (pair[0] + 1) & 0x7f == pair[1]));
    }

    #[test]
    fn a_late_packet_keeps_the_number_that_its_picture_had() {
        let (mut left_out, mut ceiling) = (LeftOut::default(), limited(0));
        for id in 10..20 {
            left_out.skips(
                &picture(id, u8::from(id % 2 == 1), false, LONG),
                &mut ceiling,
            );
        }
        for (id, before) in [(10, 0), (12, 1), (18, 4)] {
            assert!(!left_out.has_left_out(&picture(id, 0, false, LONG)));
            assert_eq!(left_out.before(&picture(id, 0, false, LONG)), before);
        }
        assert!(left_out.has_left_out(&picture(13, 1, false, LONG)));
    }

    #[test]
    fn a_picture_that_comes_late_as_a_whole_fills_the_gap_that_it_left() {
        let (mut left_out, mut ceiling) = (LeftOut::default(), limited(0));
        assert!(!left_out.skips(&picture(1, 0, false, LONG), &mut ceiling));
        assert!(!left_out.skips(&picture(3, 0, false, LONG), &mut ceiling));
        assert!(!left_out.has_left_out(&picture(2, 1, false, LONG)));
        assert_eq!(left_out.before(&picture(3, 0, false, LONG)), 0);
    }

    #[test]
    fn fewer_are_sent_from_the_next_picture_on() {
        let (mut left_out, mut ceiling) = (LeftOut::default(), Ceiling::default());
        let high = picture(1, 2, false, LONG);
        assert!(!left_out.skips(&high, &mut ceiling));
        ceiling.want(Some(0));
        assert!(
            !left_out.skips(&high, &mut ceiling),
            "the rest of a picture"
        );
        assert!(left_out.skips(&picture(2, 2, false, LONG), &mut ceiling));
        assert!(!left_out.skips(&picture(3, 0, false, LONG), &mut ceiling));
    }

    #[test]
    fn more_are_sent_layer_by_layer_from_pictures_that_can_be_begun_with() {
        let (mut left_out, mut ceiling) = (LeftOut::default(), limited(0));
        ceiling.want(None);
        for (id, (layer, is_sync, is_left_out)) in (1..).zip([
            (0, false, false),
            (2, true, true),
            (1, false, true),
            (1, true, false),
            (2, false, true),
            (1, false, false),
            (2, true, false),
            (2, false, false),
        ]) {
            let picture = picture(id, layer, is_sync, LONG);
            assert_eq!(left_out.skips(&picture, &mut ceiling), is_left_out, "{id}");
        }
        assert!(!ceiling.needs_keyframe());
    }

    #[test]
    fn a_keyframe_helps_when_no_picture_can_be_begun_with() {
        let (mut left_out, mut ceiling) = (LeftOut::default(), limited(0));
        for id in 0..100 {
            left_out.skips(&picture(id, 1, false, LONG), &mut ceiling);
        }
        assert!(!ceiling.needs_keyframe(), "nothing more is wanted");
        ceiling.want(None);
        for id in 100..132 {
            ceiling.want(None);
            assert!(!ceiling.needs_keyframe());
            assert!(left_out.skips(&picture(id, 1, false, LONG), &mut ceiling));
        }
        ceiling.want(None);
        assert!(ceiling.needs_keyframe());
        let keyframe = Descriptor::parse(&[0x90, 0xe0, 0x80, 132, 0, 0, 0]).unwrap();
        assert!(!left_out.skips(&keyframe, &mut ceiling));
        assert!(!ceiling.needs_keyframe());
        assert!(!left_out.skips(&picture(133, 1, false, LONG), &mut ceiling));
    }

    #[test]
    fn a_publisher_that_counts_anew_leaves_nothing_out_by_mistake() {
        let (mut left_out, mut ceiling) = (LeftOut::default(), limited(0));
        assert!(!left_out.skips(&picture(500, 0, false, LONG), &mut ceiling));
        assert!(left_out.skips(&picture(501, 1, false, LONG), &mut ceiling));
        assert!(!left_out.skips(&picture(5, 0, false, LONG), &mut ceiling));
        assert!(left_out.skips(&picture(6, 1, false, LONG), &mut ceiling));
        assert_eq!(left_out.before(&picture(7, 0, false, LONG)), 2);
    }

    #[test]
    fn without_picture_ids_everything_is_sent() {
        let (mut left_out, mut ceiling) = (LeftOut::default(), limited(0));
        let packet = Descriptor::parse(&[0x90, 0x20, 0x80, 1]).unwrap();
        assert!(packet.temporal.is_some());
        assert!(!left_out.skips(&packet, &mut ceiling));
        assert!(!left_out.has_left_out(&packet));
    }
}
