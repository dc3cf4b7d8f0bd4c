"""What these endpoints are joined to, and who stands before them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from livekit.protocol import models

from jumpa.domains.audit.service import AuditLog, Deed
from jumpa.domains.rooms.errors import (
    HostSecretMissingError,
    HostSecretWrongError,
    RankTooLowError,
    RoleTooLowError,
    RoomNotFoundError,
    RoomPasswordWrongError,
    VoucherInvalidError,
)
from jumpa.domains.rooms.models import Room
from jumpa.domains.rooms.service import rooms
from jumpa.domains.rooms.service.access import Caller, Credential, Door
from jumpa.domains.rooms.service.places import SeatIssuer
from jumpa.domains.rooms.service.roles import Action
from jumpa.domains.rooms.service.rooms import RoomLimits
from jumpa.domains.rooms.service.vouching import VoucherReader
from jumpa.kit.actor import AccessTokenExpiredError, AccessTokenInvalidError
from jumpa.kit.context import Context, UnitOfWork
from jumpa.kit.http.callers import AnyVisitor, Visitor
from jumpa.kit.keyring import KeyRing
from jumpa.kit.passwords import Passwords
from jumpa.kit.quotas import Counters, Quota
from jumpa.kit.rate import Guarded, RateLimiter, site
from jumpa.media.engine import Engine

AS_ROLE = (
    RoomNotFoundError,
    HostSecretMissingError,
    HostSecretWrongError,
    RoleTooLowError,
    AccessTokenInvalidError,
    AccessTokenExpiredError,
)
AS_RANK = (*AS_ROLE, RankTooLowError)
# No credential is one of those that will do (OpenAPI 3.1, Security Requirement Object).
ALSO_STRANGERS: dict[str, Any] = {"security": [{}]}


@dataclass(frozen=True, slots=True)
class PasswordGuesses:
    """Slows down whoever guesses a room's password, also from many addresses.

    Right ones count too: guesses that come at the same moment would else be free.
    """

    counters: Counters
    quota: Quota
    spread_quota: Quota

    async def take(self, room: UUID, address: str) -> None:
        """Count one more; raises TooManyRequestsError."""
        (await self.counters.take(f"{room} {site(address)}", self.quota)).check()
        (await self.counters.take(str(room), self.spread_quota)).check()


@dataclass(frozen=True, slots=True)
class TestQuotas:
    """Keeps connection tests from taking the place of meetings, also from many addresses."""

    counters: Counters
    quota: Quota
    spread_quota: Quota

    async def take(self, address: str) -> None:
        """Count one more; raises TooManyRequestsError."""
        (await self.counters.take(site(address), self.quota)).check()
        (await self.counters.take("", self.spread_quota)).check()


@dataclass(frozen=True, slots=True)
class RoomParts:
    """What the endpoints are joined to by the composition root.

    `media_url` is where calls are held when that is not this server. `opens_at` says of a room
    when people may come in, or None for at once.
    """

    work: UnitOfWork
    engine: Engine
    media_url: str
    issuer: SeatIssuer
    vouchers: VoucherReader
    passwords: Passwords = field(repr=False)
    ring: KeyRing
    audit: AuditLog
    limits: RoomLimits
    creations: RateLimiter
    joins: RateLimiter
    refusals: RateLimiter
    reactions: RateLimiter
    ratings: RateLimiter
    guesses: PasswordGuesses
    tests: TestQuotas
    opens_at: Callable[[Context, Room], Awaitable[datetime | None]]


async def _parts(request: Request) -> RoomParts:
    parts: RoomParts = request.app.state.rooms
    return parts


Parts = Annotated[RoomParts, Depends(_parts)]


def media_url(request: Request, parts: RoomParts) -> str:
    """Return where clients connect to: where calls are held, or this server as they reached it."""
    scheme = "wss" if request.url.scheme == "https" else "ws"
    return parts.media_url or f"{scheme}://{request.url.netloc}"


def acts(action: Action) -> dict[str, Any]:
    """Say in the schema what an endpoint does, in the words of the table of roles."""
    return {"x-action": action.name.lower()}


@dataclass(frozen=True, slots=True)
class Entry:
    """An endpoint that acts on a room in the name of a role."""

    parts: RoomParts
    visitor: Visitor

    @asynccontextmanager
    async def write(self, code: str, action: Action) -> AsyncIterator[tuple[Context, Caller]]:
        """Open a room to change it; raises unless the role may."""
        with guarded(self.parts, self.visitor.actor.address):
            async with self.parts.work.write(self.visitor.actor) as ctx:
                door = Door(self.parts.issuer.signer)
                yield ctx, await door.open(ctx, code, Credential(self.visitor.secret), action)

    @asynccontextmanager
    async def read(self, code: str, action: Action) -> AsyncIterator[tuple[Context, Caller]]:
        """Open a room to read it; raises unless the role may."""
        with guarded(self.parts, self.visitor.actor.address):
            async with self.parts.work.read(self.visitor.actor) as ctx:
                door = Door(self.parts.issuer.signer)
                yield ctx, await door.look(ctx, code, Credential(self.visitor.secret), action)

    async def inside(self, code: str) -> list[models.ParticipantInfo]:
        """Return who is inside now; `code` may be as people type it."""
        return await self.parts.engine.list_participants(rooms.normalise(code) or code)

    async def live(self, code: str) -> list[str]:
        """Return the identities that are inside now."""
        return [participant.identity for participant in await self.inside(code)]

    async def note(self, ctx: Context, caller: Caller, action: str, about: str = "") -> None:
        """Write a deed into the audit log, in the same transaction."""
        facts = {"room": caller.room.code, "role": str(caller.role)}
        if about:
            facts["identity"] = about
        deed = Deed(action, caller.room.organisation_id, caller.room.id, facts)
        await self.parts.audit.record(ctx, deed)


async def _entry(parts: Parts, visitor: AnyVisitor) -> Entry:
    return Entry(parts, visitor)


AnyEntry = Annotated[Entry, Depends(_entry)]


def guarded(parts: RoomParts, address: str) -> Guarded:
    """Slow down whoever guesses codes, host secrets or passwords."""
    guesses = (
        RoomNotFoundError,
        HostSecretWrongError,
        RoomPasswordWrongError,
        VoucherInvalidError,
    )
    return Guarded(parts.refusals, address, guesses)
