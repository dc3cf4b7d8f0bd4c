"""People are invited, and answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.meetings.errors import (
    CohostUnknownError,
    InvitationNotFoundError,
    MeetingRoleTooLowError,
    OrganiserInvitedError,
    TooManyInvitedError,
)
from jumpa.domains.meetings.events import InvitationTakenBack, SomebodyInvited
from jumpa.domains.meetings.models import Invitation, Meeting
from jumpa.domains.meetings.repository import InvitationRepository, MeetingRepository
from jumpa.domains.meetings.service.roles import Doing, Part, may
from jumpa.domains.rooms.service import reserving
from jumpa.domains.users.models import User
from jumpa.domains.users.service import choices, people
from jumpa.kit.context import Context

Role = Literal["attendee", "cohost"]


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom to invite; who is invited already becomes what this says."""

    email: str
    name: str = ""
    role: Role = "attendee"


async def invite(
    ctx: Context, meeting: Meeting, guests: Sequence[Guest], most: int
) -> list[Invitation]:
    """Invite people by their addresses; return those to whom that is news."""
    invitations = InvitationRepository(ctx.session)
    organiser = await people.get(ctx, meeting.organiser_id)
    known = {row.email: row for row in await invitations.list_of(meeting.id)}
    fresh: list[Invitation] = []
    for guest in {guest.email: guest for guest in guests}.values():
        if guest.email == organiser.email:
            raise OrganiserInvitedError
        user = await people.find_by_email(ctx, guest.email)
        row = known.get(guest.email)
        if row is None:
            row = await _invitation(ctx, meeting, guest, user)
            await MeetingRepository(ctx.session).add(row)
            ctx.emit(SomebodyInvited(meeting.id, meeting.organisation_id, row.email))
            fresh.append(row)
        await _appoint(ctx, meeting, row, guest.role, user)
    if len(known) + len(fresh) > most:
        raise TooManyInvitedError(f"At most {most} people are invited to a meeting.")
    return fresh


async def list_all(ctx: Context, meeting: Meeting) -> Sequence[Invitation]:
    """Return who is invited, in the order of being so."""
    return await InvitationRepository(ctx.session).list_of(meeting.id)


async def take_back(ctx: Context, meeting: Meeting, part: Part, invitation_id: UUID) -> Invitation:
    """Forget an invitation; InvitationNotFoundError, and MeetingRoleTooLowError for co-hosts'."""
    row = await InvitationRepository(ctx.session).by_id(invitation_id)
    if row is None or row.meeting_id != meeting.id:
        raise InvitationNotFoundError
    if row.role == "cohost" and not may(part, Doing.NAME_COHOSTS):
        raise MeetingRoleTooLowError
    await _appoint(ctx, meeting, row, "attendee", await people.find_by_email(ctx, row.email))
    await MeetingRepository(ctx.session).remove(row)
    ctx.emit(InvitationTakenBack(meeting.id, meeting.organisation_id, row.email))
    return row


async def by_token(ctx: Context, invitation_id: UUID | None) -> Invitation:
    """Return what a token answers for; all that do not work are refused alike.

    From here on the transaction sees the organisation of the meeting alone.
    """
    found = InvitationRepository(ctx.session)
    row = await found.by_id(invitation_id) if invitation_id else None
    if row is None:
        raise InvitationNotFoundError
    await ctx.enter(row.organisation_id)
    return row


async def _invitation(
    ctx: Context, meeting: Meeting, guest: Guest, user: User | None
) -> Invitation:
    chosen = await choices.find_language(ctx, user) if user else None
    name = f"{user.first_name} {user.last_name}" if user else guest.name
    return Invitation(
        id=uuid7(),
        organisation_id=meeting.organisation_id,
        meeting_id=meeting.id,
        email=guest.email,
        name=name[:100],
        role="attendee",
        answer="needs_action",
        language=chosen or meeting.language,
        created_at=ctx.clock(),
    )


async def _appoint(
    ctx: Context, meeting: Meeting, row: Invitation, role: Role, user: User | None
) -> None:
    if row.role == role:
        return
    if role == "cohost" and user is None:
        raise CohostUnknownError
    row.role = role
    if user is not None:
        await reserving.appoint(ctx, meeting.room_id, user, moderates=role == "cohost")
