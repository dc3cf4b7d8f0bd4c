//! A worker and its clients in one process and in virtual time: str0m on both sides, no sockets.

#![allow(dead_code, reason = "what is used differs from test file to test file")]

pub(crate) mod asking;
pub(crate) mod camera;
mod peer;
pub(crate) mod sender;
pub(crate) mod single;
mod wire;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use jumpa_sfu_core::{Config, Input, Output, Worker};
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{
    AddParticipant, AddTrack, Kind, Layer, Permission, PublisherOffer, Subscribe, SubscriberAnswer,
    Target,
};
use str0m::Input as RtcInput;
use str0m::change::{SdpAnswer, SdpOffer};
use str0m::channel::{ChannelConfig, Reliability};
use str0m::media::{Direction, MediaKind, Mid, Simulcast, SimulcastLayer};
use str0m::net::{Protocol, Receive};

pub(crate) use peer::Peer;
use single::Single;
pub(crate) use wire::Wire;

pub(crate) const ROOM: &str = "RM_one";

pub(crate) fn sfu_address() -> SocketAddr {
    SocketAddr::from(([10, 0, 0, 1], 7882))
}

/// A client with both of its connections.
pub(crate) struct Client {
    pub(crate) sid: String,
    pub(crate) publisher: Peer,
    pub(crate) subscriber: Peer,
    pub(crate) offers: Vec<String>,
    pub(crate) answers: Vec<String>,
    /// Of a client with one connection, which is `publisher`.
    pub(crate) single: Option<Single>,
    /// Nothing reaches it and nothing of it gets through.
    pub(crate) is_cut_off: bool,
    /// Leaves offers unanswered.
    pub(crate) is_mulish: bool,
    offer_id: u32,
}

pub(crate) struct Lab {
    pub(crate) now: Instant,
    pub(crate) worker: Worker,
    pub(crate) clients: Vec<Client>,
    pub(crate) events: Vec<Event>,
    /// Sizes of what the worker sent: datagrams in each run.
    pub(crate) runs: Vec<usize>,
    pub(crate) wire: Wire,
    /// No check that nominates a pair of addresses arrives.
    pub(crate) loses_nominations: bool,
    in_flight: Vec<(SocketAddr, SocketAddr, Vec<u8>)>,
    /// Addresses of clients, and what the worker sees instead since their network has changed.
    moved: Vec<(SocketAddr, SocketAddr)>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "an Instant can be had in no other way"
)]
fn origin() -> Instant {
    Instant::now()
}

impl Lab {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut Config)) -> Self {
        let now = origin();
        let mut config = Config {
            candidates: vec![sfu_address()],
            seed: 7,
            ..Config::default()
        };
        change(&mut config);
        Self {
            now,
            worker: Worker::new(config, now),
            clients: Vec::new(),
            events: Vec::new(),
            runs: Vec::new(),
            wire: Wire::default(),
            loses_nominations: false,
            in_flight: Vec::new(),
            moved: Vec::new(),
        }
    }

    /// What an address translator between client and worker does when it forgets: another address from now on.
    pub(crate) fn move_to(&mut self, inside: SocketAddr, outside: SocketAddr) {
        self.moved.push((inside, outside));
    }

    pub(crate) fn command(&mut self, command: Command) {
        self.worker.handle(self.now, Input::Command(command));
    }

    /// Joins the room; returns the index of the client.
    pub(crate) fn join(&mut self, name: &str) -> usize {
        self.join_room(name, ROOM)
    }

    pub(crate) fn join_room(&mut self, name: &str, room: &str) -> usize {
        self.join_as(AddParticipant {
            room_sid: room.to_owned(),
            ..named(name)
        })
    }

    pub(crate) fn join_with(&mut self, name: &str, room: &str, permission: Permission) -> usize {
        self.join_as(AddParticipant {
            room_sid: room.to_owned(),
            permission: Some(permission),
            ..named(name)
        })
    }

    /// Joins from a browser that does not take track ids from descriptions.
    pub(crate) fn join_from_firefox(&mut self, name: &str) -> usize {
        self.join_as(AddParticipant {
            stream_per_track: true,
            ..named(name)
        })
    }

    /// Joins as is said; returns the index of the client.
    pub(crate) fn join_as(&mut self, participant: AddParticipant) -> usize {
        let index = self.clients.len();
        let port = 10_000 + 2 * u16::try_from(index).unwrap();
        self.clients.push(Client {
            sid: participant.participant_sid.clone(),
            publisher: Peer::new(self.now, port),
            subscriber: Peer::new(self.now, port + 1),
            offers: Vec::new(),
            answers: Vec::new(),
            single: None,
            is_cut_off: false,
            is_mulish: false,
            offer_id: 0,
        });
        self.command(Command::AddParticipant(participant));
        index
    }

    /// Announces a microphone and offers it.
    pub(crate) fn publish_audio(&mut self, client: usize, track: &str) -> Mid {
        self.add_track(client, track, Kind::Audio, &[]);
        let mid = self.offer(client, |api| {
            api.add_media(
                MediaKind::Audio,
                Direction::SendOnly,
                Some("stream".into()),
                Some(format!("cid-{track}")),
                None,
            )
        });
        self.run(300);
        mid
    }

    /// Announces a camera with three layers and offers it.
    pub(crate) fn publish_video(&mut self, client: usize, track: &str) -> Mid {
        self.add_track(
            client,
            track,
            Kind::Video,
            &[("q", 320, 180), ("h", 640, 360), ("f", 1280, 720)],
        );
        let mid = self.offer(client, |api| {
            let mut simulcast = Simulcast::new();
            for rid in ["q", "h", "f"] {
                simulcast.add_send_layer(SimulcastLayer::new(rid));
            }
            api.add_media(
                MediaKind::Video,
                Direction::SendOnly,
                Some("stream".into()),
                Some(format!("cid-{track}")),
                Some(simulcast),
            )
        });
        self.run(300);
        mid
    }

    pub(crate) fn add_track(
        &mut self,
        client: usize,
        track: &str,
        kind: Kind,
        layers: &[(&str, u32, u32)],
    ) {
        let command = AddTrack {
            participant_sid: self.clients[client].sid.clone(),
            track_sid: track.to_owned(),
            cid: format!("cid-{track}"),
            kind: kind.into(),
            stream: "camera".to_owned(),
            layers: layers
                .iter()
                .map(|(rid, width, height)| Layer {
                    rid: (*rid).to_owned(),
                    width: *width,
                    height: *height,
                })
                .collect(),
            ..AddTrack::default()
        };
        self.command(Command::AddTrack(command));
    }

    /// Makes a publisher offer with whatever `change` adds.
    pub(crate) fn offer<T>(
        &mut self,
        client: usize,
        change: impl FnOnce(&mut str0m::change::SdpApi<'_>) -> T,
    ) -> T {
        let client = &mut self.clients[client];
        let mut api = client.publisher.rtc.sdp_api();
        let result = change(&mut api);
        if let Some((offer, pending)) = api.apply() {
            client.publisher.pending = Some(pending);
            client.offer_id += 1;
            let command = PublisherOffer {
                participant_sid: client.sid.clone(),
                id: client.offer_id,
                sdp: offer.to_sdp_string(),
            };
            self.command(Command::PublisherOffer(command));
        }
        result
    }

    /// Opens LiveKit's two channels on the publisher connection.
    pub(crate) fn open_channels(&mut self, client: usize) {
        self.offer(client, |api| {
            api.add_channel("_reliable".to_owned());
            api.add_channel_with_config(ChannelConfig {
                label: "_lossy".to_owned(),
                ordered: false,
                reliability: Reliability::MaxRetransmits { retransmits: 0 },
                ..ChannelConfig::default()
            });
        });
        self.run(500);
    }

    /// Sends bytes on a channel of the publisher connection.
    pub(crate) fn send(&mut self, client: usize, label: &str, contents: &[u8]) {
        let peer = &mut self.clients[client].publisher;
        let id = peer.open[label];
        assert!(peer.rtc.channel(id).unwrap().write(true, contents).unwrap());
        peer.deadline = self.now;
    }

    pub(crate) fn subscribe(&mut self, client: usize, track: &str) {
        let command = Subscribe {
            participant_sid: self.clients[client].sid.clone(),
            track_sid: track.to_owned(),
        };
        self.command(Command::Subscribe(command));
        self.run(300);
    }

    /// A client has written something.
    pub(crate) fn wake(&mut self, client: usize) {
        self.clients[client].publisher.deadline = self.now;
    }

    /// Lets so many milliseconds pass.
    pub(crate) fn run(&mut self, milliseconds: u64) {
        for _ in 0..milliseconds {
            self.step();
        }
    }

    /// As `run`, while the worker speaks to nobody.
    pub(crate) fn run_without_clients(&mut self, milliseconds: u64) {
        for _ in 0..milliseconds {
            loop {
                match self.worker.poll(self.now) {
                    Output::Timeout(_) => break,
                    Output::Event(event) => self.events.push(event),
                    Output::Transmit(_) => {}
                }
            }
            self.now += Duration::from_millis(1);
        }
    }

    /// One millisecond: everything in flight arrives, everyone acts.
    pub(crate) fn step(&mut self) {
        self.poll_worker();
        for client in &mut self.clients {
            for peer in [&mut client.publisher, &mut client.subscriber] {
                if peer.deadline <= self.now {
                    peer.drain(self.now, &mut self.in_flight);
                }
            }
        }
        self.deliver();
        self.now += Duration::from_millis(1);
    }

    fn deliver(&mut self) {
        let cut_off: Vec<SocketAddr> = self
            .clients
            .iter()
            .filter(|client| client.is_cut_off)
            .flat_map(|client| [client.publisher.address, client.subscriber.address])
            .collect();
        for (source, destination, contents) in std::mem::take(&mut self.in_flight) {
            let moved = |(inside, _): &&(SocketAddr, SocketAddr)| *inside == source;
            let source = self.moved.iter().find(moved).map_or(source, |pair| pair.1);
            let destination = match self.moved.iter().find(|pair| pair.1 == destination) {
                Some((inside, _)) => *inside,
                // Nobody listens at the old address.
                None if self.moved.iter().any(|pair| pair.0 == destination) => continue,
                None => destination,
            };
            if cut_off.contains(&source) || cut_off.contains(&destination) {
                continue;
            }
            if self.loses_nominations && wire::nominates(&contents) {
                continue;
            }
            if destination == sfu_address() {
                let input = Input::Datagram {
                    source,
                    destination,
                    contents: &contents,
                };
                self.worker.handle(self.now, input);
                continue;
            }
            let peers = self
                .clients
                .iter_mut()
                .flat_map(|c| [&mut c.publisher, &mut c.subscriber]);
            for peer in peers.filter(|peer| peer.address == destination) {
                let receive = Receive {
                    proto: Protocol::Udp,
                    source,
                    destination,
                    contents: contents.as_slice().try_into().unwrap(),
                };
                peer.rtc
                    .handle_input(RtcInput::Receive(self.now, receive))
                    .unwrap();
                peer.drain(self.now, &mut self.in_flight);
            }
        }
    }

    fn poll_worker(&mut self) {
        loop {
            let event = match self.worker.poll(self.now) {
                Output::Timeout(_) => return,
                Output::Event(event) => event,
                Output::Transmit(run) => {
                    let datagrams = run.contents.chunks(run.segment_bytes);
                    self.runs.push(datagrams.len());
                    for datagram in datagrams {
                        self.wire.note(run.destination, datagram);
                        self.in_flight
                            .push((run.source, run.destination, datagram.to_vec()));
                    }
                    continue;
                }
            };
            self.react(&event);
            self.events.push(event);
        }
    }

    fn react(&mut self, event: &Event) {
        let now = self.now;
        match event {
            Event::SubscriberOffer(offer) => {
                let client = self.client(&offer.participant_sid);
                client.offers.push(offer.sdp.clone());
                if client.is_mulish {
                    return;
                }
                let parsed = SdpOffer::from_sdp_string(&offer.sdp).unwrap();
                let answer = client
                    .subscriber
                    .rtc
                    .sdp_api()
                    .accept_offer(parsed)
                    .unwrap();
                client.subscriber.deadline = now;
                let command = SubscriberAnswer {
                    participant_sid: offer.participant_sid.clone(),
                    id: offer.id,
                    sdp: answer.to_sdp_string(),
                };
                self.command(Command::SubscriberAnswer(command));
            }
            Event::MediaSectionsRequired(required) => self.add_sections(required),
            Event::PublisherAnswer(answer) => {
                self.note_tracks(answer);
                let client = self.client(&answer.participant_sid);
                client.answers.push(answer.sdp.clone());
                let parsed = SdpAnswer::from_sdp_string(&answer.sdp).unwrap();
                if let Some(pending) = client.publisher.pending.take() {
                    client
                        .publisher
                        .rtc
                        .sdp_api()
                        .accept_answer(pending, parsed)
                        .unwrap();
                    client.publisher.deadline = now;
                }
            }
            _ => {}
        }
    }

    pub(crate) fn client(&mut self, sid: &str) -> &mut Client {
        self.clients
            .iter_mut()
            .find(|client| client.sid == sid)
            .unwrap()
    }

    /// Sends `count` packets of Opus, 20 ms apart.
    pub(crate) fn speak(&mut self, client: usize, mid: Mid, first: u64, count: u64) {
        for sequence in first..first + count {
            let timestamp = u32::try_from(sequence * 960).unwrap();
            let payload = sequence.to_be_bytes();
            self.clients[client].publisher.write(
                mid,
                None,
                self.now,
                (sequence, timestamp, false, &payload),
            );
            self.run(20);
        }
    }

    /// Whether a peer connection is reported as up.
    pub(crate) fn is_connected(&self, client: usize, target: Target) -> bool {
        let sid = &self.clients[client].sid;
        self.events.iter().any(|event| {
            matches!(event, Event::Connected(c) if &c.participant_sid == sid && c.target() == target)
        })
    }
}

/// A participant of the room who may do everything.
pub(crate) fn named(name: &str) -> AddParticipant {
    AddParticipant {
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
    }
}
