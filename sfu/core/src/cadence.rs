//! How many pictures a second the temporal layers of a stream make together.

use std::time::Instant;

use crate::rate::Rate;
use crate::vp8::Descriptor;

/// Temporal layers are numbered with two bits (RFC 7741 section 4.2).
const LAYERS: usize = 4;
/// Pictures are counted in thousandths, because some layers have fewer than ten a second.
const THOUSANDTHS: usize = 1000;
/// So many of the pictures a second that are asked for are enough, in percent: cameras are not exact.
const ENOUGH_PERCENT: u64 = 90;

/// Counts the pictures of each temporal layer.
#[derive(Debug, Default)]
pub(crate) struct Cadence {
    rates: [Rate; LAYERS],
}

impl Cadence {
    /// A packet has come.
    pub(crate) fn see(&mut self, now: Instant, packet: &Descriptor) {
        let layer = packet.temporal.map(|temporal| usize::from(temporal.layer));
        let rate = layer.and_then(|layer| self.rates.get_mut(layer));
        if let Some(rate) = rate.filter(|_| packet.starts_picture) {
            rate.add(now, THOUSANDTHS);
        }
    }

    /// The smallest temporal layer that makes so many pictures a second with all below it; `None` when all are needed,
    /// when nothing is asked for (0), or before it is known.
    pub(crate) fn layer_for(&self, fps: u32) -> Option<u8> {
        let enough = u64::from(fps) * THOUSANDTHS as u64 * ENOUGH_PERCENT / 100;
        if fps == 0 {
            return None;
        }
        let mut sum = 0;
        for (layer, rate) in (0..).zip(&self.rates) {
            sum += rate.bytes_per_second()?;
            if sum >= enough {
                return Some(layer);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Cadence;
    use crate::testing::at;
    use crate::vp8::Descriptor;

    fn packet(layer: u8, starts_picture: bool) -> Descriptor {
        let first = if starts_picture { 0x90 } else { 0x80 };
        Descriptor::parse(&[first, 0xe0, 0x80, 1, 0, layer << 6, 1]).unwrap()
    }

    /// Thirty pictures a second of three packets each, for so many pictures.
    fn thirty(pictures: u64) -> Cadence {
        let mut cadence = Cadence::default();
        for picture in 0..pictures {
            let layer = [0, 2, 1, 2][usize::try_from(picture % 4).unwrap()];
            for part in 0..3 {
                cadence.see(at(picture * 1000 / 30), &packet(layer, part == 0));
            }
        }
        cadence
    }

    #[test]
    fn the_smallest_layer_that_is_enough_is_named() {
        let cadence = thirty(90);
        for (fps, layer) in [
            (1, Some(0)),
            (7, Some(0)),
            (8, Some(0)),
            (10, Some(1)),
            (15, Some(1)),
            (16, Some(1)),
            (20, Some(2)),
            (30, Some(2)),
            (60, None),
            (u32::MAX, None),
        ] {
            assert_eq!(cadence.layer_for(fps), layer, "{fps}");
        }
    }

    #[test]
    fn nothing_is_named_when_nothing_is_asked_for_or_known() {
        assert_eq!(thirty(90).layer_for(0), None);
        assert_eq!(thirty(10).layer_for(15), None);
    }
}
