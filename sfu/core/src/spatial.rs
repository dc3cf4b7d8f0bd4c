//! The sizes that one stream carries (scalable video), and which of them are being sent.

use std::time::Instant;

use crate::layer::{Layer, Liveness};
use crate::rate::Rate;

/// More sizes than VP9 and AV1 number.
const MOST: usize = 8;

/// Sizes in pixels from the smallest up; empty when each stream has one.
#[derive(Debug, Default)]
pub(crate) struct Spatials {
    sizes: Vec<(u32, u32)>,
    liveness: Liveness,
    /// Pictures that have begun. In the first one the larger sizes are still on their way.
    pictures: u32,
    /// Of each size by itself.
    rates: [Rate; MOST],
}

impl Spatials {
    /// The sizes that were announced; one alone is none.
    pub(crate) fn of(sizes: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut sizes: Vec<_> = sizes.take(MOST).collect();
        if sizes.len() < 2 {
            sizes.clear();
        }
        Self {
            sizes,
            ..Self::default()
        }
    }

    /// The stream itself says which sizes it carries; whether that is another than was known.
    pub(crate) fn learn(&mut self, sizes: &[(u32, u32)]) -> bool {
        let is_new = sizes.len() > 1 && sizes.len() <= MOST && sizes != self.sizes;
        if is_new {
            self.sizes = sizes.to_vec();
        }
        is_new
    }

    /// Each stream has one size.
    pub(crate) fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// A packet of a size has come; `starts_picture` when it is the first of its picture.
    pub(crate) fn see(&mut self, now: Instant, size: u8, starts_picture: bool, bytes: usize) {
        let size = usize::from(size);
        if let Some(rate) = self.rates.get_mut(size) {
            rate.add(now, bytes);
        }
        self.pictures = self.pictures.saturating_add(u32::from(starts_picture));
        if size < self.sizes.len() {
            self.liveness.packet(now, size, starts_picture);
        }
    }

    /// Bytes a second of a size, with all the smaller ones that it builds on.
    pub(crate) fn bytes_per_second(&self, size: usize) -> Option<u64> {
        let rates = self.rates.iter().take(size + 1);
        rates.map(Rate::bytes_per_second).sum()
    }

    /// As choices for a subscriber.
    pub(crate) fn layers(&self, now: Instant) -> Vec<Layer> {
        let sizes = self.sizes.iter().enumerate();
        sizes
            .map(|(index, (width, height))| Layer {
                width: *width,
                height: *height,
                is_alive: self.pictures < 2 || self.liveness.is_alive(now, index),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Spatials;
    use crate::layer::{Request, choose};
    use crate::testing::at;

    fn three() -> Spatials {
        Spatials::of([(320, 180), (640, 360), (1280, 720)].into_iter())
    }

    #[test]
    fn one_size_alone_is_none() {
        assert!(Spatials::of([(640, 360)].into_iter()).is_empty());
        assert_eq!(three().layers(at(0)).len(), 3);
    }

    #[test]
    fn what_the_stream_says_is_stronger_than_what_was_announced() {
        let mut spatials = three();
        assert!(!spatials.learn(&[]) && !spatials.learn(&[(1280, 720)]));
        assert!(!spatials.learn(&[(1, 1); 9]));
        let halves = [(570, 320), (854, 480), (1280, 720)];
        assert!(spatials.learn(&halves) && !spatials.learn(&halves));
        let request = Request::Size {
            width: 480,
            height: 270,
        };
        assert_eq!(choose(&spatials.layers(at(0)), request, 0), Some(0));
    }

    #[test]
    fn a_size_lives_until_pictures_come_without_it() {
        let mut spatials = three();
        for picture in 0..20 {
            for size in 0..if picture < 5 { 3 } else { 2 } {
                spatials.see(at(picture * 66), size, size == 0, 500);
            }
        }
        spatials.see(at(1400), 200, true, 500);
        let layers = spatials.layers(at(1400));
        let alive: Vec<bool> = layers.iter().map(|layer| layer.is_alive).collect();
        assert_eq!(alive, [true, true, false]);
    }

    #[test]
    fn an_element_gets_the_smallest_size_that_covers_it() {
        let halves = Spatials::of([(570, 320), (854, 480), (1280, 720)].into_iter());
        for (spatials, element, size) in [
            (&three(), (320, 180), 0),
            (&three(), (356, 201), 1),
            (&three(), (640, 360), 1),
            (&three(), (960, 540), 2),
            (&three(), (1920, 1080), 2),
            (&halves, (480, 270), 0),
            (&halves, (632, 356), 1),
            (&halves, (949, 534), 2),
        ] {
            let (width, height) = element;
            let request = Request::Size { width, height };
            let layers = spatials.layers(at(0));
            assert_eq!(choose(&layers, request, 0), Some(size), "{element:?}");
        }
    }
}
