"""Secrets at rest: AES-256-GCM under a key that can be replaced (NIST SP 800-38D)."""

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jumpa.kit import storage
from jumpa.kit.errors import JumpaError, Kind

KEY_BYTES = 32
_NONCE_BYTES = 12
_FILE = "keyring.json"


class SealBrokenError(JumpaError):
    """What was kept cannot be opened: its key is missing, or it was changed."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "seal_broken"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Seals with the current key and opens with every key it has."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    def seal(self, text: str, purpose: str) -> str:
        """Return a sealed form; `purpose` ties it to its place, so it opens nowhere else."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, text.encode(), purpose.encode())
        return f"{self.current}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, purpose: str) -> str:
        """Return the text; raises SealBrokenError."""
        name, _, encoded = sealed.partition(".")
        try:
            raw = base64.b64decode(encoded, altchars=b"-_", validate=True)
            cipher = AESGCM(self.keys[name])
            return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()).decode()
        except (KeyError, ValueError, binascii.Error, InvalidTag) as error:
            raise SealBrokenError from error

    def is_current(self, sealed: str) -> bool:
        """Whether it was sealed with the current key."""
        return sealed.partition(".")[0] == self.current


def read_ring(folder: Path) -> KeyRing:
    """Return the ring of the data folder, made at the first start."""
    path = folder / _FILE
    try:
        storage.make_private(path, _written(_fresh({})))
    except FileExistsError:
        storage.check_private(path)
    try:
        kept = json.loads(path.read_text())
        keys = {name: bytes.fromhex(key) for name, key in kept["keys"].items()}
        ring = KeyRing(kept["current"], keys)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise storage.DataFolderError(f"{path} is damaged; restore it from a backup.") from error
    if ring.current not in keys or any(len(key) != KEY_BYTES for key in keys.values()):
        raise storage.DataFolderError(f"{path} is damaged; restore it from a backup.")
    return ring


def add_key(folder: Path) -> KeyRing:
    """Make a new current key and keep the older ones; return the ring."""
    ring = _fresh(read_ring(folder).keys)
    storage.replace_private(folder / _FILE, _written(ring))
    return ring


def _fresh(keys: Mapping[str, bytes]) -> KeyRing:
    name = f"k{len(keys) + 1}"
    return KeyRing(name, {**keys, name: secrets.token_bytes(KEY_BYTES)})


def _written(ring: KeyRing) -> bytes:
    keys = {name: key.hex() for name, key in ring.keys.items()}
    return json.dumps({"current": ring.current, "keys": keys}, indent=2).encode()
