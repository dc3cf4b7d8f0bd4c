//! A run of packets of one layer that share their offsets.

use std::collections::VecDeque;

/// Packets further back than this are too old to be of use (about a second of video at 8 Mbit/s).
pub(super) const WINDOW: u64 = 1024;
const WORDS: usize = (WINDOW / 64) as usize;

/// What a segment does with a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placement {
    /// Later than all before it.
    Newest(u64),
    /// In a hole that an earlier packet left.
    Late(u64),
    /// Not to be sent.
    Drop,
}

/// Maps publisher sequence numbers to outgoing ones; padding leaves no hole, loss does.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) layer: usize,
    pub(super) ssrc: u32,
    pub(super) timestamp_offset: u32,
    first: u64,
    highest: u64,
    outgoing: u64,
    skipped_before_window: u64,
    skipped: VecDeque<u64>,
    seen: [u64; WORDS],
}

impl Segment {
    /// Begins with `first`, which becomes `outgoing`; `first` itself is still to be placed.
    pub(super) fn new(layer: usize, ssrc: u32, first: u64, outgoing: u64) -> Self {
        Self {
            layer,
            ssrc,
            timestamp_offset: 0,
            first,
            highest: first,
            outgoing,
            skipped_before_window: 0,
            skipped: VecDeque::new(),
            seen: [0; WORDS],
        }
    }

    /// Where a packet goes. Padding in order takes no number; padding that comes late fills the hole it left.
    pub(super) fn place(&mut self, sequence: u64, is_padding: bool) -> Placement {
        if sequence < self.first || sequence + WINDOW <= self.highest {
            return Placement::Drop;
        }
        let is_newest = sequence > self.highest;
        if is_newest {
            self.advance(sequence);
        }
        if !self.mark(sequence) {
            return Placement::Drop;
        }
        if is_padding && is_newest {
            self.skipped.push_back(sequence);
            return Placement::Drop;
        }
        let outgoing = self.map(sequence);
        if is_newest || sequence == self.first && self.highest == self.first {
            Placement::Newest(outgoing)
        } else {
            Placement::Late(outgoing)
        }
    }

    /// Places a packet of a segment that has been left: only holes are filled.
    pub(super) fn place_late(&mut self, sequence: u64, is_padding: bool) -> Placement {
        if sequence > self.highest {
            return Placement::Drop;
        }
        self.place(sequence, is_padding)
    }

    pub(super) fn first(&self) -> u64 {
        self.first
    }

    pub(super) fn highest(&self) -> u64 {
        self.highest
    }

    /// The outgoing number that follows everything in this segment.
    pub(super) fn next_outgoing(&self) -> u64 {
        self.map(self.highest + 1)
    }

    fn map(&self, sequence: u64) -> u64 {
        let later = self
            .skipped
            .iter()
            .rev()
            .take_while(|skipped| **skipped >= sequence)
            .count();
        let skipped = self.skipped_before_window + (self.skipped.len() - later) as u64;
        self.outgoing + (sequence - self.first) - skipped
    }

    fn advance(&mut self, sequence: u64) {
        if sequence - self.highest >= WINDOW {
            self.seen = [0; WORDS];
        } else {
            for passed in self.highest + 1..=sequence {
                self.clear(passed);
            }
        }
        self.highest = sequence;
        while self
            .skipped
            .front()
            .is_some_and(|skipped| skipped + WINDOW <= sequence)
        {
            self.skipped.pop_front();
            self.skipped_before_window += 1;
        }
    }

    fn clear(&mut self, sequence: u64) {
        let (word, bit) = position(sequence);
        if let Some(word) = self.seen.get_mut(word) {
            *word &= !bit;
        }
    }

    /// False when the packet was marked before.
    fn mark(&mut self, sequence: u64) -> bool {
        let (word, bit) = position(sequence);
        let Some(word) = self.seen.get_mut(word) else {
            return false;
        };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

fn position(sequence: u64) -> (usize, u64) {
    let index = sequence % WINDOW;
    (
        usize::try_from(index / 64).unwrap_or_default(),
        1 << (index % 64),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment() -> Segment {
        let mut segment = Segment::new(0, 1, 1000, 10);
        assert_eq!(segment.place(1000, false), Placement::Newest(10));
        segment
    }

    #[test]
    fn order_is_kept_and_loss_leaves_a_hole() {
        let mut segment = segment();
        assert_eq!(segment.place(1001, false), Placement::Newest(11));
        assert_eq!(segment.place(1004, false), Placement::Newest(14));
        assert_eq!(segment.place(1002, false), Placement::Late(12));
        assert_eq!(segment.next_outgoing(), 15);
    }

    #[test]
    fn padding_in_order_leaves_no_hole() {
        let mut segment = segment();
        assert_eq!(segment.place(1001, true), Placement::Drop);
        assert_eq!(segment.place(1002, true), Placement::Drop);
        assert_eq!(segment.place(1003, false), Placement::Newest(11));
        assert_eq!(segment.next_outgoing(), 12);
    }

    #[test]
    fn padding_that_comes_late_fills_its_hole() {
        let mut segment = segment();
        assert_eq!(segment.place(1002, false), Placement::Newest(12));
        assert_eq!(segment.place(1001, true), Placement::Late(11));
    }

    #[test]
    fn a_late_packet_before_padding_keeps_its_number() {
        let mut segment = segment();
        assert_eq!(segment.place(1002, true), Placement::Drop);
        assert_eq!(segment.place(1003, false), Placement::Newest(12));
        assert_eq!(segment.place(1001, false), Placement::Late(11));
    }

    #[test]
    fn duplicates_and_packets_beyond_the_window_are_dropped() {
        let mut segment = segment();
        assert_eq!(segment.place(1000, false), Placement::Drop);
        assert_eq!(segment.place(999, false), Placement::Drop);
        assert_eq!(
            segment.place(1000 + WINDOW, false),
            Placement::Newest(10 + WINDOW)
        );
        assert_eq!(segment.place(1000, false), Placement::Drop);
        assert_eq!(segment.place(1001, false), Placement::Late(11));
        assert_eq!(segment.place(1001, false), Placement::Drop);
    }

    #[test]
    fn padding_long_ago_still_counts() {
        let mut segment = segment();
        segment.place(1001, true);
        for sequence in 1002..6000 {
            assert_eq!(
                segment.place(sequence, false),
                Placement::Newest(sequence - 1000 + 9)
            );
        }
        assert!(segment.skipped.is_empty());
    }

    #[test]
    fn a_segment_that_was_left_takes_nothing_new() {
        let mut segment = segment();
        segment.place(1003, false);
        assert_eq!(segment.place_late(1004, false), Placement::Drop);
        assert_eq!(segment.place_late(1002, false), Placement::Late(12));
        assert_eq!(segment.next_outgoing(), 14);
    }
}
