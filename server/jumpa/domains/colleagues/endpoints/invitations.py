"""Invitations to the organisation: sent, sent again, taken back."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from jumpa.domains.colleagues.endpoints.doors import Cursor, Doors, Limit
from jumpa.domains.colleagues.errors import ColleagueInvitationNotFoundError
from jumpa.domains.colleagues.schemas import (
    INVITATION,
    ColleagueInvitationCreate,
    ColleagueInvitationRead,
)
from jumpa.domains.colleagues.service import inviting
from jumpa.domains.colleagues.service.inviting import Wanted
from jumpa.domains.users.errors import EmailTakenError
from jumpa.kit.http.callers import ADMINISTRATING, Administrator
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.paging import CursorMalformedError, Page, cursor_of, read_slice

_ONE = (*ADMINISTRATING, ColleagueInvitationNotFoundError)

router = APIRouter(prefix="/organisation/invitations", tags=["organisation"])


@router.get(
    "",
    responses=declared(*ADMINISTRATING, CursorMalformedError)
    | shown({"items": [INVITATION], "next_cursor": None}),
)
async def list_colleague_invitations(
    doors: Doors, actor: Administrator, cursor: Cursor = None, limit: Limit = 50
) -> Page[ColleagueInvitationRead]:
    """List invitations that nobody has accepted yet, by address."""
    page = read_slice(cursor, limit)
    async with doors.work.read(actor) as ctx:
        found = await inviting.list_some(ctx, page)
        is_open = await inviting.list_open(ctx, found)
    last = found[-1] if len(found) == limit else None
    return Page(
        items=[ColleagueInvitationRead.of(one, is_open=one.id in is_open) for one in found],
        next_cursor=cursor_of(last.email, last.id) if last else None,
    )


@router.post(
    "",
    status_code=201,
    responses=declared(*ADMINISTRATING, EmailTakenError)
    | {200: {"model": ColleagueInvitationRead, "description": "A new link for an earlier one"}},
)
async def invite_colleague(
    request: Request,
    doors: Doors,
    actor: Administrator,
    body: ColleagueInvitationCreate,
    response: Response,
) -> ColleagueInvitationRead:
    """Write to an address; the link in the letter makes an account in your organisation."""
    await doors.count_letter(request, str(actor.user_id), body.email)
    wanted = Wanted(body.email, body.role, body.language or actor.language)
    async with doors.work.write(actor) as ctx:
        invitation, is_new = await inviting.invite(ctx, doors.parts, wanted)
        seen = ColleagueInvitationRead.of(invitation, is_open=True)
    response.status_code = 201 if is_new else 200
    return seen


@router.post("/{invitation_id}/resend", responses=declared(*_ONE))
async def resend_colleague_invitation(
    request: Request, doors: Doors, actor: Administrator, invitation_id: UUID
) -> ColleagueInvitationRead:
    """Send a new link; the one before works no longer."""
    async with doors.work.read(actor) as ctx:
        email = await inviting.email_of(ctx, invitation_id)
    await doors.count_letter(request, str(actor.user_id), email)
    async with doors.work.write(actor) as ctx:
        invitation = await inviting.get_for_update(ctx, invitation_id)
        await inviting.send(ctx, doors.parts, invitation)
        return ColleagueInvitationRead.of(invitation, is_open=True)


@router.delete("/{invitation_id}", status_code=204, responses=declared(*_ONE))
async def withdraw_colleague_invitation(
    doors: Doors, actor: Administrator, invitation_id: UUID
) -> Response:
    """Take an invitation back: its link works no longer."""
    async with doors.work.write(actor) as ctx:
        invitation = await inviting.get_for_update(ctx, invitation_id)
        await inviting.withdraw(ctx, doors.auth, invitation)
    return Response(status_code=204)
