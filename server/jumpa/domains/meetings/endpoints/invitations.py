"""Who is invited, and what they answer, with an account or by the link of a letter."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from jumpa.domains.meetings.endpoints.doors import (
    AS_PART,
    TO_CHANGE,
    AnyEntry,
    Parts,
    does,
    guarded,
)
from jumpa.domains.meetings.endpoints.meetings import INVITING
from jumpa.domains.meetings.errors import (
    GroupNotFoundError,
    InvitationNotFoundError,
    MeetingCancelledError,
    MeetingRoleTooLowError,
)
from jumpa.domains.meetings.schemas.planned import (
    INVITATION,
    AnswerGive,
    InvitationRead,
    InvitationsCreate,
    InvitationSeen,
    TokenAnswer,
    TokenShow,
)
from jumpa.domains.meetings.service import groups, inviting, showing
from jumpa.domains.meetings.service.inviting import Guest
from jumpa.domains.meetings.service.roles import Doing, may
from jumpa.kit.http.callers import Stranger
from jumpa.kit.http.problems import declared, shown

router = APIRouter(tags=["meetings"])


@router.get(
    "/meetings/{meeting_id}/invitations",
    responses=declared(*AS_PART) | shown([INVITATION]),
    openapi_extra=does(Doing.READ_INVITED),
)
async def list_invitations(entry: AnyEntry, meeting_id: UUID) -> list[InvitationRead]:
    """List who is invited, and what they answered."""
    async with entry.read(meeting_id, Doing.READ_INVITED) as (ctx, standing):
        return [InvitationRead.of(row) for row in await inviting.list_all(ctx, standing.meeting)]


@router.post(
    "/meetings/{meeting_id}/invitations",
    responses=declared(*TO_CHANGE, *INVITING, GroupNotFoundError) | shown([INVITATION]),
    openapi_extra=does(Doing.INVITE),
)
async def invite(
    request: Request, entry: AnyEntry, meeting_id: UUID, body: InvitationsCreate
) -> list[InvitationRead]:
    """Invite people; who is invited already is not written to again, and may become co-host."""
    parts = entry.parts
    guests = [Guest(one.email, one.name or "", one.role) for one in body.invited]
    async with entry.write(meeting_id, Doing.INVITE) as (ctx, standing):
        if any(guest.role == "cohost" for guest in guests) and not may(
            standing.part, Doing.NAME_COHOSTS
        ):
            raise MeetingRoleTooLowError
        meeting = standing.meeting
        guests += await groups.guests_of(ctx, body.groups)
        known = {row.email for row in await inviting.list_all(ctx, meeting)}
        for _ in {guest.email for guest in guests} - known:
            await parts.rates.take(request, parts.letters, str(entry.actor.user_id))
        fresh = await inviting.invite(ctx, meeting, guests, parts.most_invited)
        await parts.post.tell(ctx, "invited", meeting, standing.exceptions, fresh)
        await entry.note(ctx, meeting, "meeting.invited", invited=len(fresh))
        return [InvitationRead.of(row) for row in await inviting.list_all(ctx, meeting)]


@router.delete(
    "/meetings/{meeting_id}/invitations/{invitation_id}",
    status_code=204,
    responses=declared(*TO_CHANGE, InvitationNotFoundError),
    openapi_extra=does(Doing.INVITE),
)
async def take_back_invitation(entry: AnyEntry, meeting_id: UUID, invitation_id: UUID) -> Response:
    """Take an invitation back; whoever had it is told."""
    async with entry.write(meeting_id, Doing.INVITE) as (ctx, standing):
        row = await inviting.take_back(ctx, standing.meeting, standing.part, invitation_id)
        await entry.parts.post.tell(ctx, "uninvited", standing.meeting, standing.exceptions, [row])
        await entry.note(ctx, standing.meeting, "meeting.invitation_taken_back")
    return Response(status_code=204)


@router.put(
    "/meetings/{meeting_id}/answer",
    status_code=204,
    responses=declared(*TO_CHANGE),
    openapi_extra=does(Doing.ANSWER),
)
async def answer_meeting(entry: AnyEntry, meeting_id: UUID, body: AnswerGive) -> Response:
    """Say whether you come; you may say otherwise later."""
    async with entry.write(meeting_id, Doing.ANSWER) as (ctx, standing):
        if standing.invitation is not None:
            await inviting.answer(ctx, standing.meeting, standing.invitation, body.answer)
            await entry.note(ctx, standing.meeting, "meeting.answered", answer=body.answer)
    return Response(status_code=204)


@router.post("/invitations/look", responses=declared(InvitationNotFoundError))
async def look_at_invitation(parts: Parts, actor: Stranger, body: TokenShow) -> InvitationSeen:
    """Return what the link of a letter is about; no account is asked for."""
    with guarded(parts, actor.address):
        async with parts.work.read(actor.as_server()) as ctx:
            row, meeting = await inviting.by_token(ctx, parts.post.read(body.token))
            return await showing.invitation(ctx, row, meeting, parts.post)


@router.post(
    "/invitations/answer",
    responses=declared(InvitationNotFoundError, MeetingCancelledError),
)
async def answer_invitation(parts: Parts, actor: Stranger, body: TokenAnswer) -> InvitationSeen:
    """Say by the link of a letter whether you come; no account is asked for."""
    with guarded(parts, actor.address):
        async with parts.work.write(actor.as_server()) as ctx:
            row, meeting = await inviting.by_token(ctx, parts.post.read(body.token))
            await inviting.answer(ctx, meeting, row, body.answer)
            return await showing.invitation(ctx, row, meeting, parts.post)
