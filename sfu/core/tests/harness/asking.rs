//! What clients ask for, and what they have been told and have heard.

use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{RestartIce, Subscribe, Unsubscribe};
use livekit_protocol::{DataPacket, UserPacket, data_packet};
use prost::Message;
use str0m::media::Mid;

use super::Lab;

impl Lab {
    /// One with two connections who speaks, and one with a single one who has offered sections.
    pub(crate) fn pair(audios: u32, videos: u32) -> (Self, [usize; 2], Mid) {
        let mut lab = Self::new();
        let (ada, bob) = (lab.join("ada"), lab.join_single("bob"));
        let mid = lab.publish_audio(ada, "TR_mic");
        lab.offer_sections(bob, audios, videos);
        lab.run(500);
        (lab, [ada, bob], mid)
    }

    /// Wants a track, and lets no time pass.
    pub(crate) fn want(&mut self, client: usize, track: &str) {
        let participant_sid = self.clients[client].sid.clone();
        let track_sid = track.to_owned();
        self.command(Command::Subscribe(Subscribe {
            participant_sid,
            track_sid,
        }));
    }

    /// Wants a track no longer, and lets no time pass.
    pub(crate) fn unwant(&mut self, client: usize, track: &str) {
        let participant_sid = self.clients[client].sid.clone();
        let track_sid = track.to_owned();
        self.command(Command::Unsubscribe(Unsubscribe {
            participant_sid,
            track_sid,
        }));
    }

    /// Comes back on a new signal connection.
    pub(crate) fn restart(&mut self, client: usize) {
        let participant_sid = self.clients[client].sid.clone();
        self.command(Command::RestartIce(RestartIce { participant_sid }));
    }

    /// How many packets of media a client has received.
    pub(crate) fn heard(&self, client: usize) -> usize {
        let client = &self.clients[client];
        let peer = match client.single {
            Some(_) => &client.publisher,
            None => &client.subscriber,
        };
        peer.packets.len()
    }

    /// Participant and code of everything that was refused.
    pub(crate) fn refusals(&self) -> Vec<(&str, &str)> {
        let refused = self.events.iter().filter_map(|event| match event {
            Event::Refused(refused) => {
                Some((refused.participant_sid.as_str(), refused.code.as_str()))
            }
            _ => None,
        });
        refused.collect()
    }

    /// Participant and code of everybody who was lost.
    pub(crate) fn failures(&self) -> Vec<(&str, &str)> {
        let failed = self.events.iter().filter_map(|event| match event {
            Event::ParticipantFailed(failed) => {
                Some((failed.participant_sid.as_str(), failed.code.as_str()))
            }
            _ => None,
        });
        failed.collect()
    }
}

/// A packet that a participant sends to everybody.
pub(crate) fn tea() -> Vec<u8> {
    let user = UserPacket {
        payload: b"tea".to_vec(),
        ..UserPacket::default()
    };
    let value = Some(data_packet::Value::User(user));
    DataPacket {
        value,
        ..DataPacket::default()
    }
    .encode_to_vec()
}

/// How many sections of media a description has.
pub(crate) fn sections(sdp: &str) -> usize {
    sdp.matches("m=audio").count() + sdp.matches("m=video").count()
}
