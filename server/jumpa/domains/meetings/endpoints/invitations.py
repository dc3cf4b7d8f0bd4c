"""Who is invited, and what they answer, with an account or by the link of a letter."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from jumpa.domains.meetings.endpoints.doors import (
    AS_PART,
    TO_CHANGE,
    AnyEntry,
    Parts,
    does,
    guarded,
)
from jumpa.domains.meetings.endpoints.meetings import INVITING, guests_of
from jumpa.domains.meetings.errors import (
    GroupNotFoundError,
    InvitationNotFoundError,
    MeetingCancelledError,
    MeetingRoleTooLowError,
    OccurrenceNotFoundError,
    TooManyAnswersError,
)
from jumpa.domains.meetings.models import Invitation, Meeting, MeetingException
from jumpa.domains.meetings.schemas.planned import (
    INVITATION,
    AnswerGive,
    InvitationRead,
    InvitationsCreate,
    InvitationSeen,
    TokenAnswer,
    TokenShow,
    WallTime,
)
from jumpa.domains.meetings.service import access, answering, groups, inviting, series, showing
from jumpa.domains.meetings.service.roles import Doing, may
from jumpa.kit.context import Context
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.http.callers import Stranger
from jumpa.kit.http.problems import declared, shown

OneTime = Annotated[
    WallTime | None, Query(description="`recurrence` of the time that is meant; without it all.")
]

router = APIRouter(tags=["meetings"])


@router.get(
    "/meetings/{meeting_id}/invitations",
    responses=declared(*AS_PART, OccurrenceNotFoundError) | shown([INVITATION]),
    openapi_extra=does(Doing.READ_INVITED),
)
async def list_invitations(
    entry: AnyEntry, meeting_id: UUID, recurrence: OneTime = None
) -> list[InvitationRead]:
    """List who is invited, and what they answered: to all times, or to the one that is named."""
    async with entry.read(meeting_id, Doing.READ_INVITED) as (ctx, standing):
        if recurrence is not None:
            series.find(standing.meeting, standing.exceptions, recurrence)
        said = await answering.of_meeting(ctx, meeting_id)
        return [InvitationRead.of(mine.invited, mine.said(recurrence)) for mine in said]


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
    names_cohosts = any(one.role == "cohost" for one in body.invited)
    async with entry.write(meeting_id, Doing.INVITE) as (ctx, standing):
        if names_cohosts and not may(standing.part, Doing.NAME_COHOSTS):
            raise MeetingRoleTooLowError
        meeting = standing.meeting
        guests = await guests_of(ctx, body.invited) + await groups.guests_of(ctx, body.groups)
        known = {row.email for row in await inviting.list_all(ctx, meeting)}
        for _ in {guest.email for guest in guests} - known:
            await parts.rates.take(request, parts.letters, str(entry.actor.user_id))
        fresh = await inviting.invite(ctx, meeting, guests, parts.most_invited)
        await parts.post.tell(ctx, "invited", meeting, standing.exceptions, fresh)
        await entry.note(ctx, meeting, "meeting.invited", invited=len(fresh))
        found = [InvitationRead.of(row) for row in await inviting.list_all(ctx, meeting)]
        reach(FailPoint.INVITE_WRITTEN)
    reach(FailPoint.INVITE_COMMITTED)
    return found


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
    responses=declared(*TO_CHANGE, OccurrenceNotFoundError, TooManyAnswersError),
    openapi_extra=does(Doing.ANSWER),
)
async def answer_meeting(entry: AnyEntry, meeting_id: UUID, body: AnswerGive) -> Response:
    """Say whether you come, to all times or to one; you may say otherwise later."""
    async with entry.write(meeting_id, Doing.ANSWER) as (ctx, standing):
        if standing.invitation is not None:
            await _answer(ctx, standing.meeting, standing.exceptions, standing.invitation, body)
            await entry.note(ctx, standing.meeting, "meeting.answered", answer=body.answer)
    return Response(status_code=204)


@router.post("/invitations/look", responses=declared(InvitationNotFoundError))
async def look_at_invitation(parts: Parts, actor: Stranger, body: TokenShow) -> InvitationSeen:
    """Return what the link of a letter is about; no account is asked for."""
    with guarded(parts, actor.address):
        async with parts.work.read(actor.as_server()) as ctx:
            row = await inviting.by_token(ctx, parts.post.read(body.token))
            meeting = await access.of_invitation(ctx, row)
            return await showing.invitation(ctx, row, meeting, parts.post)


@router.post(
    "/invitations/answer",
    responses=declared(
        InvitationNotFoundError, MeetingCancelledError, OccurrenceNotFoundError, TooManyAnswersError
    ),
)
async def answer_invitation(parts: Parts, actor: Stranger, body: TokenAnswer) -> InvitationSeen:
    """Say by the link of a letter whether you come; no account is asked for."""
    with guarded(parts, actor.address):
        async with parts.work.write(actor.as_server()) as ctx:
            row = await inviting.by_token(ctx, parts.post.read(body.token))
            # Others who answer or change it wait.
            meeting = await access.of_invitation(ctx, row, for_update=True)
            exceptions = await access.exceptions_of(ctx, meeting)
            await _answer(ctx, meeting, exceptions, row, body)
            seen = await showing.invitation(ctx, row, meeting, parts.post)
            reach(FailPoint.ANSWER_WRITTEN)
        reach(FailPoint.ANSWER_COMMITTED)
    return seen


async def _answer(
    ctx: Context,
    meeting: Meeting,
    exceptions: Sequence[MeetingException],
    row: Invitation,
    body: AnswerGive,
) -> None:
    if body.recurrence is None:
        await answering.answer(ctx, meeting, row, body.answer)
        return
    access.check_on(meeting)
    found = series.find(meeting, exceptions, body.recurrence)
    if series.is_single(meeting, exceptions):
        await answering.answer(ctx, meeting, row, body.answer)
    else:
        await answering.answer_once(ctx, found, row, body.answer)
