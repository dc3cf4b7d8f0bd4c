//! What happens because time passes.

use std::time::{Duration, Instant};

use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::participant_failed::Reason;
use jumpa_sfu_proto::{Kind, LayersWanted, Speaker, SpeakersChanged};

use crate::arena::Key;
use crate::connection::{Connection, ConnectionKey};
use crate::io::Config;
use crate::participant::Participant;
use crate::room::Room;
use crate::state::{Failure, State};
use crate::track::Track;

/// Layers, keyframe requests, speakers and lost connections are looked at this often.
const TICK: Duration = Duration::from_millis(50);
/// Timers of connections run together, at most this often.
const TIMERS: Duration = Duration::from_millis(5);
/// A timer may wait this long for something else to happen: waking up costs more than what most timers do.
const SLACK: Duration = Duration::from_millis(10);
/// A tick that comes later than this finds a worker that was not running: what it has not heard is nobody's fault.
const STALL: Duration = Duration::from_millis(300);

impl State {
    /// When there is something to do again even if nothing comes in.
    pub(crate) fn deadline(&self, now: Instant) -> Instant {
        if self.participants.len() == 0 {
            return now + Duration::from_secs(1);
        }
        let next = (self.next_deadline + SLACK).min(self.next_tick);
        let released = self.gathering.next().unwrap_or(next);
        next.min(released).max(now)
    }

    /// Does what is due.
    pub(crate) fn pass_time(&mut self, now: Instant) {
        self.release(now);
        if now >= self.next_deadline {
            self.touch_due(now);
        }
        if now >= self.next_tick {
            let late = now.saturating_duration_since(self.next_tick);
            if late > STALL {
                self.excuse(now, late);
            }
            self.next_tick = now + TICK;
            self.tick(now);
        }
    }

    /// The worker itself has stood still for so long: nobody's patience has run out meanwhile.
    fn excuse(&mut self, now: Instant, stall: Duration) {
        for participant in self.participants.values_mut() {
            let subscriber = &mut participant.subscriber;
            subscriber.excuse(now, stall);
            let uplink = participant.uplink.as_mut();
            for connection in uplink.into_iter().chain([&mut subscriber.connection]) {
                connection.excuse(now, stall);
            }
        }
    }

    fn touch_due(&mut self, now: Instant) {
        let mut due = Vec::new();
        let mut next = now + Duration::from_secs(1);
        for (key, participant) in self.participants.iter() {
            for (target, connection) in participant.connections() {
                if connection.deadline <= now {
                    due.push(ConnectionKey {
                        participant: key,
                        target,
                    });
                } else {
                    next = next.min(connection.deadline);
                }
            }
        }
        for key in due {
            self.touch(key);
        }
        self.next_deadline = next.max(now + TIMERS);
    }

    fn tick(&mut self, now: Instant) {
        let tracks: Vec<Key<Track>> = self
            .tracks
            .iter()
            .filter(|(_, track)| track.kind == Kind::Video)
            .map(|(key, _)| key)
            .collect();
        for key in tracks {
            if let Some(track) = self.tracks.get_mut(key) {
                track.aim(now);
            }
            self.tell_demand(now, key);
            self.request_keyframes(now, key);
        }
        self.look_for_headroom(now);
        self.heed_limits(now);
        for participant in self.participants.values_mut() {
            let subscriber = &mut participant.subscriber;
            let path = subscriber.connection.path;
            let (clock, batch) = (&self.clock, &mut self.batch);
            subscriber.egress.report(now, clock, path, batch);
        }
        let rooms: Vec<Key<Room>> = self.rooms.iter().map(|(key, _)| key).collect();
        for key in rooms {
            self.tell_speakers(now, key);
        }
        self.ask_in_time(now);
        self.ask_silent(now);
        self.fill_quiet(now);
        self.try_paused(now);
        self.measure_paths(now);
        self.fail_lost(now);
    }

    fn heed_limits(&mut self, now: Instant) {
        let participants = self.participants.iter();
        let limited: Vec<_> = participants
            .filter(|(_, one)| one.subscriber.egress.limit_bytes_per_second().is_some())
            .map(|(key, _)| key)
            .collect();
        for key in limited {
            if let Some(participant) = self.participants.get_mut(key) {
                let told = participant.subscriber.egress.withheld(now);
                self.heed(now, key, told);
            }
        }
    }

    fn tell_demand(&mut self, now: Instant, key: Key<Track>) {
        let Some(track) = self.tracks.get_mut(key) else {
            return;
        };
        let Some(layers) = track.changed_demand(now) else {
            return;
        };
        if let Some(publisher) = self.participants.get(track.publisher) {
            self.events.push_back(Event::LayersWanted(LayersWanted {
                participant_sid: publisher.sid.clone(),
                track_sid: track.sid.clone(),
                layers: u32::try_from(layers).unwrap_or(u32::MAX),
            }));
        }
    }

    fn tell_speakers(&mut self, now: Instant, key: Key<Room>) {
        let Some(room) = self.rooms.get_mut(key) else {
            return;
        };
        let changes = room.speakers.poll(now);
        if changes.is_empty() {
            return;
        }
        let speakers = changes.into_iter().filter_map(|change| {
            let participant = self.participants.get(change.participant)?;
            Some(Speaker {
                participant_sid: participant.sid.clone(),
                level: change.level,
                active: change.is_active,
            })
        });
        self.events
            .push_back(Event::SpeakersChanged(SpeakersChanged {
                room_sid: room.sid.clone(),
                speakers: speakers.collect(),
            }));
    }

    fn fail_lost(&mut self, now: Instant) {
        let lost: Vec<_> = self
            .participants
            .iter()
            .filter_map(|(key, participant)| Some((key, loss(now, &self.config, participant)?)))
            .collect();
        for (key, failure) in lost {
            self.fail(key, failure);
        }
    }
}

fn loss(now: Instant, config: &Config, participant: &Participant) -> Option<Failure<'static>> {
    if let Some(failure) = participant
        .connections()
        .find_map(|(_, connection)| loss_of(now, config, connection))
    {
        return Some(failure);
    }
    let is_unanswered = participant
        .subscriber
        .waits_since()
        .is_some_and(|since| now.saturating_duration_since(since) > config.connect_timeout);
    is_unanswered.then_some(Failure {
        reason: Reason::ConnectionLost,
        code: "answer_timeout",
        message: "an offer was not answered in time",
    })
}

fn loss_of(now: Instant, config: &Config, connection: &Connection) -> Option<Failure<'static>> {
    if connection.lost_at.is_some_and(|at| now >= at) {
        return Some(Failure {
            reason: Reason::ConnectionLost,
            code: "connection_lost",
            message: "the client has closed a peer connection",
        });
    }
    if !connection.is_connected {
        let is_overdue = now.saturating_duration_since(connection.began) > config.connect_timeout;
        return is_overdue.then_some(Failure {
            reason: Reason::ConnectionLost,
            code: "connect_timeout",
            message: "a peer connection did not come up in time",
        });
    }
    let is_silent = now.saturating_duration_since(connection.last_heard) > config.silence_timeout;
    is_silent.then_some(Failure {
        reason: Reason::ConnectionLost,
        code: "connection_lost",
        message: "nothing has come from the client for too long",
    })
}
