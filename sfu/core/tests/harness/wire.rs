//! What may be said of protected packets without their keys: no number is used twice under one key (RFC 3711 section 9.1).

use std::collections::HashMap;
use std::net::SocketAddr;

use str0m::ice::StunMessage;

/// Every protected packet that has left.
#[derive(Default)]
pub(crate) struct Wire {
    seen: HashMap<Number, Vec<u8>>,
}

/// Each client's connection has an address of its own, and so have its keys.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Number {
    Media(SocketAddr, u32, u16),
    Report(SocketAddr, u32),
}

impl Wire {
    /// Fails when a number comes again with other contents.
    pub(crate) fn note(&mut self, destination: SocketAddr, datagram: &[u8]) {
        let Some(number) = number(destination, datagram) else {
            return;
        };
        let message = format!("a number was used twice: {number:?}");
        let before = self.seen.insert(number, datagram.to_vec());
        assert!(before.is_none_or(|before| before == datagram), "{message}");
    }

    /// How many packets of media have left to an address.
    pub(crate) fn media(&self, to: SocketAddr) -> usize {
        let is_media = |number: &&Number| matches!(number, Number::Media(at, ..) if *at == to);
        self.seen.keys().filter(is_media).count()
    }

    /// How many reports have left to an address.
    pub(crate) fn reports(&self, to: SocketAddr) -> usize {
        let is_report = |number: &&Number| matches!(number, Number::Report(at, _) if *at == to);
        self.seen.keys().filter(is_report).count()
    }
}

/// Whether it is a check by which a client chooses a pair of addresses.
pub(crate) fn nominates(datagram: &[u8]) -> bool {
    let is_stun = datagram.first().is_some_and(|byte| *byte < 4);
    is_stun && StunMessage::parse(datagram).is_ok_and(|check| check.use_candidate())
}

fn number(destination: SocketAddr, datagram: &[u8]) -> Option<Number> {
    if !(128..192).contains(datagram.first()?) {
        return None;
    }
    if (192..224).contains(datagram.get(1)?) {
        // All connections here agree on AES-GCM, where the number stands last (RFC 7714 section 9.3).
        let trailer = datagram.last_chunk::<4>()?;
        return Some(Number::Report(destination, u32::from_be_bytes(*trailer)));
    }
    let sequence = u16::from_be_bytes(datagram.get(2..4)?.try_into().ok()?);
    let ssrc = u32::from_be_bytes(datagram.get(8..12)?.try_into().ok()?);
    Some(Number::Media(destination, ssrc, sequence))
}
