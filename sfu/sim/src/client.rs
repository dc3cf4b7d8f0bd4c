//! A participant with both of its peer connections.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Instant;

use str0m::Event;
use str0m::media::Mid;

use crate::Result;
use crate::camera::Camera;
use crate::microphone::Microphone;
use crate::network::Network;
use crate::peer::Peer;
use crate::reception::{Reception, VIDEO_CLOCK};

const AUDIO_CLOCK: u32 = 48_000;

/// A participant with both of its peer connections.
pub struct Client {
    /// LiveKit's participant sid.
    pub sid: String,
    /// Sends what it publishes.
    pub publisher: Peer,
    /// Receives what it is subscribed to.
    pub subscriber: Peer,
    /// What it films.
    pub camera: Option<Camera>,
    /// What it says.
    pub microphone: Option<Microphone>,
    pub(crate) offer_id: u32,
    received: HashMap<(Mid, u32), Reception>,
}

impl Client {
    pub(crate) fn new(now: Instant, name: &str, addresses: [SocketAddr; 2]) -> Result<Self> {
        let [publisher, subscriber] = addresses;
        Ok(Self {
            sid: format!("PA_{name}"),
            publisher: Peer::new(now, publisher)?,
            subscriber: Peer::new(now, subscriber)?,
            camera: None,
            microphone: None,
            offer_id: 0,
            received: HashMap::new(),
        })
    }

    pub(crate) fn video(&self, tag: u8) -> Option<&Reception> {
        self.reception(tag, true)
    }

    pub(crate) fn audio(&self, tag: u8) -> Option<&Reception> {
        self.reception(tag, false)
    }

    /// Forgets what came so far, so that a later part can be judged by itself.
    pub fn forget(&mut self) {
        self.received.clear();
    }

    fn reception(&self, tag: u8, is_video: bool) -> Option<&Reception> {
        let is_of = |reception: &Reception| {
            reception
                .arrivals
                .values()
                .next()
                .is_some_and(|arrival| arrival.mark.tag == tag)
        };
        let mut receptions = self.received.iter();
        receptions
            .find(|((mid, _), reception)| self.is_video(*mid) == is_video && is_of(reception))
            .map(|(_, reception)| reception)
    }

    fn is_video(&self, mid: Mid) -> bool {
        self.subscriber
            .rtc
            .media(mid)
            .is_some_and(|media| media.kind().is_video())
    }

    pub(crate) fn deadline(&self) -> Instant {
        let peers = self.publisher.deadline.min(self.subscriber.deadline);
        let camera = self
            .camera
            .as_ref()
            .map_or(peers, |camera| camera.next.min(peers));
        self.microphone
            .as_ref()
            .map_or(camera, |microphone| microphone.next.min(camera))
    }

    /// Does all that is due.
    pub(crate) fn act(&mut self, now: Instant, network: &mut Network) -> Result<()> {
        if let Some(camera) = self.camera.as_mut().filter(|camera| camera.next <= now) {
            camera.tick(now, &mut self.publisher)?;
        }
        if let Some(microphone) = self
            .microphone
            .as_mut()
            .filter(|microphone| microphone.next <= now)
        {
            microphone.tick(now, &mut self.publisher)?;
        }
        if self.publisher.deadline <= now {
            for event in self.publisher.drain(now, network)? {
                if let (Event::KeyframeRequest(request), Some(camera)) = (event, &mut self.camera) {
                    camera.heed(&request);
                }
            }
        }
        if self.subscriber.deadline <= now {
            for event in self.subscriber.drain(now, network)? {
                self.keep(now, event);
            }
        }
        Ok(())
    }

    fn keep(&mut self, now: Instant, event: Event) {
        let Event::RtpPacket(packet) = event else {
            return;
        };
        let ssrc = packet.header.ssrc;
        let Some(mid) = self
            .subscriber
            .rtc
            .direct_api()
            .stream_rx(&ssrc)
            .map(|s| s.mid())
        else {
            return;
        };
        let clock_rate = if self.is_video(mid) {
            VIDEO_CLOCK
        } else {
            AUDIO_CLOCK
        };
        self.received
            .entry((mid, *ssrc))
            .or_default()
            .add(now, clock_rate, &packet);
    }
}
