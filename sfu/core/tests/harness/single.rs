//! A client with one connection for both directions: it alone offers, and adds the sections that it is asked for.

use std::collections::HashMap;

use jumpa_sfu_proto::{AddParticipant, MediaSectionsRequired, PublisherAnswer};
use str0m::media::{Direction, MediaKind, Mid};

use super::{Lab, named};

/// What a client of one connection knows beside its peer connection.
#[derive(Default)]
pub(crate) struct Single {
    /// Sections that it has offered to receive on.
    pub(crate) receiving: Vec<Mid>,
    /// How many it was asked to add, each time.
    pub(crate) asked: Vec<(u32, u32)>,
    /// Which track each section brings, after the latest answer.
    pub(crate) brought: HashMap<String, String>,
}

impl Lab {
    /// Joins with one connection; offers nothing yet.
    pub(crate) fn join_single(&mut self, name: &str) -> usize {
        let client = self.join_as(AddParticipant {
            single_connection: true,
            ..named(name)
        });
        self.clients[client].single = Some(Single::default());
        client
    }

    /// Offers everything that is received, and as many sections more.
    pub(crate) fn offer_sections(&mut self, client: usize, audios: u32, videos: u32) {
        let receiving = self.single(client).receiving.clone();
        let added = self.offer(client, |api| {
            for mid in receiving {
                // A section stays what the client wants, whatever the last answer made of it.
                api.set_direction(mid, Direction::Inactive);
                api.set_direction(mid, Direction::RecvOnly);
            }
            let kinds = [(audios, MediaKind::Audio), (videos, MediaKind::Video)];
            let mut added = Vec::new();
            for (count, kind) in kinds {
                for _ in 0..count {
                    added.push(api.add_media(kind, Direction::RecvOnly, None, None, None));
                }
            }
            added
        });
        self.single(client).receiving.extend(added);
    }

    /// What a client of one connection knows.
    pub(crate) fn single(&mut self, client: usize) -> &mut Single {
        self.clients[client].single.as_mut().unwrap()
    }

    /// Which tracks its sections bring.
    pub(crate) fn brought(&mut self, client: usize) -> Vec<String> {
        let mut tracks: Vec<String> = self.single(client).brought.values().cloned().collect();
        tracks.sort();
        tracks
    }

    /// Stops receiving on a section.
    pub(crate) fn withdraw(&mut self, client: usize, mid: Mid) {
        self.single(client).receiving.retain(|other| *other != mid);
        self.offer(client, |api| api.set_direction(mid, Direction::Inactive));
    }

    pub(super) fn add_sections(&mut self, required: &MediaSectionsRequired) {
        let sid = &required.participant_sid;
        let client = self.clients.iter().position(|c| c.sid == *sid).unwrap();
        self.single(client)
            .asked
            .push((required.audios, required.videos));
        if !self.clients[client].is_mulish {
            self.offer_sections(client, required.audios, required.videos);
        }
    }

    pub(super) fn note_tracks(&mut self, answer: &PublisherAnswer) {
        if let Some(single) = &mut self.client(&answer.participant_sid).single {
            single.brought.clone_from(&answer.mid_to_track_sid);
        }
    }
}
