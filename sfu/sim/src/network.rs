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

/// Latest delay of a reordered datagram.
const REORDERED_BY_MS: u64 = 30;

pub(crate) struct Network {
    random: Random,
    conditions: HashMap<(SocketAddr, SocketAddr), (Conditions, Instant)>,
    in_flight: BTreeMap<(Instant, u64), Datagram>,
    sent: u64,
    start: Instant,
}

impl Network {
    pub(crate) fn new(seed: u64, start: Instant) -> Self {
        Self {
            random: Random::new(seed),
            conditions: HashMap::new(),
            in_flight: BTreeMap::new(),
            sent: 0,
            start,
        }
    }

    /// The conditions from one address to another.
    pub(crate) fn conditions(&mut self, from: SocketAddr, to: SocketAddr) -> &mut Conditions {
        let start = self.start;
        let path = self.conditions.entry((from, to));
        &mut path.or_insert_with(|| (Conditions::default(), start)).0
    }

    pub(crate) fn send(&mut self, now: Instant, mut datagram: Datagram) {
        let conditions = *self.conditions(datagram.source, datagram.destination);
        if conditions.is_cut || self.random.happens(conditions.lost) {
            return;
        }
        if self.random.happens(conditions.damaged) {
            self.damage(&mut datagram.contents);
        }
        if self.random.happens(conditions.repeated) {
            self.carry(now, &conditions, datagram.clone());
        }
        self.carry(now, &conditions, datagram);
    }

    fn damage(&mut self, contents: &mut [u8]) {
        let index = self.random.below(contents.len() as u64);
        let change = u8::try_from(1 + self.random.below(255)).unwrap_or(1);
        if let Some(byte) = usize::try_from(index)
            .ok()
            .and_then(|index| contents.get_mut(index))
        {
            *byte ^= change;
        }
    }

    fn carry(&mut self, now: Instant, conditions: &Conditions, datagram: Datagram) {
        let jitter = u64::try_from(conditions.jitter.as_micros()).unwrap_or_default();
        let travelled = conditions.delay + Duration::from_micros(self.random.below(jitter + 1));
        let mut arrival = now + travelled;
        if self.random.happens(conditions.reordered) {
            arrival += Duration::from_millis(1 + self.random.below(REORDERED_BY_MS));
        } else if let Some((_, last)) = self
            .conditions
            .get_mut(&(datagram.source, datagram.destination))
        {
            arrival = arrival.max(*last);
            *last = arrival;
        }
        self.sent += 1;
        self.in_flight.insert((arrival, self.sent), datagram);
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
    fn a_cut_path_carries_nothing() {
        assert!(arrivals(5, |conditions| conditions.is_cut = true).is_empty());
    }
}
