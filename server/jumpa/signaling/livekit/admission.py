"""Decides from a request alone whether its sender may join, before any room is touched."""

import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from jumpa.media.access import Claims, TokenVerifier
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.media.embedded.participants import JoinOptions
from jumpa.media.errors import InvalidRequestError, NotPermittedError
from jumpa.signaling.bearer import claims_of

_DIGITS = 6

Admit = Callable[[Claims], Awaitable[Claims]]


@dataclass(frozen=True, slots=True)
class Admission:
    """Everything that opens the door to a room; `admit` says with which claims."""

    engine: EmbeddedEngine
    verifier: TokenVerifier
    admit: Admit

    async def check(self, connection: HTTPConnection) -> tuple[Claims, JoinOptions]:
        """Return who wants to join and how; raises JumpaError."""
        claims = claims_of(connection, self.verifier)
        parameters = connection.query_params
        claims = _with_room(claims, parameters.get("room", ""))
        claims = _with_publish_only(claims, parameters.get("publish", ""))
        claims = _with_attributes(claims, parameters.get("attributes", ""))
        self.engine.check(claims)
        return await self.admit(claims), _options(parameters)


def _with_room(claims: Claims, room: str) -> Claims:
    """A token that grants joining without naming a room leaves the choice to the request."""
    if claims.video.room or not claims.video.room_join or not room:
        return claims
    return claims.model_copy(update={"video": claims.video.model_copy(update={"room": room})})


def _with_publish_only(claims: Claims, publish: str) -> Claims:
    """A second connection of one identity that only publishes (LiveKit parameter `publish`)."""
    if not publish:
        return claims
    if not claims.video.may_publish:
        raise NotPermittedError("the token does not allow to publish")
    video = claims.video.model_copy(update={"can_subscribe": False})
    identity = f"{claims.identity}#{publish}"
    return claims.model_copy(update={"video": video, "identity": identity})


def _with_attributes(claims: Claims, encoded: str) -> Claims:
    if not encoded:
        return claims
    if not claims.video.may_update_own_metadata:
        raise NotPermittedError("the token does not allow to set attributes")
    try:
        attributes = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise InvalidRequestError("attributes are base64url of a JSON object") from error
    if not isinstance(attributes, dict) or not all(
        isinstance(value, str) for value in attributes.values()
    ):
        raise InvalidRequestError("attributes are an object of texts")
    added = {name: value for name, value in attributes.items() if value}
    return claims.model_copy(update={"attributes": {**claims.attributes, **added}})


def _options(parameters: Mapping[str, str]) -> JoinOptions:
    return JoinOptions(
        auto_subscribe=_boolean(parameters.get("auto_subscribe", ""), default=True),
        sdk=parameters.get("sdk", ""),
        protocol=_number(parameters.get("protocol", "")),
        client_protocol=_number(parameters.get("client_protocol", "")),
        is_firefox=parameters.get("browser", "").lower() == "firefox",
    )


def _boolean(text: str, *, default: bool) -> bool:
    return default if not text else text.lower() in {"1", "true"}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0
