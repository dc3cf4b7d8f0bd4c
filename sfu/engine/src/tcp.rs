//! TCP streams of clients that cannot use UDP: each carries datagrams in frames (RFC 4571).

use std::collections::HashMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use jumpa_sfu_core::Transmit;
use rustix::event::{PollFd, PollFlags};
use tracing::debug;

use crate::socket::{candidate_for, canonical};

const HEADER_BYTES: usize = 2;
/// No datagram of WebRTC is larger.
const MOST_FRAME_BYTES: usize = 8 * 1024;
const READ_BYTES: usize = 64 * 1024;
/// What may wait for a slow network; the rest is lost, as it would be with UDP.
const MOST_WAITING_BYTES: usize = 256 * 1024;
const MOST_STREAMS: usize = 2000;
/// Streams on which nobody has proved who they are.
const MOST_STRANGERS: usize = 200;
const STRANGER_FOR: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Accepted streams, by the address of their client.
pub(crate) struct Streams {
    listener: TcpListener,
    candidates: Vec<SocketAddr>,
    open: HashMap<SocketAddr, Stream>,
    may_accept: bool,
    look_at: Option<Instant>,
    buffer: Vec<u8>,
    /// Datagrams that a slow stream did not take.
    pub(crate) dropped: u64,
}

struct Stream {
    tcp: TcpStream,
    candidate: SocketAddr,
    opened: Instant,
    is_known: bool,
    may_read: bool,
    is_over: bool,
    incoming: Vec<u8>,
    outgoing: Vec<u8>,
}

impl Streams {
    /// Listens on `bind` (port 0 = any free one) and announces it under `media` addresses.
    pub(crate) fn bind(bind: SocketAddr, media: &[IpAddr]) -> io::Result<Self> {
        let listener = TcpListener::bind(bind)?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        Ok(Self {
            listener,
            candidates: media.iter().map(|ip| SocketAddr::new(*ip, port)).collect(),
            open: HashMap::new(),
            may_accept: false,
            look_at: None,
            buffer: vec![0; READ_BYTES],
            dropped: 0,
        })
    }

    /// Addresses that clients are told, in order of preference.
    pub(crate) fn candidates(&self) -> &[SocketAddr] {
        &self.candidates
    }

    /// Whether there is anything to read or write but new streams.
    pub(crate) fn is_used(&self) -> bool {
        !self.open.is_empty()
    }

    /// What to wait for; `note` takes the answers in the same order.
    pub(crate) fn waits(&self) -> impl Iterator<Item = PollFd<'_>> {
        let streams = self.open.values().map(|stream| {
            let writing = if stream.outgoing.is_empty() {
                PollFlags::empty()
            } else {
                PollFlags::OUT
            };
            PollFd::new(&stream.tcp, PollFlags::IN | writing)
        });
        std::iter::once(PollFd::new(&self.listener, PollFlags::IN)).chain(streams)
    }

    /// Notes what may be read and written now.
    pub(crate) fn note(&mut self, mut ready: impl Iterator<Item = PollFlags>) {
        self.may_accept = ready.next().is_some_and(|flags| !flags.is_empty());
        for (stream, flags) in self.open.values_mut().zip(ready) {
            stream.may_read = flags.intersects(PollFlags::IN | PollFlags::HUP | PollFlags::ERR);
            if flags.contains(PollFlags::OUT) {
                stream.write();
            }
        }
    }

    /// Hands on what has come as (source, candidate, payload), and takes in new streams.
    pub(crate) fn receive(
        &mut self,
        now: Instant,
        mut each: impl FnMut(SocketAddr, SocketAddr, &[u8]),
    ) {
        if std::mem::take(&mut self.may_accept) {
            self.accept(now);
        }
        for (peer, stream) in &mut self.open {
            if std::mem::take(&mut stream.may_read) {
                stream.read(&mut self.buffer);
                let candidate = stream.candidate;
                stream.take_frames(|contents| each(*peer, candidate, contents));
            }
        }
        self.open.retain(|_, stream| !stream.is_over);
    }

    /// Closes the streams of strangers, and those whose participant is gone.
    pub(crate) fn look(&mut self, now: Instant, knows: impl Fn(SocketAddr) -> bool) {
        if self.look_at.is_some_and(|at| now < at) {
            return;
        }
        self.look_at = Some(now + LOOK_EVERY);
        self.open.retain(|peer, stream| {
            let was_known = std::mem::replace(&mut stream.is_known, knows(*peer));
            let is_new = now.saturating_duration_since(stream.opened) < STRANGER_FOR;
            stream.is_known || (is_new && !was_known)
        });
    }

    /// Sends a run of datagrams to the client of a stream.
    pub(crate) fn send(&mut self, transmit: &Transmit<'_>) {
        let datagrams = transmit.contents.chunks(transmit.segment_bytes.max(1));
        let Some(stream) = self.open.get_mut(&transmit.destination) else {
            self.dropped += datagrams.len() as u64;
            return;
        };
        for datagram in datagrams {
            self.dropped += u64::from(!stream.frame(datagram));
        }
        stream.write();
    }

    fn accept(&mut self, now: Instant) {
        loop {
            let (tcp, peer) = match self.listener.accept() {
                Ok(accepted) => accepted,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(error) => {
                    // One that is gone already, or no descriptor left: the next look tries again.
                    debug!(%error, "a stream was not accepted");
                    return;
                }
            };
            let strangers = self.open.values().filter(|stream| !stream.is_known).count();
            if self.open.len() >= MOST_STREAMS || strangers >= MOST_STRANGERS {
                continue;
            }
            if let Some(stream) = self.opened(tcp, now) {
                self.open.insert(canonical(peer), stream);
            }
        }
    }

    fn opened(&self, tcp: TcpStream, now: Instant) -> Option<Stream> {
        tcp.set_nonblocking(true).ok()?;
        tcp.set_nodelay(true).ok()?;
        let own = tcp.local_addr().ok().map(canonical)?;
        let candidate = candidate_for(&self.candidates, Some(own.ip()), own)?;
        Some(Stream {
            tcp,
            candidate,
            opened: now,
            is_known: false,
            may_read: true,
            is_over: false,
            incoming: Vec::new(),
            outgoing: Vec::new(),
        })
    }
}

impl Stream {
    fn read(&mut self, buffer: &mut [u8]) {
        match self.tcp.read(buffer) {
            Ok(0) => self.is_over = true,
            Ok(count) => self
                .incoming
                .extend_from_slice(buffer.get(..count).unwrap_or_default()),
            Err(error) => self.is_over |= !is_passing(&error),
        }
    }

    /// Hands on every whole frame; one that is too large ends the stream.
    fn take_frames(&mut self, mut each: impl FnMut(&[u8])) {
        let mut rest = self.incoming.as_slice();
        while let Some((header, tail)) = rest.split_first_chunk::<HEADER_BYTES>() {
            let length = usize::from(u16::from_be_bytes(*header));
            if length > MOST_FRAME_BYTES {
                self.is_over = true;
                return;
            }
            let Some((frame, tail)) = tail.split_at_checked(length) else {
                break;
            };
            each(frame);
            rest = tail;
        }
        let taken = self.incoming.len() - rest.len();
        self.incoming.drain(..taken);
    }

    /// Queues a datagram; false when too much waits already.
    fn frame(&mut self, datagram: &[u8]) -> bool {
        let Ok(length) = u16::try_from(datagram.len()) else {
            return false;
        };
        if self.outgoing.len() + datagram.len() > MOST_WAITING_BYTES {
            return false;
        }
        self.outgoing.extend_from_slice(&length.to_be_bytes());
        self.outgoing.extend_from_slice(datagram);
        true
    }

    fn write(&mut self) {
        while !self.outgoing.is_empty() {
            match self.tcp.write(&self.outgoing) {
                Ok(count) => {
                    self.outgoing.drain(..count);
                }
                Err(error) => {
                    self.is_over |= !is_passing(&error);
                    return;
                }
            }
        }
    }
}

fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

#[cfg(test)]
mod tests {
    use super::{MOST_FRAME_BYTES, MOST_STRANGERS, Streams};
    use crate::clock;
    use jumpa_sfu_core::Transmit;
    use rustix::event::{PollFd, poll};
    use std::io::{Read, Write};
    use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
    use std::time::{Duration, Instant};

    const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    fn streams() -> Streams {
        Streams::bind(SocketAddr::new(LOOPBACK, 0), &[LOOPBACK]).unwrap()
    }

    fn connect(streams: &Streams) -> TcpStream {
        TcpStream::connect(streams.candidates()[0]).unwrap()
    }

    /// Waits for the kernel once and takes what there is.
    fn turn(streams: &mut Streams, now: Instant) -> Vec<(SocketAddr, Vec<u8>)> {
        let mut waits: Vec<PollFd<'_>> = streams.waits().collect();
        let timeout = Duration::from_secs(10).try_into().unwrap();
        poll(&mut waits, Some(&timeout)).unwrap();
        let ready: Vec<_> = waits.iter().map(PollFd::revents).collect();
        drop(waits);
        streams.note(ready.into_iter());
        let mut seen = Vec::new();
        streams.receive(now, |source, _, contents| {
            seen.push((source, contents.to_vec()));
        });
        seen
    }

    fn received(streams: &mut Streams, count: usize) -> Vec<(SocketAddr, Vec<u8>)> {
        let mut seen = Vec::new();
        while seen.len() < count {
            seen.extend(turn(streams, clock::now()));
        }
        seen
    }

    fn framed(contents: &[u8]) -> Vec<u8> {
        [
            &u16::try_from(contents.len()).unwrap().to_be_bytes(),
            contents,
        ]
        .concat()
    }

    #[test]
    fn frames_arrive_whole_however_they_are_cut() {
        let mut streams = streams();
        let mut client = connect(&streams);
        let sent = [framed(b"one"), framed(b""), framed(&[7; 1500])].concat();
        for piece in sent.chunks(2) {
            client.write_all(piece).unwrap();
            client.flush().unwrap();
        }
        let seen = received(&mut streams, 3);
        let contents: Vec<_> = seen.iter().map(|(_, contents)| contents.len()).collect();
        assert_eq!(contents, [3, 0, 1500]);
        assert_eq!(seen[0].0, client.local_addr().unwrap());
    }

    #[test]
    fn a_run_of_datagrams_is_sent_as_frames() {
        let mut streams = streams();
        let mut client = connect(&streams);
        client.write_all(&framed(b"hello")).unwrap();
        received(&mut streams, 1);
        streams.send(&Transmit {
            source: streams.candidates()[0],
            destination: client.local_addr().unwrap(),
            segment_bytes: 4,
            contents: b"onetwothr",
        });
        let mut answer = [0; 15];
        client.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"\0\x04onet\0\x04woth\0\x01r");
        assert_eq!(streams.dropped, 0);
    }

    #[test]
    fn a_client_that_does_not_read_loses_datagrams_and_no_frame_is_cut() {
        let mut streams = streams();
        let mut client = connect(&streams);
        client.write_all(&framed(b"hello")).unwrap();
        received(&mut streams, 1);
        let destination = client.local_addr().unwrap();
        let contents = [9; 1000];
        for _ in 0..20_000 {
            streams.send(&Transmit {
                source: destination,
                destination,
                segment_bytes: 1000,
                contents: &contents,
            });
        }
        assert!(streams.dropped > 0);
        drop(streams);
        let mut all = Vec::new();
        let _ended = client.read_to_end(&mut all);
        assert!(
            all.chunks_exact(1002)
                .all(|frame| frame == framed(&contents))
        );
    }

    #[test]
    fn a_frame_that_is_too_large_ends_its_stream_alone() {
        let mut streams = streams();
        let mut bad = connect(&streams);
        let mut good = connect(&streams);
        let length = u16::try_from(MOST_FRAME_BYTES + 1).unwrap();
        bad.write_all(&length.to_be_bytes()).unwrap();
        let mut nothing = [0; 1];
        while streams.open.len() != 1 || bad.read(&mut nothing).is_err() {
            good.write_all(&framed(b"still here")).unwrap();
            turn(&mut streams, clock::now());
        }
        assert_eq!(bad.read(&mut nothing).unwrap(), 0);
        assert!(streams.is_used());
    }

    #[test]
    fn strangers_are_closed_after_a_while_and_so_is_who_is_forgotten() {
        let mut streams = streams();
        let (mut known, mut stranger) = (connect(&streams), connect(&streams));
        for client in [&mut known, &mut stranger] {
            client.write_all(&framed(b"hello")).unwrap();
        }
        received(&mut streams, 2);
        let now = clock::now();
        let friend = known.local_addr().unwrap();
        streams.look(now, |peer| peer == friend);
        assert_eq!(streams.open.len(), 2, "it may still prove who it is");
        streams.look(now + Duration::from_secs(11), |peer| peer == friend);
        assert_eq!(streams.open.len(), 1);
        streams.look(now + Duration::from_secs(13), |_| false);
        assert!(!streams.is_used());
    }

    #[test]
    fn too_many_strangers_are_turned_away() {
        let mut streams = streams();
        let mut clients = Vec::new();
        for _ in 0..MOST_STRANGERS + 20 {
            clients.push(connect(&streams));
            turn(&mut streams, clock::now());
        }
        assert_eq!(streams.open.len(), MOST_STRANGERS);
    }

    #[test]
    fn what_is_for_nobody_is_counted() {
        let mut streams = streams();
        let destination = SocketAddr::new(LOOPBACK, 9);
        streams.send(&Transmit {
            source: destination,
            destination,
            segment_bytes: 2,
            contents: b"abc",
        });
        assert_eq!(streams.dropped, 2);
    }
}
