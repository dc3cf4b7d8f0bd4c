//! Everything a worker owns, and how participants come and go in it.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::participant_failed::Reason;
use jumpa_sfu_proto::{ParticipantFailed, Refused, WorkerStatus};

use crate::arena::{Arena, Key};
use crate::batch::Batch;
use crate::clock::WallClock;
use crate::connection::{ConnectionKey, Identity};
use crate::demux::Demux;
use crate::gathering::Gathering;
use crate::io::Config;
use crate::participant::Participant;
use crate::room::Room;
use crate::subscriber::Wanted;
use crate::track::Track;

/// Rooms, participants and tracks of one worker.
pub(crate) struct State {
    pub config: Config,
    pub identity: Identity,
    pub rooms: Arena<Room>,
    pub participants: Arena<Participant>,
    pub tracks: Arena<Track>,
    pub room_keys: HashMap<String, Key<Room>>,
    pub participant_keys: HashMap<String, Key<Participant>>,
    pub demux: Demux,
    /// Connections to drain.
    pub touched: VecDeque<ConnectionKey>,
    pub gathering: Gathering,
    /// Participants whose media leaves now.
    pub departing: Vec<Key<Participant>>,
    pub clock: WallClock,
    /// Participants who may need an offer.
    pub unoffered: Vec<Key<Participant>>,
    pub events: VecDeque<Event>,
    pub batch: Batch,
    /// What a drained connection has told, kept for its capacity.
    pub told: Vec<str0m::Event>,
    pub counters: WorkerStatus,
    pub random: u64,
    /// No connection needs attention before.
    pub next_deadline: Instant,
    pub next_tick: Instant,
}

/// Why a participant has to go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failure<'a> {
    pub reason: Reason,
    pub code: &'static str,
    pub message: &'a str,
}

impl State {
    /// Nobody is here yet.
    pub(crate) fn new(config: Config, now: Instant) -> Self {
        let counters = WorkerStatus {
            index: config.index,
            ..WorkerStatus::default()
        };
        Self {
            identity: Identity::new(&config),
            random: config.seed,
            rooms: Arena::default(),
            participants: Arena::default(),
            tracks: Arena::default(),
            room_keys: HashMap::new(),
            participant_keys: HashMap::new(),
            demux: Demux::default(),
            touched: VecDeque::new(),
            gathering: Gathering::default(),
            departing: Vec::new(),
            clock: WallClock::new(now, config.wall_clock),
            unoffered: Vec::new(),
            events: VecDeque::new(),
            batch: Batch::default(),
            told: Vec::new(),
            counters,
            next_deadline: now,
            next_tick: now,
            config,
        }
    }

    /// Takes a step for one participant; should it panic, that participant alone fails.
    pub(crate) fn guarded(&mut self, participant: Key<Participant>, step: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| step(self))).is_err() {
            let failure = Failure {
                reason: Reason::Internal,
                code: "panic",
                message: "the media server stumbled over this participant",
            };
            self.fail(participant, failure);
        }
    }

    /// Drops a participant and says so.
    pub(crate) fn fail(&mut self, key: Key<Participant>, failure: Failure<'_>) {
        let Some(participant) = self.participants.get(key) else {
            return;
        };
        let sid = participant.sid.clone();
        self.remove(key);
        self.events
            .push_back(Event::ParticipantFailed(ParticipantFailed {
                participant_sid: sid,
                reason: failure.reason.into(),
                code: failure.code.to_owned(),
                message: failure.message.to_owned(),
            }));
    }

    /// Says that a command is not followed.
    pub(crate) fn refuse(
        &mut self,
        participant_sid: &str,
        track_sid: &str,
        code: &str,
        message: &str,
    ) {
        self.events.push_back(Event::Refused(Refused {
            participant_sid: participant_sid.to_owned(),
            track_sid: track_sid.to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
        }));
    }

    /// Drops a participant, its tracks and its subscriptions; its room goes with the last one.
    pub(crate) fn remove(&mut self, key: Key<Participant>) {
        let Some(participant) = self.participants.remove(key) else {
            return;
        };
        self.participant_keys.remove(&participant.sid);
        for track in &participant.tracks {
            self.drop_track(*track);
        }
        for line in &participant.subscriber.lines {
            if let Some(track) = self.tracks.get_mut(line.track) {
                track
                    .subscriptions
                    .retain(|subscription| subscription.subscriber != key);
            }
        }
        self.forget_addresses(key, &participant);
        let Some(room) = self.rooms.get_mut(participant.room) else {
            return;
        };
        room.members.retain(|member| *member != key);
        room.speakers.remove(&key);
        if room.members.is_empty()
            && let Some(room) = self.rooms.remove(participant.room)
        {
            self.room_keys.remove(&room.sid);
        }
    }

    fn forget_addresses(&mut self, key: Key<Participant>, participant: &Participant) {
        for (target, connection) in participant.connections() {
            let key = ConnectionKey {
                participant: key,
                target,
            };
            self.demux
                .forget(key, &connection.addresses, &connection.ufrags);
        }
    }

    /// Drops a track everywhere but in its publisher's list.
    pub(crate) fn drop_track(&mut self, key: Key<Track>) {
        let Some(track) = self.tracks.remove(key) else {
            return;
        };
        self.silence_streams(key, track.publisher, track.room);
        if let Some(room) = self.rooms.get_mut(track.room) {
            room.tracks.remove(&track.sid);
        }
        if let Some(publisher) = self
            .participants
            .get_mut(track.publisher)
            .and_then(|p| p.publisher.as_mut())
        {
            publisher.forget(key);
        }
        for subscription in track.subscriptions {
            self.unsubscribe(subscription.subscriber, key, Wanted::Stopped);
        }
    }

    /// A muted track is heard no longer.
    pub(crate) fn silence(&mut self, key: Key<Track>) {
        if let Some(track) = self.tracks.get(key) {
            let (publisher, room) = (track.publisher, track.room);
            self.silence_streams(key, publisher, room);
        }
    }

    fn silence_streams(&mut self, track: Key<Track>, publisher: Key<Participant>, room: Key<Room>) {
        let streams = self
            .participants
            .get(publisher)
            .and_then(|p| p.publisher.as_ref());
        if let (Some(streams), Some(room)) = (streams, self.rooms.get_mut(room)) {
            for stream in streams
                .streams
                .iter()
                .filter(|stream| stream.track == track)
            {
                room.speakers.silence(&publisher, stream.ssrc);
            }
        }
    }

    /// Ends the media section's use for a track.
    pub(crate) fn unsubscribe(
        &mut self,
        subscriber: Key<Participant>,
        track: Key<Track>,
        wanted: Wanted,
    ) {
        if let Some(participant) = self.participants.get_mut(subscriber) {
            participant.subscriber.unwant(track, wanted);
            self.unoffered.push(subscriber);
        }
    }

    /// Marks a connection to be drained by the next poll.
    pub(crate) fn touch(&mut self, key: ConnectionKey) {
        let connection = self
            .participants
            .get_mut(key.participant)
            .and_then(|p| p.connection(key.target));
        if let Some(connection) = connection
            && !connection.is_touched
        {
            connection.is_touched = true;
            self.touched.push_back(key);
        }
    }

    /// The next number of the worker's seeded sequence (SplitMix64).
    pub(crate) fn next_random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.random;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    /// Counters, and what they count now.
    pub(crate) fn status(&self) -> WorkerStatus {
        let count = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        WorkerStatus {
            rooms: count(self.rooms.len()),
            participants: count(self.participants.len()),
            tracks: count(self.tracks.len()),
            subscriptions: count(self.tracks.iter().map(|(_, track)| track.wanted()).sum()),
            ..self.counters
        }
    }
}

#[cfg(test)]
mod tests {
    use super::State;
    use crate::io::Config;
    use crate::testing::start;
    use jumpa_sfu_proto::AddParticipant;
    use jumpa_sfu_proto::command::Command;
    use jumpa_sfu_proto::event::Event;

    fn join(state: &mut State, sid: &str) {
        let command = AddParticipant {
            room_sid: "RM_one".to_owned(),
            participant_sid: sid.to_owned(),
            ..AddParticipant::default()
        };
        state.command(start(), Command::AddParticipant(command));
    }

    #[test]
    fn a_panic_costs_its_participant_and_nobody_else() {
        let mut state = State::new(Config::default(), start());
        join(&mut state, "PA_ada");
        join(&mut state, "PA_bob");
        let ada = state.participant_keys["PA_ada"];
        state.guarded(ada, |_| panic!("on purpose"));
        assert!(matches!(
            state.events.back(),
            Some(Event::ParticipantFailed(failed)) if failed.participant_sid == "PA_ada" && failed.code == "panic"
        ));
        assert_eq!(state.status().participants, 1);
        assert!(state.participant_keys.contains_key("PA_bob"));
    }
}
