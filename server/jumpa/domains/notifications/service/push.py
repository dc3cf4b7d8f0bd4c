"""Web push messages: encrypted for one browser (RFC 8291), signed by this server (RFC 8292)."""

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MOST_BYTES: Final = 3993
_RECORD_BYTES = 4096
_SALT_BYTES, _KEY_BYTES, _NONCE_BYTES = 16, 16, 12
_LAST_RECORD = b"\x02"
_TOKEN_LIFE = timedelta(hours=12)
_CURVE = ec.SECP256R1()
# The order of the curve (FIPS 186-5): private keys lie from 1 to one less.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a browser takes messages, and its keys."""

    endpoint: str
    p256dh: bytes = field(repr=False)
    auth: bytes = field(repr=False)


def derived_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the key pair that 32 secret bytes always give."""
    return ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, _CURVE)


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public key as a point of 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encoded(raw: bytes) -> str:
    """Return base64url without padding, as browsers write it."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return what was encoded; ValueError when it was not."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def encrypt(
    content: bytes,
    browser: Browser,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes = b"",
) -> bytes:
    """Return the body of a message; ValueError when the browser's key is no point of the curve.

    `own` and `salt` are new for each message unless a test gives them.
    """
    own = own or ec.generate_private_key(_CURVE)
    salt = salt or secrets.token_bytes(_SALT_BYTES)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, browser.p256dh)
    shared, sender = own.exchange(ec.ECDH(), theirs), public_bytes(own)
    info = b"WebPush: info\0" + browser.p256dh + sender
    keying = _derived(shared, browser.auth, info, 32)
    key = _derived(keying, salt, b"Content-Encoding: aes128gcm\0", _KEY_BYTES)
    nonce = _derived(keying, salt, b"Content-Encoding: nonce\0", _NONCE_BYTES)
    record = AESGCM(key).encrypt(nonce, content + _LAST_RECORD, None)
    # The header of RFC 8188: salt, record size, length of the sender's key, the key.
    header = salt + _RECORD_BYTES.to_bytes(4) + len(sender).to_bytes(1) + sender
    return header + record


def authorization(
    key: ec.EllipticCurvePrivateKey, endpoint: str, subject: str, now: datetime
) -> str:
    """Return the header that says which server sends."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + _TOKEN_LIFE).timestamp()),
        "sub": subject,
    }
    token = jwt.encode(claims, key, "ES256")
    return f"vapid t={token}, k={encoded(public_bytes(key))}"


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
