//! What goes into and comes out of a worker.

use std::net::SocketAddr;
use std::time::{Duration, Instant, SystemTime};

use jumpa_sfu_proto::{command, event};

/// Values a worker is made with; none of them changes while it lives.
#[derive(Debug, Clone)]
pub struct Config {
    /// Position of this worker, echoed in its status.
    pub index: u32,
    /// UDP addresses announced as host candidates, in order of preference.
    pub candidates: Vec<SocketAddr>,
    /// TCP addresses on which clients connect that cannot use UDP (RFC 6544, passive).
    pub tcp_candidates: Vec<SocketAddr>,
    /// Time of day when the worker starts; sender reports go on from there.
    pub wall_clock: SystemTime,
    /// Seed of every random choice.
    pub seed: u64,
    /// Largest data packet of a participant.
    pub max_data_bytes: usize,
    /// Topics of the text streams that the server hears as well.
    pub heard_topics: Vec<String>,
    /// Largest session description that is read.
    pub max_sdp_bytes: usize,
    /// Most tracks that one participant may publish at a time.
    pub max_tracks_per_participant: usize,
    /// A peer connection that is not up this long after its first description has failed.
    pub connect_timeout: Duration,
    /// An established peer connection from which nothing arrives for this long is lost.
    pub silence_timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            index: 0,
            candidates: Vec::new(),
            tcp_candidates: Vec::new(),
            wall_clock: SystemTime::UNIX_EPOCH,
            seed: 0,
            max_data_bytes: 64 * 1024,
            heard_topics: Vec::new(),
            max_sdp_bytes: 1024 * 1024,
            max_tracks_per_participant: 32,
            connect_timeout: Duration::from_secs(30),
            silence_timeout: Duration::from_secs(15),
        }
    }
}

/// One thing that happened outside.
#[derive(Debug)]
pub enum Input<'a> {
    /// A UDP datagram, or a frame of a TCP stream; `destination` is the candidate address it arrived at.
    Datagram {
        /// Address of the sender.
        source: SocketAddr,
        /// One of [`Config::candidates`] or [`Config::tcp_candidates`].
        destination: SocketAddr,
        /// UDP payload.
        contents: &'a [u8],
    },
    /// A command of the server; `Configure` and `Ping` are the engine's own and have no effect here.
    Command(command::Command),
    /// The instant named by [`Output::Timeout`] has come.
    Timeout,
}

/// One thing the caller has to do.
#[derive(Debug)]
pub enum Output<'a> {
    /// Send datagrams to one address.
    Transmit(Transmit<'a>),
    /// Tell the server.
    Event(event::Event),
    /// Nothing more to do before this instant or the next input.
    Timeout(Instant),
}

/// One or more datagrams for the same address, laid end to end, as UDP segmentation offload wants them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transmit<'a> {
    /// Candidate address to send from.
    pub source: SocketAddr,
    /// Address to send to.
    pub destination: SocketAddr,
    /// Size of every datagram but the last, which may be shorter.
    pub segment_bytes: usize,
    /// At most 64 datagrams and 60,000 bytes.
    pub contents: &'a [u8],
}
