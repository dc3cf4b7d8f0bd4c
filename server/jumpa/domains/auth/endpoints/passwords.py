"""Forgetting, resetting and changing a password."""

from fastapi import APIRouter, Request, Response

from jumpa.domains.auth.endpoints.doors import Doors
from jumpa.domains.auth.errors import LinkSpentError, PasswordWrongError
from jumpa.domains.auth.schemas import ForgotPassword, LetterSent, PasswordUpdate, ResetPassword
from jumpa.domains.auth.service import passwords
from jumpa.domains.auth.service.passwords import PasswordChange
from jumpa.kit.http.callers import SIGNED_IN, Person, Stranger
from jumpa.kit.http.problems import declared
from jumpa.kit.passwords import PasswordWeakError

router = APIRouter(tags=["auth"])


@router.post("/auth/forgot-password", status_code=202, responses=declared())
async def forgot_password(
    request: Request, doors: Doors, actor: Stranger, body: ForgotPassword
) -> LetterSent:
    """Ask for a link that sets a new password."""
    await doors.count_letter(request, body.email)
    await passwords.forget(doors.auth, actor, body.email)
    return LetterSent()


@router.post(
    "/auth/reset-password",
    status_code=204,
    responses=declared(LinkSpentError, PasswordWeakError),
)
async def reset_password(
    request: Request, doors: Doors, actor: Stranger, body: ResetPassword
) -> Response:
    """Set a new password by the token of the letter; every session ends."""
    await doors.rates.take_by_address(request, doors.logins)
    await passwords.reset(doors.auth, actor, body.token, body.password)
    return Response(status_code=204)


@router.put(
    "/users/password",
    status_code=204,
    responses=declared(*SIGNED_IN, PasswordWrongError, PasswordWeakError),
)
async def update_password(
    request: Request, doors: Doors, actor: Person, body: PasswordUpdate
) -> Response:
    """Change your password; your other sessions end."""
    await doors.rates.take(request, doors.account_logins, str(actor.user_id))
    change = PasswordChange(body.current_password, body.new_password)
    await passwords.change(doors.auth, actor, change)
    return Response(status_code=204)
