//! Sending media to one subscriber: protection, retransmission and reports. str0m keeps ICE, DTLS, SCTP and SDP.

mod cipher;
mod echo;
mod extensions;
mod fares;
mod feedback;
mod history;
mod keys;
mod limit;
mod negotiated;
mod replay;
mod reports;
mod srtp;
mod stream;
mod trips;

use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::config::CryptoProvider;
use str0m::media::Mid;

use crate::batch::Batch;
use crate::connection::{Carries, Connection, Path};
use crate::loss::Strain;
use crate::quality::Tally;
use crate::rewrite::Outgoing;
use echo::Awaited;
use history::Sent;
use limit::Limit;
use srtp::Srtp;
use stream::{MOST_HEADER_BYTES, Stream};
use trips::Trips;

pub(crate) use echo::Echo;
pub(crate) use keys::{
    Slot, newest as newest_keys, shared as shared_crypto, tapped as tapped_crypto,
};
pub(crate) use negotiated::{Asked, Sources};
pub(crate) use srtp::SrtpError;

/// Payloads above this do not fit a datagram that the egress builds.
pub(crate) const MOST_PAYLOAD_BYTES: usize = 1500;
/// A packet is repeated at most once in this time, until the round trip is known.
const FIRST_PAUSE: Duration = Duration::from_millis(20);

/// Names a stream of an egress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    index: usize,
    ssrc: u32,
}

/// What a receiver has said that concerns more than its egress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// It needs a keyframe of the track on this media section.
    Keyframe(Mid),
    /// How this media section has fared since its last report.
    Loss(Mid, Strain),
    /// So many packets are being sent again.
    Repeated(u64),
    /// The report that was to be answered has been.
    Echo(Echo),
}

/// All media to one client.
pub(crate) struct Egress {
    srtp: Option<Srtp>,
    /// Opens what str0m reports on a connection for both directions.
    relayed: Option<Srtp>,
    streams: Vec<Option<Stream>>,
    queue: Vec<Queued>,
    /// Queued media leaves then, unless something else lets it go before.
    pub leaves_at: Option<Instant>,
    /// Waits to be flushed.
    pub is_departing: bool,
    reported_at: Option<Instant>,
    pause: Duration,
    /// What receivers have reported since it was last taken.
    pub tally: Tally,
    /// How long packets take there and back.
    trips: Trips,
    limit: Option<Limit>,
    awaited: Awaited,
    name: String,
    header: Vec<u8>,
    payload: Vec<u8>,
}

/// The part of a packet that is the same for every receiver.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Media<'a> {
    pub marker: bool,
    pub payload: &'a Arc<[u8]>,
    /// What stays of a payload that repeats older ones, for who cannot read those (RFC 2198).
    pub primary: Option<&'a Arc<[u8]>>,
    /// AV1's dependency descriptor, for who has agreed on it.
    pub dependency: Option<&'a Arc<[u8]>>,
}

struct Queued {
    index: usize,
    packet: Sent,
    is_repeated: bool,
}

impl Default for Egress {
    fn default() -> Self {
        Self {
            srtp: None,
            relayed: None,
            streams: Vec::new(),
            queue: Vec::new(),
            leaves_at: None,
            is_departing: false,
            reported_at: None,
            pause: FIRST_PAUSE,
            tally: Tally::default(),
            trips: Trips::default(),
            limit: None,
            awaited: Awaited::default(),
            name: String::new(),
            header: Vec::with_capacity(MOST_HEADER_BYTES),
            payload: Vec::with_capacity(MOST_PAYLOAD_BYTES + 2),
        }
    }
}

impl Egress {
    /// The handshake has ended: media can be protected from now on.
    pub(crate) fn secure(
        &mut self,
        crypto: &CryptoProvider,
        connection: &Connection,
    ) -> Result<(), SrtpError> {
        if self.srtp.is_none() {
            let keys = connection.keys.take().ok_or(SrtpError::Material)?;
            self.srtp = Some(Srtp::new(crypto, &keys)?);
            if connection.carries == Carries::Both {
                self.relayed = Some(Srtp::new(crypto, &keys.zeroed())?);
            }
        }
        Ok(())
    }

    /// Sends what str0m reports of the media that it receives, under the counter of our own reports.
    pub(crate) fn relay(&mut self, connection: &mut Connection, batch: &mut Batch) {
        let reports = std::mem::take(&mut connection.reports);
        let (Some(path), Some(relayed), Some(srtp)) =
            (connection.path, self.relayed.as_mut(), self.srtp.as_mut())
        else {
            return;
        };
        for report in reports {
            let opened = relayed.open_report(&report);
            if let Some(sealed) = opened.and_then(|clear| srtp.seal_report(&clear)) {
                batch.push(path.source, path.destination, &sealed);
            }
        }
    }

    /// The stream of a negotiated media section; `None` when the client did not accept the codec.
    pub(crate) fn open(&mut self, connection: &mut Connection, asked: Asked) -> Option<Line> {
        let negotiated = negotiated::read(connection, asked)?;
        connection
            .rtc
            .media(asked.mid)?
            .cname()
            .clone_into(&mut self.name);
        let ssrc = negotiated.ssrc;
        let is_open = |stream: &Stream| stream.negotiated.ssrc == ssrc;
        let index = match self.position(is_open) {
            Some(index) => index,
            None => self.add(Stream::new(negotiated)),
        };
        Some(Line { index, ssrc })
    }

    /// Whether packets on a line tell on what they depend.
    pub(crate) fn tells_dependencies(&self, line: Line) -> bool {
        let stream = self.streams.get(line.index).and_then(Option::as_ref);
        stream.is_some_and(|stream| stream.negotiated.dependency_extension.is_some())
    }

    fn add(&mut self, stream: Stream) -> usize {
        let free = self.streams.iter_mut().position(|slot| slot.is_none());
        if let Some((index, slot)) =
            free.and_then(|index| Some((index, self.streams.get_mut(index)?)))
        {
            *slot = Some(stream);
            return index;
        }
        self.streams.push(Some(stream));
        self.streams.len() - 1
    }

    fn position(&self, is_wanted: impl Fn(&Stream) -> bool) -> Option<usize> {
        self.streams
            .iter()
            .position(|slot| slot.as_ref().is_some_and(&is_wanted))
    }

    /// Forgets the stream of a media section.
    pub(crate) fn close(&mut self, mid: Mid) {
        let index = self.position(|stream| stream.negotiated.mid == mid);
        if let Some(slot) = index.and_then(|index| self.streams.get_mut(index)) {
            *slot = None;
            self.queue.retain(|queued| Some(queued.index) != index);
        }
    }

    /// Queues one packet; false when the line has gone.
    pub(crate) fn push(
        &mut self,
        now: Instant,
        line: Line,
        packet: &Outgoing,
        media: &Media<'_>,
    ) -> bool {
        let slot = self.streams.get_mut(line.index);
        let Some(stream) = slot
            .and_then(Option::as_mut)
            .filter(|stream| stream.negotiated.ssrc == line.ssrc)
        else {
            return false;
        };
        let is_redundant = media.primary.is_some() && stream.negotiated.redundant_type.is_some();
        let payload = match media.primary {
            _ if packet.is_empty => &[].into(),
            Some(primary) if !is_redundant => primary,
            _ => media.payload,
        };
        let sent = Sent {
            sequence: packet.sequence,
            timestamp: packet.timestamp,
            marker: (media.marker && !packet.is_empty) || packet.ends_picture,
            is_redundant,
            patch: packet.patch,
            dependency: media.dependency.cloned(),
            payload: payload.clone(),
        };
        stream.count(&sent, packet.captured);
        if !passes(self.limit.as_mut(), now, stream, &sent) {
            stream.history.withhold(now, sent);
            return true;
        }
        if !stream.is_sound() {
            stream.history.keep(now, sent.clone());
        }
        self.queue.push(Queued {
            index: line.index,
            packet: sent,
            is_repeated: false,
        });
        true
    }

    /// Protects what is queued and lays it into the batch; without keys or a path to the client it is lost.
    pub(crate) fn flush(&mut self, path: Option<Path>, batch: &mut Batch) {
        self.leaves_at = None;
        self.is_departing = false;
        let mut queue = std::mem::take(&mut self.queue);
        if let Some(path) = path {
            for queued in &queue {
                self.seal(queued, path, batch);
            }
        }
        queue.clear();
        self.queue = queue;
    }

    fn seal(&mut self, queued: &Queued, path: Path, batch: &mut Batch) -> Option<()> {
        let stream = self.streams.get_mut(queued.index)?.as_mut()?;
        let srtp = self.srtp.as_mut()?;
        let (packet, header) = (&queued.packet, &mut self.header);
        let (ssrc, sequence) = if queued.is_repeated {
            stream.repair_head(packet, header)?
        } else {
            stream.head(packet, header);
            (stream.negotiated.ssrc, packet.sequence)
        };
        let payload = if queued.is_repeated || packet.patch.is_some() {
            write_payload(queued, &mut self.payload);
            self.payload.as_slice()
        } else {
            &packet.payload
        };
        let length = header.len() + payload.len() + srtp.overhead_bytes();
        batch.fill(path.source, path.destination, length, |out| {
            srtp.seal(header, payload, ssrc, sequence, out)
        });
        Some(())
    }

    /// Sends no more than so many bytes a second from now on, except sound; 0 is no limit.
    pub(crate) fn limit(&mut self, now: Instant, bytes_per_second: u64) {
        self.limit = (bytes_per_second > 0).then(|| Limit::new(now, bytes_per_second));
        let streams = self.streams.iter_mut().flatten();
        streams.for_each(Stream::count_anew);
    }

    /// How long a packet last took there and back.
    pub(crate) fn round_trip(&self) -> Option<Duration> {
        self.trips.latest()
    }

    /// Whether anything waits to be flushed.
    pub(crate) fn has_queued(&self) -> bool {
        !self.queue.is_empty()
    }
}

/// Whether a packet may be sent to a client whose network is to seem narrow.
fn passes(limit: Option<&mut Limit>, now: Instant, stream: &Stream, packet: &Sent) -> bool {
    limit.is_none_or(|limit| limit.passes(now, packet.payload.len(), stream.is_sound()))
}

/// A payload with its patch; before that of a retransmission stands the number of the packet it repeats (RFC 4588).
fn write_payload(queued: &Queued, out: &mut Vec<u8>) {
    out.clear();
    if queued.is_repeated {
        let [.., high, low] = queued.packet.sequence.to_be_bytes();
        out.extend([high, low]);
    }
    let start = out.len();
    out.extend_from_slice(&queued.packet.payload);
    if let Some(patch) = queued.packet.patch
        && let Some(payload) = out.get_mut(start..)
    {
        patch.apply(payload);
    }
}

/// Reads a compound RTCP packet as one that has proved genuine is read.
#[cfg(feature = "fuzzing")]
pub(crate) fn read_feedback(compound: &[u8]) -> usize {
    let mut count = 0;
    reports::read(compound, |_| count += 1);
    count
}
