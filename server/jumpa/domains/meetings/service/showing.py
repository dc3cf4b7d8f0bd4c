"""Meetings as they are shown to those who are part of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from jumpa.domains.meetings.errors import WindowUnusableError
from jumpa.domains.meetings.models import Invitation, Meeting
from jumpa.domains.meetings.repository import InvitationRepository, MeetingRepository
from jumpa.domains.meetings.schemas.planned import (
    Counts,
    ExceptionRead,
    InvitationSeen,
    MeetingRead,
    OccurrenceRead,
)
from jumpa.domains.meetings.service import answering, occurrences, planning
from jumpa.domains.meetings.service.access import Standing
from jumpa.domains.meetings.service.answering import Mine
from jumpa.domains.meetings.service.occurrences import Occurrence
from jumpa.domains.meetings.service.planning import Times
from jumpa.domains.meetings.service.posting import Post
from jumpa.domains.rooms.service import rooms
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit import zones
from jumpa.kit.context import Context

LONGEST_WINDOW = timedelta(days=366)
_MINUTE_S = 60
_COMPARED = 50
MOST_SEEN = 10


@dataclass(frozen=True, slots=True)
class Window:
    """Between which moments, behind which time of a meeting (its begin and id), in which room."""

    since: datetime
    before: datetime
    after: tuple[datetime, UUID] | None = None
    room_code: str = ""


async def meeting(ctx: Context, standing: Standing, post: Post) -> MeetingRead:
    """Return a meeting as somebody sees it."""
    row, invitation = standing.meeting, standing.invitation
    planned = await post.planned(ctx, row, standing.exceptions)
    counted = await InvitationRepository(ctx.session).answers_to([row.id])
    first = occurrences.nominal(row)
    return MeetingRead.model_validate(
        {
            **_common(row),
            "id": row.id,
            "starts_at": first.starts_at,
            "ends_at": first.ends_at,
            "exceptions": [ExceptionRead.of(exception) for exception in standing.exceptions],
            "room_code": planned.url.rpartition("/")[2],
            "url": planned.url,
            "opens_before_min": _minutes(row.opens_before_s),
            "organiser": planned.organiser_name,
            "part": standing.part.value,
            "answer": invitation.answer if invitation else None,
            "answers": Counts(**counted.get(row.id, {})),
            "follows_id": row.follows_id,
        }
    )


async def invitation(ctx: Context, row: Invitation, about: Meeting, post: Post) -> InvitationSeen:
    """Return what the holder of a letter's link sees."""
    exceptions = await MeetingRepository(ctx.session).exceptions_of([about.id])
    planned = await post.planned(ctx, about, exceptions[about.id])
    mine = await answering.of_person(ctx, [about.id], row.email)
    ahead = occurrences.between(about, exceptions[about.id], ctx.clock(), about.last_at)
    seen = {
        "organiser": planned.organiser_name,
        "url": planned.url,
        "email": row.email,
        "answer": row.answer,
        "occurrences": [
            _seen(found, mine[about.id]) for found in islice(ahead, MOST_SEEN) if is_on(about)
        ],
    }
    return InvitationSeen.model_validate({**_common(about), **seen})


async def agenda(ctx: Context, window: Window, limit: int) -> list[OccurrenceRead]:
    """Return what takes place in a window among one's own meetings, in order of beginning."""
    check_window(window)
    user = await people.read_own(ctx)
    found, mine = await _found(ctx, user, window)
    taken = list(islice((one for one in found if _is_after(one, window.after)), limit))
    return await _shown(ctx, user, taken, mine)


async def of_meeting(
    ctx: Context, standing: Standing, window: Window, limit: int
) -> list[OccurrenceRead]:
    """Return the times of one meeting in a window, those that one declined too."""
    check_window(window)
    row = standing.meeting
    mine = await answering.of_person(ctx, [row.id], standing.user.email)
    ahead = occurrences.between(row, standing.exceptions, window.since, window.before)
    taken = list(islice(ahead, limit)) if is_on(row) else []
    return await _shown(ctx, standing.user, taken, mine)


def check_window(window: Window) -> None:
    """Raise WindowUnusableError for one that is empty or too long."""
    if not timedelta(0) < window.before - window.since <= LONGEST_WINDOW:
        raise WindowUnusableError


def is_on(row: Meeting) -> bool:
    """Whether it takes place at all."""
    return row.status == "planned"


async def _shown(
    ctx: Context, user: User, taken: Sequence[Occurrence], mine: Mapping[UUID, Mine]
) -> list[OccurrenceRead]:
    codes = await rooms.codes(ctx, {found.meeting.room_id for found in taken})
    counted = await answering.counts(ctx, taken)
    return [
        _occurrence(found, user, mine.get(found.meeting.id), codes[found.meeting.room_id], counts)
        for found, counts in zip(taken, counted, strict=True)
    ]


async def conflicting(ctx: Context, user: User, times: Times) -> list[OccurrenceRead]:
    """Return what somebody has at the same times, of the first few of a plan."""
    pattern, duration_s = planning.read_times(times)
    begins = islice(pattern.begins(pattern.start, pattern.start + LONGEST_WINDOW), _COMPARED)
    moments = [zones.moment(wall, times.zone) for wall in begins]
    length = timedelta(seconds=duration_s)
    found, mine = await _found(ctx, user, Window(moments[0], moments[-1] + length))
    taken = [
        o for o in found if any(o.starts_at < at + length and at < o.ends_at for at in moments)
    ]
    return await _shown(ctx, user, taken[:_COMPARED], mine)


async def _found(
    ctx: Context, user: User, window: Window
) -> tuple[Iterator[Occurrence], Mapping[UUID, Mine]]:
    """Return what somebody has not declined, and what they said."""
    repository = MeetingRepository(ctx.session)
    since = max(window.since, window.after[0]) if window.after else window.since
    rows = await repository.list_of(user.id, user.email, window.since, window.before)
    if window.room_code:
        room = await rooms.get(ctx, window.room_code)
        rows = [row for row in rows if row.room_id == room.id]
    ids = [row.id for row in rows]
    exceptions = await repository.exceptions_of(ids)
    mine = await answering.of_person(ctx, ids, user.email)
    coming = [row for row in rows if row.id not in mine or not mine[row.id].stays_away]
    found = occurrences.merged(coming, exceptions, min(since, window.before), window.before)
    return (one for one in found if not _is_skipped(one, mine)), mine


def _is_skipped(found: Occurrence, mine: Mapping[UUID, Mine]) -> bool:
    said = mine.get(found.meeting.id)
    return said is not None and said.skips(found.recurrence)


def _common(row: Meeting) -> dict[str, object]:
    first = occurrences.nominal(row)
    return {
        "title": row.title,
        "agenda": row.agenda,
        "time_zone": row.zone,
        "start": first.start,
        "end": first.end,
        "rule": row.rule,
        "status": row.status,
    }


def _is_after(found: Occurrence, after: tuple[datetime, UUID] | None) -> bool:
    return after is None or (found.starts_at, str(found.meeting.id)) > (after[0], str(after[1]))


def _occurrence(
    found: Occurrence, user: User, mine: Mine | None, room_code: str, counts: dict[str, int]
) -> OccurrenceRead:
    row = found.meeting
    usual = mine.invited.role if mine else "attendee"
    return OccurrenceRead.model_validate(
        {
            "meeting_id": row.id,
            "recurrence": found.recurrence,
            "title": found.title,
            "agenda": found.agenda,
            "time_zone": row.zone,
            "start": found.start,
            "end": found.end,
            "starts_at": found.starts_at,
            "ends_at": found.ends_at,
            "room_code": room_code,
            "part": "organiser" if row.organiser_id == user.id else usual,
            "answer": mine.answer(found.recurrence) if mine else None,
            "answers": Counts(**counts),
            "is_repeated": bool(row.rule),
            "is_changed": found.is_changed,
        }
    )


def _seen(found: Occurrence, mine: Mine) -> dict[str, object]:
    return {
        "recurrence": found.recurrence,
        "start": found.start,
        "end": found.end,
        "answer": mine.answer(found.recurrence),
    }


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else seconds // _MINUTE_S
