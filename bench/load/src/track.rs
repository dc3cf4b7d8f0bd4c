//! A track that a publisher sends at true pace.

use std::time::{Duration, Instant};

use livekit_protocol::{
    AddTrackRequest, AudioTrackFeature, SimulcastCodec, TrackSource, TrackType, VideoLayer,
    VideoQuality,
};
use str0m::format::Codec;
use str0m::media::{MediaKind, Mid, Rid};
use str0m::rtp::{ExtensionValues, RtpWrite};

use crate::accounting::Window;
use crate::clock;
use crate::media::{LAYERS, Layer, Packetiser, Stamp, opus_packet};
use crate::pacing::Pace;
use crate::peer::Peer;

const FRAMES_PER_SECOND: u32 = 30;
const VIDEO_INTERVAL: Duration = Duration::from_nanos(1_000_000_000 / 30);
const VIDEO_CLOCK_TICKS: u32 = 90_000 / FRAMES_PER_SECOND;
const AUDIO_INTERVAL: Duration = Duration::from_millis(20);
const AUDIO_CLOCK_TICKS: u32 = 960;
/// Publishers start their beats this far apart, so that they do not all send at once.
const PHASE: Duration = Duration::from_millis(7);
/// A voice of common loudness, in dBov.
const AUDIO_LEVEL: i8 = -30;

/// One published track, its layers and its beat.
pub(crate) struct OutgoingTrack {
    publisher: u16,
    kind: MediaKind,
    mid: Option<Mid>,
    pace: Pace,
    timestamp: u32,
    layers: Vec<OutgoingLayer>,
}

struct OutgoingLayer {
    layer: Option<Layer>,
    packetiser: Packetiser,
    sequence: u64,
    wants_keyframe: bool,
    keyframe: Vec<u8>,
    frame: Vec<u8>,
}

impl OutgoingTrack {
    pub(crate) fn new(publisher: u16, kind: MediaKind, now: Instant) -> Self {
        let (interval, layers) = match kind {
            MediaKind::Video => (VIDEO_INTERVAL, LAYERS.map(OutgoingLayer::video).into()),
            MediaKind::Audio => (AUDIO_INTERVAL, vec![OutgoingLayer::audio()]),
        };
        let pace = Pace::new(interval, now + PHASE * u32::from(publisher));
        Self {
            publisher,
            kind,
            mid: None,
            pace,
            timestamp: 0,
            layers,
        }
    }

    pub(crate) fn kind(&self) -> MediaKind {
        self.kind
    }

    /// The client's name for the track: its id in the msid of the offer.
    pub(crate) fn cid(&self) -> String {
        format!("load-track-{}", self.publisher)
    }

    /// `LiveKit`'s announcement of the track.
    pub(crate) fn announcement(&self) -> AddTrackRequest {
        match self.kind {
            MediaKind::Video => self.video_announcement(),
            MediaKind::Audio => AddTrackRequest {
                cid: self.cid(),
                r#type: TrackType::Audio.into(),
                source: TrackSource::Microphone.into(),
                disable_red: true,
                audio_features: vec![AudioTrackFeature::TfNoDtx.into()],
                ..AddTrackRequest::default()
            },
        }
    }

    fn video_announcement(&self) -> AddTrackRequest {
        let qualities = [VideoQuality::Low, VideoQuality::Medium, VideoQuality::High];
        let layers: Vec<VideoLayer> = LAYERS
            .into_iter()
            .zip(qualities)
            .map(|(layer, quality)| VideoLayer {
                quality: quality.into(),
                width: layer.width.into(),
                height: layer.height.into(),
                bitrate: layer.bitrate_bps(FRAMES_PER_SECOND),
                ..VideoLayer::default()
            })
            .collect();
        let best = layers.last().cloned().unwrap_or_default();
        AddTrackRequest {
            cid: self.cid(),
            r#type: TrackType::Video.into(),
            source: TrackSource::Camera.into(),
            width: best.width,
            height: best.height,
            layers: layers.clone(),
            simulcast_codecs: vec![SimulcastCodec {
                codec: "vp8".to_owned(),
                cid: self.cid(),
                layers,
                ..SimulcastCodec::default()
            }],
            ..AddTrackRequest::default()
        }
    }

    /// The section of the offer that carries the track.
    pub(crate) fn negotiated(&mut self, mid: Mid) {
        self.mid = Some(mid);
    }

    /// Answers a PLI or FIR with the next frame.
    pub(crate) fn request_keyframe(&mut self, rid: Option<Rid>) {
        for layer in &mut self.layers {
            let is_meant =
                rid.is_none_or(|rid| layer.rid().is_some_and(|own| Rid::from(own) == rid));
            layer.wants_keyframe |= is_meant;
        }
    }

    /// When [`Self::send_due`] has to be called next.
    pub(crate) fn next(&self) -> Instant {
        self.pace.next()
    }

    /// Lets the beats pass while there is no connection.
    pub(crate) fn skip_until(&mut self, now: Instant) {
        while self.pace.is_due(now) {}
    }

    /// Writes every frame that is due; true when there was one.
    pub(crate) fn send_due(
        &mut self,
        now: Instant,
        peer: &mut Peer,
        window: &mut Window,
        listeners: u64,
    ) -> bool {
        let mut has_sent = false;
        while self.pace.is_due(now) {
            has_sent |= self.send(now, peer, window, listeners).is_some();
        }
        has_sent
    }

    fn send(
        &mut self,
        now: Instant,
        peer: &mut Peer,
        window: &mut Window,
        listeners: u64,
    ) -> Option<()> {
        let mid = self.mid?;
        let (codec, ticks) = match self.kind {
            MediaKind::Video => (Codec::Vp8, VIDEO_CLOCK_TICKS),
            MediaKind::Audio => (Codec::Opus, AUDIO_CLOCK_TICKS),
        };
        let payload_type = peer.payload_type(codec)?;
        self.timestamp = self.timestamp.wrapping_add(ticks);
        let best = self.layers.len() - 1;
        for (index, layer) in self.layers.iter_mut().enumerate() {
            let sent_ns = clock::unix_nanoseconds();
            let number = u8::try_from(index).unwrap_or(u8::MAX);
            let stamp = Stamp {
                sent_ns,
                publisher: self.publisher,
                layer: number,
                is_best: index == best,
            };
            for (payload, marker) in layer.payloads(stamp) {
                let sequence = layer.sequence.into();
                let packet = RtpWrite::new(payload_type, sequence, self.timestamp, now, payload)
                    .marker(marker)
                    .nackable(true)
                    .ext_vals(extensions(self.kind));
                peer.write(mid, layer.rid(), packet);
                layer.sequence += 1;
                if stamp.is_best {
                    window.sent(sent_ns, listeners);
                }
            }
        }
        Some(())
    }
}

impl OutgoingLayer {
    fn video(layer: Layer) -> Self {
        Self {
            layer: Some(layer),
            packetiser: Packetiser::default(),
            sequence: 1,
            wants_keyframe: true,
            keyframe: layer.frame(true),
            frame: layer.frame(false),
        }
    }

    fn audio() -> Self {
        Self {
            layer: None,
            packetiser: Packetiser::default(),
            sequence: 1,
            wants_keyframe: false,
            keyframe: Vec::new(),
            frame: Vec::new(),
        }
    }

    fn rid(&self) -> Option<&'static str> {
        self.layer.map(|layer| layer.rid)
    }

    fn payloads(&mut self, stamp: Stamp) -> Vec<(Vec<u8>, bool)> {
        if self.layer.is_none() {
            return vec![(opus_packet(stamp), false)];
        }
        let is_keyframe = std::mem::take(&mut self.wants_keyframe);
        let frame = if is_keyframe {
            &self.keyframe
        } else {
            &self.frame
        };
        let pieces = self.packetiser.packetise(frame, is_keyframe, stamp);
        pieces
            .into_iter()
            .map(|piece| (piece.payload, piece.marker))
            .collect()
    }
}

fn extensions(kind: MediaKind) -> ExtensionValues {
    match kind {
        MediaKind::Video => ExtensionValues::default(),
        MediaKind::Audio => ExtensionValues {
            audio_level: Some(AUDIO_LEVEL),
            voice_activity: Some(true),
            ..ExtensionValues::default()
        },
    }
}
