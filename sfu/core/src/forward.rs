//! From a publisher's packet to everyone who receives the track.

use std::time::Instant;

use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{Kind, SubscriptionStarted, Target, TrackStarted};
use str0m::media::KeyframeRequestKind;
use str0m::rtp::RtpPacket;

use crate::arena::{Arena, Key};
use crate::connection::ConnectionKey;
use crate::dependency::Dependency;
use crate::egress::{self, Media};
use crate::gathering::{Queued, depart};
use crate::participant::{Participant, Stream};
use crate::quality::Arrivals;
use crate::red;
use crate::rewrite::{Packet, Received};
use crate::state::State;
use crate::subscription::Subscription;
use crate::track::Track;

impl State {
    /// Forwards one RTP packet of a participant.
    pub(crate) fn forward(&mut self, now: Instant, key: Key<Participant>, packet: &RtpPacket) {
        let Some(stream) = self.stream_of(key, packet) else {
            return;
        };
        self.counters.packets_in += 1;
        if packet.payload.len() > egress::MOST_PAYLOAD_BYTES {
            return;
        }
        let Some(track) = self.tracks.get_mut(stream.track) else {
            return;
        };
        let format = packet.header.payload_type;
        let is_redundant = track.redundant_type == Some(format);
        if !is_redundant && track.payload_type != Some(format) {
            return;
        }
        let Some(layer) = track.layers.get_mut(stream.layer) else {
            return;
        };
        let dependency = packet.header.ext_vals.user_values.get::<Dependency>();
        let read = layer.source.receive(&Received {
            ssrc: stream.ssrc,
            sequence: *packet.seq_no,
            timestamp: packet.header.timestamp,
            payload: &packet.payload,
            dependency: dependency.map(|Dependency(bytes)| &**bytes),
            arrival: now,
        });
        let is_first = track.take_in(now, &read, packet.payload.len());
        let primary = is_redundant.then(|| red::primary(&packet.payload));
        let primary = primary.map(|primary| primary.unwrap_or_default().into());
        let media = Media {
            marker: packet.header.marker,
            payload: &packet.payload,
            primary: primary.as_ref(),
            dependency: dependency.map(|Dependency(bytes)| bytes),
        };
        self.deliver(now, stream.track, &read, &media);
        if read.needs_keyframe {
            self.need_keyframe(now, stream);
        }
        if read.starts_keyframe {
            self.settle_requests(now, stream);
        }
        if is_first {
            self.announce(key, stream);
            self.request_keyframes(now, stream.track);
        }
        if let Some(level) = packet.header.ext_vals.audio_level {
            self.hear(now, key, stream, &read, level);
        }
    }

    /// Nobody can go on without a keyframe.
    fn need_keyframe(&mut self, now: Instant, stream: Stream) {
        let track = self.tracks.get_mut(stream.track);
        if let Some(layer) = track.and_then(|track| track.layers.get_mut(stream.layer)) {
            layer.requests.request();
            self.request_keyframes(now, stream.track);
        }
    }

    /// A keyframe has come; who could not begin with it goes on waiting.
    fn settle_requests(&mut self, now: Instant, stream: Stream) {
        let Some(track) = self.tracks.get_mut(stream.track) else {
            return;
        };
        let still_waits = |subscription: &Subscription| {
            subscription.rewriter.awaits_keyframe() == Some(stream.layer)
        };
        let is_settled = !track.subscriptions.iter().any(still_waits);
        if let Some(layer) = track.layers.get_mut(stream.layer) {
            layer.requests.see_keyframe(now);
            if is_settled {
                layer.requests.settle();
            }
        }
    }

    /// Which track and layer a packet belongs to; `None` for what nobody has announced.
    fn stream_of(&mut self, key: Key<Participant>, packet: &RtpPacket) -> Option<Stream> {
        let participant = self.participants.get_mut(key)?;
        let (publisher, connection) = participant.publishing()?;
        let ssrc = *packet.header.ssrc;
        if let Some(stream) = publisher.arrived(ssrc, *packet.seq_no) {
            return Some(stream);
        }
        let mut direct = connection.rtc.direct_api();
        let received = direct.stream_rx(&packet.header.ssrc)?;
        let (mid, rid) = (received.mid(), received.rid());
        let (track, layer) = participant.tracks.iter().find_map(|key| {
            let track = self
                .tracks
                .get(*key)
                .filter(|track| track.mid == Some(mid))?;
            Some((*key, track.layer(rid)?))
        })?;
        let mut arrivals = Arrivals::default();
        arrivals.count(*packet.seq_no);
        let stream = Stream {
            ssrc,
            track,
            layer,
            arrivals,
        };
        let (publisher, _) = participant.publishing()?;
        publisher
            .streams
            .retain(|other| (other.track, other.layer) != (track, layer));
        publisher.streams.push(stream);
        Some(stream)
    }

    fn deliver(&mut self, now: Instant, track_key: Key<Track>, read: &Packet, media: &Media<'_>) {
        let Some(track) = self.tracks.get_mut(track_key) else {
            return;
        };
        for subscription in &mut track.subscriptions {
            let Some(line) = subscription.line else {
                continue;
            };
            let Some(outgoing) = subscription.rewriter.rewrite(read) else {
                continue;
            };
            let Some(participant) = self.participants.get_mut(subscription.subscriber) else {
                continue;
            };
            let egress = &mut participant.subscriber.egress;
            if !egress.push(now, line, &outgoing, media) {
                continue;
            }
            let queued = Queued {
                kind: track.kind,
                marker: media.marker || outgoing.ends_picture,
            };
            self.counters.packets_out += 1;
            let key = subscription.subscriber;
            if !egress.is_departing && self.gathering.queued(now, key, egress, queued) {
                depart(&mut self.departing, key, egress);
            }
            if !std::mem::replace(&mut subscription.has_started, true) {
                self.events
                    .push_back(Event::SubscriptionStarted(SubscriptionStarted {
                        participant_sid: participant.sid.clone(),
                        track_sid: track.sid.clone(),
                    }));
            }
        }
    }

    /// Tells that a layer has begun.
    fn announce(&mut self, key: Key<Participant>, stream: Stream) {
        let (Some(participant), Some(track)) = (
            self.participants.get_mut(key),
            self.tracks.get(stream.track),
        ) else {
            return;
        };
        let rid = track.layers.get(stream.layer).and_then(|layer| layer.rid);
        let repair = participant
            .connection(Target::Publisher)
            .zip(track.mid)
            .and_then(|(connection, mid)| {
                let mut direct = connection.rtc.direct_api();
                direct.stream_rx_by_mid(mid, rid)?.rtx()
            });
        self.events.push_back(Event::TrackStarted(TrackStarted {
            participant_sid: participant.sid.clone(),
            track_sid: track.sid.clone(),
            rid: rid.map(|rid| rid.to_string()).unwrap_or_default(),
            ssrc: stream.ssrc,
            rtx_ssrc: repair.map_or(0, |ssrc| *ssrc),
        }));
    }

    fn hear(
        &mut self,
        now: Instant,
        key: Key<Participant>,
        stream: Stream,
        read: &Packet,
        level: i8,
    ) {
        let Some(track) = self
            .tracks
            .get(stream.track)
            .filter(|track| track.kind == Kind::Audio)
        else {
            return;
        };
        if let Some(room) = self.rooms.get_mut(track.room).filter(|_| !track.is_muted) {
            room.speakers
                .packet(now, &key, stream.ssrc, read.timestamp, level);
        }
    }

    /// Sends the keyframe requests of a track whose time has come.
    pub(crate) fn request_keyframes(&mut self, now: Instant, track_key: Key<Track>) {
        let Some(track) = self.tracks.get_mut(track_key) else {
            return;
        };
        let (publisher, mid) = (track.publisher, track.mid);
        let due: Vec<_> = track
            .layers
            .iter_mut()
            .filter_map(|layer| layer.requests.poll(now).then_some(layer.rid))
            .collect();
        if due.is_empty() {
            return;
        }
        self.counters.keyframe_requests += due.len() as u64;
        request(&mut self.participants, publisher, mid, &due);
        self.touch(ConnectionKey {
            participant: publisher,
            target: Target::Publisher,
        });
    }
}

fn request(
    participants: &mut Arena<Participant>,
    publisher: Key<Participant>,
    mid: Option<str0m::media::Mid>,
    rids: &[Option<str0m::media::Rid>],
) {
    let connection = participants
        .get_mut(publisher)
        .and_then(|p| p.connection(Target::Publisher));
    let Some((connection, mid)) = connection.zip(mid) else {
        return;
    };
    let mut direct = connection.rtc.direct_api();
    for rid in rids {
        if let Some(stream) = direct.stream_rx_by_mid(mid, *rid) {
            stream.request_keyframe(KeyframeRequestKind::Pli);
        }
    }
}
