//! How well packets pass between a client and the worker; the server makes LiveKit's connection quality of it.

use std::time::{Duration, Instant};

use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{Direction, Kind, PathMeasured};

use crate::arena::Key;
use crate::participant::Participant;
use crate::probe;
use crate::state::State;

/// A participant's path is told of this often; silence and its end are told at once.
const TELL_EVERY: Duration = Duration::from_secs(5);
/// A packet that comes this much behind another was overtaken; later ones were repeated.
const OVERTAKEN: u64 = 3;
/// A gap that is larger is a restart of the numbers, not loss.
const WIDEST_GAP: u64 = 1000;

/// What passed in one direction since the last look.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub packets: u64,
    pub lost: u64,
    pub jitter: Duration,
}

impl Tally {
    /// Adds what a receiver reports: 256ths of so many packets were lost.
    pub(crate) fn report(&mut self, packets: u32, fraction: u8, jitter: Duration) {
        self.packets += u64::from(packets);
        self.lost += (u64::from(packets) * u64::from(fraction)) / 256;
        self.jitter = self.jitter.max(jitter);
    }

    fn add(&mut self, other: Tally) {
        self.packets += other.packets;
        self.lost += other.lost;
        self.jitter = self.jitter.max(other.jitter);
    }

    fn told(self) -> Direction {
        Direction {
            packets: u32::try_from(self.packets).unwrap_or(u32::MAX),
            lost: u32::try_from(self.lost).unwrap_or(u32::MAX),
            jitter_ms: milliseconds(self.jitter),
        }
    }
}

/// The packets of one stream that a publisher sends.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Arrivals {
    highest: Option<u64>,
    expected: u64,
    in_time: u64,
}

impl Arrivals {
    /// Counts a packet by its extended sequence number.
    pub(crate) fn count(&mut self, sequence: u64) {
        let ahead = self
            .highest
            .map_or(1, |highest| i128::from(sequence) - i128::from(highest));
        match u64::try_from(ahead) {
            Ok(0) => {}
            Ok(gap) => {
                self.expected += if gap > WIDEST_GAP { 1 } else { gap };
                self.in_time += 1;
                self.highest = Some(sequence);
            }
            Err(_) => self.in_time += u64::from(ahead.unsigned_abs() <= u128::from(OVERTAKEN)),
        }
    }

    fn take(&mut self) -> Tally {
        let packets = std::mem::take(&mut self.expected);
        let in_time = std::mem::take(&mut self.in_time);
        Tally {
            packets,
            lost: packets.saturating_sub(in_time),
            jitter: Duration::ZERO,
        }
    }
}

/// When a participant's path is told of.
#[derive(Debug)]
pub(crate) struct Watch {
    tell_at: Instant,
    is_silent: bool,
}

impl Watch {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            tell_at: now + TELL_EVERY,
            is_silent: false,
        }
    }

    /// Whether the path is to be told of now.
    fn is_due(&mut self, now: Instant, is_silent: bool) -> bool {
        let has_changed = std::mem::replace(&mut self.is_silent, is_silent) != is_silent;
        if now < self.tell_at && !has_changed {
            return false;
        }
        self.tell_at = now + TELL_EVERY;
        true
    }
}

impl State {
    /// Tells of every participant whose turn it is.
    pub(crate) fn measure_paths(&mut self, now: Instant) {
        let participants: Vec<Key<Participant>> =
            self.participants.iter().map(|(key, _)| key).collect();
        for key in participants {
            let measured = self
                .participants
                .get_mut(key)
                .and_then(|participant| measure(now, participant));
            if let Some(measured) = measured {
                let (layers_short, has_paused) = self.shortfall(now, key);
                let layers_missing = self.missing(key);
                self.events.push_back(Event::PathMeasured(PathMeasured {
                    layers_short,
                    has_paused,
                    layers_missing,
                    ..measured
                }));
            }
        }
    }

    /// How many layers the worst of a publisher's pictures has lacked since the last look.
    fn missing(&mut self, key: Key<Participant>) -> u32 {
        let own = self.tracks.values_mut();
        let own = own.filter(|track| track.publisher == key && track.kind == Kind::Video);
        let most = own.map(|track| track.missing.take()).max();
        most.map_or(0, |most| u32::try_from(most).unwrap_or(u32::MAX))
    }

    /// What a participant's way costs the worst of its pictures, in layers, and whether it costs one whole.
    fn shortfall(&self, now: Instant, key: Key<Participant>) -> (u32, bool) {
        let (mut most, mut has_paused) = (0, false);
        for is_paused in [false, true] {
            for (_, track) in self.pictures(key, is_paused) {
                let Some(track) = self.tracks.get(track).filter(|track| !track.is_muted) else {
                    continue;
                };
                let mut subscriptions = track.subscriptions.iter();
                let subscription = subscriptions.find(|one| one.subscriber == key);
                let Some((one, request)) =
                    subscription.and_then(|one| one.request().map(|r| (one, r)))
                else {
                    continue;
                };
                has_paused |= is_paused;
                most = most.max(
                    one.loss
                        .steps_down()
                        .min(track.most_steps(now, Some(request))),
                );
            }
        }
        (u32::try_from(most).unwrap_or(u32::MAX), has_paused)
    }
}

fn measure(now: Instant, participant: &mut Participant) -> Option<PathMeasured> {
    let connections = participant.connections().map(|(_, connection)| connection);
    let is_silent = probe::is_silent(now, connections, participant.subscriber.egress.round_trip());
    if !participant.watch.is_due(now, is_silent) {
        return None;
    }
    let mut up = Tally::default();
    for stream in participant
        .publisher
        .iter_mut()
        .flat_map(|p| &mut p.streams)
    {
        up.add(stream.arrivals.take());
    }
    let egress = &mut participant.subscriber.egress;
    Some(PathMeasured {
        participant_sid: participant.sid.clone(),
        up: Some(up.told()),
        down: Some(std::mem::take(&mut egress.tally).told()),
        round_trip_ms: egress.round_trip().map_or(0, milliseconds),
        is_silent,
        ..PathMeasured::default()
    })
}

fn milliseconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Arrivals, Tally, Watch};
    use crate::testing::{at, start};
    use std::time::Duration;

    fn counted(sequences: impl IntoIterator<Item = u64>) -> (u64, u64) {
        let mut arrivals = Arrivals::default();
        sequences
            .into_iter()
            .for_each(|sequence| arrivals.count(sequence));
        let tally = arrivals.take();
        (tally.packets, tally.lost)
    }

    #[test]
    fn packets_in_order_are_no_loss() {
        assert_eq!(counted(100..200), (100, 0));
    }

    #[test]
    fn a_gap_is_loss_even_when_it_is_filled_later() {
        assert_eq!(counted([1, 2, 3, 10, 11]), (11, 6));
        assert_eq!(counted([1, 2, 3, 10, 11, 4, 5]), (11, 6));
    }

    #[test]
    fn overtaking_is_no_loss_and_repeating_counts_nothing() {
        assert_eq!(counted([1, 3, 2, 4, 6, 5]), (6, 0));
        assert_eq!(counted([1, 2, 2, 3]), (3, 0));
    }

    #[test]
    fn a_jump_of_the_numbers_is_a_new_beginning() {
        assert_eq!(counted([1, 2, 1 << 40, (1 << 40) + 1]), (4, 0));
        assert_eq!(counted([u64::MAX, 0, 1]), (1, 0));
    }

    #[test]
    fn reports_of_several_streams_add_up() {
        let mut tally = Tally::default();
        tally.report(100, 64, Duration::from_millis(3));
        tally.report(300, 0, Duration::from_millis(2));
        let told = tally.told();
        assert_eq!((told.packets, told.lost, told.jitter_ms), (400, 25, 3));
    }

    #[test]
    fn a_path_is_told_every_five_seconds_and_at_once_when_it_falls_silent() {
        let mut watch = Watch::new(start());
        let told: Vec<u64> = (0..12)
            .filter(|second| watch.is_due(at(second * 1000), false))
            .collect();
        assert_eq!(told, [5, 10]);
        assert!(watch.is_due(at(11_050), true));
        assert!(!watch.is_due(at(11_100), true));
        assert!(watch.is_due(at(11_150), false));
    }
}
