//! Which worker owns which room, and so which participant.

use std::collections::HashMap;

use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;

/// Remembers where rooms live; a room stays with its worker for as long as it has participants.
#[derive(Debug)]
pub(crate) struct Router {
    rooms: HashMap<String, Room>,
    participants: HashMap<String, String>,
    loads: Vec<usize>,
}

#[derive(Debug)]
struct Room {
    worker: usize,
    participants: usize,
}

impl Router {
    /// A router for this many workers.
    pub(crate) fn new(workers: usize) -> Self {
        Self {
            rooms: HashMap::new(),
            participants: HashMap::new(),
            loads: vec![0; workers],
        }
    }

    /// The worker that a command is for, noting who comes and goes; without any, the first answers.
    pub(crate) fn worker(&mut self, command: &Command) -> usize {
        match command {
            Command::AddParticipant(add) => self.add(&add.room_sid, &add.participant_sid),
            Command::RemoveParticipant(remove) => self.remove(&remove.participant_sid),
            Command::CloseRoom(close) => self.close(&close.room_sid),
            Command::SendData(data) => self.of_room(&data.room_sid),
            other => participant_of(other).map_or(0, |sid| self.of_participant(sid)),
        }
    }

    /// Forgets a participant that a worker has given up.
    pub(crate) fn note(&mut self, event: &Event) {
        if let Event::ParticipantFailed(failed) = event {
            self.remove(&failed.participant_sid);
        }
    }

    /// Forgets everything on a worker that has died; answers who was there.
    pub(crate) fn clear(&mut self, worker: usize) -> Vec<String> {
        let rooms = &self.rooms;
        let is_there = |name: &str| rooms.get(name).is_some_and(|room| room.worker == worker);
        let inside = self.participants.iter();
        let gone: Vec<String> = inside
            .filter(|(_, room)| is_there(room))
            .map(|(participant, _)| participant.clone())
            .collect();
        for participant in &gone {
            self.remove(participant);
        }
        gone
    }

    fn of_room(&self, room: &str) -> usize {
        self.rooms.get(room).map_or(0, |room| room.worker)
    }

    fn of_participant(&self, participant: &str) -> usize {
        self.participants
            .get(participant)
            .map_or(0, |room| self.of_room(room))
    }

    fn add(&mut self, room: &str, participant: &str) -> usize {
        self.remove(participant);
        let idlest = (0..self.loads.len())
            .min_by_key(|worker| self.loads.get(*worker))
            .unwrap_or(0);
        let entry = self.rooms.entry(room.to_owned()).or_insert(Room {
            worker: idlest,
            participants: 0,
        });
        entry.participants += 1;
        let worker = entry.worker;
        self.participants
            .insert(participant.to_owned(), room.to_owned());
        self.count(worker, 1);
        worker
    }

    fn remove(&mut self, participant: &str) -> usize {
        let Some(name) = self.participants.remove(participant) else {
            return 0;
        };
        let Some(room) = self.rooms.get_mut(&name) else {
            return 0;
        };
        let worker = room.worker;
        room.participants = room.participants.saturating_sub(1);
        if room.participants == 0 {
            self.rooms.remove(&name);
        }
        self.count(worker, -1);
        worker
    }

    fn close(&mut self, name: &str) -> usize {
        let worker = self.of_room(name);
        let inside: Vec<String> = self
            .participants
            .iter()
            .filter(|(_, room)| *room == name)
            .map(|(participant, _)| participant.clone())
            .collect();
        for participant in inside {
            self.remove(&participant);
        }
        worker
    }

    fn count(&mut self, worker: usize, change: isize) {
        if let Some(load) = self.loads.get_mut(worker) {
            *load = load.saturating_add_signed(change);
        }
    }
}

fn participant_of(command: &Command) -> Option<&str> {
    let sid = match command {
        Command::AddTrack(c) => &c.participant_sid,
        Command::RemoveTrack(c) => &c.participant_sid,
        Command::SetTrackMuted(c) => &c.participant_sid,
        Command::PublisherOffer(c) => &c.participant_sid,
        Command::SubscriberAnswer(c) => &c.participant_sid,
        Command::AddIceCandidate(c) => &c.participant_sid,
        Command::Subscribe(c) => &c.participant_sid,
        Command::Unsubscribe(c) => &c.participant_sid,
        Command::SetTrackSettings(c) => &c.participant_sid,
        Command::SetPermission(c) => &c.participant_sid,
        Command::RestartIce(c) => &c.participant_sid,
        Command::LimitBandwidth(c) => &c.participant_sid,
        _ => return None,
    };
    Some(sid)
}

#[cfg(test)]
mod tests {
    use super::Router;
    use jumpa_sfu_proto::command::Command;
    use jumpa_sfu_proto::event::Event;
    use jumpa_sfu_proto::{
        AddParticipant, CloseRoom, ParticipantFailed, RemoveParticipant, Subscribe,
    };

    fn add(room: &str, participant: &str) -> Command {
        Command::AddParticipant(AddParticipant {
            room_sid: room.into(),
            participant_sid: participant.into(),
            ..Default::default()
        })
    }

    fn subscribe(participant: &str) -> Command {
        Command::Subscribe(Subscribe {
            participant_sid: participant.into(),
            ..Default::default()
        })
    }

    #[test]
    fn a_room_stays_with_its_worker_and_the_next_goes_to_the_idlest() {
        let mut router = Router::new(2);
        assert_eq!(router.worker(&add("RM_a", "PA_1")), 0);
        assert_eq!(router.worker(&add("RM_a", "PA_2")), 0);
        assert_eq!(router.worker(&add("RM_b", "PA_3")), 1);
        assert_eq!(router.worker(&subscribe("PA_3")), 1);
        assert_eq!(router.worker(&add("RM_a", "PA_4")), 0);
        assert_eq!(router.worker(&add("RM_c", "PA_5")), 1);
    }

    #[test]
    fn an_empty_room_is_forgotten_whichever_way_it_emptied() {
        let mut router = Router::new(1);
        for (participant, gone) in [("PA_1", 0), ("PA_2", 1), ("PA_3", 2)] {
            router.worker(&add("RM_a", participant));
            match gone {
                0 => {
                    router.worker(&Command::RemoveParticipant(RemoveParticipant {
                        participant_sid: participant.into(),
                    }));
                }
                1 => router.note(&Event::ParticipantFailed(ParticipantFailed {
                    participant_sid: participant.into(),
                    ..Default::default()
                })),
                _ => {
                    router.worker(&Command::CloseRoom(CloseRoom {
                        room_sid: "RM_a".into(),
                    }));
                }
            }
            assert!(router.rooms.is_empty() && router.participants.is_empty());
            assert_eq!(router.loads, [0]);
        }
    }

    #[test]
    fn adding_a_participant_again_does_not_count_it_twice() {
        let mut router = Router::new(1);
        router.worker(&add("RM_a", "PA_1"));
        router.worker(&add("RM_b", "PA_1"));
        assert_eq!(router.loads, [1]);
        assert!(!router.rooms.contains_key("RM_a"));
    }
}
