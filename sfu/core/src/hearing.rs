//! What the server hears as well: which data packets of a publisher belong to text streams, or answer its own calls.

use std::time::{Duration, Instant};

use livekit_protocol::DataPacket;
use livekit_protocol::data_packet::Value;

/// The server calls in the name of identities that begin so (`RoomService.PerformRpc`).
const CALLER: &str = "jumpa.rpc.";
/// Streams of one publisher that are heard at a time.
const MOST_OPEN: usize = 8;
/// Longest id of a stream that is remembered.
const LONGEST_ID_BYTES: usize = 64;
/// What one publisher may have heard at once …
const BURST_BYTES: u64 = 256 * 1024;
/// … and per second from then on, so that nobody fills the link.
const BYTES_PER_S: u64 = 16 * 1024;

/// What a data packet is to the stream that it belongs to (`livekit.DataStream`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The first packet; `is_whole` when the contents are in it and no other follows.
    Header {
        stream: String,
        topic: String,
        is_whole: bool,
    },
    Chunk {
        stream: String,
    },
    Trailer {
        stream: String,
    },
    /// Acknowledgement of, or answer to, a call of the server.
    Answer,
}

impl Part {
    /// Reads which part a packet is; None for those that are for named others, or outside of streams.
    pub(crate) fn of(packet: &DataPacket) -> Option<Self> {
        let destinations = &packet.destination_identities;
        if !destinations.is_empty() {
            let is_answer = matches!(packet.value, Some(Value::RpcAck(_) | Value::RpcResponse(_)));
            let is_for_server = destinations.iter().all(|name| name.starts_with(CALLER));
            return (is_answer && is_for_server).then_some(Self::Answer);
        }
        match &packet.value {
            Some(Value::StreamHeader(header)) => Some(Self::Header {
                stream: header.stream_id.clone(),
                topic: header.topic.clone(),
                is_whole: header.inline_content.is_some(),
            }),
            Some(Value::StreamChunk(chunk)) => Some(Self::Chunk {
                stream: chunk.stream_id.clone(),
            }),
            Some(Value::StreamTrailer(trailer)) => Some(Self::Trailer {
                stream: trailer.stream_id.clone(),
            }),
            _ => None,
        }
    }
}

/// The streams of one publisher that the server hears.
#[derive(Debug)]
pub(crate) struct Hearing {
    open: Vec<String>,
    left_bytes: u64,
    counted_at: Instant,
}

impl Hearing {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            open: Vec::new(),
            left_bytes: BURST_BYTES,
            counted_at: now,
        }
    }

    /// Whether the server hears this packet. A stream of which one packet is too much is not heard any more.
    pub(crate) fn hears(
        &mut self,
        part: Part,
        topics: &[String],
        size_bytes: usize,
        now: Instant,
    ) -> bool {
        match part {
            Part::Header {
                stream,
                topic,
                is_whole,
            } => {
                let is_wanted = topics.contains(&topic)
                    && stream.len() <= LONGEST_ID_BYTES
                    && self.open.len() < MOST_OPEN
                    && self.take(size_bytes, now);
                if is_wanted && !is_whole {
                    self.open.push(stream);
                }
                is_wanted
            }
            Part::Chunk { stream } => {
                let is_open = self.open.contains(&stream);
                let is_heard = is_open && self.take(size_bytes, now);
                if is_open && !is_heard {
                    self.close(&stream);
                }
                is_heard
            }
            Part::Answer => self.take(size_bytes, now),
            Part::Trailer { stream } => self.close(&stream) && self.take(size_bytes, now),
        }
    }

    fn close(&mut self, stream: &str) -> bool {
        let before = self.open.len();
        self.open.retain(|open| open != stream);
        self.open.len() < before
    }

    fn take(&mut self, size_bytes: usize, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.counted_at);
        self.counted_at = now;
        self.left_bytes = BURST_BYTES.min(self.left_bytes.saturating_add(refill_bytes(passed)));
        match self.left_bytes.checked_sub(size_bytes as u64) {
            Some(left) => {
                self.left_bytes = left;
                true
            }
            None => false,
        }
    }
}

fn refill_bytes(passed: Duration) -> u64 {
    let bytes = passed.as_micros() * u128::from(BYTES_PER_S) / 1_000_000;
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{BURST_BYTES, Hearing, MOST_OPEN, Part};
    use crate::testing::start;
    use livekit_protocol::data_packet::Value;
    use livekit_protocol::{DataPacket, RpcAck, RpcRequest};
    use std::time::Duration;

    fn header(stream: &str, topic: &str) -> Part {
        Part::Header {
            stream: stream.to_owned(),
            topic: topic.to_owned(),
            is_whole: false,
        }
    }

    fn chunk(stream: &str) -> Part {
        Part::Chunk {
            stream: stream.to_owned(),
        }
    }

    fn trailer(stream: &str) -> Part {
        Part::Trailer {
            stream: stream.to_owned(),
        }
    }

    fn chat() -> Vec<String> {
        vec!["lk.chat".to_owned()]
    }

    #[test]
    fn a_stream_of_a_topic_is_heard_from_header_to_trailer() {
        let mut hearing = Hearing::new(start());
        let mut hears = |part| hearing.hears(part, &chat(), 100, start());
        assert!(hears(header("a", "lk.chat")));
        assert!(!hears(header("b", "lk.transcription")));
        assert!(hears(chunk("a")));
        assert!(!hears(chunk("b")));
        assert!(hears(trailer("a")));
        assert!(!hears(chunk("a")));
        assert!(!hears(trailer("a")));
    }

    #[test]
    fn a_stream_in_one_packet_takes_no_place() {
        let mut hearing = Hearing::new(start());
        for index in 0..2 * MOST_OPEN {
            let whole = Part::Header {
                stream: index.to_string(),
                topic: "lk.chat".to_owned(),
                is_whole: true,
            };
            assert!(hearing.hears(whole, &chat(), 100, start()));
        }
    }

    #[test]
    fn answers_to_the_server_are_heard_and_to_nobody_else() {
        let ack = Value::RpcAck(RpcAck::default());
        let request = Value::RpcRequest(RpcRequest::default());
        let part = |value: &Value, names: &[&str]| {
            Part::of(&DataPacket {
                value: Some(value.clone()),
                destination_identities: names.iter().map(|&name| name.to_owned()).collect(),
                ..DataPacket::default()
            })
        };

        assert_eq!(part(&ack, &["jumpa.rpc.1"]), Some(Part::Answer));
        assert_eq!(part(&ack, &["jumpa.rpc.1", "bob"]), None);
        assert_eq!(part(&ack, &["bob"]), None);
        assert_eq!(part(&ack, &[]), None);
        assert_eq!(part(&request, &["jumpa.rpc.1"]), None);
    }

    #[test]
    fn too_many_at_a_time_and_too_long_ids_are_not_heard() {
        let mut hearing = Hearing::new(start());
        let mut hears = |part| hearing.hears(part, &chat(), 100, start());
        assert!(!hears(header(&"x".repeat(65), "lk.chat")));
        for index in 0..MOST_OPEN {
            assert!(hears(header(&index.to_string(), "lk.chat")));
        }
        assert!(!hears(header("more", "lk.chat")));
        assert!(hears(trailer("0")));
        assert!(hears(header("more", "lk.chat")));
    }

    #[test]
    fn who_sends_too_much_is_not_heard_until_later() {
        let mut hearing = Hearing::new(start());
        let most = usize::try_from(BURST_BYTES).expect("it fits");
        assert!(hearing.hears(header("a", "lk.chat"), &chat(), most, start()));
        assert!(!hearing.hears(chunk("a"), &chat(), 1000, start()));
        let later = start() + Duration::from_secs(1);
        assert!(
            !hearing.hears(chunk("a"), &chat(), 1000, later),
            "the rest of a stream with a gap is of no use"
        );
        assert!(hearing.hears(header("b", "lk.chat"), &chat(), 1000, later));
    }
}
