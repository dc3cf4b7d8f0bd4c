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
static TAP: Tap = Tap;

/// The same cryptography, whose handshakes leave their keys in a [`Slot`] and give str0m none that anybody uses.
pub(crate) fn tapped() -> CryptoProvider {
    CryptoProvider {
        dtls_provider: &TAP,
        ..from_feature_flags()
    }
}

/// The slot of the connection that has just been made with [`tapped`].
pub(crate) fn newest() -> Slot {
    NEWEST.take().unwrap_or_default()
}

#[derive(Debug)]
struct Tap;

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
        Ok(Box::new(TappedInstance { inner, slot }))
    }
}

#[derive(Debug)]
struct TappedInstance {
    inner: Box<dyn DtlsInstance>,
    slot: Slot,
}

impl DtlsInstance for TappedInstance {
    fn poll_output<'a>(&mut self, buffer: &'a mut [u8]) -> DtlsOutput<'a> {
        match self.inner.poll_output(buffer) {
            DtlsOutput::KeyingMaterial(material, profile) => {
                // Two counters under one key would repeat nonces, so str0m gets a key of zeros (RFC 7714 section 8.4).
                let nothing = KeyingMaterial::new(&vec![0; material.len()]);
                self.slot.fill(Keys {
                    material,
                    profile,
                    is_client: self.inner.is_active(),
                });
                DtlsOutput::KeyingMaterial(nothing, profile)
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
