"""The link of an invitation, for whoever was sent it."""

from fastapi import APIRouter, Request, Response

from jumpa.domains.auth.errors import LinkSpentError
from jumpa.domains.colleagues.endpoints.doors import Doors
from jumpa.domains.colleagues.schemas import (
    ColleagueInvitationAccept,
    ColleagueInvitationSeen,
    ColleagueInvitationToken,
)
from jumpa.domains.colleagues.service import accepting
from jumpa.domains.colleagues.service.accepting import Acceptance
from jumpa.domains.users.errors import EmailTakenError
from jumpa.kit.http.callers import Stranger
from jumpa.kit.http.problems import declared
from jumpa.kit.passwords import PasswordWeakError

router = APIRouter(prefix="/auth/invitation", tags=["auth"])


@router.post("/look", responses=declared(LinkSpentError))
async def look_at_colleague_invitation(
    request: Request, doors: Doors, actor: Stranger, body: ColleagueInvitationToken
) -> ColleagueInvitationSeen:
    """Return whom a link is for, and to which organisation; changes nothing."""
    await doors.rates.take_by_address(request, doors.looks)
    email, organisation = await accepting.look(doors.auth, actor, body.token)
    return ColleagueInvitationSeen(email=email, organisation=organisation.name)


@router.post(
    "/accept",
    status_code=204,
    responses=declared(LinkSpentError, PasswordWeakError, EmailTakenError),
)
async def accept_colleague_invitation(
    request: Request, doors: Doors, actor: Stranger, body: ColleagueInvitationAccept
) -> Response:
    """Make the account of an invitation; the link works no longer, and you may sign in."""
    await doors.rates.take_by_address(request, doors.acceptances)
    given = Acceptance(body.token, body.password, body.first_name, body.last_name)
    await accepting.accept(doors.auth, actor, given)
    return Response(status_code=204)
