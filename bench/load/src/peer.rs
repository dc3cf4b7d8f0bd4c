//! One peer connection: str0m in RTP mode around a socket of its own.

use std::time::Instant;

use livekit_protocol::SessionDescription;
use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::channel::{ChannelConfig, Reliability};
use str0m::format::Codec;
use str0m::media::{Direction, KeyframeRequest, MediaKind, Mid, Pt, Simulcast, SimulcastLayer};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{RtpPacket, RtpWrite};
use str0m::{Candidate, Event, Input, Output, Rtc};

use crate::error::LoadError;
use crate::media::LAYERS;
use crate::socket::{Arrival, Buffers, MediaSocket};

/// One of a participant's two connections.
pub(crate) struct Peer {
    rtc: Rtc,
    socket: MediaSocket,
    deadline: Instant,
    pending: Option<SdpPendingOffer>,
}

/// What a connection tells its participant.
#[derive(Debug)]
pub(crate) enum Happening {
    Connected,
    Closed,
    MediaAdded { track_sid: String, kind: MediaKind },
    KeyframeRequested(KeyframeRequest),
    Packet(Box<Delivery>),
}

/// An RTP packet with its arrival (Unix nanoseconds).
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) packet: RtpPacket,
    pub(crate) arrived_ns: u64,
    /// It came over RTX after a NACK.
    pub(crate) is_recovered: bool,
}

impl Peer {
    pub(crate) fn new(now: Instant) -> Result<Self, LoadError> {
        let socket = MediaSocket::bind()?;
        let mut rtc = Rtc::builder()
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_opus(true, false)
            .enable_vp8(true)
            .build(now);
        let candidate = Candidate::host(socket.address(), "udp")
            .map_err(|error| LoadError::Protocol(error.to_string()))?;
        rtc.add_local_candidate(candidate);
        Ok(Self {
            rtc,
            socket,
            deadline: now,
            pending: None,
        })
    }

    pub(crate) fn socket(&self) -> &MediaSocket {
        &self.socket
    }

    /// When [`Self::turn`] has to be called next.
    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }

    /// An offer with both data channels and one section per track `(cid, kind)`.
    pub(crate) fn offer(
        &mut self,
        tracks: &[(String, MediaKind)],
    ) -> Result<(SessionDescription, Vec<Mid>), LoadError> {
        let mut changes = self.rtc.sdp_api();
        changes.add_channel("_reliable".to_owned());
        changes.add_channel_with_config(ChannelConfig {
            label: "_lossy".to_owned(),
            ordered: false,
            reliability: Reliability::MaxRetransmits { retransmits: 0 },
            ..ChannelConfig::default()
        });
        let mids = tracks
            .iter()
            .map(|(cid, kind)| {
                let (stream, track) = (Some("load".to_owned()), Some(cid.clone()));
                changes.add_media(*kind, Direction::SendOnly, stream, track, simulcast(*kind))
            })
            .collect();
        let (offer, pending) = changes
            .apply()
            .ok_or_else(|| LoadError::Protocol("no offer to make".to_owned()))?;
        self.pending = Some(pending);
        Ok((description("offer", 1, offer.to_sdp_string()), mids))
    }

    pub(crate) fn accept_answer(&mut self, sdp: &str) -> Result<(), LoadError> {
        let Some(pending) = self.pending.take() else {
            return Ok(());
        };
        let answer = SdpAnswer::from_sdp_string(sdp).map_err(unreadable)?;
        self.rtc.sdp_api().accept_answer(pending, answer)?;
        Ok(())
    }

    pub(crate) fn accept_offer(
        &mut self,
        offer: &SessionDescription,
    ) -> Result<SessionDescription, LoadError> {
        let sdp = SdpOffer::from_sdp_string(&offer.sdp).map_err(unreadable)?;
        let answer = self.rtc.sdp_api().accept_offer(sdp)?;
        Ok(description("answer", offer.id, answer.to_sdp_string()))
    }

    /// UDP only: a candidate of another kind is passed over.
    pub(crate) fn add_candidate(&mut self, candidate: &str) {
        if let Ok(candidate) = Candidate::from_sdp_string(candidate)
            && candidate.proto() == Protocol::Udp
            && candidate.addr().is_ipv4()
        {
            self.rtc.add_remote_candidate(candidate);
        }
    }

    pub(crate) fn payload_type(&self, codec: Codec) -> Option<Pt> {
        let params = self.rtc.codec_config().params();
        params
            .iter()
            .find(|params| params.spec().codec == codec)
            .map(str0m::format::PayloadParams::pt)
    }

    /// Queues a packet; [`Self::turn`] sends it.
    pub(crate) fn write(&mut self, mid: Mid, rid: Option<&str>, packet: RtpWrite) {
        let mut direct = self.rtc.direct_api();
        if let Some(stream) = direct.stream_tx_by_mid(mid, rid.map(Into::into)) {
            stream.write_rtp(packet);
        }
    }

    /// Lets time pass and sends what is ready.
    pub(crate) fn turn(
        &mut self,
        now: Instant,
        happenings: &mut Vec<Happening>,
    ) -> Result<(), LoadError> {
        self.rtc.handle_input(Input::Timeout(now))?;
        self.drain(None, happenings)
    }

    /// Takes in all that waits in the socket.
    pub(crate) fn receive(
        &mut self,
        now: Instant,
        buffers: &mut Buffers,
        happenings: &mut Vec<Happening>,
    ) -> Result<(), LoadError> {
        while let Some(arrival) = self.socket.receive(buffers)? {
            let datagram = buffers.datagram(arrival);
            let received = Receive::new(
                Protocol::Udp,
                arrival.source,
                self.socket.address(),
                datagram,
            );
            // What str0m cannot even classify is not addressed to this connection.
            let Ok(received) = received else { continue };
            let is_retransmission = self.is_retransmission(datagram);
            self.rtc.handle_input(Input::Receive(now, received))?;
            self.drain(Some((arrival, is_retransmission)), happenings)?;
        }
        Ok(())
    }

    fn is_retransmission(&self, datagram: &[u8]) -> bool {
        let Some(payload_type) = datagram.get(1).map(|byte| byte & 0x7f) else {
            return false;
        };
        let params = self.rtc.codec_config().params();
        params
            .iter()
            .any(|params| params.resend().is_some_and(|pt| *pt == payload_type))
    }

    fn drain(
        &mut self,
        arrival: Option<(Arrival, bool)>,
        happenings: &mut Vec<Happening>,
    ) -> Result<(), LoadError> {
        loop {
            match self.rtc.poll_output()? {
                Output::Timeout(at) => {
                    self.deadline = at;
                    return Ok(());
                }
                Output::Transmit(transmit) => {
                    self.socket.send(transmit.destination, &transmit.contents)?;
                }
                Output::Event(event) => happenings.extend(self.translate(event, arrival)),
            }
        }
    }

    fn translate(&self, event: Event, arrival: Option<(Arrival, bool)>) -> Option<Happening> {
        Some(match event {
            Event::Connected => Happening::Connected,
            Event::Closed => Happening::Closed,
            Event::KeyframeRequest(request) => Happening::KeyframeRequested(request),
            Event::MediaAdded(added) => {
                let media = self.rtc.media(added.mid)?;
                Happening::MediaAdded {
                    track_sid: media.track_id().to_owned(),
                    kind: added.kind,
                }
            }
            Event::RtpPacket(packet) => {
                let (arrival, is_recovered) = arrival?;
                let arrived_ns = arrival.arrived_ns?;
                Happening::Packet(Box::new(Delivery {
                    packet,
                    arrived_ns,
                    is_recovered,
                }))
            }
            _ => return None,
        })
    }
}

fn simulcast(kind: MediaKind) -> Option<Simulcast> {
    kind.is_video().then(|| {
        let mut simulcast = Simulcast::new();
        for layer in LAYERS {
            simulcast.add_send_layer(SimulcastLayer::new(layer.rid));
        }
        simulcast
    })
}

fn description(kind: &str, id: u32, sdp: String) -> SessionDescription {
    SessionDescription {
        r#type: kind.to_owned(),
        id,
        sdp,
        ..SessionDescription::default()
    }
}

fn unreadable(error: impl std::fmt::Display) -> LoadError {
    LoadError::Protocol(format!("SDP that cannot be read: {error}"))
}
