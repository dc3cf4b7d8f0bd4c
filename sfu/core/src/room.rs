//! A room: who is in it and which tracks it has.

use std::collections::HashMap;

use crate::arena::Key;
use crate::participant::Participant;
use crate::speakers::Speakers;
use crate::track::Track;

/// Participants who hear and see each other.
#[derive(Default)]
pub(crate) struct Room {
    pub sid: String,
    pub members: Vec<Key<Participant>>,
    pub tracks: HashMap<String, Key<Track>>,
    pub speakers: Speakers<Key<Participant>>,
}
