//! One worker, its clients and the network between them, in virtual time.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use jumpa_sfu_core::{Config, Input, Output, Worker};
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{
    AddParticipant, AddTrack, Kind, Layer, Permission, PublisherAnswer, PublisherOffer,
    SetTrackMuted, SetTrackSettings, Subscribe, SubscriberAnswer, SubscriberOffer,
};
use str0m::change::{SdpAnswer, SdpOffer};
use str0m::media::{Direction, MediaKind, Simulcast, SimulcastLayer};

use crate::Result;
use crate::camera::{Camera, LAYERS};
use crate::client::Client;
use crate::microphone::Microphone;
use crate::network::{Conditions, Datagram, Network};
use crate::path::Path;
use crate::reception::Reception;

const ROOM: &str = "RM_simulated";

/// One worker, its clients and the network between them.
pub struct Simulation {
    /// The present.
    pub now: Instant,
    /// Everyone who has joined, in order.
    pub clients: Vec<Client>,
    /// What the worker has told, with the time.
    pub events: Vec<(Instant, Event)>,
    start: Instant,
    worker: Worker,
    worker_deadline: Instant,
    network: Network,
}

impl Simulation {
    /// A worker without rooms; the seed decides the network and the worker's own choices.
    pub fn new(seed: u64) -> Self {
        let start = origin();
        let config = Config {
            candidates: vec![worker_address()],
            seed,
            ..Config::default()
        };
        Self {
            now: start,
            clients: Vec::new(),
            events: Vec::new(),
            start,
            worker: Worker::new(config, start),
            worker_deadline: start,
            network: Network::new(seed, start),
        }
    }

    /// A participant enters the room; returns its position, which is also the tag of what it publishes.
    pub fn join(&mut self, name: &str) -> Result<usize> {
        let index = self.clients.len();
        let port = 10_000 + 2 * u16::try_from(index)?;
        let addresses = [port, port + 1].map(|port| SocketAddr::from(([10, 0, 1, 1], port)));
        self.clients.push(Client::new(self.now, name, addresses)?);
        self.command(Command::AddParticipant(AddParticipant {
            room_sid: ROOM.to_owned(),
            participant_sid: format!("PA_{name}"),
            identity: name.to_owned(),
            name: name.to_owned(),
            permission: Some(Permission {
                can_publish: true,
                can_subscribe: true,
                can_publish_data: true,
            }),
            ..AddParticipant::default()
        }));
        Ok(index)
    }

    /// A client starts its camera as track `TR_<name>_camera`.
    pub fn publish_camera(&mut self, index: usize) -> Result<()> {
        self.publish_video(index, false)
    }

    /// A client shows its screen, as the camera of others is shown.
    pub fn publish_screen(&mut self, index: usize) -> Result<()> {
        self.publish_video(index, true)
    }

    fn publish_video(&mut self, index: usize, is_screen: bool) -> Result<()> {
        let layers = LAYERS.map(|(rid, width, height)| Layer {
            rid: rid.to_owned(),
            width,
            height,
        });
        self.announce(index, Kind::Video, layers.to_vec(), is_screen)?;
        let (start, now, tag) = (self.start, self.now, u8::try_from(index)?);
        let client = self.clients.get_mut(index).ok_or("no such client")?;
        let mut simulcast = Simulcast::new();
        for (rid, _, _) in LAYERS {
            simulcast.add_send_layer(SimulcastLayer::new(rid));
        }
        let cid = format!("cid-{}", track(&client.sid, Kind::Video));
        let mut change = client.publisher.rtc.sdp_api();
        let mid = change.add_media(
            MediaKind::Video,
            Direction::SendOnly,
            None,
            Some(cid),
            Some(simulcast),
        );
        let applied = change.apply().ok_or("nothing to offer")?;
        client.camera = Some(Camera::new(start, now, mid, tag));
        self.offer(index, applied)
    }

    /// A client starts its microphone as track `TR_<name>_microphone`.
    pub fn publish_microphone(&mut self, index: usize) -> Result<()> {
        self.announce(index, Kind::Audio, Vec::new(), false)?;
        let (start, now, tag) = (self.start, self.now, u8::try_from(index)?);
        let client = self.clients.get_mut(index).ok_or("no such client")?;
        let cid = format!("cid-{}", track(&client.sid, Kind::Audio));
        let mut change = client.publisher.rtc.sdp_api();
        let mid = change.add_media(MediaKind::Audio, Direction::SendOnly, None, Some(cid), None);
        let applied = change.apply().ok_or("nothing to offer")?;
        client.microphone = Some(Microphone::new(start, now, mid, tag));
        self.offer(index, applied)
    }

    fn announce(
        &mut self,
        index: usize,
        kind: Kind,
        layers: Vec<Layer>,
        is_screen: bool,
    ) -> Result<()> {
        let participant_sid = self.sid(index)?;
        let track_sid = track(&participant_sid, kind);
        self.command(Command::AddTrack(AddTrack {
            cid: format!("cid-{track_sid}"),
            participant_sid,
            track_sid,
            kind: kind.into(),
            stream: "stream".to_owned(),
            layers,
            is_screen,
            ..AddTrack::default()
        }));
        Ok(())
    }

    /// Offers and waits for the answer, so that one offer is out at a time.
    fn offer(
        &mut self,
        index: usize,
        applied: (SdpOffer, str0m::change::SdpPendingOffer),
    ) -> Result<()> {
        let client = self.clients.get_mut(index).ok_or("no such client")?;
        client.publisher.pending = Some(applied.1);
        client.offer_id += 1;
        let command = Command::PublisherOffer(PublisherOffer {
            participant_sid: client.sid.clone(),
            id: client.offer_id,
            sdp: applied.0.to_sdp_string(),
        });
        self.command(command);
        self.run(Duration::from_millis(1))
    }

    /// One client receives the camera or the microphone of another.
    pub fn subscribe(&mut self, subscriber: usize, publisher: usize, kind: Kind) -> Result<()> {
        let track_sid = self.track(publisher, kind)?;
        let participant_sid = self.sid(subscriber)?;
        self.command(Command::Subscribe(Subscribe {
            participant_sid,
            track_sid,
        }));
        Ok(())
    }

    /// A subscriber shows a camera in an element of so many pixels, or hides it.
    pub fn show(
        &mut self,
        subscriber: usize,
        publisher: usize,
        size: Option<(u32, u32)>,
    ) -> Result<()> {
        self.show_as(subscriber, publisher, size, 0)
    }

    /// The same, with how important it is; 1 is the most.
    pub fn show_as(
        &mut self,
        subscriber: usize,
        publisher: usize,
        size: Option<(u32, u32)>,
        priority: u32,
    ) -> Result<()> {
        let (width, height) = size.unwrap_or_default();
        let settings = SetTrackSettings {
            disabled: size.is_none(),
            width,
            height,
            priority,
            ..SetTrackSettings::default()
        };
        self.set(subscriber, publisher, settings)
    }

    /// A subscriber asks for so many pictures a second of a camera; 0 for all.
    pub fn show_at(&mut self, subscriber: usize, publisher: usize, fps: u32) -> Result<()> {
        let settings = SetTrackSettings {
            fps,
            ..SetTrackSettings::default()
        };
        self.set(subscriber, publisher, settings)
    }

    fn set(
        &mut self,
        subscriber: usize,
        publisher: usize,
        mut settings: SetTrackSettings,
    ) -> Result<()> {
        settings.track_sid = self.track(publisher, Kind::Video)?;
        settings.participant_sid = self.sid(subscriber)?;
        self.command(Command::SetTrackSettings(settings));
        Ok(())
    }

    fn track(&self, publisher: usize, kind: Kind) -> Result<String> {
        Ok(track(&self.sid(publisher)?, kind))
    }

    fn sid(&self, client: usize) -> Result<String> {
        Ok(self
            .clients
            .get(client)
            .ok_or("no such client")?
            .sid
            .clone())
    }

    /// Hands the worker a command.
    pub fn command(&mut self, command: Command) {
        self.worker.handle(self.now, Input::Command(command));
        self.worker_deadline = self.now;
    }

    /// Changes one path of a client.
    pub fn path(
        &mut self,
        index: usize,
        path: Path,
        change: impl FnOnce(&mut Conditions),
    ) -> Result<()> {
        let client = self.clients.get(index).ok_or("no such client")?;
        let (publisher, subscriber) = (client.publisher.address, client.subscriber.address);
        let (from, to) = match path {
            Path::PublisherUp => (publisher, worker_address()),
            Path::PublisherDown => (worker_address(), publisher),
            Path::SubscriberUp => (subscriber, worker_address()),
            Path::SubscriberDown => (worker_address(), subscriber),
        };
        change(self.network.conditions(from, to));
        Ok(())
    }

    /// Changes every path of a client.
    pub fn everywhere(&mut self, index: usize, change: impl Fn(&mut Conditions)) -> Result<()> {
        Path::ALL
            .into_iter()
            .try_for_each(|path| self.path(index, path, &change))
    }

    /// What a client has received of another's camera.
    pub fn video(&self, subscriber: usize, publisher: usize) -> Result<&Reception> {
        let client = self.clients.get(subscriber).ok_or("no such client")?;
        Ok(client
            .video(u8::try_from(publisher)?)
            .ok_or("no video has come")?)
    }

    /// What a client has received of another's microphone.
    pub fn audio(&self, subscriber: usize, publisher: usize) -> Result<&Reception> {
        let client = self.clients.get(subscriber).ok_or("no such client")?;
        Ok(client
            .audio(u8::try_from(publisher)?)
            .ok_or("no audio has come")?)
    }

    /// The camera of a client.
    pub fn camera(&mut self, index: usize) -> Result<&mut Camera> {
        let client = self.clients.get_mut(index).ok_or("no such client")?;
        Ok(client.camera.as_mut().ok_or("no camera")?)
    }

    /// A client turns its camera off: nothing is sent, and the worker is told so.
    pub fn mute_camera(&mut self, index: usize) -> Result<()> {
        for layer in 0..LAYERS.len() {
            self.camera(index)?.set_active(layer, false);
        }
        let client = self.clients.get(index).ok_or("no such client")?;
        let muted = SetTrackMuted {
            participant_sid: client.sid.clone(),
            track_sid: track(&client.sid, Kind::Video),
            muted: true,
        };
        self.command(Command::SetTrackMuted(muted));
        Ok(())
    }

    /// Sends the worker a datagram that no client has made.
    pub fn inject(&mut self, source: SocketAddr, contents: Vec<u8>) {
        let datagram = Datagram {
            source,
            destination: worker_address(),
            contents,
        };
        self.network.send(self.now, datagram);
    }

    /// Lets time pass.
    pub fn run(&mut self, duration: Duration) -> Result<()> {
        let end = self.now + duration;
        loop {
            self.step()?;
            let next = self.next();
            if next > end {
                self.now = end;
                return Ok(());
            }
            self.now = next.max(self.now);
        }
    }

    fn next(&self) -> Instant {
        let clients = self.clients.iter().map(Client::deadline).min();
        let arrival = self.network.next_arrival();
        clients
            .into_iter()
            .chain(arrival)
            .fold(self.worker_deadline, Instant::min)
    }

    fn step(&mut self) -> Result<()> {
        while let Some(datagram) = self.network.receive(self.now) {
            self.deliver(&datagram)?;
        }
        if self.worker_deadline <= self.now {
            self.worker.handle(self.now, Input::Timeout);
            self.poll_worker()?;
        }
        for client in &mut self.clients {
            client.act(self.now, &mut self.network)?;
        }
        Ok(())
    }

    fn deliver(&mut self, datagram: &Datagram) -> Result<()> {
        let Datagram {
            source,
            destination,
            contents,
        } = datagram;
        if *destination == worker_address() {
            let (source, destination) = (*source, *destination);
            self.worker.handle(
                self.now,
                Input::Datagram {
                    source,
                    destination,
                    contents,
                },
            );
            self.worker_deadline = self.now;
            return Ok(());
        }
        for client in &mut self.clients {
            for peer in [&mut client.publisher, &mut client.subscriber] {
                if peer.address == *destination {
                    peer.receive(self.now, datagram);
                }
            }
            client.act(self.now, &mut self.network)?;
        }
        Ok(())
    }

    fn poll_worker(&mut self) -> Result<()> {
        loop {
            match self.worker.poll(self.now) {
                Output::Timeout(deadline) => {
                    self.worker_deadline = deadline.max(self.now + Duration::from_micros(100));
                    return Ok(());
                }
                Output::Transmit(transmit) => {
                    for contents in transmit.contents.chunks(transmit.segment_bytes.max(1)) {
                        let datagram = Datagram {
                            source: transmit.source,
                            destination: transmit.destination,
                            contents: contents.to_vec(),
                        };
                        self.network.send(self.now, datagram);
                    }
                }
                Output::Event(event) => {
                    self.react(&event)?;
                    self.events.push((self.now, event));
                }
            }
        }
    }

    /// Signalling is instant and lossless: it is not what is simulated here.
    fn react(&mut self, event: &Event) -> Result<()> {
        match event {
            Event::SubscriberOffer(offer) => self.answer(offer),
            Event::PublisherAnswer(answer) => self.accept(answer),
            _ => Ok(()),
        }
    }

    fn answer(&mut self, offer: &SubscriberOffer) -> Result<()> {
        let now = self.now;
        let Some(client) = self.client(&offer.participant_sid) else {
            return Ok(());
        };
        let parsed = SdpOffer::from_sdp_string(&offer.sdp)?;
        let answer = client.subscriber.rtc.sdp_api().accept_offer(parsed)?;
        client.subscriber.deadline = now;
        let command = SubscriberAnswer {
            participant_sid: offer.participant_sid.clone(),
            id: offer.id,
            sdp: answer.to_sdp_string(),
        };
        self.command(Command::SubscriberAnswer(command));
        Ok(())
    }

    fn accept(&mut self, answer: &PublisherAnswer) -> Result<()> {
        let now = self.now;
        let Some(client) = self.client(&answer.participant_sid) else {
            return Ok(());
        };
        if let Some(pending) = client.publisher.pending.take() {
            let parsed = SdpAnswer::from_sdp_string(&answer.sdp)?;
            client
                .publisher
                .rtc
                .sdp_api()
                .accept_answer(pending, parsed)?;
            client.publisher.deadline = now;
        }
        Ok(())
    }

    fn client(&mut self, sid: &str) -> Option<&mut Client> {
        self.clients.iter_mut().find(|client| client.sid == sid)
    }
}

fn track(participant_sid: &str, kind: Kind) -> String {
    let name = participant_sid.trim_start_matches("PA_");
    match kind {
        Kind::Video => format!("TR_{name}_camera"),
        Kind::Audio => format!("TR_{name}_microphone"),
    }
}

fn worker_address() -> SocketAddr {
    SocketAddr::from(([10, 0, 0, 1], 7882))
}

#[expect(
    clippy::disallowed_methods,
    reason = "virtual time has to begin at some Instant"
)]
fn origin() -> Instant {
    Instant::now()
}
