//! A published track, its layers and everyone who receives it.

use std::time::Instant;

use jumpa_sfu_proto::{AddTrack, Kind};
use str0m::Rtc;
use str0m::media::{Mid, Pt, Rid};

use crate::arena::Key;
use crate::cadence::Cadence;
use crate::codec::Codec;
use crate::demand::{Demand, Missing};
use crate::keyframe::KeyframeRequests;
use crate::layer::{Layer, Liveness, Request, choose, wanted};
use crate::participant::Participant;
use crate::rate::Rate;
use crate::rewrite::{Packet, Source};
use crate::room::Room;
use crate::spatial::Spatials;
use crate::subscription::{Settings, Subscription};

/// A stream of audio, or of video in one or more layers.
pub(crate) struct Track {
    pub sid: String,
    /// The sid that subscribers read: two encodings may be one track to them.
    pub shown_sid: String,
    pub cid: String,
    pub kind: Kind,
    pub stream: String,
    pub has_dtx: bool,
    pub is_stereo: bool,
    pub is_muted: bool,
    pub publisher: Key<Participant>,
    pub room: Key<Room>,
    /// The media section that carries it, once negotiated.
    pub mid: Option<Mid>,
    wish: Wish,
    /// How important it is to who does not say; 1 is the most.
    usual_priority: u32,
    /// What it is sent as; the usual until it is negotiated.
    pub codec: Codec,
    /// Payload type of `codec`, once negotiated.
    pub payload_type: Option<Pt>,
    /// Payload type of packets that repeat older ones (RFC 2198).
    pub redundant_type: Option<Pt>,
    /// Sizes that one stream carries, from the smallest up; empty when each stream has one.
    pub spatial: Spatials,
    /// From the smallest to the largest.
    pub layers: Vec<TrackLayer>,
    pub liveness: Liveness,
    pub demand: Demand,
    pub missing: Missing,
    pub subscriptions: Vec<Subscription>,
}

/// What a client wants to send.
#[derive(Debug, Clone, Copy)]
struct Wish {
    codec: Option<Codec>,
    /// Packets may repeat older ones (RFC 2198).
    is_redundant: bool,
    is_encrypted: bool,
}

/// How a client sends on a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Encoding {
    pub codec: Codec,
    pub payload_type: Pt,
    pub redundant_type: Option<Pt>,
}

/// One encoding of a track.
pub(crate) struct TrackLayer {
    /// Absent without simulcast.
    pub rid: Option<Rid>,
    pub width: u32,
    pub height: u32,
    pub source: Source,
    pub requests: KeyframeRequests,
    pub has_started: bool,
    pub rate: Rate,
    cadence: Cadence,
}

impl Track {
    /// As announced; layers are those the client says it will send.
    pub(crate) fn new(announced: &AddTrack, publisher: Key<Participant>, room: Key<Room>) -> Self {
        let mut track = Self {
            sid: announced.track_sid.clone(),
            shown_sid: if announced.shown_as.is_empty() {
                announced.track_sid.clone()
            } else {
                announced.shown_as.clone()
            },
            cid: announced.cid.clone(),
            kind: announced.kind(),
            stream: announced.stream.clone(),
            has_dtx: announced.dtx,
            is_stereo: announced.stereo,
            is_muted: announced.muted,
            usual_priority: if announced.is_screen { 1 } else { u32::MAX },
            publisher,
            room,
            mid: None,
            wish: Wish {
                codec: Codec::named(&announced.codec),
                is_redundant: !announced.no_red,
                is_encrypted: announced.encrypted,
            },
            codec: Codec::usual(announced.kind()),
            payload_type: None,
            redundant_type: None,
            spatial: Spatials::default(),
            layers: Vec::new(),
            liveness: Liveness::default(),
            demand: Demand::new(),
            missing: Missing::default(),
            subscriptions: Vec::new(),
        };
        let mut layers: Vec<_> = announced.layers.iter().collect();
        layers.sort_by_key(|layer| (layer.height, rank(&layer.rid)));
        for layer in layers {
            let rid = (!layer.rid.is_empty()).then(|| Rid::from(layer.rid.as_str()));
            if track.layer(rid).is_none() {
                track.add_layer(rid, layer.width, layer.height);
            }
        }
        track
    }

    /// Takes over what the media section announces: its layers replace announced ones it does not have.
    pub(crate) fn negotiate(&mut self, mid: Mid, rids: &[String], encoding: Encoding) {
        self.mid = Some(mid);
        self.codec = encoding.codec;
        self.payload_type = Some(encoding.payload_type);
        self.redundant_type = encoding.redundant_type.filter(|_| self.wish.is_redundant);
        if rids.is_empty() {
            if self.codec.has_spatial_layers() {
                let sizes = self.layers.iter().map(|layer| (layer.width, layer.height));
                self.spatial = Spatials::of(sizes);
            }
            let largest = self.layers.pop();
            let (width, height) = largest.map_or((0, 0), |layer| (layer.width, layer.height));
            self.layers.clear();
            self.add_layer(None, width, height);
            return;
        }
        let sizes: Vec<_> = self
            .layers
            .drain(..)
            .map(|layer| (layer.rid, layer.width, layer.height))
            .collect();
        let mut rids: Vec<_> = rids.iter().map(String::as_str).collect();
        rids.sort_by_key(|rid| rank(rid));
        for rid in rids {
            let rid = Rid::from(rid);
            let size = sizes.iter().find(|(of, _, _)| *of == Some(rid));
            let (width, height) = size.map_or((0, 0), |(_, width, height)| (*width, *height));
            self.add_layer(Some(rid), width, height);
        }
    }

    /// The formats that its section is to list first.
    pub(crate) fn formats(&self) -> Vec<u8> {
        let formats = [self.redundant_type, self.payload_type];
        formats
            .into_iter()
            .flatten()
            .map(|format| *format)
            .collect()
    }

    /// How its client sends on a section, of what both sides accept: as it wished, or what it named first.
    ///
    /// That may be a form that is not accepted: clients made with pion name another profile of H.264 before ours.
    pub(crate) fn encoding(
        &self,
        rtc: &mut Rtc,
        mid: Mid,
        named: Option<Codec>,
    ) -> Option<Encoding> {
        let wished = self.wish.codec.or(named);
        let accepted = rtc.media(mid)?.remote_pts().to_vec();
        let config = rtc.codec_config();
        let mut encodings = accepted.iter().filter_map(|format| {
            let params = config.find(|params| params.pt() == *format)?;
            Some(Encoding {
                codec: Codec::of(params.spec().codec)?,
                payload_type: *format,
                redundant_type: params.red(),
            })
        });
        let first = encodings.next()?;
        let is_wished = |encoding: &Encoding| Some(encoding.codec) == wished;
        if is_wished(&first) {
            return Some(first);
        }
        Some(encodings.find(is_wished).unwrap_or(first))
    }

    /// Position of a layer.
    pub(crate) fn layer(&self, rid: Option<Rid>) -> Option<usize> {
        self.layers.iter().position(|layer| layer.rid == rid)
    }

    /// The subscription of a participant.
    pub(crate) fn subscription_of(
        &mut self,
        subscriber: Key<Participant>,
    ) -> Option<&mut Subscription> {
        self.subscriptions
            .iter_mut()
            .find(|subscription| subscription.subscriber == subscriber)
    }

    /// How many participants are subscribed.
    pub(crate) fn wanted(&self) -> usize {
        self.subscriptions
            .iter()
            .filter(|subscription| subscription.is_wanted)
            .count()
    }

    /// Learns from a packet of so many bytes; whether it is the first of its layer.
    pub(crate) fn take_in(&mut self, now: Instant, read: &Packet, bytes: usize) -> bool {
        let Some(layer) = self.layers.get_mut(read.layer) else {
            return false;
        };
        layer.rate.add(now, bytes);
        if let Some(vp8) = &read.vp8 {
            layer.cadence.see(now, vp8);
        }
        let is_first = !std::mem::replace(&mut layer.has_started, true);
        self.liveness.packet(now, read.layer, read.starts_frame);
        if let Some(spatial) = read.spatial {
            self.spatial
                .see(now, spatial.layer, read.starts_frame, bytes);
        }
        let has_other_sizes = read.starts_keyframe && self.spatial.learn(layer.source.sizes());
        if is_first || has_other_sizes {
            self.aim(now);
        }
        is_first
    }

    /// Gives every subscription the layer that fits it now, and asks for the keyframes that this needs.
    pub(crate) fn aim(&mut self, now: Instant) {
        let sizes = self.sizes(now);
        let is_spatial = !self.spatial.is_empty();
        for subscription in &mut self.subscriptions {
            let awaited = subscription.rewriter.awaits_keyframe();
            let target = subscription
                .request()
                .filter(|_| !subscription.loss.is_paused())
                .and_then(|request| choose(&sizes, request, subscription.loss.steps_down()));
            if is_spatial {
                subscription.rewriter.aim(target.map(|_| 0));
                let largest = target.filter(|_| !subscription.is_flat);
                subscription.rewriter.limit(target.and(largest.or(Some(0))));
            } else {
                subscription.rewriter.aim(target);
            }
            let fps = subscription.settings.fps;
            let aimed = target.and_then(|index| self.layers.get(index));
            let temporal = aimed.and_then(|layer| layer.cadence.layer_for(fps));
            subscription.rewriter.thin(temporal);
            let awaits = subscription.rewriter.awaits_keyframe();
            if self.kind == Kind::Video
                && awaits != awaited
                && let Some(layer) = awaits.and_then(|index| self.layers.get_mut(index))
            {
                layer.requests.request();
            }
        }
    }

    /// How many of its layers, from the smallest up, its publisher is to send from now on, when that has changed.
    ///
    /// What loss costs a subscriber is not looked at: it is to have its layer again at once. What is wanted and does not
    /// come is kept for the publisher's connection quality.
    pub(crate) fn changed_demand(&mut self, now: Instant) -> Option<usize> {
        let sizes = self.sizes(now);
        let requests = self.subscriptions.iter().filter_map(Subscription::request);
        let largest = requests.filter_map(|request| wanted(&sizes, request)).max();
        let count = largest.map_or(0, |largest| largest + 1);
        let coming = sizes.iter().rposition(|layer| layer.is_alive);
        let is_sent = self.has_started() && !self.is_muted;
        self.missing.see(if is_sent {
            count.saturating_sub(coming.map_or(0, |coming| coming + 1))
        } else {
            0
        });
        self.demand.see(now, count, sizes.len())
    }

    /// Whether it is encrypted end to end: receivers take what is not for a fault.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.wish.is_encrypted
    }

    /// Whether any packet of it has come.
    pub(crate) fn has_started(&self) -> bool {
        self.layers.iter().any(|layer| layer.has_started)
    }

    /// How far below the layer that is asked for there is another.
    pub(crate) fn most_steps(&self, now: Instant, request: Option<Request>) -> usize {
        request
            .and_then(|request| wanted(&self.sizes(now), request))
            .unwrap_or_default()
    }

    /// Bytes a second that one layer more costs somebody who makes do with so many fewer; `None` when that is not known.
    pub(crate) fn step_up_adds(
        &self,
        now: Instant,
        request: Request,
        steps_down: usize,
    ) -> Option<u64> {
        let sizes = self.sizes(now);
        let carried = |steps_down| {
            let layer = choose(&sizes, request, steps_down)?;
            if self.spatial.is_empty() {
                self.layers.get(layer)?.rate.bytes_per_second()
            } else {
                self.spatial.bytes_per_second(layer)
            }
        };
        Some(carried(steps_down.checked_sub(1)?)?.saturating_sub(carried(steps_down)?))
    }

    /// How important a subscriber takes it for; 1 is the most.
    pub(crate) fn priority(&self, settings: Settings) -> u32 {
        match settings.priority {
            0 => self.usual_priority,
            named => named,
        }
    }

    fn sizes(&self, now: Instant) -> Vec<Layer> {
        if !self.spatial.is_empty() {
            return self.spatial.layers(now);
        }
        let layers = self.layers.iter().enumerate();
        layers
            .map(|(index, layer)| Layer {
                width: layer.width,
                height: layer.height,
                is_alive: self.liveness.is_alive(now, index),
            })
            .collect()
    }

    /// `audio` or `video`, as media sections call it.
    pub(crate) fn section_kind(&self) -> &'static str {
        match self.kind {
            Kind::Audio => "audio",
            Kind::Video => "video",
        }
    }

    /// What it is sent as, in LiveKit's words.
    pub(crate) fn mime_type(&self) -> &'static str {
        if self.redundant_type.is_some() {
            return "audio/red";
        }
        self.codec.mime_type()
    }

    fn add_layer(&mut self, rid: Option<Rid>, width: u32, height: u32) {
        let index = self.layers.len();
        self.layers.push(TrackLayer {
            rid,
            width,
            height,
            source: Source::new(index, self.codec),
            requests: KeyframeRequests::new(index == 0 && rid.is_some()),
            has_started: false,
            rate: Rate::default(),
            cadence: Cadence::default(),
        });
    }
}

/// LiveKit's names of layers in rising size; any other name is larger and keeps its place.
fn rank(rid: &str) -> usize {
    ["q", "h", "f"]
        .iter()
        .position(|name| *name == rid)
        .unwrap_or(usize::MAX)
}
