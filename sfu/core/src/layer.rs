//! Which layer of a simulcast track a subscriber gets.

use std::time::{Duration, Instant};

/// A layer covers an element when its shorter side has this share of the element's, in percent.
const COVERS_PERCENT: u64 = 90;
/// A layer is taken to have stopped when another has sent this many frames since its last packet …
const STOPPED_FRAMES: u32 = 8;
/// … and it has been silent for this long.
const STOPPED_AFTER: Duration = Duration::from_millis(300);

/// What a subscriber asks for (`livekit.UpdateTrackSettings`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Request {
    /// The largest layer.
    #[default]
    Largest,
    /// `livekit.VideoQuality`: the lowest, the middle or the highest layer.
    Quality(u32),
    /// The element's size in pixels.
    Size { width: u32, height: u32 },
}

/// One layer as announced and as seen; layers are ordered from the smallest to the largest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layer {
    /// Pixels; 0 when unknown.
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Packets are coming.
    pub(crate) is_alive: bool,
}

/// The layer to send; `steps_down` is what loss has cost. `None` only when there are no layers.
///
/// A layer that is not alive gives way to the next lower that is, or the next higher when none is;
/// when none is alive at all, the choice stands as if all were.
pub(crate) fn choose(layers: &[Layer], request: Request, steps_down: usize) -> Option<usize> {
    let wanted = wanted(layers, request)?.saturating_sub(steps_down);
    let is_alive = |index: &usize| layers.get(*index).is_some_and(|layer| layer.is_alive);
    (0..=wanted)
        .rev()
        .find(is_alive)
        .or_else(|| (wanted..layers.len()).find(is_alive))
        .or(Some(wanted))
}

/// The layer that is asked for, whether it is alive or not.
pub(crate) fn wanted(layers: &[Layer], request: Request) -> Option<usize> {
    let largest = layers.len().checked_sub(1)?;
    Some(match request {
        Request::Largest => largest,
        Request::Quality(quality) => usize::try_from(quality).unwrap_or(largest).min(largest),
        Request::Size { width, height } => layers
            .iter()
            .position(|layer| covers(*layer, width, height))
            .unwrap_or(largest),
    })
}

fn covers(layer: Layer, width: u32, height: u32) -> bool {
    let shorter = u64::from(layer.width.min(layer.height));
    shorter > 0 && shorter * 100 >= u64::from(width.min(height)) * COVERS_PERCENT
}

/// Sees which layers a publisher has stopped sending, measured by the frames of the others.
///
/// Counting frames instead of time leaves a still screen, at one frame a second, alone.
#[derive(Debug, Default)]
pub(crate) struct Liveness {
    layers: Vec<Option<Activity>>,
}

#[derive(Clone, Copy, Debug)]
struct Activity {
    last: Instant,
    frames_of_others: u32,
}

impl Liveness {
    /// A packet of a layer has come; `starts_frame` when its timestamp is a new one.
    pub(crate) fn packet(&mut self, now: Instant, layer: usize, starts_frame: bool) {
        if self.layers.len() <= layer {
            self.layers.resize(layer + 1, None);
        }
        for (index, activity) in self.layers.iter_mut().enumerate() {
            if index == layer {
                *activity = Some(Activity {
                    last: now,
                    frames_of_others: 0,
                });
            } else if let Some(activity) = activity.as_mut().filter(|_| starts_frame) {
                activity.frames_of_others = activity.frames_of_others.saturating_add(1);
            }
        }
    }

    /// True from the first packet until the others have gone on without it.
    pub(crate) fn is_alive(&self, now: Instant, layer: usize) -> bool {
        let activity = self.layers.get(layer).copied().flatten();
        activity.is_some_and(|activity| {
            activity.frames_of_others < STOPPED_FRAMES
                || now.saturating_duration_since(activity.last) < STOPPED_AFTER
        })
    }
}

#[cfg(test)]
#[expect(
    clippy::cast_possible_truncation,
    reason = "numbers of a seeded generator, cut to size"
)]
mod tests {
    use super::*;
    use crate::testing::{Random, at};

    fn layers(alive: [bool; 3]) -> [Layer; 3] {
        [(320, 180), (640, 360), (1280, 720)]
            .into_iter()
            .zip(alive)
            .map(|((width, height), is_alive)| Layer {
                width,
                height,
                is_alive,
            })
            .collect::<Vec<_>>()
            .try_into()
            .unwrap()
    }

    const ALL: [bool; 3] = [true; 3];

    fn size(width: u32, height: u32) -> Request {
        Request::Size { width, height }
    }

    #[test]
    fn the_smallest_layer_that_covers_nine_tenths_is_chosen() {
        for (request, layer) in [
            (size(1, 1), 0),
            (size(355, 200), 0),
            (size(356, 201), 1),
            (size(640, 400), 1),
            (size(1280, 720), 2),
            (size(3840, 2160), 2),
            (size(180, 320), 0),
        ] {
            assert_eq!(choose(&layers(ALL), request, 0), Some(layer), "{request:?}");
        }
    }

    #[test]
    fn quality_names_a_layer_and_the_largest_is_the_default() {
        assert_eq!(choose(&layers(ALL), Request::Quality(0), 0), Some(0));
        assert_eq!(choose(&layers(ALL), Request::Quality(1), 0), Some(1));
        assert_eq!(choose(&layers(ALL), Request::Quality(u32::MAX), 0), Some(2));
        assert_eq!(choose(&layers(ALL)[..1], Request::Quality(2), 0), Some(0));
        assert_eq!(choose(&layers(ALL), Request::default(), 0), Some(2));
    }

    #[test]
    fn a_stopped_layer_gives_way_to_the_next_lower_then_the_next_higher() {
        assert_eq!(
            choose(&layers([true, true, false]), Request::Largest, 0),
            Some(1)
        );
        assert_eq!(
            choose(&layers([true, false, false]), Request::Largest, 0),
            Some(0)
        );
        assert_eq!(
            choose(&layers([false, false, true]), Request::Quality(0), 0),
            Some(2)
        );
        assert_eq!(choose(&layers([false; 3]), Request::Quality(1), 0), Some(1));
        assert_eq!(choose(&[], Request::Largest, 0), None);
    }

    #[test]
    fn unknown_sizes_mean_the_largest_layer() {
        assert_eq!(choose(&[Layer::default(); 2], size(100, 100), 0), Some(1));
    }

    #[test]
    fn loss_costs_steps_but_never_the_lowest_layer() {
        assert_eq!(choose(&layers(ALL), Request::Largest, 1), Some(1));
        assert_eq!(choose(&layers(ALL), Request::Largest, 9), Some(0));
    }

    #[test]
    fn whatever_is_asked_an_existing_layer_answers() {
        let mut random = Random(7);
        for _ in 0..10_000 {
            let count = random.below(4) as usize;
            let layers: Vec<_> = (0..count)
                .map(|_| Layer {
                    width: random.next() as u32,
                    height: random.next() as u32,
                    is_alive: random.below(2) == 0,
                })
                .collect();
            let request = match random.below(3) {
                0 => Request::Largest,
                1 => Request::Quality(random.next() as u32),
                _ => size(random.next() as u32, random.next() as u32),
            };
            let chosen = choose(&layers, request, random.below(5) as usize);
            assert_eq!(chosen.is_some(), count > 0);
            assert!(chosen.is_none_or(|index| index < count));
            let any_alive = layers.iter().any(|layer| layer.is_alive);
            assert!(chosen.is_none_or(|index| !any_alive || layers[index].is_alive));
        }
    }

    #[test]
    fn a_layer_lives_from_its_first_packet_until_the_others_go_on_without_it() {
        let mut liveness = Liveness::default();
        assert!(!liveness.is_alive(at(0), 1));
        liveness.packet(at(0), 1, true);
        assert!(liveness.is_alive(at(0), 1));
        for frame in 1..=10 {
            liveness.packet(at(frame * 66), 0, true);
        }
        assert!(!liveness.is_alive(at(660), 1));
        assert!(liveness.is_alive(at(660), 0));
        liveness.packet(at(700), 1, true);
        assert!(liveness.is_alive(at(700), 1));
    }

    #[test]
    fn a_still_screen_at_one_frame_a_second_lives() {
        let mut liveness = Liveness::default();
        for second in 0..20 {
            liveness.packet(at(second * 1000), 0, true);
            assert!(second == 0 || liveness.is_alive(at(second * 1000), 1));
            liveness.packet(at(second * 1000 + 5), 1, true);
        }
    }

    #[test]
    fn a_layer_alone_never_dies() {
        let mut liveness = Liveness::default();
        liveness.packet(at(0), 0, true);
        assert!(liveness.is_alive(at(3_600_000), 0));
    }
}
