"""Turning one-time codes on and off."""

from fastapi import APIRouter, Request, Response

from jumpa.domains.auth.endpoints.doors import Doors
from jumpa.domains.auth.errors import (
    AuthenticatorExistsError,
    AuthenticatorNotFoundError,
    CodeWrongError,
    PasswordWrongError,
)
from jumpa.domains.auth.schemas import (
    AuthenticatorBegin,
    AuthenticatorConfirm,
    AuthenticatorRead,
    RecoveryCodes,
)
from jumpa.domains.auth.service import one_time_codes, passwords
from jumpa.domains.users.service import people
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.problems import declared

router = APIRouter(prefix="/auth/authenticator", tags=["auth"])


@router.post("", responses=declared(*SIGNED_IN, PasswordWrongError, AuthenticatorExistsError))
async def begin_authenticator(
    request: Request, doors: Doors, actor: Person, body: AuthenticatorBegin
) -> AuthenticatorRead:
    """Give a secret to an authenticator app; nothing changes until a code confirms it."""
    await doors.rates.take(request, doors.account_logins, str(actor.user_id))
    await passwords.check(doors.auth, actor, body.password)
    async with doors.auth.work.write(actor) as ctx:
        enrolment = await one_time_codes.begin(ctx, doors.auth)
    return AuthenticatorRead(secret=enrolment.secret, uri=enrolment.uri, picture=enrolment.picture)


@router.post(
    "/confirm",
    responses=declared(
        *SIGNED_IN, AuthenticatorExistsError, AuthenticatorNotFoundError, CodeWrongError
    ),
)
async def confirm_authenticator(
    request: Request, doors: Doors, actor: Person, body: AuthenticatorConfirm
) -> RecoveryCodes:
    """Turn one-time codes on with the code that the app shows."""
    await doors.rates.take(request, doors.account_logins, str(actor.user_id))
    async with doors.auth.work.write(actor) as ctx:
        codes = await one_time_codes.confirm(ctx, doors.auth, body.code)
    return RecoveryCodes(recovery_codes=codes)


@router.post(
    "/remove",
    status_code=204,
    responses=declared(*SIGNED_IN, PasswordWrongError, AuthenticatorNotFoundError),
)
async def remove_authenticator(
    request: Request, doors: Doors, actor: Person, body: AuthenticatorBegin
) -> Response:
    """Turn one-time codes off."""
    await doors.rates.take(request, doors.account_logins, str(actor.user_id))
    await passwords.check(doors.auth, actor, body.password)
    async with doors.auth.work.write(actor) as ctx:
        user = await people.get_own(ctx)
        await one_time_codes.turn_off(ctx, doors.auth, user)
    return Response(status_code=204)
