use super::{Dependencies, Frame};
use crate::testing::Random;

const ABSENT: u32 = 0;
const PRESENT: u32 = 2;

/// Writes descriptors bit by bit.
#[derive(Default)]
struct Writer(Vec<bool>);

impl Writer {
    fn number(mut self, bits: u32, number: u32) -> Self {
        self.0
            .extend((0..bits).rev().map(|bit| number >> bit & 1 == 1));
        self
    }

    /// A packet of one frame, alone in it, of a template.
    fn packet(template: u32) -> Self {
        Self::default()
            .number(2, 3)
            .number(6, template)
            .number(16, 7)
    }

    /// Structure, active targets, own indications, own differences, own chains.
    fn says(self, flags: u32) -> Self {
        self.number(5, flags)
    }

    /// Two sizes, a template for the first picture and one for the others of each. `lower` is what the smaller size's
    /// later frames are to the larger target.
    fn two_sizes(self, offset: u32, lower: u32) -> Self {
        let layers = self.number(6, offset).number(5, 1);
        let layers = [0, 2, 0, 3]
            .into_iter()
            .fold(layers, |it, next| it.number(2, next));
        let indications = [
            [PRESENT; 2],
            [PRESENT, lower],
            [ABSENT, PRESENT],
            [ABSENT, PRESENT],
        ];
        let all = indications.into_iter().flatten();
        let indications = all.fold(layers, |it, indication| it.number(2, indication));
        let differences = indications
            .number(1, 0)
            .number(6, 0b10_0000)
            .number(6, 0b10_0000);
        let differences = differences.number(6, 0b10_0000);
        // Two chains, of which each target has one; each template says how far back its chains' last frames are.
        let chains = differences.number(2, 0b11).number(1, 0).number(1, 1);
        let chains = (0..8).fold(chains, |it, _| it.number(4, 1));
        let sizes = chains.number(1, 1);
        [640, 360, 1280, 720]
            .into_iter()
            .fold(sizes, |it, pixels| it.number(16, pixels - 1))
    }

    fn bytes(self) -> Vec<u8> {
        let eight = self.0.chunks(8);
        eight
            .map(|bits| {
                (0..8).fold(0, |byte, at| {
                    byte << 1 | u8::from(bits.get(at) == Some(&true))
                })
            })
            .collect()
    }
}

fn key(offset: u32, lower: u32) -> Vec<u8> {
    Writer::packet(offset)
        .says(0b10000)
        .two_sizes(offset, lower)
        .bytes()
}

fn read(dependencies: &mut Dependencies, bytes: &[u8]) -> Option<Frame> {
    dependencies.read(1, bytes)
}

/// Templates of `two_sizes`: first and later frames of the smaller size, then of the larger.
fn needed(dependencies: &mut Dependencies, template: u32) -> (u8, bool, bool) {
    let frame = read(dependencies, &Writer::packet(template).bytes()).unwrap();
    let spatial = frame.spatial;
    assert!(!frame.starts_keyframe && spatial.ends);
    (
        spatial.layer,
        spatial.is_needed_by(0),
        spatial.is_needed_by(1),
    )
}

#[test]
fn a_keyframe_tells_the_sizes() {
    let mut dependencies = Dependencies::default();
    assert_eq!(dependencies.sizes(), []);
    read(&mut dependencies, &key(5, PRESENT));
    assert_eq!(dependencies.sizes(), [(640, 360), (1280, 720)]);
}

#[test]
fn sizes_that_build_on_each_other_are_needed_from_the_smallest_up() {
    let mut dependencies = Dependencies::default();
    let first = read(&mut dependencies, &key(5, PRESENT)).unwrap();
    assert!(first.starts_keyframe && !first.needs_keyframe);
    assert_eq!(needed(&mut dependencies, 6), (0, true, true));
    assert_eq!(needed(&mut dependencies, 8), (1, false, true));
    assert!(
        first.spatial.includes(0),
        "the smaller size can be gone on with"
    );
    let larger = first.spatial;
    assert!(larger.is_needed_by(u8::MAX) && larger.includes(u8::MAX));
}

#[test]
fn sizes_that_part_after_the_keyframe_are_not_needed_by_each_other() {
    let mut dependencies = Dependencies::default();
    let first = read(&mut dependencies, &key(0, ABSENT)).unwrap();
    assert!(first.spatial.is_needed_by(1));
    assert_eq!(needed(&mut dependencies, 1), (0, true, false));
    assert_eq!(needed(&mut dependencies, 3), (1, false, true));
    assert!(!first.spatial.includes(0) && first.spatial.includes(1));
}

#[test]
fn what_a_frame_says_itself_is_stronger_than_its_template() {
    let mut dependencies = Dependencies::default();
    read(&mut dependencies, &key(0, PRESENT));
    let own = Writer::packet(1).says(0b00100).number(4, 0b1000).bytes();
    let spatial = read(&mut dependencies, &own).unwrap().spatial;
    assert!(spatial.is_needed_by(0) && !spatial.is_needed_by(1));
}

#[test]
fn a_size_that_is_given_up_is_served_by_the_next_smaller_which_needs_a_keyframe_when_they_had_parted()
 {
    for (lower, needs_keyframe) in [(PRESENT, false), (ABSENT, true)] {
        let mut dependencies = Dependencies::default();
        read(&mut dependencies, &key(0, lower));
        // The first target stands in the lowest bit.
        let only_smaller = Writer::packet(1).says(0b01000).number(2, 0b01).bytes();
        let frame = read(&mut dependencies, &only_smaller).unwrap();
        assert_eq!(frame.needs_keyframe, needs_keyframe);
        assert!(frame.spatial.is_needed_by(1));
        let again = read(&mut dependencies, &only_smaller).unwrap();
        assert!(!again.needs_keyframe, "said once");
    }
}

#[test]
fn the_larger_sizes_of_a_keyframe_do_not_begin_it() {
    let mut dependencies = Dependencies::default();
    let second = Writer::packet(2)
        .says(0b10000)
        .two_sizes(0, PRESENT)
        .bytes();
    assert!(!read(&mut dependencies, &second).unwrap().starts_keyframe);
}

#[test]
fn what_builds_on_something_that_has_not_come_cannot_be_read() {
    let mut dependencies = Dependencies::default();
    assert_eq!(read(&mut dependencies, &Writer::packet(0).bytes()), None);
    read(&mut dependencies, &key(60, PRESENT));
    assert!(read(&mut dependencies, &Writer::packet(63).bytes()).is_some());
    assert_eq!(read(&mut dependencies, &Writer::packet(0).bytes()), None);
}

#[test]
fn a_structure_that_comes_late_changes_nothing() {
    let mut dependencies = Dependencies::default();
    dependencies.read(100, &key(10, PRESENT));
    let late = dependencies.read(90, &key(0, PRESENT)).unwrap();
    assert!(late.starts_keyframe);
    assert_eq!(needed(&mut dependencies, 11), (0, true, true));
}

#[test]
fn what_is_cut_off_or_nonsense_does_no_harm() {
    let whole = key(0, ABSENT);
    for length in 0..whole.len() {
        let mut dependencies = Dependencies::default();
        assert_eq!(read(&mut dependencies, &whole[..length]), None, "{length}");
    }
    let mut random = Random(9);
    let mut dependencies = Dependencies::default();
    for sequence in 0..50_000 {
        let length = random.below(80);
        let mut bytes = random.bytes(length);
        if let Some(flags) = bytes.get_mut(3).filter(|_| sequence % 3 > 0) {
            *flags |= 0x80;
        }
        dependencies.read(sequence, &bytes);
    }
}
