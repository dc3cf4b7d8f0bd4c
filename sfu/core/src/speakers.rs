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

    /// What has changed by the end of a window (400 ms); empty in between.
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
        if level == 0.0 && self.smoothed < 10_f32.powf(f32::from(THRESHOLD) / 20.0) {
            self.smoothed = 0.0;
        }
        ((self.smoothed * STEPS).ceil() / STEPS).min(1.0)
    }
}

#[cfg(test)]
#[expect(
    clippy::cast_possible_truncation,
    reason = "numbers of a seeded generator, cut to size"
)]
mod tests {
    use super::*;
    use crate::testing::at;

    type Changes = Vec<(u64, &'static str, f32, bool)>;

    /// 20 ms packets of one participant.
    fn speak(
        speakers: &mut Speakers<&'static str>,
        who: &'static str,
        from: u64,
        until: u64,
        level: i8,
    ) {
        for time in (from..until).step_by(20) {
            speakers.packet(at(time), &who, 1, (time * 48) as u32, level);
        }
    }

    fn listen(speakers: &mut Speakers<&'static str>, until: u64) -> Changes {
        let mut changes = Vec::new();
        for time in (0..=until).step_by(20) {
            let told = speakers.poll(at(time)).into_iter();
            changes.extend(told.map(|c| (time, c.participant, c.level, c.is_active)));
        }
        changes
    }

    #[test]
    fn levels_of_a_loud_voice_rise_smoothed_and_are_told_once_each() {
        let mut speakers = Speakers::default();
        let mut changes = Vec::new();
        for window in 0..6 {
            speak(&mut speakers, "ann", window * 400, window * 400 + 400, 0);
            changes.extend(listen(&mut speakers, window * 400 + 400));
        }
        assert_eq!(changes, [(400, "ann", 0.75, true), (800, "ann", 1.0, true)]);
    }

    #[test]
    fn a_quiet_voice_at_the_threshold_counts_and_below_it_never() {
        let mut speakers = Speakers::default();
        speak(&mut speakers, "ann", 0, 160, -35);
        speak(&mut speakers, "bob", 0, 400, -36);
        assert_eq!(listen(&mut speakers, 400), [(400, "ann", 0.125, true)]);
    }

    #[test]
    fn a_cough_shorter_than_two_fifths_of_a_window_is_nothing() {
        let mut speakers = Speakers::default();
        speak(&mut speakers, "ann", 0, 140, 0);
        assert!(listen(&mut speakers, 10_000).is_empty());
        assert_eq!(speakers.window_end, None);
    }

    #[test]
    fn when_packets_stop_as_dtx_does_speaking_ends_and_the_room_rests() {
        let mut speakers = Speakers::default();
        speak(&mut speakers, "ann", 0, 400, -10);
        let changes = listen(&mut speakers, 10_000);
        assert_eq!(changes.last(), Some(&(1600, "ann", 0.0, false)));
        assert_eq!(speakers.window_end, None);
    }

    #[test]
    fn muting_ends_speaking_at_the_next_window() {
        let mut speakers = Speakers::default();
        speak(&mut speakers, "ann", 0, 400, 0);
        listen(&mut speakers, 400);
        speakers.silence(&"ann", 1);
        assert_eq!(listen(&mut speakers, 800), [(800, "ann", 0.0, false)]);
    }

    #[test]
    fn who_has_left_is_not_spoken_of() {
        let mut speakers = Speakers::default();
        speak(&mut speakers, "ann", 0, 400, 0);
        listen(&mut speakers, 400);
        speakers.remove(&"ann");
        assert!(listen(&mut speakers, 5000).is_empty());
        assert_eq!(speakers.window_end, None);
    }

    #[test]
    fn two_tracks_of_one_participant_are_one_speaker_at_the_louder_level() {
        let mut speakers = Speakers::default();
        for time in (0..400_u32).step_by(20) {
            speakers.packet(at(u64::from(time)), &"ann", 1, time * 48, -30);
            speakers.packet(at(u64::from(time)), &"ann", 2, time * 48, 0);
        }
        assert_eq!(listen(&mut speakers, 400), [(400, "ann", 0.75, true)]);
    }

    #[test]
    fn long_packets_count_for_their_length() {
        let mut speakers = Speakers::default();
        for time in [0_u32, 60, 120] {
            speakers.packet(at(u64::from(time)), &"ann", 1, time * 48, 0);
        }
        assert_eq!(listen(&mut speakers, 400).len(), 0);
        for time in [400_u32, 460, 520] {
            speakers.packet(at(u64::from(time)), &"ann", 1, time * 48, 0);
        }
        speakers.packet(at(580), &"ann", 1, 580 * 48, 0);
        assert_eq!(listen(&mut speakers, 800).len(), 1);
    }

    #[test]
    fn levels_outside_the_scale_stay_within_zero_and_one() {
        let mut speakers = Speakers::default();
        speak(&mut speakers, "ann", 0, 400, i8::MAX);
        speak(&mut speakers, "bob", 0, 400, i8::MIN);
        let changes = listen(&mut speakers, 400);
        assert_eq!(changes, [(400, "ann", 1.0, true)]);
    }
}
