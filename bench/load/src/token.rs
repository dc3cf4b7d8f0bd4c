//! Access tokens as `LiveKit`'s servers expect them: JWT, HS256.

use aws_lc_rs::hmac;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::json;

/// An API key with its secret, written `key=secret`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiKey {
    pub(crate) name: String,
    pub(crate) secret: String,
}

impl ApiKey {
    /// Reads `key=secret`; both parts must have something in them.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (name, secret) = text.split_once('=')?;
        (!name.is_empty() && !secret.is_empty()).then(|| Self {
            name: name.to_owned(),
            secret: secret.to_owned(),
        })
    }

    /// A token that lets `identity` join `room` until `expires_s` (seconds since the Unix epoch).
    pub(crate) fn token(&self, room: &str, identity: &str, expires_s: u64) -> String {
        let header = json!({"alg": "HS256", "typ": "JWT"}).to_string();
        let claims = json!({
            "iss": self.name,
            "sub": identity,
            "exp": expires_s,
            "video": {"roomJoin": true, "room": room},
        })
        .to_string();
        let signed = format!(
            "{}.{}",
            encode(header.as_bytes()),
            encode(claims.as_bytes())
        );
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
        let signature = hmac::sign(&key, signed.as_bytes());
        format!("{signed}.{}", encode(signature.as_ref()))
    }
}

fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_needs_a_name_and_a_secret() {
        assert_eq!(
            ApiKey::parse("a=b=c"),
            Some(ApiKey {
                name: "a".into(),
                secret: "b=c".into()
            })
        );
        for wrong in ["", "a", "=b", "a="] {
            assert_eq!(ApiKey::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_token_is_signed_over_its_header_and_claims() {
        let key = ApiKey::parse("devkey=secret").unwrap();
        let token = key.token("room", "ann", 2_000_000_000);
        let parts: Vec<&str> = token.split('.').collect();
        let signature = Base64UrlUnpadded::decode_vec(parts[2]).unwrap();
        let signed = format!("{}.{}", parts[0], parts[1]);
        let verify = |secret: &str| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
            hmac::verify(&key, signed.as_bytes(), &signature).is_ok()
        };
        assert!(verify("secret"));
        assert!(!verify("other"));
        let claims = Base64UrlUnpadded::decode_vec(parts[1]).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["sub"], "ann");
        assert_eq!(claims["video"]["room"], "room");
    }
}
