//! Takes the SRTP keys of a receiving connection out of its DTLS handshake: media to it is protected by us, not by str0m.

use std::cell::RefCell;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Instant;

use str0m::config::{CryptoProvider, DtlsCert};
use str0m::crypto::dtls::{
    DtlsImplError, DtlsInstance, DtlsOutput, DtlsProvider, DtlsVersion, KeyingMaterial,
    ProtocolVersion, SrtpProfile,
};
use str0m::crypto::{CryptoError, from_feature_flags};

/// What a handshake has agreed on (RFC 5764 section 4.2).
#[derive(Debug)]
pub(crate) struct Keys {
    /// Client key, server key, client salt, server salt.
    pub material: KeyingMaterial,
    pub profile: SrtpProfile,
    /// We are the DTLS client.
    pub is_client: bool,
}

impl Keys {
    /// Keys that protect nothing.
    pub(super) fn zeroed(&self) -> Self {
        Self {
            material: KeyingMaterial::new(&vec![0; self.material.len()]),
            ..*self
        }
    }

    /// The material with zeros for what we send.
    fn received(&self) -> KeyingMaterial {
        let (key, salt) = match self.profile {
            SrtpProfile::AEAD_AES_128_GCM => (16, 12),
            SrtpProfile::AEAD_AES_256_GCM => (32, 12),
            SrtpProfile::AES128_CM_SHA1_80 => (16, 14),
            // Unknown to the egress as well, which refuses the connection.
            _ => return self.zeroed().material,
        };
        let ours = usize::from(!self.is_client);
        let sent = [
            ours * key..(ours + 1) * key,
            2 * key + ours * salt..2 * key + (ours + 1) * salt,
        ];
        let bytes = self.material.iter().enumerate().map(|(index, byte)| {
            let is_sent = sent.iter().any(|range| range.contains(&index));
            if is_sent { 0 } else { *byte }
        });
        KeyingMaterial::new(&bytes.collect::<Vec<u8>>())
    }
}

/// Filled when the handshake of one connection ends.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slot(Arc<Mutex<Option<Keys>>>);

impl Slot {
    /// The keys, once.
    pub(crate) fn take(&self) -> Option<Keys> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn fill(&self, keys: Keys) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(keys);
    }
}

thread_local! {
    /// The slot of the connection made last; str0m makes the DTLS instance while it makes the connection.
    static NEWEST: RefCell<Option<Slot>> = const { RefCell::new(None) };
}

static INNER: LazyLock<CryptoProvider> = LazyLock::new(from_feature_flags);
static TAP: Tap = Tap {
    left: Left::Nothing,
};
static HALF_TAP: Tap = Tap {
    left: Left::Received,
};

/// What is left to str0m of the keys of a handshake; all others are zeros there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    Nothing,
    /// Those of what the client sends.
    Received,
}

/// The same cryptography, whose handshakes leave their keys in a [`Slot`] and give str0m none that anybody uses.
pub(crate) fn tapped() -> CryptoProvider {
    CryptoProvider {
        dtls_provider: &TAP,
        ..from_feature_flags()
    }
}

/// The same as [`tapped`], but str0m can read what the client sends.
pub(crate) fn shared() -> CryptoProvider {
    CryptoProvider {
        dtls_provider: &HALF_TAP,
        ..from_feature_flags()
    }
}

/// The slot of the connection that has just been made with [`tapped`] or [`shared`].
pub(crate) fn newest() -> Slot {
    NEWEST.take().unwrap_or_default()
}

#[derive(Debug)]
struct Tap {
    left: Left,
}

impl DtlsProvider for Tap {
    fn generate_certificate(&self) -> Option<DtlsCert> {
        INNER.dtls_provider.generate_certificate()
    }

    fn new_dtls(
        &self,
        certificate: &DtlsCert,
        now: Instant,
        version: DtlsVersion,
        mtu: Option<usize>,
    ) -> Result<Box<dyn DtlsInstance>, CryptoError> {
        let inner = INNER
            .dtls_provider
            .new_dtls(certificate, now, version, mtu)?;
        let slot = Slot::default();
        NEWEST.set(Some(slot.clone()));
        let left = self.left;
        Ok(Box::new(TappedInstance { inner, slot, left }))
    }
}

#[derive(Debug)]
struct TappedInstance {
    inner: Box<dyn DtlsInstance>,
    slot: Slot,
    left: Left,
}

impl DtlsInstance for TappedInstance {
    fn poll_output<'a>(&mut self, buffer: &'a mut [u8]) -> DtlsOutput<'a> {
        match self.inner.poll_output(buffer) {
            DtlsOutput::KeyingMaterial(material, profile) => {
                let keys = Keys {
                    material,
                    profile,
                    is_client: self.inner.is_active(),
                };
                // Two counters under one key would repeat nonces, so str0m gets a key of zeros to send with (RFC 7714
                // section 8.4).
                let left = match self.left {
                    Left::Nothing => keys.zeroed().material,
                    Left::Received => keys.received(),
                };
                self.slot.fill(keys);
                DtlsOutput::KeyingMaterial(left, profile)
            }
            output => output,
        }
    }

    fn set_active(&mut self, active: bool) {
        self.inner.set_active(active);
    }

    fn handle_packet(&mut self, packet: &[u8]) -> Result<(), DtlsImplError> {
        self.inner.handle_packet(packet)
    }

    fn handle_timeout(&mut self, now: Instant) -> Result<(), DtlsImplError> {
        self.inner.handle_timeout(now)
    }

    fn send_application_data(&mut self, data: &[u8]) -> Result<usize, DtlsImplError> {
        self.inner.send_application_data(data)
    }

    fn is_active(&self) -> bool {
        self.inner.is_active()
    }

    fn protocol_version(&self) -> Option<ProtocolVersion> {
        self.inner.protocol_version()
    }

    fn is_closing(&self) -> bool {
        self.inner.is_closing()
    }

    fn is_closed(&self) -> bool {
        self.inner.is_closed()
    }

    fn close(&mut self) -> Result<(), DtlsImplError> {
        self.inner.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(profile: SrtpProfile, length: usize, is_client: bool) -> Keys {
        let material: Vec<u8> = (1..).take(length).collect();
        Keys {
            material: KeyingMaterial::new(&material),
            profile,
            is_client,
        }
    }

    #[test]
    fn what_we_send_with_is_not_left_to_anybody_else() {
        for (profile, key, salt) in [
            (SrtpProfile::AEAD_AES_128_GCM, 16, 12),
            (SrtpProfile::AEAD_AES_256_GCM, 32, 12),
            (SrtpProfile::AES128_CM_SHA1_80, 16, 14),
        ] {
            for is_client in [true, false] {
                let whole = keys(profile, 2 * (key + salt), is_client);
                let left = whole.received();
                let (mine, theirs) = if is_client { (0, 1) } else { (1, 0) };
                for (start, length) in [(0, key), (2 * key, salt)] {
                    let range = |side: usize| start + side * length..start + (side + 1) * length;
                    assert!(left[range(mine)].iter().all(|byte| *byte == 0));
                    assert_eq!(left[range(theirs)], whole.material[range(theirs)]);
                }
            }
        }
    }
}
