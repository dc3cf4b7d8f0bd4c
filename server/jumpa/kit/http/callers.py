"""Finds out who asks; the composition root says how a bearer token is believed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from jumpa.kit import languages
from jumpa.kit.actor import (
    AccessTokenExpiredError,
    AccessTokenInvalidError,
    AccessTokenMissingError,
    Actor,
    AdministratorNeededError,
)

Identify = Callable[[str, Actor], Awaitable[Actor]]
_AGENT_CHARACTERS = 300


SIGNED_IN = (AccessTokenMissingError, AccessTokenInvalidError, AccessTokenExpiredError)
ADMINISTRATING = (*SIGNED_IN, AdministratorNeededError)

Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, scheme_name="AccessToken")),
]

SecretBearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, scheme_name="AccessTokenOrSecretOrSeat")),
]
_TOKEN_DOTS = 2


async def stranger(request: Request) -> Actor:
    """Return somebody of whom only the connection is known."""
    agent = request.headers.get("user-agent", "")[:_AGENT_CHARACTERS]
    readable = "".join(character for character in agent if character.isprintable())
    return Actor(
        address=request.client.host if request.client else "",
        user_agent=readable,
        language=languages.choose(request.headers.get("accept-language", "")),
    )


async def person(request: Request, bearer: Bearer) -> Actor:
    """Return who is signed in; raises when nobody is."""
    if bearer is None or not bearer.credentials:
        raise AccessTokenMissingError
    identify: Identify = request.app.state.identify
    return await identify(bearer.credentials, await stranger(request))


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody signed in, or with a secret of another kind, or nobody; sees as the server does."""

    actor: Actor
    secret: str = field(default="", repr=False)


async def visitor(request: Request, bearer: SecretBearer) -> Visitor:
    """Return who asks at a door that people without an account use as well."""
    token = bearer.credentials if bearer else ""
    somebody = await stranger(request)
    # Secrets of other kinds contain no dots; every access token does (RFC 7519).
    if token.count(".") != _TOKEN_DOTS:
        return Visitor(somebody.as_server(), token)
    identify: Identify = request.app.state.identify
    return Visitor((await identify(token, somebody)).as_server())


AnyVisitor = Annotated[Visitor, Depends(visitor)]
Stranger = Annotated[Actor, Depends(stranger)]
Person = Annotated[Actor, Depends(person)]


async def administrator(actor: Person) -> Actor:
    """Return who is signed in and may administrate; raises AdministratorNeededError."""
    if not actor.is_administrator:
        raise AdministratorNeededError
    return actor


Administrator = Annotated[Actor, Depends(administrator)]
