//! The UDP socket of one worker: received in batches, sent in segments (GSO) where the kernel can.

use std::io::{self, ErrorKind, IoSliceMut};
use std::net::{IpAddr, Ipv6Addr, SocketAddr, SocketAddrV6, UdpSocket};

use jumpa_sfu_core::Transmit;
use quinn_udp::{BATCH_SIZE, RecvMeta, UdpSocketState};
use tracing::debug;

const BUFFER_BYTES: usize = 64 * 1024;
const KERNEL_BUFFER_BYTES: usize = 4 * 1024 * 1024;

/// A bound, non-blocking UDP socket and the candidate addresses that lead to it.
pub(crate) struct Socket {
    udp: UdpSocket,
    state: UdpSocketState,
    candidates: Vec<SocketAddr>,
    is_dual_stack: bool,
    is_bound_to_all: bool,
    /// Own addresses at which datagrams have arrived; only these may be named as a source.
    own: Vec<IpAddr>,
    buffer: Vec<u8>,
    metas: [RecvMeta; BATCH_SIZE],
    /// System calls that sent something.
    pub(crate) sends: u64,
    /// Datagrams that the kernel did not take.
    pub(crate) dropped: u64,
}

impl Socket {
    /// Binds `bind` (port 0 = any free one) and announces it under `media` addresses.
    pub(crate) fn bind(bind: SocketAddr, media: &[IpAddr]) -> io::Result<Self> {
        let udp = UdpSocket::bind(bind)?;
        let state = UdpSocketState::new((&udp).into())?;
        // The kernel may grant less; what it grants is enough to go on with.
        for outcome in [
            state.set_recv_buffer_size((&udp).into(), KERNEL_BUFFER_BYTES),
            state.set_send_buffer_size((&udp).into(), KERNEL_BUFFER_BYTES),
        ] {
            if let Err(error) = outcome {
                debug!(%error, "the kernel keeps its buffer size");
            }
        }
        let port = udp.local_addr()?.port();
        let candidates = media.iter().map(|ip| SocketAddr::new(*ip, port)).collect();
        Ok(Self {
            udp,
            state,
            candidates,
            is_dual_stack: bind.is_ipv6(),
            is_bound_to_all: bind.ip().is_unspecified(),
            own: Vec::new(),
            buffer: vec![0; BATCH_SIZE * BUFFER_BYTES],
            metas: [RecvMeta::default(); BATCH_SIZE],
            sends: 0,
            dropped: 0,
        })
    }

    /// Addresses that clients are told, in order of preference.
    pub(crate) fn candidates(&self) -> &[SocketAddr] {
        &self.candidates
    }

    /// The socket itself, to wait on.
    pub(crate) fn as_fd(&self) -> &UdpSocket {
        &self.udp
    }

    /// Hands every datagram of one system call on as (source, candidate, payload); true when more may wait.
    pub(crate) fn receive(
        &mut self,
        mut each: impl FnMut(SocketAddr, SocketAddr, &[u8]),
    ) -> io::Result<bool> {
        let mut chunks = self.buffer.chunks_exact_mut(BUFFER_BYTES);
        let mut slices: [IoSliceMut<'_>; BATCH_SIZE] =
            std::array::from_fn(|_| IoSliceMut::new(chunks.next().unwrap_or_default()));
        let count = match self
            .state
            .recv((&self.udp).into(), &mut slices, &mut self.metas)
        {
            Ok(count) => count,
            Err(error) if is_passing(&error) => return Ok(false),
            Err(error) => return Err(error),
        };
        for (meta, bytes) in self
            .metas
            .iter()
            .zip(self.buffer.chunks_exact(BUFFER_BYTES))
            .take(count)
        {
            let own = meta.dst_ip.map(|ip| ip.to_canonical());
            // A socket bound to one address needs no help in choosing it.
            if let Some(ip) = own
                && self.is_bound_to_all
                && !self.own.contains(&ip)
            {
                self.own.push(ip);
            }
            let source = canonical(meta.addr);
            let Some(candidate) = candidate_for(&self.candidates, own, source) else {
                continue;
            };
            let filled = bytes.get(..meta.len).unwrap_or_default();
            for datagram in filled.chunks(meta.stride.max(1)) {
                each(source, candidate, datagram);
            }
        }
        Ok(count == BATCH_SIZE)
    }

    /// Sends a run of datagrams; what the kernel has no room for is lost, as on any network.
    pub(crate) fn send(&mut self, transmit: &Transmit<'_>) {
        let most = self.state.max_gso_segments() * transmit.segment_bytes.max(1);
        for contents in transmit.contents.chunks(most) {
            self.send_run(transmit, contents);
        }
    }

    fn send_run(&mut self, transmit: &Transmit<'_>, contents: &[u8]) {
        let Err(error) = self.try_send(transmit, contents) else {
            return;
        };
        let is_run = contents.len() > transmit.segment_bytes;
        if is_run && error.kind() != ErrorKind::WouldBlock && self.state.max_gso_segments() == 1 {
            // This interface has just refused segmentation: the rest goes out one by one from here on.
            for datagram in contents.chunks(transmit.segment_bytes.max(1)) {
                self.send_run(transmit, datagram);
            }
            return;
        }
        self.dropped += contents.len().div_ceil(transmit.segment_bytes.max(1)) as u64;
        debug!(%error, "datagrams not sent");
    }

    fn try_send(&mut self, transmit: &Transmit<'_>, contents: &[u8]) -> io::Result<()> {
        let source = transmit.source.ip();
        self.sends += 1;
        self.state.try_send(
            (&self.udp).into(),
            &quinn_udp::Transmit {
                destination: self.reachable(transmit.destination),
                ecn: None,
                contents,
                segment_size: Some(transmit.segment_bytes).filter(|size| *size < contents.len()),
                src_ip: self.own.contains(&source).then_some(source),
            },
        )
    }

    fn reachable(&self, destination: SocketAddr) -> SocketAddr {
        match destination {
            SocketAddr::V4(v4) if self.is_dual_stack => {
                SocketAddr::V6(SocketAddrV6::new(v4.ip().to_ipv6_mapped(), v4.port(), 0, 0))
            }
            other => other,
        }
    }
}

/// The address to bind: the one asked for, else every address of the families that are announced.
pub(crate) fn bind_address(asked: Option<IpAddr>, media: &[IpAddr], port: u16) -> SocketAddr {
    let every = if media.iter().any(IpAddr::is_ipv6) {
        Ipv6Addr::UNSPECIFIED.into()
    } else {
        std::net::Ipv4Addr::UNSPECIFIED.into()
    };
    SocketAddr::new(asked.unwrap_or(every), port)
}

/// Errors of a receive that are about one datagram or one peer, not about the socket.
fn is_passing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock
            | ErrorKind::Interrupted
            | ErrorKind::ConnectionRefused
            | ErrorKind::ConnectionReset
    )
}

pub(crate) fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// The announced address that a datagram came to: the very one, else (behind NAT) the first of its family.
pub(crate) fn candidate_for(
    candidates: &[SocketAddr],
    own: Option<IpAddr>,
    source: SocketAddr,
) -> Option<SocketAddr> {
    candidates
        .iter()
        .find(|candidate| Some(candidate.ip()) == own)
        .or_else(|| {
            candidates
                .iter()
                .find(|candidate| candidate.is_ipv4() == source.is_ipv4())
        })
        .copied()
}

#[cfg(test)]
mod tests {
    use super::{Socket, bind_address, candidate_for};
    use jumpa_sfu_core::Transmit;
    use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

    const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    fn address(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    fn received(socket: &mut Socket, count: usize) -> Vec<(SocketAddr, SocketAddr, Vec<u8>)> {
        let mut seen = Vec::new();
        // Bounded: loopback delivers at once, and a lost datagram must fail the test, not hang it.
        for _ in 0..200_000 {
            socket
                .receive(|source, own, bytes| seen.push((source, own, bytes.to_vec())))
                .unwrap();
            if seen.len() >= count {
                break;
            }
        }
        seen
    }

    #[test]
    fn a_run_of_segments_arrives_as_datagrams() {
        let mut sender = Socket::bind(address("127.0.0.1:0"), &[LOOPBACK]).unwrap();
        let mut receiver = Socket::bind(address("127.0.0.1:0"), &[LOOPBACK]).unwrap();
        let contents: Vec<u8> = (0..250).map(|n| u8::try_from(n / 100).unwrap()).collect();

        sender.send(&Transmit {
            source: sender.candidates()[0],
            destination: receiver.candidates()[0],
            segment_bytes: 100,
            contents: &contents,
        });

        let seen = received(&mut receiver, 3);
        let sizes: Vec<usize> = seen.iter().map(|(_, _, bytes)| bytes.len()).collect();
        assert_eq!(sizes, [100, 100, 50]);
        assert!(
            seen.iter()
                .all(|(source, own, _)| *source == sender.candidates()[0]
                    && *own == receiver.candidates()[0])
        );
    }

    #[test]
    fn a_run_that_the_kernel_refuses_goes_out_one_by_one() {
        let mut sender = Socket::bind(address("127.0.0.1:0"), &[LOOPBACK]).unwrap();
        let mut receiver = Socket::bind(address("127.0.0.1:0"), &[LOOPBACK]).unwrap();
        let more_segments_than_any_kernel_takes = [7; 250 * 10];
        let transmit = Transmit {
            source: sender.candidates()[0],
            destination: receiver.candidates()[0],
            segment_bytes: 10,
            contents: &more_segments_than_any_kernel_takes,
        };

        sender.send_run(&transmit, transmit.contents);

        let seen = received(&mut receiver, 250);
        assert!(seen.len() == 250 && seen.iter().all(|(_, _, bytes)| bytes == &[7; 10]));
        assert_eq!((sender.dropped, sender.state.max_gso_segments()), (0, 1));

        sender.send(&transmit);

        assert_eq!(received(&mut receiver, 250).len(), 250);
        assert_eq!((sender.dropped, sender.sends), (0, 501));
    }

    #[test]
    fn what_cannot_be_sent_is_counted_and_the_next_goes_out() {
        let mut sender = Socket::bind(address("127.0.0.1:0"), &[LOOPBACK]).unwrap();
        let mut receiver = Socket::bind(address("127.0.0.1:0"), &[LOOPBACK]).unwrap();
        let transmit = Transmit {
            source: sender.candidates()[0],
            destination: address("[2001:db8::1]:9"),
            segment_bytes: 4,
            contents: b"onetwothree",
        };

        sender.send(&transmit);
        sender.send(&Transmit {
            destination: receiver.candidates()[0],
            ..transmit
        });

        assert_eq!(sender.dropped, 3);
        assert_eq!(received(&mut receiver, 3).len(), 3);
    }

    #[test]
    fn both_families_reach_a_dual_stack_socket() {
        let media = [LOOPBACK, "::1".parse().unwrap()];
        let mut socket = Socket::bind(bind_address(None, &media, 0), &media).unwrap();
        let port = socket.candidates()[0].port();
        for (from, to) in [("127.0.0.1:0", LOOPBACK), ("[::1]:0", media[1])] {
            let peer = UdpSocket::bind(from).unwrap();
            peer.send_to(b"x", SocketAddr::new(to, port)).unwrap();

            let seen = received(&mut socket, 1);
            assert_eq!(seen[0].0, peer.local_addr().unwrap());
            assert_eq!(seen[0].1.ip(), to);

            socket.send(&Transmit {
                source: seen[0].1,
                destination: seen[0].0,
                segment_bytes: 1,
                contents: b"y",
            });
            let mut answer = [0; 4];
            assert_eq!(peer.recv(&mut answer).unwrap(), 1);
        }
    }

    #[test]
    fn behind_nat_the_first_candidate_of_the_family_is_meant() {
        let candidates = [address("203.0.113.7:7882"), address("[2001:db8::1]:7882")];
        let local = Some("10.0.0.4".parse().unwrap());
        let from = |text: &str| candidate_for(&candidates, local, address(text));
        assert_eq!(from("198.51.100.1:9"), Some(candidates[0]));
        assert_eq!(from("[2001:db8::9]:9"), Some(candidates[1]));
    }

    #[test]
    fn what_is_bound_follows_what_is_announced() {
        assert_eq!(bind_address(None, &[LOOPBACK], 5), address("0.0.0.0:5"));
        let six = ["::1".parse().unwrap()];
        assert_eq!(bind_address(None, &six, 5), address("[::]:5"));
        assert_eq!(
            bind_address(Some(LOOPBACK), &six, 5),
            address("127.0.0.1:5")
        );
    }
}
