"""What these endpoints are joined to, and who stands before them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from jumpa.domains.chat.service.messages import identity_of
from jumpa.domains.rooms.errors import (
    HostSecretMissingError,
    HostSecretWrongError,
    RoleTooLowError,
    RoomNotFoundError,
)
from jumpa.domains.rooms.service.access import Caller, Credential, Door
from jumpa.domains.rooms.service.roles import Action
from jumpa.kit.actor import AccessTokenExpiredError, AccessTokenInvalidError, Actor
from jumpa.kit.context import Context, UnitOfWork
from jumpa.kit.http.callers import AnyVisitor
from jumpa.kit.http.rates import Rates
from jumpa.kit.http.repeats import repeatable_of
from jumpa.kit.idempotency import Repeatable
from jumpa.kit.keyring import KeyRing
from jumpa.kit.objects import ObjectStore
from jumpa.kit.quotas import Quota
from jumpa.kit.rate import Guarded, RateLimiter
from jumpa.kit.signing import Signer, fingerprint

AT_DOOR = (
    RoomNotFoundError,
    HostSecretMissingError,
    HostSecretWrongError,
    RoleTooLowError,
    AccessTokenInvalidError,
    AccessTokenExpiredError,
)


@dataclass(frozen=True, slots=True)
class ChatParts:
    """What the endpoints are joined to by the composition root."""

    work: UnitOfWork
    ring: KeyRing
    seats: Signer
    refusals: RateLimiter
    rates: Rates
    writes: Quota
    searches: Quota
    file_writes: Quota
    objects: ObjectStore
    message_characters: int
    all_file_bytes: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who asks for the messages of a room."""

    request: Request
    parts: ChatParts
    actor: Actor
    credential: Credential

    @asynccontextmanager
    async def write(self, code: str, action: Action) -> AsyncIterator[tuple[Context, Caller]]:
        """Open a room to change what was said in it; raises unless the role may."""
        await self._count(self.parts.writes)
        async with self.enter(code, action) as opened:
            yield opened

    @asynccontextmanager
    async def enter(self, code: str, action: Action) -> AsyncIterator[tuple[Context, Caller]]:
        """Do so for who was counted already."""
        with self._guarded():
            async with self.parts.work.write(self.actor) as ctx:
                door = Door(self.parts.seats)
                yield ctx, await door.open(ctx, code, self.credential, action)

    @asynccontextmanager
    async def read(self, code: str, action: Action) -> AsyncIterator[tuple[Context, Caller]]:
        """Open a room to read what was said in it; raises unless the role may."""
        with self._guarded():
            async with self.parts.work.read(self.actor) as ctx:
                door = Door(self.parts.seats)
                yield ctx, await door.look(ctx, code, self.credential, action)

    async def count_search(self) -> None:
        """Slow down who searches much."""
        await self._count(self.parts.searches)

    async def count_file(self) -> None:
        """Slow down who sends many files."""
        await self._count(self.parts.file_writes)

    def asker(self, caller: Caller) -> str:
        """Return whose idempotency keys these are."""
        return f"seat {caller.room.id} {identity_of(caller)}"

    async def repeatable(self, caller: Caller, key: str | None) -> Repeatable | None:
        """Return what makes this request the same as another of the same writer."""
        organisation_id = caller.room.organisation_id
        return await repeatable_of(self.request, key, self.asker(caller), organisation_id)

    async def _count(self, quota: Quota) -> None:
        secret = self.credential.secret
        user_id = self.actor.user_id
        person = str(user_id) if user_id else fingerprint(secret) if secret else self.actor.address
        await self.parts.rates.take(self.request, quota, person)

    def _guarded(self) -> Guarded:
        guesses = (RoomNotFoundError, HostSecretWrongError)
        return Guarded(self.parts.refusals, self.actor.address, guesses)


async def _entry(request: Request, visitor: AnyVisitor) -> Entry:
    parts: ChatParts = request.app.state.chat
    return Entry(request, parts, visitor.actor, Credential(visitor.secret))


AnyEntry = Annotated[Entry, Depends(_entry)]
