"""What these endpoints are joined to, and who stands before them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request

from jumpa.domains.audit.service import AuditLog, Deed
from jumpa.domains.meetings.errors import (
    CalendarFeedNotFoundError,
    GuestLinkNotFoundError,
    InvitationNotFoundError,
    MeetingCancelledError,
    MeetingNotFoundError,
    MeetingRoleTooLowError,
)
from jumpa.domains.meetings.models import Meeting
from jumpa.domains.meetings.service import access
from jumpa.domains.meetings.service.access import Standing
from jumpa.domains.meetings.service.posting import Post
from jumpa.domains.meetings.service.roles import Doing
from jumpa.domains.rooms.service.rooms import RoomLimits
from jumpa.kit.actor import Actor
from jumpa.kit.context import Context, UnitOfWork
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.rates import Rates
from jumpa.kit.keyring import KeyRing
from jumpa.kit.quotas import Quota
from jumpa.kit.rate import Guarded, RateLimiter
from jumpa.kit.signing import Signer

AS_PART = (*SIGNED_IN, MeetingNotFoundError, MeetingRoleTooLowError)
TO_CHANGE = (*AS_PART, MeetingCancelledError)


@dataclass(frozen=True, slots=True)
class MeetingParts:
    """What the endpoints are joined to by the composition root; `seats` signs places of guests."""

    work: UnitOfWork
    ring: KeyRing = field(repr=False)
    audit: AuditLog
    rates: Rates
    post: Post
    seats: Signer
    limits: RoomLimits
    plans: Quota
    letters: Quota
    entries: Quota
    refusals: RateLimiter
    most_invited: int


async def _parts(request: Request) -> MeetingParts:
    parts: MeetingParts = request.app.state.meetings
    return parts


Parts = Annotated[MeetingParts, Depends(_parts)]


def does(doing: Doing) -> dict[str, Any]:
    """Say in the schema what an endpoint does, in the words of the table of roles."""
    return {"x-doing": doing.name.lower()}


@dataclass(frozen=True, slots=True)
class Entry:
    """An endpoint that acts on a meeting in the name of a part in it."""

    parts: MeetingParts
    actor: Actor

    @asynccontextmanager
    async def write(
        self, meeting_id: UUID, doing: Doing
    ) -> AsyncIterator[tuple[Context, Standing]]:
        """Open a meeting to change it; raises unless the part may."""
        async with self.parts.work.write(self.actor) as ctx:
            yield ctx, await access.enter(ctx, meeting_id, doing)

    @asynccontextmanager
    async def read(self, meeting_id: UUID, doing: Doing) -> AsyncIterator[tuple[Context, Standing]]:
        """Open a meeting to read it; raises unless the part may."""
        async with self.parts.work.read(self.actor) as ctx:
            yield ctx, await access.look(ctx, meeting_id, doing)

    async def note(self, ctx: Context, meeting: Meeting, action: str, **facts: str | int) -> None:
        """Write a deed into the audit log, in the same transaction."""
        deed = Deed(action, meeting.organisation_id, meeting.id, facts)
        await self.parts.audit.record(ctx, deed)


async def _entry(parts: Parts, actor: Person) -> Entry:
    return Entry(parts, actor)


AnyEntry = Annotated[Entry, Depends(_entry)]


def guarded(parts: MeetingParts, address: str) -> Guarded:
    """Slow down whoever guesses tokens of letters, guest links and calendars."""
    guesses = (InvitationNotFoundError, GuestLinkNotFoundError, CalendarFeedNotFoundError)
    return Guarded(parts.refusals, address, guesses)
