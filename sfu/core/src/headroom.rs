//! Whether a way carries more than what flows on it: found out by sending more for a moment, before anybody sees it.
//!
//! Packets that have been sent already are repeated for a tenth of a second, so that as much flows as the next larger
//! picture would need and some more. A sender report follows them, and its answer tells how long it had to wait behind
//! them. That is far too short to be seen or heard, and says more than trying the larger picture itself.

use std::cmp::Reverse;
use std::time::{Duration, Instant};

use crate::arena::Key;
use crate::egress::{Echo, Line};
use crate::gathering::depart;
use crate::load::{Load, Outcomes};
use crate::participant::Participant;
use crate::rate::per_second;
use crate::state::State;
use crate::track::Track;

/// Nothing is tried before reports have been good for so long, and not sooner after a picture has become smaller.
const QUIET: Duration = Duration::from_secs(1);
const AFTER_LOSS: Duration = Duration::from_secs(2);
/// Nothing can be tried where nothing can be repeated; somebody looks again after this.
const UNABLE: Duration = Duration::from_secs(4);
/// When there was nothing to do, somebody looks again after this.
const IDLE: Duration = Duration::from_millis(250);
/// What flows is what has been sent for at least so long, and for not much longer.
const LONG_ENOUGH: Duration = Duration::from_secs(1);
const TOO_LONG: Duration = Duration::from_secs(4);
/// A report that says nothing of the packets has been lost.
const ANSWERED_WITHIN: Duration = Duration::from_secs(3);
/// What reports say so soon after a failure was caused by it.
const DISTURBED: Duration = Duration::from_secs(1);

/// What is known of one subscriber's way.
#[derive(Debug, Default)]
pub(crate) struct Headroom {
    /// Some picture may be smaller than it is wanted.
    is_short: bool,
    next_at: Option<Instant>,
    /// Bytes that had been sent at a moment.
    sent: Option<(Instant, u64)>,
    trial: Option<(Step, Load)>,
    outcomes: Outcomes,
    disturbed_until: Option<Instant>,
}

/// A picture that is to become larger by one layer.
#[derive(Debug, Clone, Copy)]
struct Step {
    track: Key<Track>,
    line: Line,
    /// Bytes a second that this adds.
    more: u64,
}

impl Headroom {
    /// A picture has been made smaller; so much had been sent until then.
    pub(crate) fn fall_short(&mut self, now: Instant, sent: u64) {
        self.is_short = true;
        self.trial = None;
        self.wait(now, AFTER_LOSS, sent);
    }

    /// The server itself has narrowed the way or widened it: what was found out does not hold any more.
    pub(crate) fn forget(&mut self, now: Instant, sent: u64) {
        self.outcomes = Outcomes::default();
        self.trial = None;
        self.wait(now, LONG_ENOUGH, sent);
    }

    /// Whether reports tell of a trial rather than of what flows.
    pub(crate) fn is_disturbed(&self, now: Instant) -> bool {
        self.trial.is_some() || self.disturbed_until.is_some_and(|until| now < until)
    }

    fn wait(&mut self, now: Instant, pause: Duration, sent: u64) {
        self.next_at = Some(now + pause);
        self.sent = Some((now, sent));
    }

    /// Nothing can be tried now; what flows is looked at anew from time to time.
    fn idle(&mut self, now: Instant, sent: u64) {
        self.next_at = Some(now + IDLE);
        let is_old = |(at, _): (Instant, u64)| now.saturating_duration_since(at) > TOO_LONG;
        if self.sent.is_none_or(is_old) {
            self.sent = Some((now, sent));
        }
    }

    fn is_due(&self, now: Instant) -> bool {
        self.next_at.is_none_or(|at| now >= at)
    }

    /// Bytes a second since the last look.
    fn flows(&self, now: Instant, sent: u64) -> Option<u64> {
        let (at, before) = self.sent?;
        let elapsed = now.saturating_duration_since(at);
        (elapsed >= LONG_ENOUGH).then(|| per_second(sent.saturating_sub(before), elapsed))
    }

    /// Ends a trial by what its echo tells; the track, and whether more of it is carried.
    fn judge(
        &mut self,
        now: Instant,
        echo: Echo,
        limit: Option<u64>,
    ) -> Option<(Key<Track>, bool)> {
        let (step, load) = self.trial.take()?;
        let is_carried = self.outcomes.see(&load, echo, limit);
        if !is_carried {
            self.disturbed_until = Some(now + DISTURBED);
        }
        Some((step.track, is_carried))
    }
}

impl State {
    /// Looks whether the ways of those who make do with smaller pictures carry more.
    pub(crate) fn look_for_headroom(&mut self, now: Instant) {
        let participants = self.participants.iter();
        let short: Vec<_> = participants
            .filter(|(_, participant)| participant.headroom.is_short)
            .map(|(key, _)| key)
            .collect();
        for key in short {
            let headroom = self.participants.get(key).map(|one| &one.headroom);
            match headroom {
                Some(headroom) if headroom.trial.is_some() => self.go_on(now, key),
                Some(headroom) if headroom.is_due(now) => self.begin_trial(now, key),
                _ => {}
            }
        }
    }

    fn begin_trial(&mut self, now: Instant, key: Key<Participant>) {
        let step = self.next_step(now, key);
        let is_short = self.is_short(key);
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        let (headroom, egress) = (&mut participant.headroom, &participant.subscriber.egress);
        headroom.is_short = is_short;
        let flows = headroom.flows(now, egress.sent_bytes());
        let trip = egress.round_trip().filter(|_| !egress.is_queueing());
        let Some(((step, flows), trip)) = step.zip(flows).zip(trip) else {
            return headroom.idle(now, egress.sent_bytes());
        };
        let load = headroom.outcomes.load(now, flows, step.more, trip);
        headroom.trial = Some((step, load));
        self.go_on(now, key);
    }

    fn go_on(&mut self, now: Instant, key: Key<Participant>) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        let (headroom, egress) = (
            &mut participant.headroom,
            &mut participant.subscriber.egress,
        );
        let Some((step, load)) = &mut headroom.trial else {
            return;
        };
        if let Some(marked_at) = load.marked_at() {
            if now.saturating_duration_since(marked_at) > ANSWERED_WITHIN {
                headroom.trial = None;
                headroom.wait(now, UNABLE, egress.sent_bytes());
            }
            return;
        }
        let Some(bytes) = load.next_burst() else {
            load.mark(now);
            return egress.ask_for_echo();
        };
        let sent = egress.pad(now, step.line, bytes);
        if sent == 0 {
            headroom.trial = None;
            return headroom.wait(now, UNABLE, egress.sent_bytes());
        }
        load.send(sent);
        depart(&mut self.departing, key, egress);
    }

    /// An answer to the report that followed a trial.
    pub(crate) fn echoed(&mut self, now: Instant, key: Key<Participant>, echo: Echo) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        let (headroom, egress) = (&mut participant.headroom, &participant.subscriber.egress);
        let verdict = headroom.judge(now, echo, egress.limit_bytes_per_second());
        let Some((track_key, is_carried)) = verdict else {
            return;
        };
        headroom.wait(now, headroom.outcomes.pause(), egress.sent_bytes());
        let are_unclear = headroom.outcomes.are_unclear();
        let Some(track) = self.tracks.get_mut(track_key) else {
            return;
        };
        let Some(subscription) = track.subscription_of(key) else {
            return;
        };
        if is_carried {
            subscription.loss.step_up(now);
            track.aim(now);
            self.request_keyframes(now, track_key);
        } else if !are_unclear {
            subscription.loss.postpone(now);
        }
    }

    /// Whether a picture of a subscriber is smaller than it is wanted, or would be if it were seen again.
    fn is_short(&self, key: Key<Participant>) -> bool {
        let lines = self.participants.get(key).map(|p| &p.subscriber.lines);
        let mut tracks = lines.into_iter().flatten().map(|line| line.track);
        tracks.any(|track| self.steps_down(key, track) > 0)
    }

    fn steps_down(&self, key: Key<Participant>, track: Key<Track>) -> usize {
        let track = self.tracks.get(track);
        let mut subscriptions = track.into_iter().flat_map(|track| &track.subscriptions);
        let subscription = subscriptions.find(|one| one.subscriber == key);
        subscription.map_or(0, |one| one.loss.steps_down())
    }

    /// The most important of the pictures that are to become larger, once all of them fare well.
    fn next_step(&mut self, now: Instant, key: Key<Participant>) -> Option<Step> {
        let mut pictures = self.pictures(key, false);
        pictures.sort_by_key(|(importance, _)| Reverse(*importance));
        let mut step = None;
        for (_, track_key) in pictures {
            let track = self.tracks.get_mut(track_key)?;
            let subscription = track.subscription_of(key)?;
            if !subscription.loss.is_quiet(now, QUIET) {
                return None;
            }
            let (request, steps_down) = (subscription.request()?, subscription.loss.steps_down());
            let line = subscription.line?;
            if steps_down > 0 && step.is_none() {
                step = track
                    .step_up_adds(now, request, steps_down)
                    .map(|more| Step {
                        track: track_key,
                        line,
                        more,
                    });
            }
        }
        step
    }
}
