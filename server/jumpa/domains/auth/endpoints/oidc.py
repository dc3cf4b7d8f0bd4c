"""Signing in with the organisation's own provider: browsers go there and come back."""

import logging
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from jumpa.domains.auth.endpoints.access import REFRESH
from jumpa.domains.auth.endpoints.doors import AuthDoors, Doors
from jumpa.domains.auth.errors import (
    OidcConnectedError,
    OidcNotConnectedError,
    OidcOffError,
    OidcUnavailableError,
    PasswordWrongError,
)
from jumpa.domains.auth.schemas import (
    AuthenticatorBegin,
    OidcConnect,
    OidcConnecting,
    OidcReturn,
    OwnPage,
)
from jumpa.domains.auth.service import journeys, oidc, passwords
from jumpa.domains.auth.service.journeys import Return
from jumpa.kit.actor import Actor
from jumpa.kit.errors import JumpaError
from jumpa.kit.http.callers import SIGNED_IN, Person, Stranger
from jumpa.kit.http.cookies import Cookie
from jumpa.kit.http.problems import declared

logger = logging.getLogger(__name__)

router = APIRouter(prefix="/auth/oidc", tags=["auth"])
# Lax, because it comes back with a link from the provider's page.
_BROWSER = Cookie("jumpa_oidc", "lax")
_LIFETIME_S = int(journeys.LIFETIME.total_seconds())
_SIGN_IN_PAGE = "/login"
_LEADS: dict[int | str, dict[str, Any]] = {
    303: {
        "description": "The way on; when it ended, a page with the code of the problem",
        "headers": {"Location": {"required": True, "schema": {"type": "string"}}},
    }
}


@router.get(
    "/start", status_code=303, response_class=Response, responses=declared(OidcOffError) | _LEADS
)
async def start_oidc(
    request: Request,
    doors: Doors,
    actor: Stranger,
    return_to: Annotated[OwnPage, Query()] = "/",
) -> Response:
    """Go to the provider; browsers open this address as a page."""
    provider = doors.provider
    await doors.rates.take_by_address(request, doors.logins)
    try:
        begun = await oidc.begin(doors.auth, provider, actor, return_to)
    except OidcUnavailableError as error:
        logger.warning("the provider does not answer", extra={"cause": repr(error.__cause__)[:500]})
        return _lead(_SIGN_IN_PAGE, error.code)
    response = _lead(begun.url)
    _BROWSER.put(request, response, begun.browser, _LIFETIME_S)
    return response


@router.get(
    "/callback",
    status_code=303,
    response_class=Response,
    responses=declared(OidcOffError) | _LEADS,
)
async def end_oidc(
    request: Request, doors: Doors, actor: Stranger, told: Annotated[OidcReturn, Query()]
) -> Response:
    """Come back from the provider; browsers are sent here by it."""
    _ = doors.provider
    await doors.rates.take_by_address(request, doors.logins)
    browser = _BROWSER.read(request) or ""
    came = Return(told.state, browser, told.code, told.iss, told.error)
    response = await _arrived(request, doors, actor, came)
    _BROWSER.remove(request, response)
    return response


@router.post(
    "/connect",
    responses=declared(
        *SIGNED_IN, PasswordWrongError, OidcOffError, OidcUnavailableError, OidcConnectedError
    ),
)
async def connect_oidc(
    request: Request, doors: Doors, actor: Person, body: OidcConnect, response: Response
) -> OidcConnecting:
    """Begin to connect your account to the provider; the password is asked again."""
    provider = doors.provider
    await doors.rates.take(request, doors.account_logins, str(actor.user_id))
    await passwords.check(doors.auth, actor, body.password)
    begun = await oidc.begin_connecting(doors.auth, provider, actor, body.return_to)
    _BROWSER.put(request, response, begun.browser, _LIFETIME_S)
    return OidcConnecting(url=begun.url)


@router.post(
    "/disconnect",
    status_code=204,
    responses=declared(*SIGNED_IN, PasswordWrongError, OidcOffError, OidcNotConnectedError),
)
async def disconnect_oidc(
    request: Request, doors: Doors, actor: Person, body: AuthenticatorBegin
) -> Response:
    """Sign in with the provider no longer; the password is asked again, so there is one."""
    provider = doors.provider
    await doors.rates.take(request, doors.account_logins, str(actor.user_id))
    await passwords.check(doors.auth, actor, body.password)
    async with doors.auth.work.write(actor) as ctx:
        await oidc.disconnect(ctx, doors.auth, provider)
    return Response(status_code=204)


async def _arrived(request: Request, doors: AuthDoors, actor: Actor, came: Return) -> Response:
    page = _SIGN_IN_PAGE
    try:
        journey = await oidc.arrive(doors.auth, actor, came)
        if journey.user_id is not None:
            page = journey.page
        tokens = await oidc.complete(doors.auth, doors.provider, actor, journey, came)
    except JumpaError as error:
        # People are told a code; whoever set the provider up needs to know more.
        logger.warning(
            "signing in with the provider failed",
            extra={
                "code": error.code,
                "detail": error.detail,
                "cause": repr(error.__cause__)[:500],
            },
        )
        await oidc.note_refusal(doors.auth, actor, error.code)
        return _lead(page, error.code)
    response = _lead(journey.page)
    if tokens is not None:
        REFRESH.put(request, response, tokens.refresh_token, tokens.refresh_s)
    return response


def _lead(page: str, failure: str = "") -> Response:
    mark = "&" if "?" in page else "?"
    query = f"{mark}{urlencode({'failure': failure})}" if failure else ""
    return Response(status_code=303, headers={"Location": f"{page}{query}"})
