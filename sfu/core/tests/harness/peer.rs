//! One peer connection of a client: str0m in RTP mode, and what it has received.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use str0m::change::SdpPendingOffer;
use str0m::channel::ChannelId;
use str0m::media::{Mid, Rid};
use str0m::rtp::{RtpPacket, RtpWrite};
use str0m::{Candidate, Input as RtcInput, Output as RtcOutput, Rtc};

/// One peer connection of a client.
pub(crate) struct Peer {
    pub(crate) rtc: Rtc,
    pub(crate) address: SocketAddr,
    pub(super) deadline: Instant,
    pub(crate) events: Vec<str0m::Event>,
    pub(crate) packets: Vec<(Instant, RtpPacket)>,
    pub(crate) messages: Vec<Vec<u8>>,
    pub(crate) open: HashMap<String, ChannelId>,
    pub(crate) media: Vec<Mid>,
    pub(crate) is_connected: bool,
    pub(super) pending: Option<SdpPendingOffer>,
}

impl Peer {
    pub(super) fn new(now: Instant, port: u16) -> Self {
        let address = SocketAddr::from(([10, 0, 1, 1], port));
        let mut rtc = Rtc::builder().set_rtp_mode(true).build(now);
        rtc.add_local_candidate(Candidate::host(address, "udp").unwrap());
        Self {
            rtc,
            address,
            deadline: now,
            events: Vec::new(),
            packets: Vec::new(),
            messages: Vec::new(),
            open: HashMap::new(),
            media: Vec::new(),
            is_connected: false,
            pending: None,
        }
    }

    pub(super) fn drain(&mut self, now: Instant, out: &mut Vec<(SocketAddr, SocketAddr, Vec<u8>)>) {
        self.rtc.handle_input(RtcInput::Timeout(now)).unwrap();
        loop {
            match self.rtc.poll_output().unwrap() {
                RtcOutput::Timeout(at) => {
                    self.deadline = at.max(now + Duration::from_millis(1));
                    return;
                }
                RtcOutput::Transmit(t) => out.push((t.source, t.destination, t.contents.to_vec())),
                RtcOutput::Event(event) => self.keep(now, event),
            }
        }
    }

    fn keep(&mut self, now: Instant, event: str0m::Event) {
        match event {
            str0m::Event::RtpPacket(packet) if packet.payload.is_empty() => {}
            str0m::Event::RtpPacket(packet) => self.packets.push((now, packet)),
            str0m::Event::ChannelData(data) => self.messages.push(data.data),
            str0m::Event::ChannelOpen(id, label) => {
                self.open.insert(label, id);
            }
            str0m::Event::Connected => self.is_connected = true,
            str0m::Event::MediaAdded(added) => {
                self.media.push(added.mid);
                self.events.push(str0m::Event::MediaAdded(added));
            }
            event => self.events.push(event),
        }
    }

    /// Writes one RTP packet of a section; the payload type is the first negotiated one.
    pub(crate) fn write(
        &mut self,
        mid: Mid,
        rid: Option<Rid>,
        now: Instant,
        packet: (u64, u32, bool, &[u8]),
    ) {
        let (sequence, timestamp, marker, payload) = packet;
        let media = self.rtc.media(mid).unwrap();
        let pt = media.remote_pts()[0];
        let is_video = media.kind().is_video();
        let mut direct = self.rtc.direct_api();
        let stream = direct.stream_tx_by_mid(mid, rid).unwrap();
        let extensions = str0m::rtp::ExtensionValues {
            audio_level: (!is_video).then_some(-10),
            voice_activity: (!is_video).then_some(true),
            ..Default::default()
        };
        stream.write_rtp(
            RtpWrite::new(pt, sequence.into(), timestamp, now, payload)
                .marker(marker)
                .ext_vals(extensions)
                .nackable(is_video),
        );
        self.deadline = now;
    }
}
