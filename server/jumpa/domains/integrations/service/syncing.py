"""Keeps calendars elsewhere as the meetings are: jobs that compare and write what differs.

A job never carries what to write, only which meeting: whoever does it looks at what is now, writes,
notes what it wrote, and looks again until nothing differs.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from pydantic import BaseModel
from uuid_utils.compat import uuid7

from jumpa.domains.integrations.errors import CalendarAccessEndedError, CalendarUnavailableError
from jumpa.domains.integrations.models import CalendarConnection, CalendarEntry
from jumpa.domains.integrations.repository import ConnectionRepository
from jumpa.domains.integrations.service import entries
from jumpa.domains.integrations.service.access import Access, opened
from jumpa.domains.integrations.service.calendar import Known
from jumpa.domains.integrations.service.entries import Entry
from jumpa.domains.integrations.service.parts import NAMES, IntegrationParts
from jumpa.domains.meetings.events import (
    InvitationAnswered,
    InvitationTakenBack,
    MeetingCancelled,
    MeetingChanged,
    MeetingPlanned,
)
from jumpa.domains.meetings.service import following
from jumpa.domains.notifications.service import telling
from jumpa.domains.notifications.service.telling import News
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context
from jumpa.kit.errors import JumpaError
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.keyring import SealBrokenError
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job, Wanted
from jumpa.kit.work.worker import GiveUpError, LaterError, Trade

MEETING, CONNECTED, SYNC, REVOKE = (
    "calendar_meeting",
    "calendar_connected",
    "calendar_sync",
    "calendar_revoke",
)
# The pauses between them add up to a day and some hours.
_ATTEMPTS = 13
_ROUNDS = 5
_EVENTS = (
    MeetingPlanned | MeetingChanged | MeetingCancelled | InvitationAnswered | InvitationTakenBack
)


class _Pair(BaseModel):
    connection_id: UUID
    meeting_id: UUID


class _Given(BaseModel):
    """Tokens to be given back; their seal is that of the connection that was."""

    service: str
    user_id: UUID
    connection_id: UUID
    sealed: str
    account: str = ""

    def would_end(self, row: CalendarConnection) -> bool:
        """Whether a connection ends with them: one to the same account, or to who knows which."""
        is_same = row.account == self.account or not (row.account and self.account)
        return row.service == self.service and is_same


@dataclass(frozen=True, slots=True)
class _Step:
    """One event to be written, or to be removed when there is no entry."""

    part: str
    entry: Entry | None
    known: Known | None


@dataclass(frozen=True, slots=True)
class _Look:
    """What is to stand in a calendar of a meeting, and what does."""

    pair: _Pair
    row: CalendarConnection
    wanted: list[Entry]
    known: dict[str, Known]

    def name(self, part: str) -> str:
        """Return what an event is called for good, also after connecting once more."""
        told = f"{self.row.user_id} {self.row.service} {self.pair.meeting_id} {part}"
        return hashlib.sha256(told.encode()).hexdigest()[:40]


async def keep(ctx: Context, events: Iterable[object]) -> None:
    """Keep that a meeting changed, with the change itself."""
    found = {e.meeting_id: e.organisation_id for e in events if isinstance(e, _EVENTS)}
    for meeting_id, organisation_id in found.items():
        await jobs.enqueue(ctx, Wanted(MEETING, str(meeting_id), organisation_id))


async def want_everything(ctx: Context, row: CalendarConnection) -> None:
    """Let a calendar that was just connected be filled."""
    await jobs.enqueue(ctx, Wanted(CONNECTED, str(row.id), row.organisation_id))


async def give_back(ctx: Context, parts: IntegrationParts, row: CalendarConnection) -> None:
    """Let the tokens of a connection that ends be given back."""
    if not row.sealed:
        return
    given = _Given(
        service=row.service,
        user_id=row.user_id,
        connection_id=row.id,
        sealed=row.sealed,
        account=row.account,
    )
    if row.service in parts.services:
        await jobs.enqueue(ctx, Wanted(REVOKE, given.model_dump_json(), row.organisation_id))


@dataclass(frozen=True, slots=True)
class Syncer:
    """Does the jobs of this domain."""

    parts: IntegrationParts

    def changes(self) -> tuple[Trade, ...]:
        """Return those that only change the database."""
        return (
            Trade(MEETING, _ATTEMPTS, change=_spread),
            Trade(CONNECTED, _ATTEMPTS, change=_fill),
        )

    def errands(self) -> tuple[Trade, ...]:
        """Return those that speak to calendars."""
        return (
            Trade(SYNC, _ATTEMPTS, errand=self.sync),
            Trade(REVOKE, _ATTEMPTS, errand=self.revoke),
        )

    async def sync(self, job: Job) -> None:
        """Let a calendar show a meeting as it is."""
        pair = _Pair.model_validate_json(job.payload)
        try:
            # A server that died may have written what it did not note.
            await self._until_settled(pair, again=job.attempts > 1)
        except (GiveUpError, LaterError, JumpaError):
            await self._note(pair.connection_id, CalendarUnavailableError.code)
            raise

    async def revoke(self, job: Job) -> None:
        """Give tokens back, unless the person has connected the account again meanwhile."""
        given = _Given.model_validate_json(job.payload)
        async with self.parts.work.read(SERVER) as ctx:
            rows = await ConnectionRepository(ctx.session).list_of(given.user_id)
        if any(given.would_end(row) for row in rows):
            return
        was = CalendarConnection(id=given.connection_id, sealed=given.sealed)
        try:
            tokens = opened(self.parts.ring, was)
        except SealBrokenError as error:
            raise GiveUpError("The tokens cannot be opened: their key is missing.") from error
        await self.parts.service(given.service).office.revoke(tokens.refresh)

    async def _until_settled(self, pair: _Pair, *, again: bool) -> None:
        access: Access | None = None
        for _ in range(_ROUNDS):
            look = await self._look(pair)
            if look is None:
                return
            steps = list(_steps(look, self.parts, again=again))
            again = False
            if not steps:
                await self._settle(look)
                return
            access = access or Access.of(self.parts, look.row)
            try:
                for step in steps:
                    await self._do(look, step, access)
            except CalendarAccessEndedError:
                await self._end(access)
                return
        raise LaterError("The meeting changes faster than the calendar is written.")

    async def _look(self, pair: _Pair) -> _Look | None:
        async with self.parts.work.read(SERVER) as ctx:
            connections = ConnectionRepository(ctx.session)
            row = await connections.by_id(pair.connection_id)
            if row is None or row.status != "connected" or row.service not in self.parts.services:
                return None
            kept = await connections.entries_of(pair.connection_id, pair.meeting_id)
            known = {one.part: Known(one.external_id, entries.read(one.content)) for one in kept}
            user = await people.get(ctx, row.user_id)
            wanted = await self._wanted(ctx, row, user, pair.meeting_id, set(known))
            return _Look(pair, row, wanted, known)

    async def _wanted(
        self, ctx: Context, row: CalendarConnection, user: User, meeting_id: UUID, stand: set[str]
    ) -> list[Entry]:
        found = await following.find(ctx, meeting_id)
        if found is None or user.status != "active":
            return []
        coming = await following.coming_of(ctx, found.meeting, user)
        alone = {entries.part_of(at) for at in coming.singles if coming.comes(at)}
        coming = replace(coming, stands=not stand <= alone)
        planned = await self.parts.post.planned(ctx, found.meeting, found.exceptions)
        calendar = self.parts.service(row.service).calendar
        return entries.of(planned, coming, ctx.clock(), calendar.can_repeat)

    async def _do(self, look: _Look, step: _Step, access: Access) -> None:
        calendar = self.parts.service(look.row.service).calendar
        entry, known = step.entry, step.known

        async def act(token: str) -> str:
            if entry is not None:
                return await calendar.put(token, look.name(step.part), entry, known)
            if known is not None:
                await calendar.remove(token, known.external_id)
            return ""

        external_id = await access.use(act)
        reach(FailPoint.CALENDAR_WRITTEN)
        await self._store(look, step, external_id)

    async def _store(self, look: _Look, step: _Step, external_id: str) -> None:
        async with self.parts.work.write(SERVER) as ctx:
            connections = ConnectionRepository(ctx.session)
            if await connections.by_id_for_update(look.row.id) is None:
                return
            row = await connections.entry(look.row.id, look.pair.meeting_id, step.part)
            if step.entry is None:
                if row is not None:
                    await connections.remove(row)
                return
            if row is None:
                row = _entry_row(look, step.part)
                row.external_id, row.content = external_id, step.entry.to_json()
                await connections.add(row)
            row.external_id, row.content = external_id, step.entry.to_json()

    async def _settle(self, look: _Look) -> None:
        async with self.parts.work.write(SERVER) as ctx:
            row = await ConnectionRepository(ctx.session).by_id_for_update(look.row.id)
            if row is None or row.status != "connected":
                return
            row.failure, row.synced_at = "", ctx.clock()
            if entries.is_counted_out(look.wanted):
                later = look.wanted[len(look.wanted) // 2].ends_at
                wanted = _wanted_sync(look.pair, row, f"{later.isoformat()}")
                await jobs.enqueue(ctx, Wanted(*wanted, due_at=later))

    async def _note(self, connection_id: UUID, failure: str) -> None:
        async with self.parts.work.write(SERVER) as ctx:
            row = await ConnectionRepository(ctx.session).by_id_for_update(connection_id)
            if row is not None and row.status == "connected":
                row.failure = failure

    async def _end(self, access: Access) -> None:
        """Note that the service lets us in no more, and tell the person once."""
        async with self.parts.work.write(SERVER) as ctx:
            row = await ConnectionRepository(ctx.session).by_id_for_update(access.connection_id)
            if row is None or not row.is_since(access.connected_at):
                return
            row.status, row.sealed, row.failure = "ended", "", CalendarAccessEndedError.code
            key = f"calendar {row.id} {row.connected_at.isoformat()}"
            facts = {"service": NAMES[row.service]}
            news = News("calendar_ended", row.user_id, key, facts, "/settings")
            await telling.enqueue(ctx, row.organisation_id, news)


def _steps(look: _Look, parts: IntegrationParts, *, again: bool) -> Iterator[_Step]:
    now = parts.work.clock()
    for entry in look.wanted:
        known = look.known.get(entry.part)
        if again or known is None or known.entry != entry:
            yield _Step(entry.part, entry, known)
    wanted = {entry.part for entry in look.wanted}
    for part, known in look.known.items():
        # What is over stays, as a memory; a series goes whole.
        if part not in wanted and (known.entry.rule or known.entry.ends_at > now):
            yield _Step(part, None, known)


async def _spread(ctx: Context, job: Job) -> None:
    """Let every calendar that a meeting concerns be looked at."""
    meeting_id = UUID(job.payload)
    found = await following.find(ctx, meeting_id)
    user_ids = await following.followers(ctx, found.meeting) if found else []
    for row in await ConnectionRepository(ctx.session).list_concerned(user_ids, meeting_id):
        pair = _Pair(connection_id=row.id, meeting_id=meeting_id)
        await jobs.enqueue(ctx, Wanted(*_wanted_sync(pair, row, str(job.id))))


async def _fill(ctx: Context, job: Job) -> None:
    """Let a new calendar have every meeting that is ahead."""
    row = await ConnectionRepository(ctx.session).by_id(UUID(job.payload))
    if row is None:
        return
    user = await people.get(ctx, row.user_id)
    for meeting_id in await following.list_ahead(ctx, user):
        pair = _Pair(connection_id=row.id, meeting_id=meeting_id)
        await jobs.enqueue(ctx, Wanted(*_wanted_sync(pair, row, str(job.id))))


def _wanted_sync(pair: _Pair, row: CalendarConnection, why: str) -> tuple[str, str, UUID, str]:
    key = f"{pair.connection_id} {pair.meeting_id} {why}"
    return SYNC, pair.model_dump_json(), row.organisation_id, key


def _entry_row(look: _Look, part: str) -> CalendarEntry:
    return CalendarEntry(
        id=uuid7(),
        organisation_id=look.row.organisation_id,
        connection_id=look.row.id,
        meeting_id=look.pair.meeting_id,
        part=part,
    )
