//! A UDP socket that knows when the kernel received each datagram.

use std::io::{self, ErrorKind, IoSliceMut};
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, UdpSocket};
use std::os::fd::AsRawFd;

use nix::cmsg_space;
use nix::errno::Errno;
use nix::sys::socket::sockopt::{RcvBuf, RcvBufForce, ReceiveTimestampns};
use nix::sys::socket::{ControlMessageOwned, MsgFlags, SockaddrIn, recvmsg, setsockopt};
use nix::sys::time::TimeSpec;

use crate::error::LoadError;

const RECEIVE_BUFFER_BYTES: usize = 4 << 20;
const DATAGRAM_BYTES: usize = 2_048;

/// Bound to a free loopback port; never blocks.
#[derive(Debug)]
pub(crate) struct MediaSocket {
    socket: UdpSocket,
    address: SocketAddr,
}

/// Reused for every datagram.
#[derive(Debug)]
pub(crate) struct Buffers {
    datagram: Vec<u8>,
    control: Vec<u8>,
}

/// Where a received datagram came from, its length in [`Buffers`], and its arrival (Unix nanoseconds).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    pub(crate) source: SocketAddr,
    pub(crate) bytes: usize,
    pub(crate) arrived_ns: Option<u64>,
}

impl Buffers {
    pub(crate) fn new() -> Self {
        Self {
            datagram: vec![0; DATAGRAM_BYTES],
            control: cmsg_space!(TimeSpec),
        }
    }

    pub(crate) fn datagram(&self, arrival: Arrival) -> &[u8] {
        self.datagram.get(..arrival.bytes).unwrap_or(&[])
    }
}

impl MediaSocket {
    pub(crate) fn bind() -> Result<Self, LoadError> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        socket.set_nonblocking(true)?;
        setsockopt(&socket, ReceiveTimestampns, &true)?;
        // Without the privilege the ordinary limit has to do; what it drops shows as loss.
        if setsockopt(&socket, RcvBufForce, &RECEIVE_BUFFER_BYTES).is_err() {
            setsockopt(&socket, RcvBuf, &RECEIVE_BUFFER_BYTES)?;
        }
        let address = socket.local_addr()?;
        Ok(Self { socket, address })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends, and drops like a network when the socket is full.
    pub(crate) fn send(&self, destination: SocketAddr, datagram: &[u8]) -> io::Result<()> {
        match self.socket.send_to(datagram, destination) {
            Err(error) if !is_passing(&error) => Err(error),
            _ => Ok(()),
        }
    }

    /// The next datagram; `None` when there is no more.
    pub(crate) fn receive(&self, buffers: &mut Buffers) -> Result<Option<Arrival>, LoadError> {
        let Buffers { datagram, control } = buffers;
        let mut slices = [IoSliceMut::new(datagram)];
        let received = recvmsg::<SockaddrIn>(
            self.socket.as_raw_fd(),
            &mut slices,
            Some(control),
            MsgFlags::MSG_DONTWAIT,
        );
        let received = match received {
            Ok(received) => received,
            Err(Errno::EAGAIN | Errno::ECONNREFUSED) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let Some(source) = received.address else {
            return Ok(None);
        };
        Ok(Some(Arrival {
            source: SocketAddr::V4(SocketAddrV4::new(source.ip(), source.port())),
            bytes: received.bytes,
            arrived_ns: received
                .cmsgs()
                .ok()
                .and_then(|mut all| all.find_map(|one| nanoseconds(&one))),
        }))
    }
}

impl AsRawFd for MediaSocket {
    fn as_raw_fd(&self) -> i32 {
        self.socket.as_raw_fd()
    }
}

fn nanoseconds(message: &ControlMessageOwned) -> Option<u64> {
    let ControlMessageOwned::ScmTimestampns(time) = message else {
        return None;
    };
    let seconds = u64::try_from(time.tv_sec()).ok()?;
    let fraction = u64::try_from(time.tv_nsec()).ok()?;
    seconds.checked_mul(1_000_000_000)?.checked_add(fraction)
}

fn is_passing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock | ErrorKind::ConnectionRefused
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn a_datagram_arrives_with_its_source_and_time() {
        let (sender, receiver) = (MediaSocket::bind().unwrap(), MediaSocket::bind().unwrap());
        let mut buffers = Buffers::new();
        assert!(receiver.receive(&mut buffers).unwrap().is_none());
        let before = clock::unix_nanoseconds();
        sender.send(receiver.address(), b"ping").unwrap();
        let arrival = receiver.receive(&mut buffers).unwrap().unwrap();
        assert_eq!(buffers.datagram(arrival), b"ping");
        assert_eq!(arrival.source, sender.address());
        assert!(before <= arrival.arrived_ns.unwrap());
        assert!(arrival.arrived_ns.unwrap() <= clock::unix_nanoseconds());
    }
}
