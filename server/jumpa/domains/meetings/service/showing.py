"""Meetings as they are shown to those who are part of them."""

from collections.abc import Iterator, Sequence
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
from jumpa.domains.meetings.service import occurrences, planning
from jumpa.domains.meetings.service.access import Standing
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


@dataclass(frozen=True, slots=True)
class Window:
    """Between which moments, and behind which time of a meeting (its begin and id)."""

    since: datetime
    before: datetime
    after: tuple[datetime, UUID] | None = None


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
    seen = {"organiser": planned.organiser_name, "url": planned.url}
    own = {"email": row.email, "answer": row.answer}
    return InvitationSeen.model_validate({**_common(about), **seen, **own})


async def agenda(ctx: Context, window: Window, limit: int) -> list[OccurrenceRead]:
    """Return what takes place in a window among one's own meetings, in order of beginning."""
    if not timedelta(0) < window.before - window.since <= LONGEST_WINDOW:
        raise WindowUnusableError
    user = await people.read_own(ctx)
    found = await _found(ctx, user, window)
    taken = list(islice((one for one in found if _is_after(one, window.after)), limit))
    return await shown(ctx, user, taken)


async def shown(ctx: Context, user: User, taken: Sequence[Occurrence]) -> list[OccurrenceRead]:
    """Return times of meetings as somebody sees them."""
    ids = {found.meeting.id for found in taken}
    own = await InvitationRepository(ctx.session).own(ids, user.email)
    codes = await rooms.codes(ctx, {found.meeting.room_id for found in taken})
    return [_occurrence(one, user, own.get(one.meeting.id), codes) for one in taken]


async def conflicting(ctx: Context, user: User, times: Times) -> list[OccurrenceRead]:
    """Return what somebody has at the same times, of the first few of a plan."""
    pattern, duration_s = planning.read_times(times)
    begins = islice(pattern.begins(pattern.start, pattern.start + LONGEST_WINDOW), _COMPARED)
    moments = [zones.moment(wall, times.zone) for wall in begins]
    length = timedelta(seconds=duration_s)
    found = await _found(ctx, user, Window(moments[0], moments[-1] + length))
    taken = [
        o for o in found if any(o.starts_at < at + length and at < o.ends_at for at in moments)
    ]
    return await shown(ctx, user, taken[:_COMPARED])


async def _found(ctx: Context, user: User, window: Window) -> Iterator[Occurrence]:
    repository = MeetingRepository(ctx.session)
    since = max(window.since, window.after[0]) if window.after else window.since
    rows = await repository.list_of(user.id, user.email, window.since, window.before)
    exceptions = await repository.exceptions_of([row.id for row in rows])
    return occurrences.merged(rows, exceptions, min(since, window.before), window.before)


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
    found: Occurrence, user: User, invited: Invitation | None, codes: dict[UUID, str]
) -> OccurrenceRead:
    row = found.meeting
    part = "organiser" if row.organiser_id == user.id else invited.role if invited else "attendee"
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
            "room_code": codes[row.room_id],
            "part": part,
            "answer": invited.answer if invited else None,
            "is_repeated": bool(row.rule),
            "is_changed": found.is_changed,
        }
    )


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else seconds // _MINUTE_S
