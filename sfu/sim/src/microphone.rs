//! A microphone: Opus packets every 20 ms.

use std::time::{Duration, Instant};

use str0m::media::Mid;
use str0m::rtp::{ExtensionValues, RtpWrite};

use crate::Result;
use crate::mark::Mark;
use crate::peer::Peer;

const PACKET: Duration = Duration::from_millis(20);
const TICKS_PER_MS: u32 = 48;

/// A microphone that is always open.
pub struct Microphone {
    /// How loud it is, in dBov.
    pub level: i8,
    /// From capture to sending.
    pub encoding: Duration,
    pub(crate) next: Instant,
    start: Instant,
    mid: Mid,
    tag: u8,
    number: u32,
}

impl Microphone {
    pub(crate) fn new(start: Instant, now: Instant, mid: Mid, tag: u8) -> Self {
        let encoding = Duration::from_millis(25);
        Self {
            level: -20,
            encoding,
            next: now,
            start,
            mid,
            tag,
            number: 0,
        }
    }

    /// Sends the packet that is due.
    pub(crate) fn tick(&mut self, now: Instant, peer: &mut Peer) -> Result<()> {
        self.next += PACKET;
        let captured = now
            .checked_sub(self.encoding)
            .unwrap_or(self.start)
            .max(self.start);
        let captured_ms = u32::try_from(captured.duration_since(self.start).as_millis())?;
        let mut payload = vec![0xf8; 60];
        Mark {
            tag: self.tag,
            layer: 0,
            captured_ms,
            number: self.number,
        }
        .write(&mut payload);
        let Some(payload_type) = peer
            .rtc
            .media(self.mid)
            .and_then(|m| m.remote_pts().first().copied())
        else {
            return Ok(());
        };
        let extensions = ExtensionValues {
            audio_level: Some(self.level),
            voice_activity: Some(true),
            ..ExtensionValues::default()
        };
        // Begins close to the wrap of both numbers.
        let sequence = 65_400 + u64::from(self.number);
        let timestamp = 0xffff_0000_u32.wrapping_add(captured_ms * TICKS_PER_MS);
        let write = RtpWrite::new(payload_type, sequence.into(), timestamp, captured, payload);
        if let Some(stream) = peer.rtc.direct_api().stream_tx_by_mid(self.mid, None) {
            stream.write_rtp(write.ext_vals(extensions));
            self.number += 1;
        }
        peer.deadline = now;
        Ok(())
    }
}
