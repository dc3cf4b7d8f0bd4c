"""The API keys whose tokens this server believes."""

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from jumpa.config import AuthSettings
from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.signing import derive

logger = logging.getLogger(__name__)

_SHORT_BYTES = 32


class KeyFileError(JumpaError):
    """The file of API keys cannot be used."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "api_key_file_unusable"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key and the secret that signs with it."""

    name: str
    secret: str = field(repr=False)


def own_key(secret: bytes) -> ApiKey:
    """Return the server's own key, which signs the tokens of guests."""
    name = derive(secret, "livekit api key").hex()[:8]
    return ApiKey(f"jumpa-{name}", derive(secret, "livekit api secret").hex())


def given_keys(auth: AuthSettings) -> dict[str, str]:
    """Return the keys of the settings and of the key file."""
    keys = _read(auth.api_key_file) if auth.api_key_file else {}
    keys |= {name: secret.get_secret_value() for name, secret in auth.api_keys.items()}
    for name, secret in keys.items():
        if len(secret.encode()) < _SHORT_BYTES:
            logger.warning(
                "the secret of API key %s is short; %d random bytes cannot be guessed",
                name,
                _SHORT_BYTES,
            )
    return keys


def _read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(f"The API key file {path} cannot be read: {error}.") from error
    keys: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip() if line.lstrip().startswith("#") else line.strip()
        if not text:
            continue
        name, separator, secret = text.partition("=" if "=" in text.partition(":")[0] else ":")
        name, secret = name.strip(), secret.strip()
        if not separator or not name or not secret:
            raise KeyFileError(f"Line {number} of {path} must be written key=secret.")
        if name in keys:
            raise KeyFileError(f"Line {number} of {path} names a key for the second time.")
        keys[name] = secret
    return keys
