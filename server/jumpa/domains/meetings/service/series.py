"""One time of a series is moved, called off or added, or a series is changed from one time on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from uuid_utils.compat import uuid7

from jumpa.domains.meetings.errors import (
    OccurrenceNotFoundError,
    OccurrenceTakenError,
    TooManyExceptionsError,
)
from jumpa.domains.meetings.events import MeetingPlanned
from jumpa.domains.meetings.models import Meeting, MeetingException
from jumpa.domains.meetings.repository import AnswerRepository, MeetingRepository
from jumpa.domains.meetings.service import answering, occurrences, planning, recurrence
from jumpa.domains.meetings.service.occurrences import Occurrence
from jumpa.domains.meetings.service.planning import Times
from jumpa.kit import zones
from jumpa.kit.context import Context

MOST_EXCEPTIONS = 500


@dataclass(frozen=True, slots=True)
class OccurrenceChange:
    """What is to be different about one time, or from one time on; what is None stays."""

    start: datetime | None = None
    end: datetime | None = None
    title: str | None = None
    agenda: str | None = None
    rule: str | None = None


def find(meeting: Meeting, exceptions: Sequence[MeetingException], wall: datetime) -> Occurrence:
    """Return one time of a series; raises OccurrenceNotFoundError."""
    found = occurrences.one(meeting, exceptions, wall)
    if found is None:
        raise OccurrenceNotFoundError
    return found


async def change_one(
    ctx: Context,
    meeting: Meeting,
    exceptions: list[MeetingException],
    found: Occurrence,
    wanted: OccurrenceChange,
) -> None:
    """Let one time be other than its rule says."""
    start = wanted.start or found.start
    duration_s = _duration_s(meeting, found, wanted)
    _check_free(meeting, exceptions, found, start)
    row = await _row(ctx, meeting, exceptions, found)
    if (start, duration_s) != (found.start, found.duration_s):
        await answering.ask_again_once(ctx, meeting, found.recurrence)
    row.kind = "changed" if row.kind != "added" else "added"
    row.start, row.duration_s = start, duration_s
    if wanted.title is not None:
        row.title = wanted.title
    if wanted.agenda is not None:
        row.agenda = wanted.agenda
    await planning.touch(ctx, meeting, exceptions)


async def remove_one(
    ctx: Context, meeting: Meeting, exceptions: list[MeetingException], found: Occurrence
) -> None:
    """Call one time off; the last one that is left calls off the meeting."""
    row = await _row(ctx, meeting, exceptions, found)
    await AnswerRepository(ctx.session).forget_one(meeting.id, found.recurrence)
    if row.kind == "added":
        exceptions.remove(row)
        await MeetingRepository(ctx.session).remove(row)
    else:
        row.kind, row.start = "removed", row.recurrence
    if next(occurrences.between(meeting, exceptions, meeting.first_at, meeting.last_at), None):
        await planning.touch(ctx, meeting, exceptions)
    else:
        await planning.cancel(ctx, meeting)


async def add_one(
    ctx: Context, meeting: Meeting, exceptions: list[MeetingException], start: datetime
) -> Occurrence:
    """Let a meeting take place once more (RDATE)."""
    former = next((row for row in exceptions if row.recurrence == start), None)
    if former is not None and former.kind == "removed":
        exceptions.remove(former)
        await MeetingRepository(ctx.session).remove(former)
    else:
        _check_free(meeting, exceptions, None, start)
        row = _exception(meeting, start, "added")
        await _keep(ctx, exceptions, row)
    await answering.ask_again_once(ctx, meeting, start)
    await planning.touch(ctx, meeting, exceptions)
    return find(meeting, exceptions, start)


async def split(
    ctx: Context,
    meeting: Meeting,
    exceptions: list[MeetingException],
    found: Occurrence,
    wanted: OccurrenceChange,
) -> Meeting:
    """End a series before one time and begin another there; return that one.

    Both keep their people; the later one takes the later exceptions along.
    """
    at = found.recurrence
    pattern = occurrences.pattern_of(meeting)
    count = pattern.count_before(at)
    rule = wanted.rule if wanted.rule is not None else recurrence.less(meeting.rule, count)
    start = wanted.start or found.start
    end = wanted.end or zones.after(start, found.duration_s, meeting.zone)
    later, duration_s = planning.read_times(Times(start, end, meeting.zone, rule))
    made = _following(ctx, meeting, wanted)
    made.start, made.rule, made.duration_s = later.start, later.rule, duration_s
    made.first_at, made.last_at = occurrences.span(made, [])
    await MeetingRepository(ctx.session).add(made)
    taken = [row for row in exceptions if row.recurrence >= at]
    await _hand_over(ctx, made, exceptions, taken, start - at)
    is_moved = (start, duration_s) != (at, meeting.duration_s) or wanted.rule is not None
    await answering.hand_over(ctx, meeting, made, at, asks_again=is_moved)
    meeting.rule = recurrence.ending_before(meeting.rule, at, meeting.zone)
    await planning.touch(ctx, meeting, exceptions)
    ctx.emit(MeetingPlanned(made.id, made.organisation_id))
    return made


async def end_before(
    ctx: Context, meeting: Meeting, exceptions: list[MeetingException], found: Occurrence
) -> None:
    """Call off one time and all later ones."""
    at = found.recurrence
    for row in [row for row in exceptions if row.recurrence >= at]:
        exceptions.remove(row)
        await MeetingRepository(ctx.session).remove(row)
    await AnswerRepository(ctx.session).forget(meeting.id, at)
    meeting.rule = recurrence.ending_before(meeting.rule, at, meeting.zone)
    await planning.touch(ctx, meeting, exceptions)


def is_first(meeting: Meeting, found: Occurrence) -> bool:
    """Whether "this and following" is all there is."""
    return not meeting.rule or found.recurrence <= meeting.start


def is_single(meeting: Meeting, exceptions: Sequence[MeetingException]) -> bool:
    """Whether a meeting takes place once."""
    return not meeting.rule and not any(row.kind == "added" for row in exceptions)


def _following(ctx: Context, meeting: Meeting, wanted: OccurrenceChange) -> Meeting:
    return Meeting(
        id=uuid7(),
        organisation_id=meeting.organisation_id,
        room_id=meeting.room_id,
        has_own_room=meeting.has_own_room,
        organiser_id=meeting.organiser_id,
        follows_id=meeting.id,
        title=wanted.title if wanted.title is not None else meeting.title,
        agenda=wanted.agenda if wanted.agenda is not None else meeting.agenda,
        language=meeting.language,
        zone=meeting.zone,
        opens_before_s=meeting.opens_before_s,
        status="planned",
        sequence=0,
        version=1,
        created_at=ctx.clock(),
        updated_at=ctx.clock(),
    )


async def _hand_over(
    ctx: Context,
    made: Meeting,
    exceptions: list[MeetingException],
    taken: list[MeetingException],
    by: timedelta,
) -> None:
    for row in taken:
        exceptions.remove(row)
        row.meeting_id = made.id
    await planning.shift(ctx, made, taken, by)
    made.first_at, made.last_at = occurrences.span(made, taken)


def _duration_s(meeting: Meeting, found: Occurrence, wanted: OccurrenceChange) -> int:
    if wanted.end is None:
        return found.duration_s
    times = Times(wanted.start or found.start, wanted.end, meeting.zone)
    return planning.read_times(times)[1]


def _check_free(
    meeting: Meeting,
    exceptions: Sequence[MeetingException],
    found: Occurrence | None,
    start: datetime,
) -> None:
    """Raise OccurrenceTakenError when another time of the meeting begins then."""
    other = occurrences.one(meeting, exceptions, start)
    others = [row.recurrence for row in exceptions if row.kind != "removed" and row.start == start]
    if other is not None and other.start == start:
        others.append(other.recurrence)
    if any(found is None or name != found.recurrence for name in others):
        raise OccurrenceTakenError


async def _row(
    ctx: Context, meeting: Meeting, exceptions: list[MeetingException], found: Occurrence
) -> MeetingException:
    for row in exceptions:
        if row.recurrence == found.recurrence:
            return row
    row = _exception(meeting, found.recurrence, "changed")
    await _keep(ctx, exceptions, row)
    return row


def _exception(meeting: Meeting, recurrence_id: datetime, kind: str) -> MeetingException:
    return MeetingException(
        id=uuid7(),
        organisation_id=meeting.organisation_id,
        meeting_id=meeting.id,
        recurrence=recurrence_id,
        kind=kind,
        start=recurrence_id,
        duration_s=meeting.duration_s,
    )


async def _keep(ctx: Context, exceptions: list[MeetingException], row: MeetingException) -> None:
    if len(exceptions) >= MOST_EXCEPTIONS:
        raise TooManyExceptionsError
    exceptions.append(row)
    await MeetingRepository(ctx.session).add(row)
