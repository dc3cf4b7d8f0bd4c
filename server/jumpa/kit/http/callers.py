"""Finds out who asks; the composition root says how a bearer token is believed."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from jumpa.kit import languages
from jumpa.kit.actor import (
    AccessTokenExpiredError,
    AccessTokenInvalidError,
    AccessTokenMissingError,
    Actor,
)

Identify = Callable[[str, Actor], Awaitable[Actor]]
_AGENT_CHARACTERS = 300


SIGNED_IN = (AccessTokenMissingError, AccessTokenInvalidError, AccessTokenExpiredError)

Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, scheme_name="AccessToken")),
]


def stranger(request: Request) -> Actor:
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
    return await identify(bearer.credentials, stranger(request))


Stranger = Annotated[Actor, Depends(stranger)]
Person = Annotated[Actor, Depends(person)]
