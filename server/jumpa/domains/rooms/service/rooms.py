"""Rooms come, change and end."""

import contextlib
import re
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.organisations.models import HOME
from jumpa.domains.rooms.errors import (
    CodeTakenError,
    RoomEndedError,
    RoomNotFoundError,
    RoomTooLargeError,
)
from jumpa.domains.rooms.events import RoomCreated, RoomEnded
from jumpa.domains.rooms.models import Room
from jumpa.domains.rooms.repository import Before, RoomRepository
from jumpa.kit.context import Context
from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.signing import fingerprint

# Without i, l and o, which are taken for one another and for digits.
ALPHABET = "abcdefghjkmnpqrstuvwxyz"
_PARTS = (3, 4, 3)
_CODE = re.compile("-".join(f"[a-z]{{{length}}}" for length in _PARTS))
_ATTEMPTS = 5
_SECRET_BYTES = 32

Choose = Callable[[Sequence[str]], str]


class TitleTooLongError(JumpaError):
    """The title is too long."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "title_too_long"


@dataclass(frozen=True, slots=True)
class RoomLimits:
    """How large rooms may be."""

    title_characters: int = 120
    max_users: int = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a room is to be."""

    title: str = ""
    description: str | None = None
    max_users: int | None = None
    scheduled_at: datetime | None = None
    is_persistent: bool = False
    password_hash: str | None = field(default=None, repr=False)


async def create(
    ctx: Context, wanted: Wanted, limits: RoomLimits, choose: Choose = secrets.choice
) -> tuple[Room, str]:
    """Open a room; return it with the host secret, which is not kept.

    Who is signed in is the host by their account, and the secret is empty.
    """
    _check(wanted.title, wanted.max_users, limits)
    host_secret = secrets.token_urlsafe(_SECRET_BYTES)
    room = await _add(
        RoomRepository(ctx.session),
        lambda: Room(
            id=uuid7(),
            organisation_id=ctx.actor.organisation_id or HOME,
            code=new_code(choose),
            title=wanted.title,
            description=wanted.description,
            host_id=ctx.actor.user_id,
            host_secret_hash=fingerprint(host_secret),
            password_hash=wanted.password_hash,
            max_users=wanted.max_users or limits.max_users,
            status="active",
            created_at=ctx.clock(),
            scheduled_at=wanted.scheduled_at,
            is_persistent=wanted.is_persistent,
            version=1,
            settings_version=1,
        ),
    )
    ctx.emit(RoomCreated(room.code))
    return room, "" if ctx.actor.user_id else host_secret


async def get(ctx: Context, code: str) -> Room:
    """Return the room, or say that there is none."""
    normal = normalise(code)
    room = await RoomRepository(ctx.session).by_code(normal) if normal else None
    if room is None:
        raise RoomNotFoundError
    return room


async def by_id(ctx: Context, room_id: UUID) -> Room:
    """Return the room that another table names."""
    room = await RoomRepository(ctx.session).by_id(room_id)
    if room is None:
        raise RoomNotFoundError
    return room


async def codes(ctx: Context, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the codes of rooms."""
    return await RoomRepository(ctx.session).codes_of(ids)


async def get_for_update(ctx: Context, code: str) -> Room:
    """Return the room to change it or what is in it; others who would do so wait."""
    normal = normalise(code)
    room = await RoomRepository(ctx.session).by_code_for_update(normal) if normal else None
    if room is None:
        raise RoomNotFoundError
    return room


def check_open(room: Room) -> None:
    """Raise RoomEndedError once it is over."""
    if room.ended_at is not None:
        raise RoomEndedError


async def list_own(ctx: Context, before: Before, limit: int) -> Sequence[Room]:
    """Return the rooms of whoever asks, newest first."""
    if ctx.actor.user_id is None:
        return []
    return await RoomRepository(ctx.session).list_of(ctx.actor.user_id, before, limit)


async def update(ctx: Context, room: Room, changes: dict[str, object], limits: RoomLimits) -> Room:
    """Change what is named; the names are those of `Wanted`."""
    title, max_users = changes.get("title", ""), changes.get("max_users")
    _check(str(title), max_users if isinstance(max_users, int) else None, limits)
    for name, value in changes.items():
        setattr(room, name, value)
    room.version += 1
    room.updated_at = ctx.clock()
    return room


async def end(ctx: Context, room: Room) -> None:
    """Send everybody out; a room that is not persistent is over then."""
    if room.is_persistent:
        ctx.emit(RoomEnded(room.code))
    else:
        await close(ctx, room)


async def close(ctx: Context, room: Room) -> None:
    """End the room for good; doing so again changes nothing."""
    if await RoomRepository(ctx.session).end(room, ctx.clock()):
        ctx.emit(RoomEnded(room.code))


async def delete(ctx: Context, room: Room) -> None:
    """Forget the room, its settings, places and history; who is inside is sent away."""
    await RoomRepository(ctx.session).remove(room)
    ctx.emit(RoomEnded(room.code))


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


def check_title(title: str, limits: RoomLimits) -> None:
    """Raise TitleTooLongError when it is."""
    if len(title) > limits.title_characters:
        raise TitleTooLongError(f"A title has at most {limits.title_characters} characters.")


def _check(title: str, max_users: int | None, limits: RoomLimits) -> None:
    check_title(title, limits)
    if max_users is not None and max_users > limits.max_users:
        raise RoomTooLargeError(f"A room has at most {limits.max_users} people.")


async def _add(rooms: RoomRepository, make: Callable[[], Room]) -> Room:
    for _ in range(_ATTEMPTS - 1):
        with contextlib.suppress(CodeTakenError):
            return await rooms.add(make())
    return await rooms.add(make())
