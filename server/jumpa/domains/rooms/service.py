"""What can be done with rooms."""

import contextlib
import hmac
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, Literal

from uuid_utils.compat import uuid7

from jumpa.domains.organisations.models import HOME
from jumpa.domains.rooms.errors import (
    CodeTakenError,
    HostSecretMissingError,
    HostSecretWrongError,
    RoomEndedError,
    RoomNotFoundError,
)
from jumpa.domains.rooms.events import RoomCreated, RoomEnded
from jumpa.domains.rooms.models import Room
from jumpa.domains.rooms.repository import RoomRepository
from jumpa.kit.context import Context
from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.signing import Signer, fingerprint
from jumpa.media.access import Claims, VideoGrants, mint

# Without i, l and o, which are taken for one another and for digits.
ALPHABET = "abcdefghjkmnpqrstuvwxyz"
_PARTS = (3, 4, 3)
_CODE = re.compile("-".join(f"[a-z]{{{length}}}" for length in _PARTS))
_ATTEMPTS = 5
_SECRET_BYTES = 32
_IDENTITY_BYTES = 9

Choose = Callable[[Sequence[str]], str]


class TitleTooLongError(JumpaError):
    """The title is too long."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "title_too_long"


@dataclass(frozen=True, slots=True)
class Seat:
    """What a guest is given to enter one room."""

    identity: str
    seat: str
    token: str
    expires_in_s: int
    role: Literal["host", "guest"]


@dataclass(frozen=True, slots=True)
class Proofs:
    """What somebody who joins may have kept: the seat of this tab, the secret of the host."""

    seat: str | None = None
    host_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SeatIssuer:
    """Mints guests' tokens with the server's own API key."""

    api_key: str
    secret: str = field(repr=False)
    signer: Signer
    lifetime: timedelta


async def create(
    ctx: Context, title: str, *, title_characters: int, choose: Choose = secrets.choice
) -> tuple[Room, str]:
    """Open a room; return it with the host secret, which is not kept."""
    if len(title) > title_characters:
        raise TitleTooLongError(f"A title has at most {title_characters} characters.")
    host_secret = secrets.token_urlsafe(_SECRET_BYTES)
    room = await _add(
        RoomRepository(ctx.session),
        lambda: Room(
            id=uuid7(),
            organisation_id=ctx.actor.organisation_id or HOME,
            code=new_code(choose),
            title=title,
            host_secret_hash=fingerprint(host_secret),
            created_at=ctx.clock(),
        ),
    )
    ctx.emit(RoomCreated(room.code))
    return room, host_secret


async def get(ctx: Context, code: str) -> Room:
    """Return the room, or say that there is none."""
    normal = normalise(code)
    room = await RoomRepository(ctx.session).by_code(normal) if normal else None
    if room is None:
        raise RoomNotFoundError
    return room


async def get_open(ctx: Context, code: str) -> Room:
    """Return the room unless it has ended."""
    room = await get(ctx, code)
    if room.ended_at is not None:
        raise RoomEndedError
    return room


async def end(ctx: Context, code: str, host_secret: str) -> None:
    """End the room for everybody; ending it again changes nothing."""
    room = await get_as_host(ctx, code, host_secret)
    if await RoomRepository(ctx.session).end(room, ctx.clock()):
        ctx.emit(RoomEnded(room.code))


async def get_as_host(ctx: Context, code: str, host_secret: str) -> Room:
    """Return the room to whoever knows its host secret."""
    room = await get(ctx, code)
    if not host_secret:
        raise HostSecretMissingError
    if not hmac.compare_digest(fingerprint(host_secret), room.host_secret_hash):
        raise HostSecretWrongError
    return room


async def join(ctx: Context, code: str, name: str, *, proofs: Proofs, issuer: SeatIssuer) -> Seat:
    """Give a token for the room; a seat of this room keeps its identity, any other is ignored."""
    room = await get_open(ctx, code)
    role: Literal["host", "guest"] = "guest"
    if proofs.host_secret is not None:
        await get_as_host(ctx, code, proofs.host_secret)
        role = "host"
    identity = _seated(issuer, room.code, proofs.seat) or secrets.token_urlsafe(_IDENTITY_BYTES)
    claims = Claims(
        identity=identity,
        name=name,
        attributes={"role": role},
        video=VideoGrants(room_join=True, room=room.code),
    )
    token = mint(
        api_key=issuer.api_key,
        secret=issuer.secret,
        claims=claims,
        clock=ctx.clock,
        lifetime=issuer.lifetime,
    )
    return Seat(
        identity=identity,
        seat=issuer.signer.sign(f"{room.code} {identity}"),
        token=token,
        expires_in_s=int(issuer.lifetime.total_seconds()),
        role=role,
    )


async def check_admission(ctx: Context, code: str, *, is_own_token: bool) -> None:
    """Refuse a live room that has ended here; foreign tokens may name rooms we never heard of."""
    room = await RoomRepository(ctx.session).by_code(code)
    if room is None and is_own_token:
        raise RoomNotFoundError
    if room is not None and room.ended_at is not None:
        raise RoomEndedError


async def has_ended(ctx: Context, code: str) -> bool:
    """Whether there is such a room and it has ended."""
    room = await RoomRepository(ctx.session).by_code(code)
    return room is not None and room.ended_at is not None


def normalise(code: str) -> str | None:
    """Return the code as it is stored, or None when it cannot be one."""
    letters = re.sub(r"[\s-]", "", code[:64]).lower()
    start, middle = _PARTS[0], _PARTS[0] + _PARTS[1]
    normal = f"{letters[:start]}-{letters[start:middle]}-{letters[middle:]}"
    return normal if _CODE.fullmatch(normal) else None


def new_code(choose: Choose = secrets.choice) -> str:
    """Return a code such as `abc-defg-hjk`: 45 bits of chance."""
    return "-".join("".join(choose(ALPHABET) for _ in range(length)) for length in _PARTS)


async def _add(rooms: RoomRepository, make: Callable[[], Room]) -> Room:
    for _ in range(_ATTEMPTS - 1):
        with contextlib.suppress(CodeTakenError):
            return await rooms.add(make())
    return await rooms.add(make())


def _seated(issuer: SeatIssuer, code: str, seat: str | None) -> str | None:
    signed = issuer.signer.read(seat) if seat else None
    if signed is None:
        return None
    seated_in, _, identity = signed.partition(" ")
    return identity if seated_in == code else None
