//! How long packets take there and back, and whether they wait in queues on their way.

use std::time::{Duration, Instant};

/// The shortest trip of one to two such times is what it takes without waiting: a client may change its network.
const MEMORY: Duration = Duration::from_secs(30);
/// So much more than that is waiting.
const WAITING: Duration = Duration::from_millis(80);

/// Round trips of one connection.
#[derive(Debug, Default)]
pub(super) struct Trips {
    latest: Option<Duration>,
    shortest: Option<Duration>,
    shortest_before: Option<Duration>,
    since: Option<Instant>,
}

impl Trips {
    /// Takes in a trip.
    pub(super) fn see(&mut self, now: Instant, trip: Duration) {
        let since = *self.since.get_or_insert(now);
        if now.saturating_duration_since(since) >= MEMORY {
            self.since = Some(now);
            self.shortest_before = self.shortest.take();
        }
        self.latest = Some(trip);
        self.shortest = Some(self.shortest.map_or(trip, |shortest| shortest.min(trip)));
    }

    /// The latest.
    pub(super) fn latest(&self) -> Option<Duration> {
        self.latest
    }

    /// Whether the latest took longer than it had to.
    pub(super) fn is_queueing(&self) -> bool {
        let shortest = self.shortest.into_iter().chain(self.shortest_before).min();
        let waited = self.latest.zip(shortest);
        waited.is_some_and(|(latest, shortest)| latest.saturating_sub(shortest) >= WAITING)
    }
}

#[cfg(test)]
mod tests {
    use super::Trips;
    use crate::testing::at;
    use std::time::Duration;

    fn queueing(trips: &mut Trips, second: u64, trip: u64) -> bool {
        trips.see(at(second * 1000), Duration::from_millis(trip));
        trips.is_queueing()
    }

    #[test]
    fn what_takes_longer_than_at_other_times_waits() {
        let mut trips = Trips::default();
        assert!(!trips.is_queueing());
        assert!(!queueing(&mut trips, 0, 400));
        assert!(!queueing(&mut trips, 1, 40));
        assert!(!queueing(&mut trips, 2, 119));
        assert!(queueing(&mut trips, 3, 120));
        assert!(!queueing(&mut trips, 4, 60));
        assert_eq!(trips.latest(), Some(Duration::from_millis(60)));
    }

    #[test]
    fn another_network_may_be_slower() {
        let mut trips = Trips::default();
        queueing(&mut trips, 0, 20);
        let waiting = (1..120).filter(|second| queueing(&mut trips, *second, 600));
        let last = waiting.last().unwrap();
        assert!((30..=60).contains(&last), "{last}");
    }
}
