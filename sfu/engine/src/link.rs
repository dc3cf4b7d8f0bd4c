//! The link to `jumpa serve`: commands come down, events go up, and its end is the process's end.

use std::io::{self, BufReader, BufWriter, Write};
use std::net::{IpAddr, SocketAddr};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use jumpa_sfu_core::Config;
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::frames::{self, FrameError};
use jumpa_sfu_proto::{Configure, Failed, Pong, Ready, Version};
use tracing::info;

use crate::clock;
use crate::crew::{Crew, Started};
use crate::socket::{Socket, bind_address};
use crate::tcp::Streams;
use crate::worker;

/// More threads than any machine has processors for.
const MOST_WORKERS: u32 = 256;

/// Why the process ends otherwise than by the link's end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinkError {
    /// The server does not listen, or the socket broke.
    #[error("the link cannot be used: {0}")]
    Io(#[from] io::Error),
    /// The server sent what cannot be read.
    #[error(transparent)]
    Frame(#[from] FrameError),
    /// The server was told why; it is logged too.
    #[error("{message}")]
    Refused {
        /// Stable word for programs, as in `Failed.code`.
        code: &'static str,
        /// Sentence for people.
        message: String,
    },
}

/// Connects, configures itself as told and serves until the link closes.
pub(crate) fn serve(path: &Path) -> Result<(), LinkError> {
    let mut stream = UnixStream::connect(path)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let started = first_command(&mut reader).and_then(|configure| start(&configure));
    let (workers, addresses, (outgoing, coming)) = match started {
        Ok(started) => started,
        Err(failure) => {
            say_failed(&mut stream, &failure)?;
            return Err(failure);
        }
    };
    info!(?addresses, "ready");
    // The channel cannot be closed: its receiver is still in our hands.
    let _sent = outgoing.send(Event::Ready(ready(addresses)));
    let noting = workers.clone();
    std::thread::Builder::new()
        .name("events".into())
        .spawn(move || pass_on(&coming, stream, &noting))?;
    let outcome = follow(&mut reader, &workers, &outgoing);
    workers.dismiss();
    outcome?;
    info!("the link has closed");
    Ok(())
}

/// Hands commands to their workers until the link closes; answers pings itself, however busy the workers are.
fn follow(
    reader: &mut BufReader<UnixStream>,
    workers: &Crew,
    outgoing: &Sender<Event>,
) -> Result<(), LinkError> {
    while let Some(frame) = frames::read::<jumpa_sfu_proto::Command>(reader)? {
        match frame.command {
            None => {}
            Some(Command::Ping(ping)) => {
                let answer = Pong {
                    nonce: ping.nonce,
                    workers: workers.status(),
                };
                let _sent = outgoing.send(Event::Pong(answer));
            }
            Some(command) => workers.follow(command),
        }
    }
    Ok(())
}

fn first_command(reader: &mut BufReader<UnixStream>) -> Result<Configure, LinkError> {
    let first: Option<jumpa_sfu_proto::Command> = frames::read(reader)?;
    let Some(Command::Configure(configure)) = first.and_then(|frame| frame.command) else {
        return Err(LinkError::Refused {
            code: "protocol",
            message: "The first command is not Configure; rebuild with make build.".into(),
        });
    };
    let ours = Version::Current as u32;
    if configure.version != ours {
        return Err(LinkError::Refused {
            code: "version_mismatch",
            message: format!(
                "jumpa speaks version {} of sfu.proto and this jumpa-sfu speaks {ours}; rebuild both with make build.",
                configure.version
            ),
        });
    }
    Ok(configure)
}

type Events = (Sender<Event>, Receiver<Event>);
type Running = (Arc<Crew>, Addresses, Events);

/// What clients are told.
#[derive(Debug, Default)]
struct Addresses {
    udp: Vec<String>,
    tcp: Vec<String>,
}

fn start(configure: &Configure) -> Result<Running, LinkError> {
    let media = media_addresses(configure)?;
    let bind = match configure.bind_address.as_str() {
        "" => None,
        text => Some(ip(text)?),
    };
    let (events, coming) = channel();
    let (plan, told) = (configure.clone(), events.clone());
    let start = move |index| start_worker(&plan, bind, &media, index, &told);
    let mut workers = Vec::new();
    let mut addresses = Addresses::default();
    for index in 0..configure.workers.clamp(1, MOST_WORKERS) {
        let (started, own) = start(index)?;
        addresses.udp.extend(own.udp);
        addresses.tcp.extend(own.tcp);
        workers.push(started);
    }
    let again = move |index| match start(index) {
        Ok((started, _)) => Ok(started),
        Err(failure) => Err(io::Error::other(failure)),
    };
    let crew = Crew::new(workers, events.clone(), Box::new(again))?;
    Ok((crew, addresses, (events, coming)))
}

fn start_worker(
    configure: &Configure,
    bind: Option<IpAddr>,
    media: &[IpAddr],
    index: u32,
    events: &Sender<Event>,
) -> Result<(Started, Addresses), LinkError> {
    let socket = bound(bind, media, configure.udp_port, index)?;
    let streams = match configure.tcp_port {
        Some(port) => Some(listening(bind, media, port, index)?),
        None => None,
    };
    let udp = socket.candidates();
    let tcp = streams.as_ref().map_or(&[][..], Streams::candidates);
    let addresses = Addresses {
        udp: udp.iter().map(ToString::to_string).collect(),
        tcp: tcp.iter().map(ToString::to_string).collect(),
    };
    let config = core_config(configure, index, udp.to_vec(), tcp.to_vec());
    let (handle, thread) = worker::start(config, socket, streams, events.clone())?;
    Ok((Started { handle, thread }, addresses))
}

fn media_addresses(configure: &Configure) -> Result<Vec<IpAddr>, LinkError> {
    if configure.media_addresses.is_empty() {
        return Err(LinkError::Refused {
            code: "bad_address",
            message: "No media address is given; name one with --media-address.".into(),
        });
    }
    let texts = configure.media_addresses.iter();
    texts.map(|text| media_address(text)).collect()
}

fn ip(text: &str) -> Result<IpAddr, LinkError> {
    text.parse().map_err(|_| LinkError::Refused {
        code: "bad_address",
        message: format!("{text} is not an IP address."),
    })
}

/// An address that clients can be told.
fn media_address(text: &str) -> Result<IpAddr, LinkError> {
    let ip = ip(text)?;
    let is_broadcast = matches!(ip, IpAddr::V4(four) if four.is_broadcast());
    if ip.is_unspecified() || ip.is_multicast() || is_broadcast {
        return Err(LinkError::Refused {
            code: "bad_address",
            message: format!(
                "{text} is no address that clients can send to; name one with --media-address."
            ),
        });
    }
    Ok(ip)
}

/// Each worker has a port of its own: `SO_REUSEPORT` would not follow rooms.
fn bound(
    bind: Option<IpAddr>,
    media: &[IpAddr],
    first_port: u32,
    index: u32,
) -> Result<Socket, LinkError> {
    let address = bind_address(bind, media, port(first_port, index, "UDP")?);
    Socket::bind(address, media).map_err(|failure| not_opened("UDP", address, &failure))
}

fn listening(
    bind: Option<IpAddr>,
    media: &[IpAddr],
    first_port: u32,
    index: u32,
) -> Result<Streams, LinkError> {
    let address = bind_address(bind, media, port(first_port, index, "TCP")?);
    Streams::bind(address, media).map_err(|failure| not_opened("TCP", address, &failure))
}

fn port(first: u32, index: u32, transport: &str) -> Result<u16, LinkError> {
    let number = if first == 0 {
        0
    } else {
        first.saturating_add(index)
    };
    u16::try_from(number).map_err(|_| LinkError::Refused {
        code: "bad_address",
        message: format!("{number} is not a {transport} port."),
    })
}

fn not_opened(transport: &str, address: SocketAddr, failure: &io::Error) -> LinkError {
    let flag = transport.to_lowercase();
    LinkError::Refused {
        code: match failure.kind() {
            io::ErrorKind::AddrInUse => "port_in_use",
            _ => "bad_address",
        },
        message: format!(
            "{transport} {address} cannot be opened ({failure}). Stop the other program or choose another port with --{flag}-port."
        ),
    }
}

fn core_config(
    configure: &Configure,
    index: u32,
    candidates: Vec<SocketAddr>,
    tcp_candidates: Vec<SocketAddr>,
) -> Config {
    let usual = Config::default();
    let or = |value: u32, usual: usize| if value == 0 { usual } else { value as usize };
    Config {
        index,
        candidates,
        tcp_candidates,
        wall_clock: clock::time_of_day(),
        seed: seed(),
        max_data_bytes: or(configure.max_data_bytes, usual.max_data_bytes),
        heard_topics: configure.heard_topics.clone(),
        max_sdp_bytes: or(configure.max_sdp_bytes, usual.max_sdp_bytes),
        max_tracks_per_participant: or(
            configure.max_tracks_per_participant,
            usual.max_tracks_per_participant,
        ),
        ..usual
    }
}

/// Randomness of the system, by the standard library's own seeding of hash maps.
fn seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::process::id())
}

fn ready(addresses: Addresses) -> Ready {
    Ready {
        version: Version::Current as u32,
        build: env!("CARGO_PKG_VERSION").into(),
        addresses: addresses.udp,
        tcp_addresses: addresses.tcp,
    }
}

fn say_failed(stream: &mut UnixStream, failure: &LinkError) -> io::Result<()> {
    let code = match failure {
        LinkError::Refused { code, .. } => code,
        LinkError::Frame(_) => "protocol",
        LinkError::Io(_) => "internal",
    };
    let failed = Event::Failed(Failed {
        code: code.to_owned(),
        message: failure.to_string(),
    });
    frames::write(stream, &up(failed))?;
    stream.flush()
}

/// Writes events as they come, flushing when there is no more to write.
fn pass_on(events: &Receiver<Event>, stream: UnixStream, workers: &Crew) {
    let mut stream = BufWriter::new(stream);
    while let Ok(first) = events.recv() {
        let mut next = Some(first);
        while let Some(event) = next {
            workers.note(&event);
            if frames::write(&mut stream, &up(event)).is_err() {
                return;
            }
            next = events.try_recv().ok();
        }
        if stream.flush().is_err() {
            return;
        }
    }
}

fn up(event: Event) -> jumpa_sfu_proto::Event {
    jumpa_sfu_proto::Event { event: Some(event) }
}
