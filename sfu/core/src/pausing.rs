//! Pictures give way to sound: what a subscriber's way does not carry even at its smallest is paused, and tried again.

use std::cmp::Reverse;
use std::time::{Duration, Instant};

use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{Kind, StreamPaused};

use crate::arena::Key;
use crate::loss::Strain;
use crate::participant::Participant;
use crate::state::State;
use crate::track::Track;

/// Whoever has just lost a picture, or had one made smaller, keeps the others for so long: queues have to drain, and
/// reports have yet to tell of the difference.
const SETTLES: Duration = Duration::from_secs(1);
const SETTLES_SMALLER: Duration = Duration::from_secs(4);
/// Pause before a picture is tried again, at first and at most.
const PAUSE: Duration = Duration::from_secs(1);
const PAUSE_AT_MOST: Duration = Duration::from_secs(32);
/// A picture that has flowed for so long since it was tried seems to be carried, and the next may be tried …
const CARRIED: Duration = Duration::from_secs(3);
/// … but a queue that fills slowly may tell only later that it was one too many.
const RELAPSE: Duration = Duration::from_secs(30);

/// When one subscriber's pictures are paused and tried again.
#[derive(Debug)]
pub(crate) struct Pausing {
    /// Some picture may be paused.
    has_paused: bool,
    changed_at: Option<Instant>,
    settled_at: Option<Instant>,
    tried_at: Option<Instant>,
    pause: Duration,
}

impl Pausing {
    /// Nothing has been paused.
    pub(crate) fn new() -> Self {
        Self {
            has_paused: false,
            changed_at: None,
            settled_at: None,
            tried_at: None,
            pause: PAUSE,
        }
    }

    /// Whether a picture is on trial: the first sign of congestion ends it, before sound is lost.
    fn is_trying(&self, now: Instant) -> bool {
        self.since_trial(now).is_some_and(|since| since < RELAPSE)
    }

    fn since_trial(&self, now: Instant) -> Option<Duration> {
        self.tried_at.map(|at| now.saturating_duration_since(at))
    }

    /// What has been made smaller has yet to show.
    pub(crate) fn settle(&mut self, now: Instant) {
        self.settled_at = Some(now + SETTLES_SMALLER);
    }

    /// Whether reports tell of what flows now.
    fn is_settled(&self, now: Instant) -> bool {
        self.settled_at.is_none_or(|at| now >= at)
    }

    /// The way does not carry all that flows: something is paused now.
    fn give_way(&mut self, now: Instant) {
        let is_relapse = self
            .since_trial(now)
            .is_some_and(|since| since < RELAPSE.max(self.pause * 2));
        self.pause = if is_relapse {
            (self.pause * 2).min(PAUSE_AT_MOST)
        } else {
            PAUSE
        };
        self.tried_at = None;
        self.changed_at = Some(now);
        self.settled_at = Some(now + SETTLES);
        self.has_paused = true;
    }

    /// Whether a paused picture is to be tried now.
    fn try_again(&mut self, now: Instant) -> bool {
        let is_fresh = self.since_trial(now).is_some_and(|since| since < CARRIED);
        let pause = if is_fresh { CARRIED } else { self.pause };
        if self.since_change(now).is_some_and(|since| since < pause) {
            return false;
        }
        if self.tried_at.is_some() {
            self.pause = (self.pause / 2).max(PAUSE);
        }
        self.changed_at = Some(now);
        self.settled_at = Some(now + SETTLES);
        self.tried_at = Some(now);
        true
    }

    /// The server itself has narrowed the way or widened it: what was found out does not hold any more.
    pub(crate) fn forget(&mut self) {
        *self = Self {
            has_paused: self.has_paused,
            ..Self::new()
        };
    }

    fn since_change(&self, now: Instant) -> Option<Duration> {
        self.changed_at.map(|at| now.saturating_duration_since(at))
    }
}

/// The more important a picture is, the larger: by the subscriber's own order, then by the size that it is shown at.
pub(crate) type Importance = (Reverse<u32>, u64);

impl State {
    /// Makes pictures smaller that can be; pauses as many as are too many when none can, the least important ones.
    pub(crate) fn give_way(&mut self, now: Instant, key: Key<Participant>, strain: Strain) {
        let mut flowing = self.pictures(key, false);
        let participant = self.participants.get(key);
        let is_settled = participant.is_some_and(|one| one.pausing.is_settled(now));
        if flowing.is_empty() || !is_settled {
            return;
        }
        let is_smaller = self.make_smaller(now, key, strain, &flowing);
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        if is_smaller {
            let sent = participant.subscriber.egress.sent_bytes();
            participant.headroom.fall_short(now, sent);
            return participant.pausing.settle(now);
        }
        participant.pausing.give_way(now);
        flowing.sort_by_key(|(importance, _)| *importance);
        flowing.truncate(strain.surplus(flowing.len()));
        for (_, track_key) in flowing {
            self.pause_picture(now, key, track_key);
        }
    }

    fn make_smaller(
        &mut self,
        now: Instant,
        key: Key<Participant>,
        strain: Strain,
        flowing: &[(Importance, Key<Track>)],
    ) -> bool {
        let mut is_smaller = false;
        for (_, track_key) in flowing {
            let Some(track) = self.tracks.get_mut(*track_key) else {
                continue;
            };
            let request = track.subscription_of(key).and_then(|one| one.request());
            let most_steps = track.most_steps(now, request);
            let Some(subscription) = track.subscription_of(key) else {
                continue;
            };
            if subscription.loss.give_way(now, strain, most_steps) {
                is_smaller = true;
                track.aim(now);
                self.request_keyframes(now, *track_key);
            }
        }
        is_smaller
    }

    /// Whether a picture is on trial at a subscriber.
    pub(crate) fn is_trying(&self, now: Instant, key: Key<Participant>) -> bool {
        let participant = self.participants.get(key);
        participant.is_some_and(|participant| participant.pausing.is_trying(now))
    }

    fn pause_picture(&mut self, now: Instant, key: Key<Participant>, track_key: Key<Track>) {
        let (Some(track), Some(participant)) =
            (self.tracks.get_mut(track_key), self.participants.get(key))
        else {
            return;
        };
        if let Some(subscription) = track.subscription_of(key) {
            subscription.set_paused(true);
        }
        track.aim(now);
        self.events.push_back(Event::StreamPaused(StreamPaused {
            participant_sid: participant.sid.clone(),
            track_sid: track.sid.clone(),
        }));
    }

    /// Tries the most important of the paused pictures again, wherever it is time.
    pub(crate) fn try_paused(&mut self, now: Instant) {
        let participants = self.participants.iter();
        let short: Vec<_> = participants
            .filter(|(_, participant)| participant.pausing.has_paused)
            .map(|(key, _)| key)
            .collect();
        for key in short {
            let paused = self.pictures(key, true);
            let most_important = paused.into_iter().max_by_key(|(importance, _)| *importance);
            let Some(participant) = self.participants.get_mut(key) else {
                continue;
            };
            participant.pausing.has_paused = most_important.is_some();
            if let Some((_, track_key)) = most_important
                && participant.pausing.try_again(now)
            {
                self.resume_picture(now, key, track_key);
            }
        }
    }

    /// The server itself has narrowed the way or widened it: loss so far tells nothing of it. Where nothing is held
    /// back any more, all pictures are whole again.
    pub(crate) fn forget_loss(&mut self, now: Instant, key: Key<Participant>, is_limited: bool) {
        let lines = self.participants.get(key).map(|p| &p.subscriber.lines);
        let tracks: Vec<_> = lines.into_iter().flatten().map(|line| line.track).collect();
        for track_key in tracks {
            let Some(track) = self.tracks.get_mut(track_key) else {
                continue;
            };
            let Some(subscription) = track.subscription_of(key) else {
                continue;
            };
            if is_limited {
                subscription.loss.forget();
                continue;
            }
            subscription.restore();
            track.aim(now);
            self.request_keyframes(now, track_key);
        }
    }

    fn resume_picture(&mut self, now: Instant, key: Key<Participant>, track_key: Key<Track>) {
        let Some(track) = self.tracks.get_mut(track_key) else {
            return;
        };
        if let Some(subscription) = track.subscription_of(key) {
            subscription.set_paused(false);
        }
        track.aim(now);
        self.request_keyframes(now, track_key);
    }

    /// What somebody wants to see and sees, or what is paused.
    pub(crate) fn pictures(
        &self,
        key: Key<Participant>,
        is_paused: bool,
    ) -> Vec<(Importance, Key<Track>)> {
        let lines = self.participants.get(key).map(|p| &p.subscriber.lines);
        let videos = lines
            .into_iter()
            .flatten()
            .filter(|line| line.kind == Kind::Video);
        videos
            .filter_map(|line| {
                let track = self.tracks.get(line.track)?;
                let mut subscriptions = track.subscriptions.iter();
                let subscription = subscriptions.find(|one| one.subscriber == key)?;
                let is_meant = subscription.loss.is_paused() == is_paused;
                let is_seen = subscription.request().is_some() && !track.is_muted;
                let is_wanted = is_meant && (is_paused || is_seen);
                let settings = subscription.settings;
                let pixels = u64::from(settings.width) * u64::from(settings.height);
                is_wanted.then_some(((Reverse(track.priority(settings)), pixels), line.track))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::at;

    #[test]
    fn what_is_not_carried_is_tried_more_and_more_seldom() {
        let mut pausing = Pausing::new();
        let mut tried = Vec::new();
        pausing.give_way(at(0));
        for second in 1..200 {
            if tried.last().is_some_and(|last| second == last + 2) {
                pausing.give_way(at(second * 1000));
            } else if pausing.try_again(at(second * 1000)) {
                tried.push(second);
            }
        }
        let pauses: Vec<u64> = tried.windows(2).map(|pair| pair[1] - pair[0] - 2).collect();
        assert_eq!(tried.first(), Some(&1));
        assert_eq!(pauses[..6], [2, 4, 8, 16, 32, 32]);
    }

    #[test]
    fn what_is_carried_brings_the_others_back_sooner() {
        let mut pausing = Pausing::new();
        pausing.pause = PAUSE_AT_MOST;
        let tried: Vec<u64> = (0..120)
            .filter(|second| pausing.try_again(at(second * 1000)))
            .collect();
        assert_eq!(tried[..7], [0, 32, 48, 56, 60, 63, 66]);
    }

    #[test]
    fn what_has_been_forgotten_delays_nothing() {
        let mut pausing = Pausing::new();
        pausing.pause = PAUSE_AT_MOST;
        pausing.give_way(at(0));
        pausing.forget();
        assert!(pausing.has_paused);
        assert!(pausing.is_settled(at(1)));
        assert!(pausing.try_again(at(1)));
    }

    #[test]
    fn reports_of_the_time_before_cost_no_second_picture() {
        let mut pausing = Pausing::new();
        assert!(pausing.is_settled(at(0)));
        pausing.give_way(at(0));
        assert!(!pausing.is_settled(at(999)));
        assert!(pausing.is_settled(at(1000)));
        pausing.settle(at(1000));
        assert!(!pausing.is_settled(at(4999)));
        assert!(pausing.try_again(at(5000)));
        assert!(!pausing.is_settled(at(5999)));
    }

    #[test]
    fn a_trial_ends() {
        let mut pausing = Pausing::new();
        assert!(!pausing.is_trying(at(0)));
        assert!(pausing.try_again(at(0)));
        assert!(pausing.is_trying(at(29_999)));
        assert!(!pausing.is_trying(at(30_000)));
    }
}
