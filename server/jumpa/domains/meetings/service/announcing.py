"""What others need to know about a meeting to tell people of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jumpa.domains.meetings.models import Meeting
from jumpa.domains.meetings.repository import MeetingRepository
from jumpa.domains.meetings.service import answering, occurrences
from jumpa.domains.meetings.service.answering import Mine
from jumpa.domains.meetings.service.occurrences import Occurrence
from jumpa.domains.rooms.service import rooms
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.context import Context


@dataclass(frozen=True, slots=True)
class Announced:
    """A meeting, its organiser, who with an account has not declined, and the way in."""

    meeting: Meeting
    organiser: User
    invited: Sequence[User]
    code: str

    @property
    def is_on(self) -> bool:
        """Whether it takes place at all."""
        return self.meeting.status == "planned"


async def find(ctx: Context, meeting_id: UUID) -> Announced | None:
    """Return a meeting, or None when it is gone."""
    meeting = await MeetingRepository(ctx.session).by_id(meeting_id)
    if meeting is None:
        return None
    organiser = await people.get(ctx, meeting.organiser_id)
    room = await rooms.by_id(ctx, meeting.room_id)
    said = await answering.of_meeting(ctx, meeting_id)
    invited = await _people(ctx, meeting, (mine for mine in said if not mine.stays_away))
    return Announced(meeting, organiser, invited, room.code)


async def expected(ctx: Context, found: Occurrence) -> list[User]:
    """Return who with an account has not declined one time."""
    said = await answering.of_meeting(ctx, found.meeting.id)
    coming = (mine for mine in said if not mine.skips(found.recurrence))
    return await _people(ctx, found.meeting, coming)


async def occurrence(ctx: Context, meeting: Meeting, recurrence: datetime) -> Occurrence | None:
    """Return one time of a meeting, or None."""
    exceptions = await MeetingRepository(ctx.session).exceptions_of([meeting.id])
    return occurrences.one(meeting, exceptions[meeting.id], recurrence)


async def next_after(ctx: Context, meeting: Meeting, moment: datetime) -> Occurrence | None:
    """Return the first time of a meeting that begins after this moment."""
    exceptions = await MeetingRepository(ctx.session).exceptions_of([meeting.id])
    ahead = occurrences.between(meeting, exceptions[meeting.id], moment, meeting.last_at)
    return next((found for found in ahead if found.starts_at > moment), None)


async def _people(ctx: Context, meeting: Meeting, said: Iterable[Mine]) -> list[User]:
    known = [await people.find_by_email(ctx, mine.invited.email) for mine in said]
    return [user for user in known if user and user.organisation_id == meeting.organisation_id]
