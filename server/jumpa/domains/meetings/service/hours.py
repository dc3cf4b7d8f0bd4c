"""From when on the room of a planned meeting is open."""

from datetime import datetime, timedelta

from jumpa.domains.meetings.models import Meeting, MeetingException
from jumpa.domains.meetings.repository import MeetingRepository
from jumpa.domains.meetings.service import occurrences
from jumpa.domains.rooms.models import Room
from jumpa.kit.context import Context

_AHEAD = timedelta(days=400)


async def opens_at(ctx: Context, room: Room) -> datetime | None:
    """Return when a room opens that was made for a meeting, or None while it is open."""
    if room.scheduled_at is None:
        return None
    now = ctx.clock()
    meetings = MeetingRepository(ctx.session)
    planned = await meetings.list_in_room(room.id, now, now + _AHEAD)
    if not planned or any(not _has_hours(meeting) for meeting in planned):
        return None
    exceptions = await meetings.exceptions_of([meeting.id for meeting in planned])
    openings = [_opening(meeting, exceptions[meeting.id], now) for meeting in planned]
    first = min((at for at in openings if at is not None), default=None)
    return first if first is not None and first > now else None


def _has_hours(meeting: Meeting) -> bool:
    return meeting.has_own_room and meeting.opens_before_s is not None


def _opening(
    meeting: Meeting, exceptions: list[MeetingException], now: datetime
) -> datetime | None:
    found = next(occurrences.between(meeting, exceptions, now, now + _AHEAD), None)
    before = timedelta(seconds=meeting.opens_before_s or 0)
    return None if found is None else found.starts_at - before
