"""Meetings are planned, changed and called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from uuid_utils.compat import uuid7

from jumpa.domains.meetings.errors import MeetingTimeUnusableError, TooManyMeetingsError
from jumpa.domains.meetings.events import MeetingCancelled, MeetingChanged, MeetingPlanned
from jumpa.domains.meetings.models import Meeting, MeetingException
from jumpa.domains.meetings.repository import MeetingRepository
from jumpa.domains.meetings.service import occurrences, recurrence
from jumpa.domains.meetings.service.recurrence import Pattern
from jumpa.domains.rooms.errors import RoleTooLowError
from jumpa.domains.rooms.models import Room
from jumpa.domains.rooms.service import rooms
from jumpa.domains.rooms.service.rooms import RoomLimits, Wanted
from jumpa.domains.users.models import User
from jumpa.kit import zones
from jumpa.kit.context import Context

LONGEST = timedelta(days=1)
MOST_AHEAD = 500
_FOR_EVER = datetime(2300, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Times:
    """When: what clocks in `zone` show at begin and end, and the rule of repeating or nothing."""

    start: datetime
    end: datetime
    zone: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a meeting is to be; without a room's code it gets a room of its own."""

    title: str
    times: Times
    agenda: str = ""
    room_code: str = ""
    opens_before_s: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different; what is None stays."""

    title: str | None = None
    agenda: str | None = None
    times: Times | None = None
    opens_before_s: int | None = None
    sets_opening: bool = False


async def create(ctx: Context, organiser: User, plan: Plan, limits: RoomLimits) -> Meeting:
    """Plan a meeting; raises what is wrong with its times, its room or their number."""
    now = ctx.clock()
    rooms.check_title(plan.title, limits)
    meetings = MeetingRepository(ctx.session)
    if await meetings.count_ahead(organiser.id, now) >= MOST_AHEAD:
        raise TooManyMeetingsError
    pattern, duration_s = read_times(plan.times)
    room = await _room(ctx, plan, pattern, limits)
    meeting = Meeting(
        id=uuid7(),
        room_id=room.id,
        has_own_room=not plan.room_code,
        organiser_id=organiser.id,
        title=plan.title,
        agenda=plan.agenda,
        language=ctx.actor.language,
        zone=pattern.zone,
        start=pattern.start,
        duration_s=duration_s,
        rule=pattern.rule,
        opens_before_s=plan.opens_before_s,
        status="planned",
        sequence=0,
        version=1,
        created_at=now,
        updated_at=now,
    )
    meeting.first_at, meeting.last_at = occurrences.span(meeting, [])
    await meetings.add(meeting)
    ctx.emit(MeetingPlanned(meeting.id, meeting.organisation_id))
    return meeting


async def change(
    ctx: Context, meeting: Meeting, exceptions: list[MeetingException], wanted: Change
) -> bool:
    """Change all of a meeting; return whether people have to be asked again."""
    if wanted.title is not None:
        meeting.title = wanted.title
    if wanted.agenda is not None:
        meeting.agenda = wanted.agenda
    if wanted.sets_opening:
        meeting.opens_before_s = wanted.opens_before_s
    is_moved = False
    if wanted.times is not None:
        is_moved = await _move(ctx, meeting, exceptions, wanted.times)
    await touch(ctx, meeting, exceptions)
    return is_moved


async def touch(ctx: Context, meeting: Meeting, exceptions: Sequence[MeetingException]) -> None:
    """Note that a meeting changed, for calendars and for those who read it before."""
    meeting.first_at, meeting.last_at = occurrences.span(meeting, exceptions)
    meeting.sequence += 1
    meeting.version += 1
    meeting.updated_at = ctx.clock()
    if meeting.has_own_room:
        room = await rooms.by_id(ctx, meeting.room_id)
        room.title, room.scheduled_at = meeting.title, meeting.first_at
        room.is_persistent = room.is_persistent or bool(meeting.rule)
        room.version += 1
    ctx.emit(MeetingChanged(meeting.id, meeting.organisation_id))


async def cancel(ctx: Context, meeting: Meeting) -> None:
    """Call off all of a meeting; a room of its own closes unless another part of it goes on."""
    meeting.status = "cancelled"
    meeting.sequence += 1
    meeting.version += 1
    meeting.updated_at = ctx.clock()
    await ctx.session.flush()
    await close_room(ctx, meeting)
    ctx.emit(MeetingCancelled(meeting.id, meeting.organisation_id))


async def close_room(ctx: Context, meeting: Meeting) -> None:
    """Close a room that was made for a meeting once nothing is planned in it any more."""
    if not meeting.has_own_room:
        return
    meetings = MeetingRepository(ctx.session)
    ahead = await meetings.list_in_room(meeting.room_id, ctx.clock(), _FOR_EVER)
    if not any(other.id != meeting.id for other in ahead):
        room = await rooms.by_id(ctx, meeting.room_id)
        await rooms.close(ctx, room)


def read_times(times: Times) -> tuple[Pattern, int]:
    """Return them as they are stored; MeetingTimeUnusableError and what rules raise."""
    begins, ends = zones.moment(times.start, times.zone), zones.moment(times.end, times.zone)
    if not timedelta(0) < ends - begins <= LONGEST:
        raise MeetingTimeUnusableError
    pattern = recurrence.checked(Pattern(times.start, times.zone, times.rule))
    return pattern, int((ends - begins).total_seconds())


async def shift(
    ctx: Context, meeting: Meeting, exceptions: list[MeetingException], by: timedelta
) -> None:
    """Let exceptions follow their series; those that its rule no longer names are forgotten."""
    pattern = occurrences.pattern_of(meeting)
    for row in list(exceptions):
        moved = row.recurrence + by
        if row.kind != "added" and not pattern.is_begin(moved):
            exceptions.remove(row)
            await MeetingRepository(ctx.session).remove(row)
            continue
        if row.start == row.recurrence:
            row.start = moved
        row.recurrence = moved
    await ctx.session.flush()


async def _move(
    ctx: Context, meeting: Meeting, exceptions: list[MeetingException], times: Times
) -> bool:
    before = occurrences.pattern_of(meeting)
    pattern, duration_s = read_times(times)
    if (pattern, duration_s) == (before, meeting.duration_s):
        return False
    for row in exceptions:
        if row.duration_s == meeting.duration_s:
            row.duration_s = duration_s
    meeting.start, meeting.zone, meeting.rule = pattern.start, pattern.zone, pattern.rule
    meeting.duration_s = duration_s
    if pattern != before:
        await shift(ctx, meeting, exceptions, pattern.start - before.start)
    return True


async def _room(ctx: Context, plan: Plan, pattern: Pattern, limits: RoomLimits) -> Room:
    if plan.room_code:
        room = await rooms.get_for_update(ctx, plan.room_code)
        if room.host_id != ctx.actor.user_id:
            raise RoleTooLowError
        rooms.check_open(room)
        return room
    begins = zones.moment(pattern.start, pattern.zone)
    wanted = Wanted(title=plan.title, scheduled_at=begins, is_persistent=bool(pattern.rule))
    room, _ = await rooms.create(ctx, wanted, limits)
    return room
