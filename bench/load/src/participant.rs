//! One `LiveKit` client: joins, publishes, listens and counts.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use livekit_protocol::signal_request::Message as Request;
use livekit_protocol::signal_response::Message as Response;
use livekit_protocol::{
    LeaveRequest, Ping, SignalTarget, TrickleRequest, UpdateTrackSettings, VideoQuality,
};
use str0m::media::MediaKind;

use crate::accounting::{Sequence, Window};
use crate::error::LoadError;
use crate::media::{LAYERS, Stamp};
use crate::peer::{Delivery, Happening, Peer};
use crate::signal::Signal;
use crate::socket::Buffers;
use crate::track::OutgoingTrack;

const PING_INTERVAL: Duration = Duration::from_secs(5);

/// Which of the two connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Publisher,
    Subscriber,
}

/// A joined or joining client.
pub(crate) struct Participant {
    signal: Signal,
    publisher: Peer,
    subscriber: Peer,
    track: Option<OutgoingTrack>,
    started: Instant,
    next_ping: Instant,
    is_publisher_connected: bool,
    is_subscriber_connected: bool,
    joined_after: Option<Duration>,
    first_media_after: Option<Duration>,
    sequences: HashMap<u32, Sequence>,
    heard: HashSet<u16>,
}

impl Participant {
    /// Takes over an open signalling connection; `started` is when connecting began.
    pub(crate) fn new(
        signal: Signal,
        track: Option<OutgoingTrack>,
        started: Instant,
        now: Instant,
    ) -> Result<Self, LoadError> {
        Ok(Self {
            signal,
            publisher: Peer::new(now)?,
            subscriber: Peer::new(now)?,
            track,
            started,
            next_ping: now + PING_INTERVAL,
            is_publisher_connected: false,
            is_subscriber_connected: false,
            joined_after: None,
            first_media_after: None,
            sequences: HashMap::new(),
            heard: HashSet::new(),
        })
    }

    pub(crate) fn signal(&self) -> &Signal {
        &self.signal
    }

    pub(crate) fn peer(&self, side: Side) -> &Peer {
        match side {
            Side::Publisher => &self.publisher,
            Side::Subscriber => &self.subscriber,
        }
    }

    /// From the start of connecting until both peer connections stood.
    pub(crate) fn joined_after(&self) -> Option<Duration> {
        self.joined_after
    }

    /// From the start of connecting until the first media packet.
    pub(crate) fn first_media_after(&self) -> Option<Duration> {
        self.first_media_after
    }

    /// Publishers whose best layer has arrived here.
    pub(crate) fn heard(&self) -> usize {
        self.heard.len()
    }

    /// From now on gaps in sequence numbers count.
    pub(crate) fn open_window(&mut self) {
        self.sequences.values_mut().for_each(Sequence::open);
    }

    pub(crate) fn sequences(&self) -> impl Iterator<Item = &Sequence> {
        self.sequences.values()
    }

    /// When [`Self::turn`] has to be called next.
    pub(crate) fn deadline(&self) -> Instant {
        let peers = self.publisher.deadline().min(self.subscriber.deadline());
        let track = self
            .track
            .as_ref()
            .map_or(self.next_ping, OutgoingTrack::next);
        peers.min(track).min(self.next_ping)
    }

    /// Sends the frames that are due and runs the timers.
    pub(crate) fn turn(
        &mut self,
        now: Instant,
        window: &mut Window,
        listeners: u64,
    ) -> Result<(), LoadError> {
        if self.next_ping <= now {
            self.next_ping = now + PING_INTERVAL;
            self.signal.send(Request::PingReq(Ping::default()))?;
        }
        let mut happenings = Vec::new();
        let mut has_sent = false;
        if let Some(track) = &mut self.track
            && self.is_publisher_connected
        {
            has_sent = track.send_due(now, &mut self.publisher, window, listeners);
        } else if let Some(track) = &mut self.track {
            track.skip_until(now);
        }
        if has_sent || self.publisher.deadline() <= now {
            self.publisher.turn(now, &mut happenings)?;
            self.handle(Side::Publisher, now, happenings, window)?;
        }
        if self.subscriber.deadline() <= now {
            let mut happenings = Vec::new();
            self.subscriber.turn(now, &mut happenings)?;
            self.handle(Side::Subscriber, now, happenings, window)?;
        }
        Ok(())
    }

    /// Datagrams wait at one of the connections.
    pub(crate) fn receive(
        &mut self,
        side: Side,
        now: Instant,
        buffers: &mut Buffers,
        window: &mut Window,
    ) -> Result<(), LoadError> {
        let mut happenings = Vec::new();
        let peer = match side {
            Side::Publisher => &mut self.publisher,
            Side::Subscriber => &mut self.subscriber,
        };
        peer.receive(now, buffers, &mut happenings)?;
        self.handle(side, now, happenings, window)
    }

    /// Messages wait at the signalling connection.
    pub(crate) fn converse(&mut self, now: Instant, window: &mut Window) -> Result<(), LoadError> {
        while let Some(message) = self.signal.receive()? {
            self.answer(message)?;
        }
        for side in [Side::Publisher, Side::Subscriber] {
            let mut happenings = Vec::new();
            match side {
                Side::Publisher => self.publisher.turn(now, &mut happenings)?,
                Side::Subscriber => self.subscriber.turn(now, &mut happenings)?,
            }
            self.handle(side, now, happenings, window)?;
        }
        Ok(())
    }

    /// Says goodbye; the server need not hear it.
    pub(crate) fn leave(&mut self) {
        let _ = self.signal.send(Request::Leave(LeaveRequest::default()));
    }

    fn answer(&mut self, message: Response) -> Result<(), LoadError> {
        match message {
            Response::Join(_) => match &self.track {
                Some(track) => self.signal.send(Request::AddTrack(track.announcement())),
                None => self.offer(),
            },
            Response::TrackPublished(_) => self.offer(),
            Response::Offer(offer) => {
                let answer = self.subscriber.accept_offer(&offer)?;
                self.signal.send(Request::Answer(answer))
            }
            Response::Answer(answer) => self.publisher.accept_answer(&answer.sdp),
            Response::Trickle(trickle) => self.add_candidate(&trickle),
            Response::Leave(leave) => Err(LoadError::Signal(format!(
                "told to leave: {}",
                leave.reason().as_str_name()
            ))),
            _ => Ok(()),
        }
    }

    fn offer(&mut self) -> Result<(), LoadError> {
        let tracks: Vec<_> = self
            .track
            .iter()
            .map(|track| (track.cid(), track.kind()))
            .collect();
        let (offer, mids) = self.publisher.offer(&tracks)?;
        if let (Some(track), Some(mid)) = (&mut self.track, mids.first()) {
            track.negotiated(*mid);
        }
        self.signal.send(Request::Offer(offer))
    }

    fn add_candidate(&mut self, trickle: &TrickleRequest) -> Result<(), LoadError> {
        let init: serde_json::Value = serde_json::from_str(&trickle.candidate_init)
            .map_err(|_| LoadError::Protocol("a candidate that is not JSON".to_owned()))?;
        let candidate = init
            .get("candidate")
            .and_then(|text| text.as_str())
            .unwrap_or_default();
        match trickle.target() {
            SignalTarget::Publisher => self.publisher.add_candidate(candidate),
            SignalTarget::Subscriber => self.subscriber.add_candidate(candidate),
        }
        Ok(())
    }

    fn handle(
        &mut self,
        side: Side,
        now: Instant,
        happenings: Vec<Happening>,
        window: &mut Window,
    ) -> Result<(), LoadError> {
        for happening in happenings {
            match happening {
                Happening::Connected => self.connected(side, now),
                Happening::Closed => {
                    return Err(LoadError::Signal(format!("{side:?} connection closed")));
                }
                Happening::MediaAdded { track_sid, kind } => {
                    self.want_best_layer(track_sid, kind)?;
                }
                Happening::KeyframeRequested(request) => {
                    if let Some(track) = &mut self.track {
                        track.request_keyframe(request.rid);
                    }
                }
                Happening::Packet(delivery) => self.count(&delivery, now, window),
            }
        }
        Ok(())
    }

    fn connected(&mut self, side: Side, now: Instant) {
        match side {
            Side::Publisher => self.is_publisher_connected = true,
            Side::Subscriber => self.is_subscriber_connected = true,
        }
        if self.is_publisher_connected && self.is_subscriber_connected {
            self.joined_after.get_or_insert(now - self.started);
        }
    }

    fn want_best_layer(&mut self, track_sid: String, kind: MediaKind) -> Result<(), LoadError> {
        let [.., best] = LAYERS;
        if kind.is_audio() {
            return Ok(());
        }
        self.signal.send(Request::TrackSetting(UpdateTrackSettings {
            track_sids: vec![track_sid],
            quality: VideoQuality::High.into(),
            width: best.width.into(),
            height: best.height.into(),
            ..UpdateTrackSettings::default()
        }))
    }

    fn count(&mut self, delivery: &Delivery, now: Instant, window: &mut Window) {
        let packet = &delivery.packet;
        let sequence = self.sequences.entry(*packet.header.ssrc).or_default();
        sequence.packet(*packet.seq_no, delivery.is_recovered);
        let Some(stamp) = Stamp::read(&packet.payload) else {
            return;
        };
        self.first_media_after.get_or_insert(now - self.started);
        if stamp.is_best {
            self.heard.insert(stamp.publisher);
        }
        window.arrived(stamp.sent_ns, delivery.arrived_ns, stamp.is_best);
    }
}
