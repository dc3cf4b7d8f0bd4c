//! One peer connection of a client: str0m, its address and what it wants to send.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use str0m::change::SdpPendingOffer;
use str0m::net::{Protocol, Receive};
use str0m::{Candidate, Event, Input, Output, Rtc};

use crate::Result;
use crate::network::{Datagram, Network};

/// A peer is not woken more often than this.
const SOONEST: Duration = Duration::from_micros(500);

/// One peer connection of a client.
pub struct Peer {
    /// The connection itself.
    pub rtc: Rtc,
    /// Where it sends from.
    pub address: SocketAddr,
    pub(crate) deadline: Instant,
    pub(crate) pending: Option<SdpPendingOffer>,
}

impl Peer {
    pub(crate) fn new(now: Instant, address: SocketAddr) -> Result<Self> {
        let builder = Rtc::builder().set_rtp_mode(true);
        let mut rtc = builder.set_stats_interval(None).build(now);
        rtc.add_local_candidate(Candidate::host(address, "udp")?);
        Ok(Self {
            rtc,
            address,
            deadline: now,
            pending: None,
        })
    }

    /// Takes in a datagram. What does not decrypt is dropped, as any client does.
    pub(crate) fn receive(&mut self, now: Instant, datagram: &Datagram) {
        let Ok(contents) = datagram.contents.as_slice().try_into() else {
            return;
        };
        let receive = Receive {
            proto: Protocol::Udp,
            source: datagram.source,
            destination: datagram.destination,
            contents,
        };
        if self.rtc.handle_input(Input::Receive(now, receive)).is_ok() {
            self.deadline = now;
        }
    }

    /// Sends what is due and returns what has happened.
    pub(crate) fn drain(&mut self, now: Instant, network: &mut Network) -> Result<Vec<Event>> {
        let mut events = Vec::new();
        self.deadline = now + Duration::from_secs(3600);
        if !self.rtc.is_alive() {
            return Ok(events);
        }
        self.rtc.handle_input(Input::Timeout(now))?;
        loop {
            match self.rtc.poll_output()? {
                Output::Timeout(at) => {
                    self.deadline = at.max(now + SOONEST);
                    return Ok(events);
                }
                Output::Transmit(transmit) => network.send(
                    now,
                    Datagram {
                        source: transmit.source,
                        destination: transmit.destination,
                        contents: transmit.contents.to_vec(),
                    },
                ),
                Output::Event(event) => events.push(event),
            }
        }
    }
}
