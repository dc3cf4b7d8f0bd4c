//! SRTP and SRTCP with the keys of a DTLS handshake (RFC 3711, RFC 7714): what we send, and the reports that come back.

use str0m::config::CryptoProvider;
use str0m::crypto::dtls::SrtpProfile;

use super::cipher::{Cipher, Direction, Part};
use super::keys::Keys;
use super::replay::Replay;

/// SSRC and what stands before it: the part of an RTCP packet that is never encrypted.
const RTCP_HEADER_BYTES: usize = 8;
const INDEX_BYTES: usize = 4;
const ENCRYPTED: u32 = 1 << 31;

/// Why a connection cannot carry protected media.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SrtpError {
    /// Another profile than those we offer.
    #[error("the SRTP profile {0:?} is not known")]
    Profile(SrtpProfile),
    /// The handshake gave less than the profile needs.
    #[error("the handshake gave too few key bytes")]
    Material,
}

/// Protection of one connection: media and reports outward, reports inward.
#[derive(Debug)]
pub(crate) struct Srtp {
    media: Cipher,
    reports: Cipher,
    reports_back: Cipher,
    next_report: u32,
    replay: Replay,
}

impl Srtp {
    /// Derives the session keys.
    pub(crate) fn new(crypto: &CryptoProvider, keys: &Keys) -> Result<Self, SrtpError> {
        let cipher = |part, direction| Cipher::derive(crypto, keys, part, direction);
        Ok(Self {
            media: cipher(Part::Rtp, Direction::Out)?,
            reports: cipher(Part::Rtcp, Direction::Out)?,
            reports_back: cipher(Part::Rtcp, Direction::In)?,
            next_report: 0,
            replay: Replay::default(),
        })
    }

    /// Bytes that protection adds to an RTP packet.
    pub(crate) fn overhead_bytes(&self) -> usize {
        self.media.tag_bytes()
    }

    /// Protects an RTP packet into `out`, which has room for header, payload and overhead. `index` is the extended
    /// sequence number. False when the cipher refuses; nothing may be sent then.
    pub(crate) fn seal(
        &mut self,
        header: &[u8],
        payload: &[u8],
        ssrc: u32,
        index: u64,
        out: &mut [u8],
    ) -> bool {
        let Some((head, body)) = out.split_at_mut_checked(header.len()) else {
            return false;
        };
        head.copy_from_slice(header);
        self.media.seal_rtp(header, payload, ssrc, index, body)
    }

    /// Protects a compound RTCP packet; `None` when it is too short to be one.
    pub(crate) fn seal_report(&mut self, packet: &[u8]) -> Option<Vec<u8>> {
        let (header, body) = packet.split_at_checked(RTCP_HEADER_BYTES)?;
        let index = self.next_report;
        self.next_report = (self.next_report + 1) & !ENCRYPTED;
        let trailer = (ENCRYPTED | index).to_be_bytes();
        self.reports.seal_rtcp(header, body, index, trailer)
    }

    /// Checks and decrypts a compound RTCP packet; `None` when it is forged, damaged or seen before.
    pub(crate) fn open_report(&mut self, packet: &[u8]) -> Option<Vec<u8>> {
        let at = packet
            .len()
            .checked_sub(self.reports_back.index_from_end())?;
        let trailer: [u8; INDEX_BYTES] = packet.get(at..at + INDEX_BYTES)?.try_into().ok()?;
        let word = u32::from_be_bytes(trailer);
        let index = word & !ENCRYPTED;
        if word & ENCRYPTED == 0 || !self.replay.is_new(index) {
            return None;
        }
        let (header, _) = packet.split_at_checked(RTCP_HEADER_BYTES)?;
        let opened = self
            .reports_back
            .open_rtcp(header, packet, index, trailer)?;
        self.replay.mark(index);
        Some(opened)
    }
}

#[cfg(test)]
mod tests;
