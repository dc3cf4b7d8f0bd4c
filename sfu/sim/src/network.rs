//! The paths between the worker and its clients: delay, jitter, loss, reordering, damage, partition.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::random::Random;

/// What a path does to datagrams in one direction; shares are per mille.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conditions {
    /// Shortest time a datagram travels.
    pub delay: Duration,
    /// At most so much is added, without changing the order.
    pub jitter: Duration,
    /// Datagrams that vanish.
    pub lost: u64,
    /// Datagrams that arrive later than those behind them, by up to 30 ms.
    pub reordered: u64,
    /// Datagrams that arrive twice.
    pub repeated: u64,
    /// Datagrams of which one byte is changed.
    pub damaged: u64,
    /// Bytes a second that pass; what comes faster waits, and is lost when a queue of 300 ms is full. 0 = any number.
    pub bytes_per_second: u64,
    /// Nothing passes.
    pub is_cut: bool,
}

impl Default for Conditions {
    fn default() -> Self {
        Self {
            delay: Duration::from_millis(20),
            jitter: Duration::ZERO,
            lost: 0,
            reordered: 0,
            repeated: 0,
            damaged: 0,
            bytes_per_second: 0,
            is_cut: false,
        }
    }
}

/// A datagram on its way.
#[derive(Debug, Clone)]
pub(crate) struct Datagram {
    pub(crate) source: SocketAddr,
    pub(crate) destination: SocketAddr,
    pub(crate) contents: Vec<u8>,
}

/// One direction between two addresses, with chances of its own: what happens here changes nothing elsewhere.
struct Link {
    conditions: Conditions,
    random: Random,
    last_arrival: Instant,
    /// When the last datagram has left the queue.
    free_at: Instant,
}

/// Latest delay of a reordered datagram.
const REORDERED_BY_MS: u64 = 30;
const LONGEST_QUEUE: Duration = Duration::from_millis(300);
/// Of a UDP datagram in IPv4, which takes its share of a link.
const HEADER_BYTES: u64 = 28;

pub(crate) struct Network {
    seed: u64,
    links: HashMap<(SocketAddr, SocketAddr), Link>,
    in_flight: BTreeMap<(Instant, u64), Datagram>,
    sent: u64,
    start: Instant,
}

impl Network {
    pub(crate) fn new(seed: u64, start: Instant) -> Self {
        Self {
            seed,
            links: HashMap::new(),
            in_flight: BTreeMap::new(),
            sent: 0,
            start,
        }
    }

    /// The conditions from one address to another.
    pub(crate) fn conditions(&mut self, from: SocketAddr, to: SocketAddr) -> &mut Conditions {
        &mut self.link(from, to).conditions
    }

    fn link(&mut self, from: SocketAddr, to: SocketAddr) -> &mut Link {
        let ports = u64::from(from.port()) << 16 | u64::from(to.port());
        let (start, random) = (self.start, Random::new(self.seed << 32 ^ ports));
        let link = self.links.entry((from, to));
        link.or_insert_with(|| Link {
            conditions: Conditions::default(),
            random,
            last_arrival: start,
            free_at: start,
        })
    }

    pub(crate) fn send(&mut self, now: Instant, mut datagram: Datagram) {
        let link = self.link(datagram.source, datagram.destination);
        let arrivals = link.carry(now, &mut datagram.contents);
        for arrival in arrivals.into_iter().flatten() {
            self.sent += 1;
            self.in_flight
                .insert((arrival, self.sent), datagram.clone());
        }
    }

    pub(crate) fn next_arrival(&self) -> Option<Instant> {
        self.in_flight
            .first_key_value()
            .map(|((arrival, _), _)| *arrival)
    }

    /// The next datagram that has arrived.
    pub(crate) fn receive(&mut self, now: Instant) -> Option<Datagram> {
        let entry = self
            .in_flight
            .first_entry()
            .filter(|entry| entry.key().0 <= now)?;
        Some(entry.remove())
    }
}

impl Link {
    /// When a datagram arrives, and when once more.
    fn carry(&mut self, now: Instant, contents: &mut [u8]) -> [Option<Instant>; 2] {
        if self.conditions.is_cut || self.random.happens(self.conditions.lost) {
            return [None, None];
        }
        let Some(now) = self.pass_queue(now, contents.len() as u64) else {
            return [None, None];
        };
        if self.random.happens(self.conditions.damaged) {
            self.damage(contents);
        }
        let is_repeated = self.random.happens(self.conditions.repeated);
        let first = self.arrival(now);
        [Some(first), is_repeated.then(|| self.arrival(now))]
    }

    /// When a datagram leaves the queue; `None` when that is full.
    fn pass_queue(&mut self, now: Instant, bytes: u64) -> Option<Instant> {
        let rate = self.conditions.bytes_per_second;
        if rate == 0 {
            return Some(now);
        }
        let takes = Duration::from_micros((bytes + HEADER_BYTES) * 1_000_000 / rate);
        let leaves_at = self.free_at.max(now) + takes;
        if leaves_at - now > LONGEST_QUEUE {
            return None;
        }
        self.free_at = leaves_at;
        Some(leaves_at)
    }

    fn damage(&mut self, contents: &mut [u8]) {
        let index = self.random.below(contents.len() as u64);
        let change = u8::try_from(1 + self.random.below(255)).unwrap_or(1);
        let byte = usize::try_from(index)
            .ok()
            .and_then(|index| contents.get_mut(index));
        if let Some(byte) = byte {
            *byte ^= change;
        }
    }

    fn arrival(&mut self, now: Instant) -> Instant {
        let jitter = u64::try_from(self.conditions.jitter.as_micros()).unwrap_or_default();
        let jitter = Duration::from_micros(self.random.below(jitter + 1));
        let arrival = now + self.conditions.delay + jitter;
        if self.random.happens(self.conditions.reordered) {
            return arrival + Duration::from_millis(1 + self.random.below(REORDERED_BY_MS));
        }
        self.last_arrival = self.last_arrival.max(arrival);
        self.last_arrival
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(
        clippy::disallowed_methods,
        reason = "an Instant can be had in no other way"
    )]
    fn start() -> Instant {
        Instant::now()
    }

    fn address(port: u16) -> SocketAddr {
        SocketAddr::from(([10, 0, 0, 1], port))
    }

    fn arrivals(seed: u64, change: impl FnOnce(&mut Conditions)) -> Vec<(u128, u16)> {
        let now = start();
        let mut network = Network::new(seed, now);
        change(network.conditions(address(1), address(2)));
        for number in 0..1000_u16 {
            let contents = number.to_be_bytes().to_vec();
            let datagram = Datagram {
                source: address(1),
                destination: address(2),
                contents,
            };
            network.send(now + Duration::from_millis(u64::from(number)), datagram);
        }
        let mut arrived = Vec::new();
        while let Some(at) = network.next_arrival() {
            let datagram = network.receive(at).unwrap();
            let number = u16::from_be_bytes([datagram.contents[0], datagram.contents[1]]);
            arrived.push((at.duration_since(now).as_micros(), number));
        }
        arrived
    }

    #[test]
    fn a_seed_decides_everything() {
        let rough = |conditions: &mut Conditions| {
            conditions.lost = 100;
            conditions.reordered = 100;
            conditions.repeated = 50;
            conditions.jitter = Duration::from_millis(9);
        };
        assert_eq!(arrivals(1, rough), arrivals(1, rough));
        assert_ne!(arrivals(1, rough), arrivals(2, rough));
    }

    #[test]
    fn loss_loses_its_share() {
        let arrived = arrivals(3, |conditions| conditions.lost = 200).len();
        assert!((750..850).contains(&arrived), "{arrived}");
    }

    #[test]
    fn jitter_keeps_the_order_and_reordering_does_not() {
        let numbers = |arrived: Vec<(u128, u16)>| arrived.into_iter().map(|(_, number)| number);
        let jitter = arrivals(4, |conditions| {
            conditions.jitter = Duration::from_millis(40);
        });
        assert!(numbers(jitter).is_sorted());
        let reordered = arrivals(4, |conditions| conditions.reordered = 100);
        assert!(!numbers(reordered).is_sorted());
    }

    #[test]
    fn a_narrow_path_makes_wait_and_then_loses() {
        let arrived = arrivals(6, |conditions| conditions.bytes_per_second = 15_000);
        let (last, _) = arrived.last().unwrap();
        assert!((640..660).contains(&arrived.len()), "{}", arrived.len());
        assert!((1_290_000..1_330_000).contains(last), "{last}");
    }

    #[test]
    fn a_cut_path_carries_nothing() {
        assert!(arrivals(5, |conditions| conditions.is_cut = true).is_empty());
    }
}
