//! One derived SRTP session key with its cipher; the algorithms are str0m's, chosen by the profile.

use str0m::config::CryptoProvider;
use str0m::crypto::dtls::SrtpProfile;
use str0m::crypto::{
    AeadAes128Gcm, AeadAes128GcmCipher, AeadAes256GcmCipher, Aes128CmSha1_80,
    Aes128CmSha1_80Cipher, Sha1HmacProvider, SrtpProvider,
};

use super::keys::Keys;
use super::srtp::SrtpError;

const AEAD_SALT_BYTES: usize = 12;
const AEAD_TAG_BYTES: usize = AeadAes128Gcm::TAG_LEN;
const COUNTER_SALT_BYTES: usize = Aes128CmSha1_80::SALT_LEN;
const COUNTER_TAG_BYTES: usize = Aes128CmSha1_80::HMAC_TAG_LEN;
const AUTHENTICATION_KEY_BYTES: usize = Aes128CmSha1_80::HMAC_KEY_LEN;
const INDEX_BYTES: usize = 4;
const BLOCK_BYTES: usize = 16;

/// Whose key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// From us to the client.
    Out,
    /// From the client to us.
    In,
}

/// What the key protects; the value is the first of its three labels (RFC 3711 section 4.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Rtp = 0,
    Rtcp = 3,
}

/// A cipher with its key in it.
#[derive(Debug)]
pub(super) enum Cipher {
    /// `AEAD_AES_128_GCM` and `AEAD_AES_256_GCM` (RFC 7714).
    Aead {
        cipher: Aead,
        salt: [u8; AEAD_SALT_BYTES],
    },
    /// `SRTP_AES128_CM_HMAC_SHA1_80` (RFC 3711).
    Counter {
        cipher: Box<dyn Aes128CmSha1_80Cipher>,
        salt: [u8; COUNTER_SALT_BYTES],
        authentication: [u8; AUTHENTICATION_KEY_BYTES],
        hmac: &'static dyn Sha1HmacProvider,
    },
}

/// GCM with either length of key.
#[derive(Debug)]
pub(super) enum Aead {
    Short(Box<dyn AeadAes128GcmCipher>),
    Long(Box<dyn AeadAes256GcmCipher>),
}

impl Aead {
    fn seal(
        &mut self,
        iv: [u8; AEAD_SALT_BYTES],
        associated: &[u8],
        input: &[u8],
        out: &mut [u8],
    ) -> bool {
        match self {
            Self::Short(cipher) => cipher.encrypt(&iv, associated, input, out),
            Self::Long(cipher) => cipher.encrypt(&iv, associated, input, out),
        }
        .is_ok()
    }

    fn open(
        &mut self,
        iv: [u8; AEAD_SALT_BYTES],
        associated: &[u8],
        input: &[u8],
        out: &mut [u8],
    ) -> Option<usize> {
        match self {
            Self::Short(cipher) => cipher.decrypt(&iv, &[associated], input, out),
            Self::Long(cipher) => cipher.decrypt(&iv, &[associated], input, out),
        }
        .ok()
    }
}

impl Cipher {
    /// Derives the key of one part and direction from what the handshake gave.
    pub(super) fn derive(
        crypto: &CryptoProvider,
        keys: &Keys,
        part: Part,
        direction: Direction,
    ) -> Result<Self, SrtpError> {
        let is_clients = keys.is_client == (direction == Direction::Out);
        let encrypts = direction == Direction::Out;
        let provider = crypto.srtp_provider;
        match keys.profile {
            SrtpProfile::AEAD_AES_128_GCM => {
                let master = Master::<16, AEAD_SALT_BYTES>::of(&keys.material, is_clients)?;
                Ok(master.aead(provider, part, |key| {
                    Aead::Short(provider.aead_aes_128_gcm().create_cipher(key, encrypts))
                }))
            }
            SrtpProfile::AEAD_AES_256_GCM => {
                let master = Master::<32, AEAD_SALT_BYTES>::of(&keys.material, is_clients)?;
                Ok(master.aead(provider, part, |key| {
                    Aead::Long(provider.aead_aes_256_gcm().create_cipher(key, encrypts))
                }))
            }
            SrtpProfile::AES128_CM_SHA1_80 => {
                let master = Master::<16, COUNTER_SALT_BYTES>::of(&keys.material, is_clients)?;
                Ok(Self::Counter {
                    cipher: provider
                        .aes_128_cm_sha1_80()
                        .create_cipher(master.key(provider, part), encrypts),
                    salt: master.salt(provider, part),
                    authentication: master.authentication(provider, part),
                    hmac: crypto.sha1_hmac_provider,
                })
            }
            other => Err(SrtpError::Profile(other)),
        }
    }

    /// Bytes that are appended to an RTP packet.
    pub(super) fn tag_bytes(&self) -> usize {
        match self {
            Self::Aead { .. } => AEAD_TAG_BYTES,
            Self::Counter { .. } => COUNTER_TAG_BYTES,
        }
    }

    /// Where the index of an RTCP packet begins, counted from its end.
    pub(super) fn index_from_end(&self) -> usize {
        match self {
            Self::Aead { .. } => INDEX_BYTES,
            Self::Counter { .. } => INDEX_BYTES + COUNTER_TAG_BYTES,
        }
    }

    /// Encrypts an RTP payload and signs it with its header; `out` has room for payload and tag.
    pub(super) fn seal_rtp(
        &mut self,
        header: &[u8],
        payload: &[u8],
        ssrc: u32,
        index: u64,
        out: &mut [u8],
    ) -> bool {
        let (rollover, sequence) = split(index);
        match self {
            Self::Aead { cipher, salt } => {
                let iv = AeadAes128Gcm::rtp_iv(*salt, ssrc, rollover, sequence);
                cipher.seal(iv, header, payload, out)
            }
            Self::Counter {
                cipher,
                salt,
                authentication,
                hmac,
            } => {
                let iv = Aes128CmSha1_80::rtp_iv(*salt, ssrc, index);
                let Some((body, tag)) = out.split_at_mut_checked(payload.len()) else {
                    return false;
                };
                let signature = |body: &[u8]| {
                    hmac.sha1_hmac(
                        authentication.as_slice(),
                        &[header, body, &rollover.to_be_bytes()],
                    )
                };
                cipher.encrypt(&iv, payload, body).is_ok() && sign(&signature(body), tag)
            }
        }
    }

    /// Encrypts all but the header of an RTCP packet; the result ends as its profile wants it.
    pub(super) fn seal_rtcp(
        &mut self,
        header: &[u8],
        body: &[u8],
        index: u32,
        trailer: [u8; INDEX_BYTES],
    ) -> Option<Vec<u8>> {
        let ssrc = ssrc_of(header)?;
        let mut packet = header.to_vec();
        match self {
            Self::Aead { cipher, salt } => {
                let iv = AeadAes128Gcm::rtcp_iv(*salt, ssrc, index);
                let mut sealed = vec![0; body.len() + AEAD_TAG_BYTES];
                let associated = [header, &trailer].concat();
                cipher
                    .seal(iv, &associated, body, &mut sealed)
                    .then_some(())?;
                packet.extend(sealed);
                packet.extend(trailer);
            }
            Self::Counter {
                cipher,
                salt,
                authentication,
                hmac,
            } => {
                let iv = Aes128CmSha1_80::rtp_iv(*salt, ssrc, u64::from(index));
                let mut sealed = vec![0; body.len()];
                cipher.encrypt(&iv, body, &mut sealed).ok()?;
                packet.extend(sealed);
                packet.extend(trailer);
                let signature = hmac.sha1_hmac(authentication.as_slice(), &[&packet]);
                packet.extend(signature.iter().take(COUNTER_TAG_BYTES));
            }
        }
        Some(packet)
    }

    /// The whole RTCP packet in clear, without index and tag; `None` when it is not genuine.
    pub(super) fn open_rtcp(
        &mut self,
        header: &[u8],
        packet: &[u8],
        index: u32,
        trailer: [u8; INDEX_BYTES],
    ) -> Option<Vec<u8>> {
        let ssrc = ssrc_of(header)?;
        let end = packet.len().checked_sub(self.index_from_end())?;
        let body = packet.get(header.len()..end)?;
        let mut opened = header.to_vec();
        match self {
            Self::Aead { cipher, salt } => {
                let iv = AeadAes128Gcm::rtcp_iv(*salt, ssrc, index);
                let mut clear = vec![0; body.len().checked_sub(AEAD_TAG_BYTES)?];
                let associated = [header, &trailer].concat();
                cipher.open(iv, &associated, body, &mut clear)?;
                opened.extend(clear);
            }
            Self::Counter {
                cipher,
                salt,
                authentication,
                hmac,
            } => {
                let (signed, tag) = packet.split_at_checked(end + INDEX_BYTES)?;
                let is_genuine = Aes128CmSha1_80::rtcp_verify(
                    |key, parts| hmac.sha1_hmac(key, parts),
                    authentication.as_slice(),
                    signed,
                    tag,
                );
                is_genuine.then_some(())?;
                let iv = Aes128CmSha1_80::rtp_iv(*salt, ssrc, u64::from(index));
                let mut clear = vec![0; body.len()];
                cipher.decrypt(&iv, body, &mut clear).ok()?;
                opened.extend(clear);
            }
        }
        Some(opened)
    }
}

/// A master key and salt of one side.
struct Master<'a, const KEY: usize, const SALT: usize> {
    key: &'a [u8],
    salt: &'a [u8],
}

impl<'a, const KEY: usize, const SALT: usize> Master<'a, KEY, SALT> {
    /// The handshake gives the client's key, the server's key, the client's salt and the server's salt.
    fn of(material: &'a [u8], is_clients: bool) -> Result<Self, SrtpError> {
        let side = usize::from(!is_clients);
        let key = material.get(side * KEY..(side + 1) * KEY);
        let salts = material.get(2 * KEY..).unwrap_or_default();
        let salt = salts.get(side * SALT..(side + 1) * SALT);
        let (key, salt) = key.zip(salt).ok_or(SrtpError::Material)?;
        Ok(Self { key, salt })
    }

    fn key(&self, provider: &dyn SrtpProvider, part: Part) -> [u8; KEY] {
        self.derive(provider, part as u8)
    }

    fn authentication(
        &self,
        provider: &dyn SrtpProvider,
        part: Part,
    ) -> [u8; AUTHENTICATION_KEY_BYTES] {
        self.derive(provider, part as u8 + 1)
    }

    fn salt(&self, provider: &dyn SrtpProvider, part: Part) -> [u8; SALT] {
        self.derive(provider, part as u8 + 2)
    }

    /// AES in counter mode over the salt with the label in it (RFC 3711 section 4.3.3).
    fn derive<const SIZE: usize>(&self, provider: &dyn SrtpProvider, label: u8) -> [u8; SIZE] {
        let mut counter = [0; BLOCK_BYTES];
        for (byte, salt) in counter.iter_mut().zip(self.salt) {
            *byte = *salt;
        }
        if let Some(byte) = counter.get_mut(7) {
            *byte ^= label;
        }
        let mut derived = [0; SIZE];
        for (round, chunk) in derived.chunks_mut(BLOCK_BYTES).enumerate() {
            if let Some(last) = counter.last_mut() {
                *last = u8::try_from(round).unwrap_or(u8::MAX);
            }
            // The cipher writes a second block of padding that nobody reads.
            let mut block = [0; 2 * BLOCK_BYTES];
            if KEY == 32 {
                provider.srtp_aes_256_ecb_round(self.key, &counter, &mut block);
            } else {
                provider.srtp_aes_128_ecb_round(self.key, &counter, &mut block);
            }
            for (byte, key) in chunk.iter_mut().zip(block) {
                *byte = key;
            }
        }
        derived
    }
}

impl<const KEY: usize> Master<'_, KEY, AEAD_SALT_BYTES> {
    fn aead(
        &self,
        provider: &dyn SrtpProvider,
        part: Part,
        create: impl FnOnce([u8; KEY]) -> Aead,
    ) -> Cipher {
        Cipher::Aead {
            cipher: create(self.key(provider, part)),
            salt: self.salt(provider, part),
        }
    }
}

/// Rollover counter and 16-bit sequence number of an extended one.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the halves that the IV wants"
)]
fn split(index: u64) -> (u32, u16) {
    ((index >> 16) as u32, index as u16)
}

fn sign(signature: &[u8], tag: &mut [u8]) -> bool {
    tag.iter_mut()
        .zip(signature)
        .for_each(|(byte, signed)| *byte = *signed);
    tag.len() == COUNTER_TAG_BYTES
}

fn ssrc_of(header: &[u8]) -> Option<u32> {
    Some(u32::from_be_bytes(header.get(4..8)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use str0m::crypto::from_feature_flags;

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16);
        digits.chunks(2).map(|pair| byte(pair).unwrap()).collect()
    }

    /// RFC 3711 appendix B.3.
    #[test]
    fn keys_are_derived_as_published() {
        let provider = from_feature_flags().srtp_provider;
        let (key, salt) = (
            bytes("E1F97A0D3E018BE0D64FA32C06DE4139"),
            bytes("0EC675AD498AFEEBB6960B3AABE6"),
        );
        let master = Master::<16, COUNTER_SALT_BYTES> {
            key: &key,
            salt: &salt,
        };
        assert_eq!(
            master.key(provider, Part::Rtp).as_slice(),
            bytes("C61E7A93744F39EE10734AFE3FF7A087")
        );
        assert_eq!(
            master.salt(provider, Part::Rtp).as_slice(),
            bytes("30CBBC08863D8C85D49DB34A9AE1")
        );
        assert_eq!(
            master.authentication(provider, Part::Rtp).as_slice(),
            bytes("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4")
        );
    }

    /// RFC 7714 section 16.1.1.
    #[test]
    fn a_packet_is_protected_as_published() {
        let provider = from_feature_flags().srtp_provider;
        let key = bytes("000102030405060708090a0b0c0d0e0f")
            .try_into()
            .unwrap();
        let mut cipher = Cipher::Aead {
            cipher: Aead::Short(provider.aead_aes_128_gcm().create_cipher(key, true)),
            salt: bytes("517569642070726f2071756f").try_into().unwrap(),
        };
        let payload = b"Gallia est omnis divisa in partes tres";
        let mut out = vec![0; payload.len() + cipher.tag_bytes()];
        let header = bytes("8040f17b 8041f8d3 5501a0b2");
        assert!(cipher.seal_rtp(&header, payload, 0x5501_a0b2, 0xf17b, &mut out));
        let expected = bytes(
            "f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf
             8833899d 7f27beb1 6a9152cf 765ee439 0cce",
        );
        assert_eq!(out, expected);
    }

    /// RFC 3711 appendix B.2: what encrypts zeros is the key stream itself.
    #[test]
    fn the_key_stream_of_counter_mode_is_the_published_one() {
        let crypto = from_feature_flags();
        let key = bytes("2B7E151628AED2A6ABF7158809CF4F3C")
            .try_into()
            .unwrap();
        let authentication = [7; AUTHENTICATION_KEY_BYTES];
        let mut cipher = Cipher::Counter {
            cipher: crypto
                .srtp_provider
                .aes_128_cm_sha1_80()
                .create_cipher(key, true),
            salt: bytes("F0F1F2F3F4F5F6F7F8F9FAFBFCFD").try_into().unwrap(),
            authentication,
            hmac: crypto.sha1_hmac_provider,
        };
        let header = [0x80; 12];
        let mut out = vec![0; 32 + cipher.tag_bytes()];
        assert!(cipher.seal_rtp(&header, &[0; 32], 0, 0, &mut out));
        let expected = bytes("E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB");
        assert_eq!(out[..32], expected);
        let signed = [&header, &out[..32]].concat();
        assert!(Aes128CmSha1_80::rtp_verify(
            |key, parts| crypto.sha1_hmac_provider.sha1_hmac(key, parts),
            &authentication,
            &signed,
            0,
            &out[32..],
        ));
    }
}
