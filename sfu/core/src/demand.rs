//! How many layers of a track somebody wants, so that its publisher need not send the others (LiveKit's dynacast).

use std::time::{Duration, Instant};

/// A layer that nobody wants is let go after this long: tiles come and go, and an encoder takes time to begin again.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a publisher was told.
#[derive(Debug)]
pub(crate) struct Demand {
    /// None as long as it sends all that it has.
    told: Option<usize>,
    lower_since: Option<Instant>,
}

impl Demand {
    /// Nothing has been told.
    pub(crate) fn new() -> Self {
        Self {
            told: None,
            lower_since: None,
        }
    }

    /// Takes in how many layers are wanted, from the smallest up, of those that there are; answers what is to be told.
    pub(crate) fn see(&mut self, now: Instant, wanted: usize, layers: usize) -> Option<usize> {
        let told = self.told.unwrap_or(layers);
        if wanted >= told {
            self.lower_since = None;
            return (wanted > told).then(|| self.tell(wanted));
        }
        let since = *self.lower_since.get_or_insert(now);
        (now.saturating_duration_since(since) >= PATIENCE).then(|| self.tell(wanted))
    }

    fn tell(&mut self, wanted: usize) -> usize {
        self.told = Some(wanted);
        self.lower_since = None;
        wanted
    }
}

/// How many layers that somebody wants have not come, at any moment since the last look.
///
/// An encoder that begins, or begins again, owes nobody anything: what it lacks at first is not what it lacks all the time.
#[derive(Debug, Default)]
pub(crate) struct Missing {
    least: Option<usize>,
}

impl Missing {
    pub(crate) fn see(&mut self, missing: usize) {
        self.least = Some(self.least.map_or(missing, |least| least.min(missing)));
    }

    pub(crate) fn take(&mut self) -> usize {
        self.least.take().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Demand, Missing};
    use crate::testing::at;

    /// What is told while the wish changes at these seconds.
    fn told(wishes: &[(u64, usize)]) -> Vec<(u64, usize)> {
        let mut demand = Demand::new();
        let mut wanted = 0;
        (0..60)
            .filter_map(|second| {
                if let Some((_, wish)) = wishes.iter().find(|(at, _)| *at == second) {
                    wanted = *wish;
                }
                Some((second, demand.see(at(second * 1000), wanted, 3)?))
            })
            .collect()
    }

    #[test]
    fn all_layers_are_taken_for_granted() {
        assert_eq!(told(&[(0, 3)]), []);
    }

    #[test]
    fn fewer_are_told_after_a_while_and_more_at_once() {
        assert_eq!(
            told(&[(0, 1), (20, 3), (30, 2)]),
            [(5, 1), (20, 3), (35, 2)]
        );
    }

    #[test]
    fn a_wish_that_comes_back_soon_changes_nothing() {
        assert_eq!(told(&[(0, 3), (10, 1), (14, 3), (20, 1), (24, 3)]), []);
    }

    #[test]
    fn a_track_that_nobody_wants_is_let_go() {
        assert_eq!(told(&[(0, 3), (10, 0), (30, 1)]), [(15, 0), (30, 1)]);
    }

    #[test]
    fn what_is_missing_all_the_time_is_missed() {
        let mut missing = Missing::default();
        assert_eq!(missing.take(), 0);
        for looks in [[2, 1, 1], [0, 2, 2], [2, 2, 2]] {
            for now in looks {
                missing.see(now);
            }
            assert_eq!(missing.take(), *looks.iter().min().unwrap());
        }
        assert_eq!(missing.take(), 0);
    }
}
