//! One peer connection of a participant.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jumpa_sfu_proto::Target;
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::media::Mid;
use str0m::net::{DatagramRecv, Receive, TcpType, Transmit};
use str0m::rtp::{Extension, ExtensionMap};
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig, RtcError};

use crate::arena::Key;
use crate::batch::Batch;
use crate::codec;
use crate::demux::Remote;
use crate::dependency;
use crate::egress;
use crate::io::Config;
use crate::nomination;
use crate::participant::Participant;
use crate::probe::Probe;

/// Names a connection of the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ConnectionKey {
    pub participant: Key<Participant>,
    pub target: Target,
}

/// Which media goes over a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carries {
    /// What the client sends; str0m receives it.
    Upward,
    /// What the client receives; our egress sends it.
    Downward,
    Both,
}

impl Carries {
    /// Whether the client sends on it.
    pub(crate) fn is_upward(self) -> bool {
        self != Self::Downward
    }

    /// Whether the client receives on it.
    pub(crate) fn is_downward(self) -> bool {
        self != Self::Upward
    }
}

/// By which ways a client may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    Any,
    Tcp,
}

/// What every connection of a worker has in common.
pub(crate) struct Identity {
    crypto: Arc<CryptoProvider>,
    /// For connections on which our own egress protects what is sent, and nothing else is protected.
    tapped: Arc<CryptoProvider>,
    /// For those on which str0m takes off the protection of what comes.
    shared: Arc<CryptoProvider>,
    certificate: Option<DtlsCert>,
    candidates: Vec<SocketAddr>,
    tcp_candidates: Vec<SocketAddr>,
}

impl Identity {
    /// Makes the certificate that all connections of a worker share.
    pub(crate) fn new(config: &Config) -> Self {
        let crypto = Arc::new(str0m::crypto::from_feature_flags());
        Self {
            certificate: crypto.dtls_provider.generate_certificate(),
            crypto,
            tapped: Arc::new(egress::tapped_crypto()),
            shared: Arc::new(egress::shared_crypto()),
            candidates: config.candidates.clone(),
            tcp_candidates: config.tcp_candidates.clone(),
        }
    }

    /// The cryptography of all connections.
    pub(crate) fn crypto(&self) -> &CryptoProvider {
        &self.crypto
    }

    fn local_candidates(&self, reach: Reach) -> impl Iterator<Item = Candidate> {
        let udp = self
            .candidates
            .iter()
            .filter(move |_| reach == Reach::Any)
            .map(|address| Candidate::host(*address, "udp"));
        let tcp = self.tcp_candidates.iter().map(|address| {
            let passive = Candidate::builder()
                .tcp()
                .host(*address)
                .tcptype(TcpType::Passive);
            passive.build()
        });
        udp.chain(tcp).flatten()
    }

    /// A connection to a client that has not been spoken to yet.
    pub(crate) fn connect(&self, carries: Carries, reach: Reach, now: Instant) -> Connection {
        let crypto = match carries {
            Carries::Upward => &self.crypto,
            Carries::Downward => &self.tapped,
            Carries::Both => &self.shared,
        };
        let mut config = RtcConfig::new()
            .set_crypto_provider(crypto.clone())
            .set_ice_lite(true)
            .set_rtp_mode(true)
            .set_extension_map(extensions(carries));
        codec::enable(config.codec_config());
        if carries == Carries::Downward {
            config = config
                .set_rtcp_report_interval_audio(NEVER)
                .set_rtcp_report_interval_video(NEVER);
        }
        if let Some(certificate) = &self.certificate {
            config = config.set_dtls_cert(certificate.clone());
        }
        let mut rtc = config.build(now);
        for candidate in self.local_candidates(reach) {
            rtc.add_local_candidate(candidate);
        }
        Connection {
            rtc,
            keys: egress::newest_keys(),
            carries,
            reports: Vec::new(),
            path: None,
            deadline: now,
            is_touched: false,
            is_connected: false,
            lost_at: None,
            last_heard: now,
            probe: Probe::default(),
            began: now,
            addresses: Vec::new(),
            ufrags: Vec::new(),
        }
    }
}

/// The egress reports on what it sends; str0m, which sends nothing there, need not.
const NEVER: Duration = Duration::from_secs(1 << 30);

fn extensions(carries: Carries) -> ExtensionMap {
    let mut map = ExtensionMap::empty();
    map.set(4, Extension::RtpMid);
    map.set(8, dependency::extension());
    if carries.is_upward() {
        map.set(1, Extension::AudioLevel);
        map.set(3, Extension::TransportSequenceNumber);
        map.set(10, Extension::RtpStreamId);
        map.set(11, Extension::RepairedRtpStreamId);
    }
    map
}

/// ICE, DTLS, SRTP and SCTP with one client, and when it next needs attention.
pub(crate) struct Connection {
    pub rtc: Rtc,
    /// Where its handshake leaves the keys when media is not str0m's.
    pub keys: egress::Slot,
    pub carries: Carries,
    /// What str0m reports on a connection for both directions, still under a key that nobody uses.
    pub reports: Vec<Vec<u8>>,
    /// Where media goes.
    pub path: Option<Path>,
    /// When to drain it next if nothing else happens.
    pub deadline: Instant,
    /// Waits to be drained.
    pub is_touched: bool,
    pub is_connected: bool,
    /// Set when the client has said goodbye.
    pub lost_at: Option<Instant>,
    pub last_heard: Instant,
    pub probe: Probe,
    /// When its first description was made.
    pub began: Instant,
    /// Where its datagrams come from.
    pub addresses: Vec<Remote>,
    /// Every ICE user fragment it has been given.
    pub ufrags: Vec<String>,
}

/// A pair of addresses that ICE has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Path {
    /// One of our candidates.
    pub source: SocketAddr,
    pub destination: SocketAddr,
}

/// How a datagram was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Received {
    /// Nothing that WebRTC knows.
    Foreign,
    /// May wait until the connection is drained with everything else.
    Deferred,
    /// The connection has to be drained before it is given another.
    Urgent,
}

impl Connection {
    /// Whether a connectivity check carries the right password.
    pub(crate) fn accepts(
        &self,
        now: Instant,
        source: Remote,
        destination: SocketAddr,
        contents: &[u8],
    ) -> bool {
        DatagramRecv::try_from(contents).is_ok_and(|contents| {
            self.rtc
                .accepts(&Input::Receive(now, receive(source, destination, contents)))
        })
    }

    /// The first check of a client, so that the pair of addresses it came on is used until the client chooses.
    pub(crate) fn nominating(
        &mut self,
        contents: &[u8],
        crypto: &CryptoProvider,
    ) -> Option<Vec<u8>> {
        if self.path.is_some() || !is_stun(contents) {
            return None;
        }
        let credentials = self.rtc.direct_api().local_ice_credentials();
        nomination::nominating(contents, &credentials.pass, crypto)
    }

    /// Takes in a datagram.
    pub(crate) fn receive(
        &mut self,
        now: Instant,
        source: Remote,
        destination: SocketAddr,
        contents: &[u8],
    ) -> Result<Received, RtcError> {
        let Ok(parsed) = DatagramRecv::try_from(contents) else {
            return Ok(Received::Foreign);
        };
        self.last_heard = now;
        self.rtc
            .handle_input(Input::Receive(now, receive(source, destination, parsed)))?;
        Ok(if is_rtcp(contents) {
            Received::Deferred
        } else {
            Received::Urgent
        })
    }

    /// Lets time pass, so that what has been written to the connection gets ready to be sent.
    pub(crate) fn pass_time(&mut self, now: Instant) -> Result<(), RtcError> {
        self.rtc.handle_input(Input::Timeout(now))
    }

    /// Appends what has to be sent to `batch` and what happened to `events`.
    pub(crate) fn drain(
        &mut self,
        batch: &mut Batch,
        events: &mut Vec<Event>,
    ) -> Result<(), RtcError> {
        self.is_touched = false;
        loop {
            match self.rtc.poll_output()? {
                Output::Timeout(deadline) => {
                    self.deadline = deadline;
                    return Ok(());
                }
                Output::Transmit(transmit) => {
                    let path = self.way(&transmit);
                    if self.carries == Carries::Upward || !is_media(&transmit.contents) {
                        batch.push(path.source, path.destination, &transmit.contents);
                    } else if self.carries == Carries::Both && is_rtcp(&transmit.contents) {
                        self.reports.push(transmit.contents.to_vec());
                    }
                }
                Output::Event(event) => events.push(event),
            }
        }
    }

    /// So much of the time has not counted.
    pub(crate) fn excuse(&mut self, now: Instant, stall: Duration) {
        self.last_heard = (self.last_heard + stall).min(now);
        self.began = (self.began + stall).min(now);
        self.lost_at = self.lost_at.map(|at| at + stall);
    }

    /// Where to send: checks are answered where they came from, all else goes where the client nominated last.
    fn way(&mut self, transmit: &Transmit) -> Path {
        let path = Path {
            source: transmit.source,
            destination: transmit.destination,
        };
        if is_stun(&transmit.contents) {
            return path;
        }
        *self.path.get_or_insert(path)
    }

    /// Whether the client may send on a media section of its offer.
    pub(crate) fn takes(&self, mid: Mid) -> bool {
        self.rtc.media(mid).is_some_and(|media| {
            !media.stopped() && media.direction().is_receiving() && !media.remote_pts().is_empty()
        })
    }

    /// Whether the client may receive on a media section of its offer.
    pub(crate) fn gives(&self, mid: Mid) -> bool {
        let media = self.rtc.media(mid);
        media.is_some_and(|media| !media.stopped() && media.direction().is_sending())
    }

    /// Forgets the stream that str0m would send on a media section: its reports would be of nothing.
    pub(crate) fn forget_stream(&mut self, mid: Mid) {
        let mut direct = self.rtc.direct_api();
        let stream = direct.stream_tx_by_mid(mid, None);
        if let Some(ssrc) = stream.map(|stream| stream.ssrc()) {
            direct.remove_stream_tx(ssrc);
        }
    }

    /// The user fragment of its present ICE session, when it has not been asked for before.
    pub(crate) fn new_ufrag(&mut self) -> Option<String> {
        let ufrag = self.rtc.direct_api().local_ice_credentials().ufrag;
        if self.ufrags.contains(&ufrag) {
            return None;
        }
        self.ufrags.push(ufrag.clone());
        Some(ufrag)
    }
}

fn receive(source: Remote, destination: SocketAddr, contents: DatagramRecv<'_>) -> Receive<'_> {
    Receive {
        proto: source.protocol,
        source: source.address,
        destination,
        contents,
    }
}

/// RTP and RTCP, by the first byte (RFC 7983 section 7).
pub(crate) fn is_media(contents: &[u8]) -> bool {
    contents
        .first()
        .is_some_and(|byte| (128..192).contains(byte))
}

fn is_stun(contents: &[u8]) -> bool {
    contents.first().is_some_and(|byte| (0..4).contains(byte))
}

/// RTCP packet types as RFC 5761 section 4 tells them from RTP.
pub(crate) fn is_rtcp(contents: &[u8]) -> bool {
    is_media(contents)
        && contents
            .get(1)
            .is_some_and(|byte| (192..224).contains(byte))
}
