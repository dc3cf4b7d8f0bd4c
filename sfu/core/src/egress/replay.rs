//! Which protected reports have been seen (RFC 3711 section 3.3.2).

/// Reports before the newest that are told apart.
const WINDOW: u32 = 64;

/// A window over the newest indices.
#[derive(Debug, Default)]
pub(crate) struct Replay {
    newest: Option<u32>,
    /// Bit n stands for the index n before the newest.
    seen: u64,
}

impl Replay {
    /// False for an index that was marked, or that is too old to tell.
    pub(crate) fn is_new(&self, index: u32) -> bool {
        let Some(newest) = self.newest else {
            return true;
        };
        match newest.checked_sub(index) {
            None => true,
            Some(age) => age < WINDOW && self.seen & (1 << age) == 0,
        }
    }

    /// Marks an index whose packet has proved genuine.
    pub(crate) fn mark(&mut self, index: u32) {
        let newest = *self.newest.get_or_insert(index);
        if let Some(ahead) = index.checked_sub(newest) {
            self.seen = self.seen.checked_shl(ahead).unwrap_or_default() | 1;
            self.newest = Some(index);
        } else if newest - index < WINDOW {
            self.seen |= 1 << (newest - index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Replay;

    #[test]
    fn each_index_counts_once_in_whatever_order_they_come() {
        let mut replay = Replay::default();
        for index in [5, 7, 6, 100, 40] {
            assert!(replay.is_new(index), "{index}");
            replay.mark(index);
            assert!(!replay.is_new(index), "{index}");
        }
        assert!(!replay.is_new(100) && !replay.is_new(40) && replay.is_new(41));
    }

    #[test]
    fn what_is_older_than_the_window_counts_as_seen() {
        let mut replay = Replay::default();
        replay.mark(1000);
        assert!(replay.is_new(1000 - 63));
        assert!(!replay.is_new(1000 - 64));
        assert!(!replay.is_new(0));
    }
}
