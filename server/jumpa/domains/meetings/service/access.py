"""Who stands before a planned meeting, and whether their part in it opens it."""

from dataclasses import dataclass
from uuid import UUID

from jumpa.domains.meetings.errors import (
    InvitationNotFoundError,
    MeetingCancelledError,
    MeetingNotFoundError,
    MeetingRoleTooLowError,
)
from jumpa.domains.meetings.models import Invitation, Meeting, MeetingException
from jumpa.domains.meetings.repository import InvitationRepository, MeetingRepository
from jumpa.domains.meetings.service.roles import Doing, Part, may
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.context import Context


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody at a meeting, as what; organisers have no invitation."""

    user: User
    meeting: Meeting
    exceptions: list[MeetingException]
    part: Part
    invitation: Invitation | None


async def look(ctx: Context, meeting_id: UUID, doing: Doing) -> Standing:
    """Return who asks; MeetingNotFoundError for strangers, MeetingRoleTooLowError."""
    return await _stand(ctx, await MeetingRepository(ctx.session).by_id(meeting_id), doing)


async def enter(ctx: Context, meeting_id: UUID, doing: Doing) -> Standing:
    """Do the same to change something: others wait, and MeetingCancelledError when it is off."""
    meeting = await MeetingRepository(ctx.session).by_id_for_update(meeting_id)
    standing = await _stand(ctx, meeting, doing)
    check_on(standing.meeting)
    return standing


async def of_invitation(
    ctx: Context, invitation: Invitation, *, for_update: bool = False
) -> Meeting:
    """Return what somebody is invited to, with their link alone; InvitationNotFoundError."""
    meetings = MeetingRepository(ctx.session)
    find = meetings.by_id_for_update if for_update else meetings.by_id
    meeting = await find(invitation.meeting_id)
    if meeting is None:
        raise InvitationNotFoundError
    return meeting


async def exceptions_of(ctx: Context, meeting: Meeting) -> list[MeetingException]:
    """Return what is not as the rule says."""
    return (await MeetingRepository(ctx.session).exceptions_of([meeting.id]))[meeting.id]


def check_on(meeting: Meeting) -> None:
    """Raise MeetingCancelledError unless it takes place."""
    if meeting.status == "cancelled":
        raise MeetingCancelledError


async def _stand(ctx: Context, meeting: Meeting | None, doing: Doing) -> Standing:
    if meeting is None:
        raise MeetingNotFoundError
    user = await people.read_own(ctx)
    invited = await InvitationRepository(ctx.session).by_email(meeting.id, user.email)
    part = _part(meeting, user, invited)
    if part is Part.STRANGER:
        raise MeetingNotFoundError
    if not may(part, doing):
        raise MeetingRoleTooLowError
    return Standing(user, meeting, await exceptions_of(ctx, meeting), part, invited)


def _part(meeting: Meeting, user: User, invited: Invitation | None) -> Part:
    if meeting.organiser_id == user.id:
        return Part.ORGANISER
    if invited is None:
        return Part.STRANGER
    return Part.COHOST if invited.role == "cohost" else Part.ATTENDEE
