//! A participant: who it is, what it may do, its two connections and what it publishes.

use std::time::Instant;

use jumpa_sfu_proto::{Permission, Target};
use str0m::channel::ChannelId;

use crate::arena::Key;
use crate::connection::{Connection, Reach};
use crate::data::ReliableSequence;
use crate::headroom::Headroom;
use crate::hearing::Hearing;
use crate::pausing::Pausing;
use crate::quality::{Arrivals, Watch};
use crate::rewrite::CaptureClock;
use crate::room::Room;
use crate::sdp::Section;
use crate::subscriber::Subscriber;
use crate::track::Track;

/// Someone in a room.
pub(crate) struct Participant {
    pub sid: String,
    pub identity: String,
    pub room: Key<Room>,
    pub permission: Permission,
    /// Its browser names tracks itself, received and sent, so each received one has a stream of its own name.
    pub has_stream_per_track: bool,
    pub reach: Reach,
    pub tracks: Vec<Key<Track>>,
    /// Absent until its first offer.
    pub publisher: Option<Publisher>,
    /// Where it sends, when that is not where it receives; absent until its first offer.
    pub uplink: Option<Connection>,
    pub subscriber: Subscriber,
    pub watch: Watch,
    pub pausing: Pausing,
    pub headroom: Headroom,
}

impl Participant {
    /// One of its connections.
    pub(crate) fn connection(&mut self, target: Target) -> Option<&mut Connection> {
        match target {
            Target::Publisher if !self.subscriber.is_single() => self.uplink.as_mut(),
            _ => Some(&mut self.subscriber.connection),
        }
    }

    /// What it publishes, and the connection that carries it.
    pub(crate) fn publishing(&mut self) -> Option<(&mut Publisher, &mut Connection)> {
        let connection = if self.subscriber.is_single() {
            &mut self.subscriber.connection
        } else {
            self.uplink.as_mut()?
        };
        Some((self.publisher.as_mut()?, connection))
    }

    /// Each connection by the name that the participant knows it by.
    pub(crate) fn connections(&self) -> impl Iterator<Item = (Target, &Connection)> {
        let own = if self.subscriber.is_single() {
            Target::Publisher
        } else {
            Target::Subscriber
        };
        let uplink = self.uplink.iter().map(|uplink| (Target::Publisher, uplink));
        uplink.chain([(own, &self.subscriber.connection)])
    }
}

/// What a client sends.
pub(crate) struct Publisher {
    pub clock: CaptureClock,
    /// Media sections of its latest offer.
    pub sections: Vec<Section>,
    /// Sections that serve or have served a track: mid and track id.
    given: Vec<(String, String)>,
    pub streams: Vec<Stream>,
    pub channels: Vec<OpenChannel>,
    pub reliable_sequence: ReliableSequence,
    pub hearing: Hearing,
}

/// One encoded stream that has arrived, by SSRC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stream {
    pub ssrc: u32,
    pub track: Key<Track>,
    pub layer: usize,
    pub arrivals: Arrivals,
}

/// A data channel that the client has opened under one of LiveKit's labels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenChannel {
    pub id: ChannelId,
    pub is_lossy: bool,
}

impl Publisher {
    /// Before the first offer is read.
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            clock: CaptureClock::default(),
            sections: Vec::new(),
            given: Vec::new(),
            streams: Vec::new(),
            channels: Vec::new(),
            reliable_sequence: ReliableSequence::default(),
            hearing: Hearing::new(now),
        }
    }

    /// Takes in the sections of a new offer; one that has been given to a track stays given until it stops sending.
    pub(crate) fn take_in(&mut self, sections: Vec<Section>) {
        self.given.retain(|(mid, track_id)| {
            sections
                .iter()
                .any(|section| section.mid == *mid && section.sends(track_id))
        });
        self.sections = sections;
    }

    /// The section of the latest offer that sends the track a client calls `cid` and serves no other track.
    ///
    /// Firefox calls a track by another name there than its scripts do, so the first section of that kind counts.
    pub(crate) fn section_of(&self, cid: &str, kind: &str, invents_names: bool) -> Option<Section> {
        let is_given = |mid: &str| self.given.iter().any(|(given, _)| given == mid);
        let free = |section: &&Section| {
            section.kind == kind && section.is_sending && !is_given(&section.mid)
        };
        let mut all = self.sections.iter().filter(free);
        let named = all.clone().find(|section| section.sends(cid));
        named
            .or_else(|| all.next().filter(|_| invents_names))
            .cloned()
    }

    /// A section serves a track from now on.
    pub(crate) fn give(&mut self, section: &Section) {
        let track_id = section.track_id.clone().unwrap_or_default();
        self.given.push((section.mid.clone(), track_id));
    }

    /// Which track and layer a stream belongs to, if it has been seen before.
    pub(crate) fn stream(&self, ssrc: u32) -> Option<Stream> {
        self.streams
            .iter()
            .find(|stream| stream.ssrc == ssrc)
            .copied()
    }

    /// Counts a packet of a stream; answers whose it is, if it has been seen before.
    pub(crate) fn arrived(&mut self, ssrc: u32, sequence: u64) -> Option<Stream> {
        let stream = self.streams.iter_mut().find(|stream| stream.ssrc == ssrc)?;
        stream.arrivals.count(sequence);
        Some(*stream)
    }

    /// Forgets the streams of a track that is gone.
    pub(crate) fn forget(&mut self, track: Key<Track>) {
        self.streams.retain(|stream| stream.track != track);
    }
}
