"""Passkeys: adding, listing, removing, and signing in with one."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from jumpa.domains.auth.endpoints.access import hand_out
from jumpa.domains.auth.endpoints.doors import Doors
from jumpa.domains.auth.errors import (
    AccountClosedError,
    PasskeyExistsError,
    PasskeyNotFoundError,
    PasskeyRefusedError,
    PasswordWrongError,
)
from jumpa.domains.auth.schemas import (
    AuthenticatorBegin,
    CeremonyRead,
    PasskeyCreate,
    PasskeyList,
    PasskeyLogIn,
    PasskeyRead,
    TokensRead,
)
from jumpa.domains.auth.service import passkeys, passwords
from jumpa.kit.http.callers import SIGNED_IN, Person, Stranger
from jumpa.kit.http.origins import OriginForeignError
from jumpa.kit.http.problems import declared

router = APIRouter(prefix="/auth/passkeys", tags=["auth"])


@router.post("/begin", responses=declared(*SIGNED_IN, PasswordWrongError))
async def begin_passkey(
    request: Request, doors: Doors, actor: Person, body: AuthenticatorBegin
) -> CeremonyRead:
    """Begin to add a passkey; the password is asked again."""
    await doors.rates.take(request, doors.account_logins, str(actor.user_id))
    await passwords.check(doors.auth, actor, body.password)
    async with doors.auth.work.write(actor) as ctx:
        ceremony = await passkeys.begin_adding(ctx, doors.auth)
    return CeremonyRead(ceremony=ceremony.token, options=ceremony.options)


@router.post(
    "",
    status_code=201,
    responses=declared(*SIGNED_IN, PasskeyRefusedError, PasskeyExistsError),
)
async def add_passkey(doors: Doors, actor: Person, body: PasskeyCreate) -> PasskeyRead:
    """Keep the passkey that the browser made."""
    async with doors.auth.work.write(actor) as ctx:
        made = await passkeys.add(ctx, doors.auth, body.ceremony, body.credential, body.name)
    return PasskeyRead.of(made)


@router.get("", responses=declared(*SIGNED_IN))
async def list_passkeys(doors: Doors, actor: Person) -> PasskeyList:
    """List your passkeys."""
    async with doors.auth.work.read(actor) as ctx:
        found = await passkeys.list_(ctx)
    return PasskeyList(items=[PasskeyRead.of(each) for each in found])


@router.delete(
    "/{passkey_id}",
    status_code=204,
    responses=declared(*SIGNED_IN, PasskeyNotFoundError),
)
async def remove_passkey(doors: Doors, actor: Person, passkey_id: UUID) -> Response:
    """Remove a passkey."""
    async with doors.auth.work.write(actor) as ctx:
        await passkeys.remove(ctx, doors.auth, passkey_id)
    return Response(status_code=204)


@router.post("/login/begin", responses=declared(OriginForeignError))
async def begin_passkey_login(request: Request, doors: Doors, actor: Stranger) -> CeremonyRead:
    """Begin to sign in with a passkey."""
    await doors.rates.take_by_address(request, doors.logins)
    ceremony = await passkeys.begin_login(doors.auth, actor)
    return CeremonyRead(ceremony=ceremony.token, options=ceremony.options)


@router.post(
    "/login", responses=declared(PasskeyRefusedError, AccountClosedError, OriginForeignError)
)
async def log_in_with_passkey(
    request: Request, doors: Doors, actor: Stranger, body: PasskeyLogIn, response: Response
) -> TokensRead:
    """Sign in with the browser's answer."""
    await doors.rates.take_by_address(request, doors.logins)
    tokens = await passkeys.log_in(doors.auth, actor, body.ceremony, body.credential)
    return hand_out(request, response, tokens, in_cookie=body.refresh_in == "cookie")
