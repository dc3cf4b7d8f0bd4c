"""What others need to know who write meetings into calendars elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from jumpa.domains.meetings.models import Meeting, MeetingException
from jumpa.domains.meetings.repository import InvitationRepository, MeetingRepository
from jumpa.domains.meetings.service import answering
from jumpa.domains.meetings.service.answering import Mine
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.context import Context

_ACCEPTED, _DECLINED = "accepted", "declined"
# As far as a series goes on.
_AHEAD = timedelta(days=365 * 20)


@dataclass(frozen=True, slots=True)
class Followed:
    """A meeting with what is not as its rule says."""

    meeting: Meeting
    exceptions: Sequence[MeetingException]


@dataclass(frozen=True, slots=True)
class Coming:
    """To which times of a meeting somebody comes.

    Who is asked once more, because the time changed, keeps what stands until they decline.
    """

    mine: Mine | None
    stands: bool = False
    is_invited: bool = True

    def comes(self, recurrence: datetime | None = None) -> bool:
        """Whether they come to one time, or to all that have no answer of their own."""
        if self.mine is None:
            return self.is_invited
        answer = self.mine.answer(recurrence)
        return answer == _ACCEPTED or (self.stands and answer != _DECLINED)

    @property
    def singles(self) -> list[datetime]:
        """The times that have an answer of their own, in order."""
        return sorted(self.mine.singles) if self.mine else []


EVERY_TIME = Coming(None)


async def find(ctx: Context, meeting_id: UUID) -> Followed | None:
    """Return a meeting, or None when it is gone."""
    meetings = MeetingRepository(ctx.session)
    meeting = await meetings.by_id(meeting_id)
    if meeting is None:
        return None
    return Followed(meeting, (await meetings.exceptions_of([meeting_id]))[meeting_id])


async def coming_of(ctx: Context, meeting: Meeting, user: User) -> Coming:
    """Return to which times somebody comes; organisers to all, who is not invited to none."""
    if meeting.organiser_id == user.id:
        return EVERY_TIME
    said = await answering.of_person(ctx, [meeting.id], user.email)
    is_ours = user.organisation_id == meeting.organisation_id
    mine = said.get(meeting.id) if is_ours else None
    return Coming(mine, is_invited=mine is not None)


async def followers(ctx: Context, meeting: Meeting) -> list[UUID]:
    """Return the people with an account who organise a meeting or are invited to it."""
    rows = await InvitationRepository(ctx.session).list_of(meeting.id)
    known = [await people.find_by_email(ctx, row.email) for row in rows]
    ours = [user.id for user in known if user and user.organisation_id == meeting.organisation_id]
    return [meeting.organiser_id, *ours]


async def list_ahead(ctx: Context, user: User) -> list[UUID]:
    """Return the meetings that somebody organises or has not declined, and that are not over."""
    now = ctx.clock()
    found = await MeetingRepository(ctx.session).list_of(user.id, user.email, now, now + _AHEAD)
    return [meeting.id for meeting in found]
