"""Texts that we gave away and recognise when they come back; keys made from one secret."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, field

_TAG_BYTES = 16


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs short texts; whoever lacks the key can read them but not make them."""

    key: bytes = field(repr=False)

    def sign(self, text: str) -> str:
        """Return an opaque form that is safe in JSON and URLs."""
        payload = text.encode()
        return base64.urlsafe_b64encode(self._tag(payload) + payload).rstrip(b"=").decode()

    def read(self, signed: str) -> str | None:
        """Return the text, or None when this key did not sign it."""
        try:
            raw = base64.b64decode(signed + "=" * (-len(signed) % 4), altchars=b"-_", validate=True)
            tag, payload = raw[:_TAG_BYTES], raw[_TAG_BYTES:]
            return payload.decode() if hmac.compare_digest(tag, self._tag(payload)) else None
        except (ValueError, binascii.Error):
            return None

    def _tag(self, payload: bytes) -> bytes:
        return hmac.digest(self.key, payload, hashlib.sha256)[:_TAG_BYTES]


def derive(secret: bytes, purpose: str) -> bytes:
    """Return 32 bytes for one purpose (HKDF-Expand of RFC 5869 with one block)."""
    return hmac.digest(secret, purpose.encode() + b"\x01", hashlib.sha256)


def fingerprint(token: str) -> str:
    """Return what is stored of a random token instead of the token."""
    return hashlib.sha256(token.encode()).hexdigest()
