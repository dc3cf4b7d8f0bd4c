"""Signing in, staying signed in, and signing out."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Request, Response

from jumpa.domains.auth.endpoints.doors import Doors
from jumpa.domains.auth.errors import (
    AccountClosedError,
    CredentialsWrongError,
    OneTimeCodeNeededError,
    OneTimeCodeWrongError,
    RefreshTokenRefusedError,
    RefreshTokenReusedError,
    SessionNotFoundError,
)
from jumpa.domains.auth.schemas import LogIn, Refresh, SessionList, SessionRead, TokensRead
from jumpa.domains.auth.service import login, sessions
from jumpa.domains.auth.service.login import Credentials
from jumpa.domains.auth.service.sessions import SessionTokens
from jumpa.domains.users.service import people
from jumpa.kit.http.callers import SIGNED_IN, Person, Stranger
from jumpa.kit.http.cookies import Cookie
from jumpa.kit.http.origins import OriginForeignError
from jumpa.kit.http.problems import declared

router = APIRouter(tags=["auth"])
_REFUSALS = (
    CredentialsWrongError,
    OneTimeCodeNeededError,
    OneTimeCodeWrongError,
    AccountClosedError,
    OriginForeignError,
)
# Refresh tokens: out of reach of scripts, and of requests that other sites begin.
REFRESH = Cookie("jumpa_refresh", "strict")
RefreshBody = Annotated[Refresh | None, Body()]


@router.post("/auth/login", responses=declared(*_REFUSALS))
async def log_in(
    request: Request, doors: Doors, actor: Stranger, body: LogIn, response: Response
) -> TokensRead:
    """Sign in with a password, and a one-time code where the account needs one."""
    await doors.count_login(request, body.email)
    given = Credentials(body.email, body.password, body.code)
    tokens = await login.log_in(doors.auth, actor, given)
    return hand_out(request, response, tokens, in_cookie=body.refresh_in == "cookie")


@router.post("/users/login", responses=declared(*_REFUSALS))
async def log_in_user(
    request: Request, doors: Doors, actor: Stranger, body: LogIn, response: Response
) -> TokensRead:
    """Sign in, at an older path."""
    return await log_in(request, doors, actor, body, response)


@router.post(
    "/auth/refresh",
    responses=declared(RefreshTokenRefusedError, RefreshTokenReusedError, OriginForeignError),
)
async def refresh(
    request: Request, doors: Doors, actor: Stranger, response: Response, body: RefreshBody = None
) -> TokensRead:
    """Exchange the refresh token for new tokens; each works once."""
    await doors.rates.take_by_address(request, doors.refreshes)
    told = body.refresh_token if body else None
    token = told or REFRESH.read(request)
    if not token:
        raise RefreshTokenRefusedError
    tokens = await sessions.refresh(doors.auth, actor, token)
    return hand_out(request, response, tokens, in_cookie=told is None)


@router.post("/auth/logout", status_code=204, responses=declared(OriginForeignError))
async def log_out(
    request: Request, doors: Doors, actor: Stranger, body: RefreshBody = None
) -> Response:
    """End the session of the refresh token; doing so again changes nothing."""
    await doors.rates.take_by_address(request, doors.refreshes)
    token = (body.refresh_token if body else None) or REFRESH.read(request)
    if token:
        await sessions.log_out(doors.auth, actor, token)
    response = Response(status_code=204)
    REFRESH.remove(request, response)
    return response


@router.get("/auth/sessions", responses=declared(*SIGNED_IN))
async def list_sessions(doors: Doors, actor: Person) -> SessionList:
    """List the devices on which you are signed in."""
    async with doors.auth.work.read(actor) as ctx:
        found = await sessions.list_(ctx)
    return SessionList(items=[SessionRead.of(each, actor.session_id) for each in found])


@router.delete(
    "/auth/sessions/{session_id}",
    status_code=204,
    responses=declared(*SIGNED_IN, SessionNotFoundError),
)
async def end_session(doors: Doors, actor: Person, session_id: UUID) -> Response:
    """Sign a device out."""
    async with doors.auth.work.write(actor) as ctx:
        await sessions.end(ctx, doors.auth, session_id)
    return Response(status_code=204)


@router.delete("/auth/sessions", status_code=204, responses=declared(*SIGNED_IN))
async def end_other_sessions(doors: Doors, actor: Person) -> Response:
    """Sign every other device out."""
    async with doors.auth.work.write(actor) as ctx:
        user = await people.get_own(ctx)
        await sessions.end_all(ctx, doors.auth, user, but=actor.session_id)
    return Response(status_code=204)


def hand_out(
    request: Request, response: Response, tokens: SessionTokens, *, in_cookie: bool
) -> TokensRead:
    """Tell the tokens, or let the browser keep the one that lives longer."""
    if in_cookie:
        REFRESH.put(request, response, tokens.refresh_token, tokens.refresh_s)
    return TokensRead(
        access_token=tokens.access_token,
        expires_in_s=tokens.access_s,
        refresh_token=None if in_cookie else tokens.refresh_token,
        refresh_expires_in_s=tokens.refresh_s,
    )
