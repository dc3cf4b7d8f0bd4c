//! Fewer pictures a second for one subscriber, and all of them for another.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::vp8::Descriptor;

/// Temporal layer and layer sync bit of eight pictures, as libwebrtc makes three layers.
const PATTERN: [(u8, bool); 8] = [
    (0, false),
    (2, true),
    (1, true),
    (2, false),
    (0, false),
    (2, false),
    (1, false),
    (2, false),
];
const PACKETS: usize = 3;
/// Half of the pictures.
const HALF: Option<u8> = Some(1);

/// A packet with what is in it.
#[derive(Clone)]
struct Filmed {
    picture: u64,
    layer: u8,
    payload: Vec<u8>,
    packet: Packet,
}

struct Camera {
    source: Source,
    pictures: u64,
    sequence: u64,
    tl0: u8,
    is_long: bool,
    /// Says where a higher temporal layer can begin.
    tells_sync: bool,
    wants_keyframe: bool,
}

impl Camera {
    fn new(is_long: bool) -> Self {
        Self {
            source: Source::new(0, Codec::Vp8),
            pictures: 0,
            sequence: 65_400,
            tl0: 250,
            is_long,
            tells_sync: true,
            wants_keyframe: true,
        }
    }

    fn film(&mut self) -> Vec<Filmed> {
        let (layer, is_sync) = PATTERN[self.pictures as usize % 8];
        let is_keyframe = layer == 0 && std::mem::take(&mut self.wants_keyframe);
        let is_sync = is_sync && self.tells_sync;
        self.tl0 = self.tl0.wrapping_add(u8::from(layer == 0));
        let picture = self.pictures;
        self.pictures += 1;
        let packets = (0..PACKETS).map(|part| {
            let mut payload = self.payload(picture, part, layer << 6 | u8::from(is_sync) << 5);
            payload.push(u8::from(part > 0 || !is_keyframe));
            self.sequence += 1;
            let packet = self.source.receive(&Received {
                ssrc: 7,
                sequence: self.sequence,
                timestamp: picture as u32 * 3000,
                payload: &payload,
                dependency: None,
                arrival: at(picture * 1000 / 30),
            });
            Filmed {
                picture,
                layer,
                payload,
                packet,
            }
        });
        packets.collect()
    }

    fn payload(&self, picture: u64, part: usize, indices: u8) -> Vec<u8> {
        let [high, low] = (picture as u16).wrapping_add(0x7ff0).to_be_bytes();
        let first = if part == 0 { 0x90 } else { 0x80 };
        if self.is_long {
            vec![first, 0xe0, 0x80 | high, low, self.tl0, indices]
        } else {
            vec![first, 0xe0, low & 0x7f, self.tl0, indices]
        }
    }
}

/// What one subscriber got, by outgoing sequence number; `None` for what fills a gap.
#[derive(Default)]
struct Screen {
    packets: BTreeMap<u64, Option<(u64, u8, Descriptor)>>,
}

impl Screen {
    fn show(&mut self, rewriter: &mut Rewriter, filmed: &Filmed) {
        let Some(outgoing) = rewriter.rewrite(&filmed.packet) else {
            return;
        };
        let mut payload = filmed.payload.clone();
        if let Some(patch) = outgoing.patch {
            patch.apply(&mut payload);
        }
        let descriptor = Descriptor::parse(&payload).unwrap();
        let contents = (filmed.picture, filmed.layer, descriptor);
        let before = self
            .packets
            .insert(outgoing.sequence, (!outgoing.is_empty).then_some(contents));
        assert!(before.is_none(), "sent twice");
    }

    fn contents(&self) -> impl Iterator<Item = &(u64, u8, Descriptor)> {
        self.packets.values().flatten()
    }

    fn pictures(&self) -> BTreeSet<u64> {
        self.contents().map(|(picture, _, _)| *picture).collect()
    }

    fn holes(&self) -> u64 {
        let (first, last) = (self.packets.keys().next(), self.packets.keys().last());
        last.unwrap() - first.unwrap() + 1 - self.packets.len() as u64
    }

    /// Every picture has one id, ids follow each other as pictures do, and TL0PICIDX counts the pictures of layer 0.
    fn is_in_order(&self, wrap: u16) -> bool {
        let contents: Vec<_> = self.contents().collect();
        contents.windows(2).all(|pair| {
            let ((before, _, first), (after, layer, second)) = (pair[0], pair[1]);
            let ids = second
                .picture_id
                .unwrap()
                .wrapping_sub(first.picture_id.unwrap());
            let indices = second
                .tl0_picture_index
                .unwrap()
                .wrapping_sub(first.tl0_picture_index.unwrap());
            let is_new = u16::from(before != after);
            let is_next = u8::from(is_new == 1 && *layer == 0);
            ids & (wrap - 1) == is_new && indices == is_next
        })
    }
}

fn thinned(temporal: Option<u8>) -> Rewriter {
    let mut rewriter = aimed(0);
    rewriter.thin(temporal);
    rewriter
}

#[test]
fn half_of_the_pictures_come_without_a_gap_and_whoever_asks_for_nothing_gets_all_unchanged() {
    for (is_long, wrap) in [(true, 1 << 15), (false, 1 << 7)] {
        let mut camera = Camera::new(is_long);
        let (mut all, mut half) = (thinned(None), thinned(HALF));
        let (mut full, mut thin) = (Screen::default(), Screen::default());
        for _ in 0..4000 {
            for filmed in camera.film() {
                let sent = all.rewrite(&filmed.packet).unwrap();
                assert!(sent.patch.is_none() && !sent.is_empty);
                full.packets.insert(sent.sequence, None);
                thin.show(&mut half, &filmed);
            }
        }
        assert_eq!((full.packets.len(), full.holes()), (4000 * PACKETS, 0));
        assert_eq!((thin.packets.len(), thin.holes()), (2000 * PACKETS, 0));
        assert_eq!(thin.pictures().len(), 2000);
        assert!(thin.contents().all(|(_, layer, _)| *layer < 2));
        assert!(thin.is_in_order(wrap));
    }
}

/// Whether all that the pictures of libwebrtc's pattern build on is there.
fn can_be_decoded(pictures: &BTreeSet<u64>) -> bool {
    let has = |picture: u64| pictures.contains(&picture);
    pictures.iter().all(|picture| {
        let begin = picture - picture % 8;
        match picture % 8 {
            0 => *picture == 0 || has(begin - 4),
            1 | 2 | 4 => has(begin),
            3 => has(begin) && has(begin + 2),
            5 | 6 => has(begin + 4) && has(begin + 2),
            _ => has(begin + 4) && has(begin + 6),
        }
    })
}

#[test]
fn more_and_fewer_pictures_follow_each_other_and_all_of_them_can_be_decoded() {
    let (mut camera, mut random) = (Camera::new(true), Random(5));
    let (mut rewriter, mut screen) = (thinned(HALF), Screen::default());
    for picture in 0..6000 {
        if random.below(40) == 0 {
            rewriter.thin([Some(0), Some(1), Some(2), None][random.below(4) as usize]);
        }
        for filmed in camera.film() {
            if picture > 5900 {
                rewriter.thin(None);
            }
            screen.show(&mut rewriter, &filmed);
        }
        assert_eq!(rewriter.awaits_keyframe(), None);
    }
    assert_eq!(screen.holes(), 0);
    assert!(screen.is_in_order(1 << 15));
    let pictures = screen.pictures();
    assert!(can_be_decoded(&pictures));
    assert_eq!(
        pictures.range(5920..).count(),
        80,
        "in the end all are wanted"
    );
    assert!((2000..5000).contains(&pictures.len()));
}

#[test]
fn who_cannot_be_told_where_to_begin_waits_for_a_keyframe() {
    let mut camera = Camera::new(true);
    camera.tells_sync = false;
    let (mut rewriter, mut screen) = (thinned(HALF), Screen::default());
    for picture in 0..400 {
        if picture >= 200 {
            rewriter.thin(None);
            camera.wants_keyframe |= rewriter.awaits_keyframe().is_some();
        }
        for filmed in camera.film() {
            screen.show(&mut rewriter, &filmed);
        }
    }
    let pictures = screen.pictures();
    assert_eq!(pictures.range(..200).count(), 100);
    assert_eq!(pictures.range(300..).count(), 100);
    assert_eq!(rewriter.awaits_keyframe(), None);
    assert!(screen.is_in_order(1 << 15));
}

/// Each packet may be late; how many of a thousand never come.
fn under_reordering(seed: u64, lost: u64) -> (Screen, u64) {
    let (mut camera, mut random) = (Camera::new(true), Random(seed));
    let (mut rewriter, mut screen) = (thinned(HALF), Screen::default());
    let mut late: Vec<(u64, Filmed)> = Vec::new();
    let mut missing = 0;
    for picture in 0..3000 {
        for filmed in camera.film() {
            match random.below(1000) {
                _ if picture == 0 => screen.show(&mut rewriter, &filmed),
                chance if chance < lost => missing += 1,
                chance if chance < lost + 80 => {
                    late.push((picture + random.below(6), filmed));
                }
                _ => screen.show(&mut rewriter, &filmed),
            }
        }
        let (due, waiting) = late.into_iter().partition(|(due, _)| *due <= picture);
        late = waiting;
        for (_, filmed) in due {
            screen.show(&mut rewriter, &filmed);
        }
    }
    (screen, missing + late.len() as u64)
}

#[test]
fn what_comes_late_keeps_its_number_or_fills_its_gap() {
    for seed in 0..20 {
        let (screen, missing) = under_reordering(seed, 0);
        assert!(screen.holes() <= missing, "seed {seed}");
        assert!(screen.is_in_order(1 << 15), "seed {seed}");
        let kept = screen.contents().filter(|(_, layer, _)| *layer < 2).count() as u64;
        assert!(
            kept + missing >= 1500 * PACKETS as u64,
            "seed {seed}: {kept}"
        );
        let others = screen.contents().filter(|(_, layer, _)| *layer == 2);
        assert!(others.count() < 200, "seed {seed}: half is left out");
    }
}

#[test]
fn a_hole_is_always_a_packet_that_never_came() {
    for seed in 0..20 {
        let (screen, missing) = under_reordering(seed, 30);
        assert!(screen.holes() <= missing, "seed {seed}");
        assert!(screen.holes() > 0, "seed {seed}");
    }
}
