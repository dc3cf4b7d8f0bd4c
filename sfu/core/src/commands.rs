//! What the server says: participants, tracks and subscriptions come and go.

use std::time::Instant;

use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::{
    AddIceCandidate, AddParticipant, AddTrack, Kind, LimitBandwidth, SetPermission, SetTrackMuted,
    SetTrackSettings, Subscribe, Target,
};
use str0m::Candidate;

use crate::arena::Key;
use crate::connection::{Carries, ConnectionKey, Reach};
use crate::headroom::Headroom;
use crate::participant::Participant;
use crate::pausing::Pausing;
use crate::quality::Watch;
use crate::room::Room;
use crate::sections::Sections;
use crate::state::State;
use crate::subscriber::{SubscribedLine, Subscriber, Wanted};
use crate::subscription::{Settings, Subscription};
use crate::track::Track;

impl State {
    /// Follows one command.
    pub(crate) fn command(&mut self, now: Instant, command: Command) {
        match command {
            Command::Configure(_) | Command::Ping(_) => {}
            Command::AddParticipant(command) => self.add_participant(now, command),
            Command::CloseRoom(command) => self.close_room(&command.room_sid),
            Command::SendData(command) => self.send_data(&command),
            Command::RemoveParticipant(command) => {
                if let Some(key) = self.participant_keys.get(&command.participant_sid) {
                    self.remove(*key);
                }
            }
            command => self.command_of_participant(now, command),
        }
    }

    fn command_of_participant(&mut self, now: Instant, command: Command) {
        let (sid, track_sid) = names(&command);
        let Some(key) = self.participant_keys.get(sid).copied() else {
            let (sid, track_sid) = (sid.to_owned(), track_sid.to_owned());
            self.refuse(
                &sid,
                &track_sid,
                "unknown_participant",
                "no such participant",
            );
            return;
        };
        self.guarded(key, |state| match command {
            Command::AddTrack(command) => state.add_track(now, key, &command),
            Command::RemoveTrack(command) => state.remove_track(key, &command.track_sid),
            Command::SetTrackMuted(command) => state.set_track_muted(key, &command),
            Command::PublisherOffer(command) => state.publisher_offer(now, key, &command),
            Command::SubscriberAnswer(command) => state.subscriber_answer(now, key, &command),
            Command::AddIceCandidate(command) => state.add_ice_candidate(&command),
            Command::Subscribe(command) => state.subscribe(key, &command),
            Command::Unsubscribe(command) => state.end_subscription(key, &command.track_sid),
            Command::SetTrackSettings(command) => state.set_track_settings(now, key, &command),
            Command::SetPermission(command) => state.set_permission(key, &command),
            Command::RestartIce(_) => state.restart_ice(now, key),
            Command::LimitBandwidth(command) => state.limit_bandwidth(now, key, &command),
            _ => {}
        });
    }

    fn add_participant(&mut self, now: Instant, command: AddParticipant) {
        if self.participant_keys.contains_key(&command.participant_sid) {
            self.refuse(
                &command.participant_sid,
                "",
                "participant_exists",
                "the participant is here already",
            );
            return;
        }
        let room = self.room_of(&command.room_sid);
        let reach = if command.tcp_only {
            Reach::Tcp
        } else {
            Reach::Any
        };
        let subscriber = self.new_subscriber(now, reach, command.single_connection);
        let key = self.participants.insert(Participant {
            sid: command.participant_sid.clone(),
            identity: command.identity,
            room,
            permission: command.permission.unwrap_or_default(),
            has_stream_per_track: command.stream_per_track,
            reach,
            tracks: Vec::new(),
            publisher: None,
            uplink: None,
            subscriber,
            watch: Watch::new(now),
            pausing: Pausing::new(),
            headroom: Headroom::default(),
        });
        self.participant_keys.insert(command.participant_sid, key);
        if let Some(room) = self.rooms.get_mut(room) {
            room.members.push(key);
        }
        if !command.single_connection {
            self.register(ConnectionKey {
                participant: key,
                target: Target::Subscriber,
            });
        }
        self.unoffered.push(key);
    }

    fn new_subscriber(&mut self, now: Instant, reach: Reach, is_single: bool) -> Subscriber {
        if !is_single {
            return Subscriber::new(self.identity.connect(Carries::Downward, reach, now));
        }
        let [.., a, b, c, d] = self.next_random().to_be_bytes();
        let mut subscriber = Subscriber::new(self.identity.connect(Carries::Both, reach, now));
        subscriber.sections = Some(Sections::new(now, u32::from_be_bytes([a, b, c, d])));
        subscriber
    }

    fn room_of(&mut self, sid: &str) -> Key<Room> {
        if let Some(key) = self.room_keys.get(sid) {
            return *key;
        }
        let key = self.rooms.insert(Room {
            sid: sid.to_owned(),
            ..Room::default()
        });
        self.room_keys.insert(sid.to_owned(), key);
        key
    }

    fn close_room(&mut self, sid: &str) {
        let Some(room) = self.room_keys.get(sid).and_then(|key| self.rooms.get(*key)) else {
            return;
        };
        for member in room.members.clone() {
            self.remove(member);
        }
    }

    fn add_track(&mut self, now: Instant, key: Key<Participant>, command: &AddTrack) {
        let refuse = |state: &mut Self, code, message| {
            state.refuse(&command.participant_sid, &command.track_sid, code, message);
        };
        let Some(participant) = self.participants.get(key) else {
            return;
        };
        let room = participant.room;
        if !participant.permission.can_publish {
            return refuse(self, "not_permitted", "this participant may not publish");
        }
        if participant.tracks.len() >= self.config.max_tracks_per_participant {
            return refuse(
                self,
                "too_many_tracks",
                "this participant publishes as many tracks as it may",
            );
        }
        if self
            .rooms
            .get(room)
            .is_none_or(|room| room.tracks.contains_key(&command.track_sid))
        {
            return refuse(
                self,
                "track_exists",
                "the room has a track of this sid already",
            );
        }
        let track = self.tracks.insert(Track::new(command, key, room));
        if let Some(room) = self.rooms.get_mut(room) {
            room.tracks.insert(command.track_sid.clone(), track);
        }
        if let Some(participant) = self.participants.get_mut(key) {
            participant.tracks.push(track);
        }
        self.match_sections(now, key);
    }

    fn remove_track(&mut self, key: Key<Participant>, track_sid: &str) {
        let Some(track) = self.track_of_publisher(key, track_sid) else {
            return;
        };
        if let Some(participant) = self.participants.get_mut(key) {
            participant.tracks.retain(|other| *other != track);
        }
        self.drop_track(track);
    }

    fn set_track_muted(&mut self, key: Key<Participant>, command: &SetTrackMuted) {
        let Some(track_key) = self.track_of_publisher(key, &command.track_sid) else {
            let message = "this participant publishes no such track";
            self.refuse(
                &command.participant_sid,
                &command.track_sid,
                "unknown_track",
                message,
            );
            return;
        };
        let Some(track) = self.tracks.get_mut(track_key) else {
            return;
        };
        track.is_muted = command.muted;
        if track.kind == Kind::Audio && command.muted {
            self.silence(track_key);
        }
    }

    fn track_of_publisher(&self, key: Key<Participant>, track_sid: &str) -> Option<Key<Track>> {
        let track = self.track_in_room_of(key, track_sid)?;
        (self.tracks.get(track)?.publisher == key).then_some(track)
    }

    fn track_in_room_of(&self, key: Key<Participant>, track_sid: &str) -> Option<Key<Track>> {
        let room = self.rooms.get(self.participants.get(key)?.room)?;
        room.tracks.get(track_sid).copied()
    }

    fn add_ice_candidate(&mut self, command: &AddIceCandidate) {
        // Our side is ICE-lite: it answers checks from wherever they come and sends none (RFC 8445 section 2.5).
        // The address is therefore not used; a client that sends nonsense is told nevertheless.
        let line = command
            .candidate
            .strip_prefix("a=")
            .unwrap_or(&command.candidate);
        let is_name = line.contains(".local ");
        if !line.is_empty() && !is_name && Candidate::from_sdp_string(line).is_err() {
            self.refuse(
                &command.participant_sid,
                "",
                "bad_candidate",
                "the ICE candidate cannot be read",
            );
        }
    }

    fn subscribe(&mut self, key: Key<Participant>, command: &Subscribe) {
        let refuse = |state: &mut Self, code, message| {
            state.refuse(&command.participant_sid, &command.track_sid, code, message);
        };
        let seed = self.next_random();
        let Some(track_key) = self.track_in_room_of(key, &command.track_sid) else {
            return refuse(self, "unknown_track", "the room has no such track");
        };
        let Some((track, participant)) = self
            .tracks
            .get_mut(track_key)
            .zip(self.participants.get(key))
        else {
            return;
        };
        if !participant.permission.can_subscribe {
            return refuse(self, "not_permitted", "this participant may not subscribe");
        }
        if track.publisher == key {
            return refuse(
                self,
                "own_track",
                "participants do not receive their own tracks",
            );
        }
        if let Some(subscription) = track.subscription_of(key) {
            if subscription.is_wanted {
                return;
            }
            subscription.resume();
        } else {
            track
                .subscriptions
                .push(Subscription::new(key, track.codec.clock_rate(), seed));
        }
        let Some(publisher) = self.participants.get(track.publisher) else {
            return;
        };
        let stream = if participant.has_stream_per_track {
            &track.shown_sid
        } else {
            &track.stream
        };
        let stream = format!("{}|{}", publisher.sid, stream);
        let line = SubscribedLine::new(track_key, track, stream);
        if let Some(participant) = self.participants.get_mut(key) {
            participant.subscriber.want(line);
            self.unoffered.push(key);
        }
    }

    fn end_subscription(&mut self, key: Key<Participant>, track_sid: &str) {
        let Some(track_key) = self.track_in_room_of(key, track_sid) else {
            return;
        };
        let track = self.tracks.get_mut(track_key);
        if let Some(subscription) = track.and_then(|track| track.subscription_of(key)) {
            subscription.pause();
            self.unsubscribe(key, track_key, Wanted::Idle);
        }
    }

    fn set_track_settings(
        &mut self,
        now: Instant,
        key: Key<Participant>,
        command: &SetTrackSettings,
    ) {
        let Some(track_key) = self.track_in_room_of(key, &command.track_sid) else {
            self.refuse(
                &command.participant_sid,
                &command.track_sid,
                "unknown_track",
                "the room has no such track",
            );
            return;
        };
        let Some(track) = self.tracks.get_mut(track_key) else {
            return;
        };
        if let Some(subscription) = track.subscription_of(key) {
            subscription.settings = Settings {
                is_disabled: command.disabled,
                quality: command.quality,
                width: command.width,
                height: command.height,
                priority: command.priority,
                fps: command.fps,
            };
            track.aim(now);
            self.request_keyframes(now, track_key);
        }
    }

    fn limit_bandwidth(&mut self, now: Instant, key: Key<Participant>, command: &LimitBandwidth) {
        if let Some(participant) = self.participants.get_mut(key) {
            let egress = &mut participant.subscriber.egress;
            egress.limit(now, command.bytes_per_s);
            participant.headroom.forget(now, egress.sent_bytes());
            participant.pausing.forget();
            self.forget_loss(now, key, command.bytes_per_s > 0);
        }
    }

    fn set_permission(&mut self, key: Key<Participant>, command: &SetPermission) {
        if let Some(participant) = self.participants.get_mut(key) {
            participant.permission = command.permission.unwrap_or_default();
        }
    }
}

fn names(command: &Command) -> (&str, &str) {
    match command {
        Command::AddTrack(c) => (&c.participant_sid, &c.track_sid),
        Command::RemoveTrack(c) => (&c.participant_sid, &c.track_sid),
        Command::SetTrackMuted(c) => (&c.participant_sid, &c.track_sid),
        Command::PublisherOffer(c) => (&c.participant_sid, ""),
        Command::SubscriberAnswer(c) => (&c.participant_sid, ""),
        Command::AddIceCandidate(c) => (&c.participant_sid, ""),
        Command::Subscribe(c) => (&c.participant_sid, &c.track_sid),
        Command::Unsubscribe(c) => (&c.participant_sid, &c.track_sid),
        Command::SetTrackSettings(c) => (&c.participant_sid, &c.track_sid),
        Command::SetPermission(c) => (&c.participant_sid, ""),
        Command::RestartIce(c) => (&c.participant_sid, ""),
        Command::LimitBandwidth(c) => (&c.participant_sid, ""),
        _ => ("", ""),
    }
}
