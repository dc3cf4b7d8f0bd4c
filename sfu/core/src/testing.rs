//! What unit tests need: a moment to begin at and numbers from a seed.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The same moment for every test of a run.
#[expect(
    clippy::disallowed_methods,
    reason = "an Instant can be had in no other way; nothing depends on its value"
)]
pub(crate) fn start() -> Instant {
    static START: OnceLock<Instant> = OnceLock::new();
    *START.get_or_init(Instant::now)
}

/// `start()` and so many milliseconds.
pub(crate) fn at(milliseconds: u64) -> Instant {
    start() + Duration::from_millis(milliseconds)
}

/// SplitMix64: a short generator whose numbers follow from its seed.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    pub(crate) fn bytes(&mut self, length: u64) -> Vec<u8> {
        (0..length).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}
