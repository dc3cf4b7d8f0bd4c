//! Packets of one stream that were sent a short while ago, for receivers that miss them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::vp8::Patch;

/// Whoever still misses a packet after this has stopped waiting for it.
const AGE: Duration = Duration::from_secs(2);
const MOST_PACKETS: usize = 2048;
/// Retransmissions take at most this share of what was sent …
const SHARE: usize = 2;
/// … and at most this much at once, in bytes.
const MOST_CREDIT: usize = 128 * 1024;

/// A packet as one subscriber gets it.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    /// Extended.
    pub sequence: u64,
    pub timestamp: u32,
    pub marker: bool,
    /// It repeats older packets.
    pub is_redundant: bool,
    pub patch: Option<Patch>,
    /// AV1's dependency descriptor.
    pub dependency: Option<Arc<[u8]>>,
    pub payload: Arc<[u8]>,
}

#[derive(Debug)]
struct Entry {
    sent: Sent,
    at: Instant,
    repeated_at: Option<Instant>,
    is_missed: bool,
}

/// The newest packets by sequence number.
#[derive(Debug)]
pub(crate) struct History {
    entries: VecDeque<Entry>,
    credit: usize,
    /// Packets that were withheld, and those asked for that had not been asked for before.
    missed: u32,
}

impl Default for History {
    fn default() -> Self {
        Self {
            entries: VecDeque::new(),
            credit: MOST_CREDIT,
            missed: 0,
        }
    }
}

impl History {
    /// Keeps a packet, and forgets those that are too old.
    pub(crate) fn keep(&mut self, now: Instant, sent: Sent) {
        self.add(now, sent, false);
    }

    /// Keeps a packet that is not sent, so that the receiver misses it.
    pub(crate) fn withhold(&mut self, now: Instant, sent: Sent) {
        self.missed += 1;
        self.add(now, sent, true);
    }

    fn add(&mut self, now: Instant, sent: Sent, is_missed: bool) {
        while self.entries.front().is_some_and(|entry| {
            self.entries.len() >= MOST_PACKETS || now.saturating_duration_since(entry.at) > AGE
        }) {
            self.entries.pop_front();
        }
        self.credit = (self.credit + sent.payload.len() / SHARE).min(MOST_CREDIT);
        let is_late = self
            .entries
            .back()
            .is_some_and(|entry| entry.sent.sequence > sent.sequence);
        let entry = Entry {
            sent,
            at: now,
            repeated_at: None,
            is_missed,
        };
        if is_late {
            let place = self
                .entries
                .partition_point(|other| other.sent.sequence < entry.sent.sequence);
            self.entries.insert(place, entry);
        } else {
            self.entries.push_back(entry);
        }
    }

    /// What was sent last, the newest first, again and again.
    pub(crate) fn newest(&self) -> impl Iterator<Item = &Sent> {
        self.entries.iter().rev().map(|entry| &entry.sent).cycle()
    }

    /// How many packets the receiver has missed since the last call.
    pub(crate) fn take_missed(&mut self) -> u32 {
        std::mem::take(&mut self.missed)
    }

    /// The packet with these low 16 bits, to be sent again. `None` when it is gone, when it was repeated less than
    /// `pause` ago, or when repeating has used up its share.
    pub(crate) fn repeat(&mut self, now: Instant, sequence: u16, pause: Duration) -> Option<&Sent> {
        let newest = self.entries.back()?.sent.sequence;
        let behind = low_half(newest).wrapping_sub(sequence);
        let extended = newest.checked_sub(u64::from(behind))?;
        let place = self
            .entries
            .binary_search_by_key(&extended, |entry| entry.sent.sequence)
            .ok()?;
        let entry = self.entries.get_mut(place)?;
        if !std::mem::replace(&mut entry.is_missed, true) {
            self.missed += 1;
        }
        let is_on_its_way = entry
            .repeated_at
            .is_some_and(|at| now.saturating_duration_since(at) < pause);
        if is_on_its_way || now.saturating_duration_since(entry.at) > AGE {
            return None;
        }
        self.credit = self.credit.checked_sub(entry.sent.payload.len())?;
        entry.repeated_at = Some(now);
        Some(&entry.sent)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the half that the RTP header carries"
)]
fn low_half(sequence: u64) -> u16 {
    sequence as u16
}

#[cfg(test)]
mod tests {
    use super::{AGE, History, MOST_CREDIT, MOST_PACKETS, Sent};
    use crate::testing::at;
    use std::sync::Arc;
    use std::time::Duration;

    const PAUSE: Duration = Duration::from_millis(50);

    fn sent(sequence: u64, bytes: usize) -> Sent {
        Sent {
            sequence,
            timestamp: 0,
            marker: false,
            is_redundant: false,
            patch: None,
            dependency: None,
            payload: vec![0; bytes].into(),
        }
    }

    fn found(history: &mut History, milliseconds: u64, sequence: u16) -> Option<u64> {
        history
            .repeat(at(milliseconds), sequence, PAUSE)
            .map(|sent| sent.sequence)
    }

    #[test]
    fn packets_are_found_across_the_rollover_and_whatever_their_order() {
        let mut history = History::default();
        for sequence in [65_533, 65_535, 65_534, 65_537, 65_536] {
            history.keep(at(0), sent(sequence, 10));
        }
        assert_eq!(found(&mut history, 1, 65_534), Some(65_534));
        assert_eq!(found(&mut history, 1, 0), Some(65_536));
        assert_eq!(found(&mut history, 1, 2), None, "not sent yet");
        assert_eq!(found(&mut history, 1, 65_532), None, "never sent");
    }

    #[test]
    fn a_packet_on_its_way_is_not_sent_once_more() {
        let mut history = History::default();
        history.keep(at(0), sent(7, 10));
        assert_eq!(found(&mut history, 10, 7), Some(7));
        assert_eq!(found(&mut history, 59, 7), None);
        assert_eq!(found(&mut history, 60, 7), Some(7));
        assert_eq!((history.take_missed(), history.take_missed()), (1, 0));
    }

    #[test]
    fn a_packet_that_was_withheld_is_missed_once() {
        let mut history = History::default();
        history.keep(at(0), sent(6, 10));
        history.withhold(at(0), sent(7, 10));
        assert_eq!(history.take_missed(), 1);
        assert_eq!(found(&mut history, 10, 7), Some(7));
        assert_eq!(history.take_missed(), 0);
        assert_eq!(found(&mut history, 10, 6), Some(6));
        assert_eq!(history.take_missed(), 1);
    }

    #[test]
    fn old_packets_are_gone_and_so_are_too_many() {
        let mut history = History::default();
        history.keep(at(0), sent(1, 10));
        let late = u64::try_from(AGE.as_millis()).unwrap() + 1;
        assert_eq!(found(&mut history, late, 1), None);
        for sequence in 2..3 + MOST_PACKETS as u64 {
            history.keep(at(late), sent(sequence, 1));
        }
        assert_eq!(history.entries.len(), MOST_PACKETS);
        assert_eq!(found(&mut history, late, 2), None);
        assert_eq!(found(&mut history, late, 3), Some(3));
    }

    #[test]
    fn asking_for_everything_again_and_again_ends_with_the_credit() {
        let mut history = History::default();
        let payload: Arc<[u8]> = vec![0; 1000].into();
        for sequence in 0..10 {
            let packet = Sent {
                payload: payload.clone(),
                ..sent(sequence, 0)
            };
            history.keep(at(0), packet);
        }
        let repeated = (0..1000_u64)
            .flat_map(|round| (0..10_u16).map(move |sequence| (round, sequence)))
            .filter(|(round, sequence)| {
                history
                    .repeat(at(*round), *sequence, Duration::ZERO)
                    .is_some()
            })
            .count();
        assert_eq!(repeated, MOST_CREDIT / 1000);
    }
}
