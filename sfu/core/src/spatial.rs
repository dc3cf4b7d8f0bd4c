//! The sizes that one stream carries (scalable video), and which of them are being sent.

use std::time::Instant;

use crate::layer::{Layer, Liveness};

/// More sizes than VP9 and AV1 number.
const MOST: usize = 8;

/// Sizes in pixels from the smallest up; empty when each stream has one.
#[derive(Debug, Default)]
pub(crate) struct Spatials {
    sizes: Vec<(u32, u32)>,
    liveness: Liveness,
    /// Pictures that have begun. In the first one the larger sizes are still on their way.
    pictures: u32,
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

    /// Each stream has one size.
    pub(crate) fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.sizes.len()
    }

    /// A packet of a size has come; `starts_picture` when it is the first of its picture.
    pub(crate) fn see(&mut self, now: Instant, size: u8, starts_picture: bool) {
        let size = usize::from(size);
        self.pictures = self.pictures.saturating_add(u32::from(starts_picture));
        if size < self.sizes.len() {
            self.liveness.packet(now, size, starts_picture);
        }
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
    use crate::testing::at;

    fn three() -> Spatials {
        Spatials::of([(320, 180), (640, 360), (1280, 720)].into_iter())
    }

    #[test]
    fn one_size_alone_is_none() {
        assert!(Spatials::of([(640, 360)].into_iter()).is_empty());
        assert_eq!(three().len(), 3);
    }

    #[test]
    fn a_size_lives_until_pictures_come_without_it() {
        let mut spatials = three();
        for picture in 0..20 {
            for size in 0..if picture < 5 { 3 } else { 2 } {
                spatials.see(at(picture * 66), size, size == 0);
            }
        }
        spatials.see(at(1400), 200, true);
        let layers = spatials.layers(at(1400));
        let alive: Vec<bool> = layers.iter().map(|layer| layer.is_alive).collect();
        assert_eq!(alive, [true, true, false]);
    }
}
