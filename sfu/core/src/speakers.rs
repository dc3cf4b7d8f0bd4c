//! Who speaks in a room, by LiveKit's definition.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Speech is judged once in this time.
const WINDOW: Duration = Duration::from_millis(400);
/// Packets at least this loud count as speech, in dBov.
const THRESHOLD: i8 = -35;
/// Speech in a window that makes its sender active: 40 % of it.
const ACTIVE_FOR: Duration = Duration::from_millis(160);
/// Weight of the newest window when two are smoothed (2 / (2 + 1)).
const SMOOTHING: f32 = 2.0 / 3.0;
/// Levels are told in steps of an eighth.
const STEPS: f32 = 8.0;
/// Opus runs at 48 kHz (RFC 7587 section 4.1).
const TICKS_PER_MILLISECOND: u32 = 48;
/// The time one packet speaks for: usually 20 ms; a longer distance is a pause (DTX), not a packet.
const PACKET_MILLISECONDS: u32 = 20;
const LONGEST_PACKET_MILLISECONDS: u32 = 120;

/// One participant whose speaking has begun, ended or become louder or softer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change<K> {
    pub(crate) participant: K,
    /// 0 to 1 in eighths; 0 when no longer active.
    pub(crate) level: f32,
    pub(crate) is_active: bool,
}

/// The audio levels of a room; `K` names a participant.
#[derive(Debug)]
pub(crate) struct Speakers<K> {
    tracks: BTreeMap<(K, u32), Track>,
    told: BTreeMap<K, f32>,
    window_end: Option<Instant>,
}

#[derive(Debug, Default)]
struct Track {
    timestamp: Option<u32>,
    spoken: Duration,
    loudest: Option<i8>,
    smoothed: f32,
}

impl<K> Default for Speakers<K> {
    fn default() -> Self {
        Self {
            tracks: BTreeMap::new(),
            told: BTreeMap::new(),
            window_end: None,
        }
    }
}

impl<K: Clone + Ord> Speakers<K> {
    /// Takes in a packet of an Opus track: `level` in dBov, 0 (loudest) to -127 (RFC 6464).
    pub(crate) fn packet(
        &mut self,
        now: Instant,
        participant: &K,
        ssrc: u32,
        timestamp: u32,
        level: i8,
    ) {
        let key = (participant.clone(), ssrc);
        if level < THRESHOLD && !self.tracks.contains_key(&key) {
            return;
        }
        let track = self.tracks.entry(key).or_default();
        track.observe(timestamp, level);
        if self.window_end.is_none() {
            self.window_end = now.checked_add(WINDOW);
        }
    }

    /// A track has been muted or has gone: it is silent from now on.
    pub(crate) fn silence(&mut self, participant: &K, ssrc: u32) {
        self.tracks.remove(&(participant.clone(), ssrc));
    }

    /// A participant has left; nobody is told.
    pub(crate) fn remove(&mut self, participant: &K) {
        self.tracks.retain(|(owner, _), _| owner != participant);
        self.told.remove(participant);
    }

    /// When to poll next; `None` while all are silent.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.window_end
    }

    /// What has changed by the end of a window; empty in between.
    pub(crate) fn poll(&mut self, now: Instant) -> Vec<Change<K>> {
        if self.window_end.is_none_or(|end| now < end) {
            return Vec::new();
        }
        let levels = self.close_window();
        let changes = self.changes(&levels);
        self.told = levels;
        let is_idle = self.tracks.is_empty() && self.told.is_empty();
        self.window_end = if is_idle {
            None
        } else {
            now.checked_add(WINDOW)
        };
        changes
    }

    /// The level of each active participant: the loudest of its tracks.
    fn close_window(&mut self) -> BTreeMap<K, f32> {
        let mut levels = BTreeMap::new();
        self.tracks.retain(|(participant, _), track| {
            let level = track.close_window();
            if level > 0.0 {
                let loudest = levels.entry(participant.clone()).or_insert(level);
                *loudest = level.max(*loudest);
            }
            level > 0.0
        });
        levels
    }

    #[expect(clippy::float_cmp, reason = "levels are whole eighths")]
    fn changes(&self, levels: &BTreeMap<K, f32>) -> Vec<Change<K>> {
        let ended = self
            .told
            .keys()
            .filter(|participant| !levels.contains_key(participant));
        let ended = ended.map(|participant| Change {
            participant: participant.clone(),
            level: 0.0,
            is_active: false,
        });
        let heard = levels
            .iter()
            .filter(|(participant, level)| self.told.get(participant) != Some(level));
        let heard = heard.map(|(participant, level)| Change {
            participant: participant.clone(),
            level: *level,
            is_active: true,
        });
        ended.chain(heard).collect()
    }
}

impl Track {
    fn observe(&mut self, timestamp: u32, level: i8) {
        let since = self
            .timestamp
            .replace(timestamp)
            .map(|before| timestamp.wrapping_sub(before) / TICKS_PER_MILLISECOND);
        let milliseconds = since
            .filter(|since| (1..=LONGEST_PACKET_MILLISECONDS).contains(since))
            .unwrap_or(PACKET_MILLISECONDS);
        if level >= THRESHOLD {
            self.spoken += Duration::from_millis(u64::from(milliseconds));
            self.loudest = Some(self.loudest.map_or(level, |loudest| loudest.max(level)));
        }
    }

    /// The smoothed level in whole eighths, 0 when not active; begins the next window.
    fn close_window(&mut self) -> f32 {
        let spoken = std::mem::take(&mut self.spoken).min(WINDOW);
        let loudest = self.loudest.take();
        let level = match loudest {
            Some(loudest) if spoken >= ACTIVE_FOR => {
                10_f32.powf(f32::from(loudest) / 20.0) * spoken.div_duration_f32(WINDOW)
            }
            _ => 0.0,
        };
        self.smoothed += (level - self.smoothed) * SMOOTHING;
        if self.smoothed
            < 10_f32.powf(f32::from(THRESHOLD) / 20.0) * ACTIVE_FOR.div_duration_f32(WINDOW)
        {
            self.smoothed = 0.0;
        }
        ((self.smoothed * STEPS).ceil() / STEPS).min(1.0)
    }
}
