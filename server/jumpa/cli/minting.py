"""Mints tokens for people who have the server's keys."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from jumpa.app.keys import given_keys, own_key
from jumpa.config import Settings
from jumpa.kit import storage
from jumpa.kit.clock import Clock, system_clock
from jumpa.kit.errors import JumpaError, Kind
from jumpa.media.access import Claims, VideoGrants, mint


class TokenRefusedError(JumpaError):
    """This token cannot be minted."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "token_refused"


@dataclass(frozen=True, slots=True)
class TokenWish:
    """What the token is to say; `key` empty means the server's own."""

    room: str
    identity: str
    name: str = ""
    key: str = ""
    lifetime: timedelta = timedelta(hours=6)
    is_admin: bool = False
    is_listener: bool = False
    is_hidden: bool = False


def mint_token(settings: Settings, wish: TokenWish, clock: Clock = system_clock) -> str:
    """Return a signed token; raises TokenRefusedError."""
    if not wish.room or not wish.identity:
        raise TokenRefusedError("A token needs a room and an identity.")
    if wish.lifetime <= timedelta(0):
        raise TokenRefusedError("A token must live longer than no time.")
    name, secret = _key(settings, wish.key)
    video = VideoGrants(
        room_join=True,
        room=wish.room,
        room_admin=wish.is_admin,
        can_publish=False if wish.is_listener else None,
        hidden=wish.is_hidden,
    )
    claims = Claims(identity=wish.identity, name=wish.name, video=video)
    return mint(api_key=name, secret=secret, claims=claims, clock=clock, lifetime=wish.lifetime)


def _key(settings: Settings, name: str) -> tuple[str, str]:
    keys = given_keys(settings.auth)
    if name:
        if name not in keys:
            raise TokenRefusedError(f"There is no API key {name} in the settings.")
        return name, keys[name]
    if keys:
        return next(iter(keys.items()))
    own = own_key(storage.read_secret(storage.open_folder(settings.storage.data)))
    return own.name, own.secret
