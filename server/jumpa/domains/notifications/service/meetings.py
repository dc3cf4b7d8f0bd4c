"""Tells people about meetings: what became of them, and that one begins soon.

What happens to a meeting becomes a job in its own transaction; the job finds whom to tell. One
reminder waits for each meeting, for its next time; being told, it makes the one after.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from jumpa.domains.meetings.events import (
    InvitationAnswered,
    MeetingCancelled,
    MeetingChanged,
    MeetingPlanned,
    SomebodyInvited,
)
from jumpa.domains.meetings.service import announcing
from jumpa.domains.meetings.service.announcing import Announced
from jumpa.domains.notifications.schemas import NewsKind
from jumpa.domains.notifications.service import telling
from jumpa.domains.notifications.service.telling import News
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.context import Context
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job, Wanted
from jumpa.kit.work.worker import Trade

MEETING, DUE = "meeting", "meeting_due"
_ATTEMPTS = 12
_AHEAD = timedelta(minutes=10)
_LATE = timedelta(minutes=5)

_Happened = Literal["planned", "changed", "cancelled", "invited", "answered"]
_HAPPENED: dict[type, _Happened] = {
    MeetingPlanned: "planned",
    MeetingChanged: "changed",
    MeetingCancelled: "cancelled",
    SomebodyInvited: "invited",
    InvitationAnswered: "answered",
}


_KINDS: dict[_Happened, NewsKind] = {
    "changed": "meeting_changed",
    "cancelled": "meeting_cancelled",
    "invited": "meeting_invited",
    "answered": "meeting_answered",
}


@dataclass(frozen=True, slots=True)
class _Told:
    kind: NewsKind
    key: str
    facts: Mapping[str, str]
    until: datetime | None = None


class _Kept(BaseModel):
    meeting_id: UUID
    happened: _Happened
    email: str = ""
    answer: str = ""
    recurrence: datetime | None = None


class _Due(BaseModel):
    meeting_id: UUID
    starts_at: datetime


async def keep(ctx: Context, events: Iterable[object]) -> None:
    """Keep what happened to meetings, to be told after the transaction."""
    for event in events:
        happened = _HAPPENED.get(type(event))
        if happened is None or not isinstance(
            event,
            MeetingPlanned
            | MeetingChanged
            | MeetingCancelled
            | SomebodyInvited
            | InvitationAnswered,
        ):
            continue
        kept = _Kept(meeting_id=event.meeting_id, happened=happened)
        if isinstance(event, SomebodyInvited | InvitationAnswered):
            kept.email = event.email
        if isinstance(event, InvitationAnswered):
            kept.answer, kept.recurrence = event.answer, event.recurrence
        await jobs.enqueue(ctx, Wanted(MEETING, kept.model_dump_json(), event.organisation_id))


def trades() -> tuple[Trade, ...]:
    """Return how these jobs are done."""
    return (
        Trade(MEETING, _ATTEMPTS, change=_follow),
        Trade(DUE, _ATTEMPTS, change=_remind),
    )


async def _follow(ctx: Context, job: Job) -> None:
    kept = _Kept.model_validate_json(job.payload)
    found = await announcing.find(ctx, kept.meeting_id)
    if found is None:
        return
    await _plan(ctx, found, ctx.clock())
    if kept.happened == "planned":
        return
    readers = found.invited
    if kept.happened == "answered":
        readers = [found.organiser]
    elif kept.happened == "invited":
        readers = [user for user in readers if user.email == kept.email]
    facts = await _facts(ctx, found, kept)
    told = _Told(_KINDS[kept.happened], f"{kept.happened} {job.id}", facts)
    await _tell(ctx, found, readers, told)


async def _facts(ctx: Context, found: Announced, kept: _Kept) -> dict[str, str]:
    facts = {"meeting": found.meeting.title, "who": _name(found.organiser)}
    ahead = await announcing.next_after(ctx, found.meeting, ctx.clock())
    facts["at"] = (ahead.starts_at if ahead else found.meeting.first_at).isoformat()
    if kept.happened == "answered":
        guest = await people.find_by_email(ctx, kept.email)
        facts |= {"who": _name(guest) if guest else kept.email, "answer": kept.answer}
    if kept.recurrence is not None:
        once = await announcing.occurrence(ctx, found.meeting, kept.recurrence)
        facts |= {"once": once.starts_at.isoformat()} if once else {}
    return facts


async def _remind(ctx: Context, job: Job) -> None:
    due = _Due.model_validate_json(job.payload)
    found = await announcing.find(ctx, due.meeting_id)
    if found is None or not found.is_on:
        return
    before = due.starts_at - timedelta(microseconds=1)
    ahead = await announcing.next_after(ctx, found.meeting, before)
    until = due.starts_at + _LATE
    if ahead is not None and ahead.starts_at == due.starts_at and ctx.clock() <= until:
        begins = due.starts_at.isoformat()
        facts = {"meeting": ahead.title, "at": begins}
        told = _Told("meeting_reminder", f"reminder {due.meeting_id} {begins}", facts, until)
        coming = await announcing.expected(ctx, ahead)
        await _tell(ctx, found, [found.organiser, *coming], told)
    await _plan(ctx, found, max(due.starts_at, ctx.clock()))


async def _plan(ctx: Context, found: Announced, after: datetime) -> None:
    """Keep the reminder of the next time, once."""
    if not found.is_on:
        return
    ahead = await announcing.next_after(ctx, found.meeting, after)
    if ahead is None:
        return
    due = _Due(meeting_id=found.meeting.id, starts_at=ahead.starts_at)
    key = f"{found.meeting.id} {ahead.starts_at.isoformat()}"
    moment = ahead.starts_at - _AHEAD
    wanted = Wanted(DUE, due.model_dump_json(), found.meeting.organisation_id, key, moment)
    await jobs.enqueue(ctx, wanted)


async def _tell(ctx: Context, found: Announced, readers: Iterable[User], told: _Told) -> None:
    link = f"/{found.code}"
    news = (
        News(told.kind, reader.id, f"{told.key} {reader.id}", told.facts, link, until=told.until)
        for reader in readers
    )
    await telling.enqueue(ctx, found.meeting.organisation_id, *news)


def _name(user: User) -> str:
    return f"{user.first_name} {user.last_name}"
