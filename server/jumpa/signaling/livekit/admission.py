"""Decides from a request alone whether its sender may join, before any room is touched."""

import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from livekit.protocol import models, rtc
from starlette.requests import HTTPConnection

from jumpa.media.access import Claims, TokenVerifier
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.media.embedded.participants import JoinOptions
from jumpa.media.errors import InvalidRequestError, NotPermittedError
from jumpa.signaling.bearer import claims_of
from jumpa.signaling.livekit import join_request

_DIGITS = 6

_SDKS = {number: name.lower() for name, number in models.ClientInfo.SDK.items()}

Admit = Callable[[Claims], Awaitable[Claims]]


@dataclass(frozen=True, slots=True)
class Entry:
    """How somebody wants to come in; `returns_as` is the sid of who comes back."""

    claims: Claims
    options: JoinOptions
    returns_as: str | None = None
    offer: rtc.SessionDescription | None = None
    tracks: tuple[rtc.AddTrackRequest, ...] = ()
    state: rtc.SyncState | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """Everything that opens the door to a room; `admit` says with which claims."""

    engine: EmbeddedEngine
    verifier: TokenVerifier
    admit: Admit

    async def check(self, connection: HTTPConnection, *, is_single: bool = False) -> Entry:
        """Return who wants to join and how; raises JumpaError.

        `is_single` is version 1 of the protocol: everything stands in the parameter `join_request`.
        """
        claims = claims_of(connection, self.verifier)
        parameters = connection.query_params
        claims = _with_room(claims, parameters.get("room", ""))
        packed = parameters.get("join_request", "")
        if packed:
            request = join_request.decode(packed, self.engine.config.limits.signal_frame_bytes)
            entry = _requested(claims, request, is_firefox=_is_firefox(connection))
        elif is_single:
            raise InvalidRequestError("join_request is missing")
        else:
            entry = _spelled_out(claims, parameters, is_firefox=_is_firefox(connection))
        self.engine.check(entry.claims)
        return replace(entry, claims=await self.admit(entry.claims))


def _is_firefox(connection: HTTPConnection) -> bool:
    """Whether a client says so, or its browser does: LiveKit's JavaScript client leaves it out."""
    named = connection.query_params.get("browser") or connection.headers.get("user-agent", "")
    return "firefox" in named.lower()


def _spelled_out(claims: Claims, parameters: Mapping[str, str], *, is_firefox: bool) -> Entry:
    """Each wish in a parameter of its own (version 0)."""
    claims = _with_publish_only(claims, parameters.get("publish", ""))
    claims = _with_attributes(claims, _decoded(parameters.get("attributes", "")))
    is_return = parameters.get("reconnect") in {"1", "true"}
    options = _options(parameters, is_firefox=is_firefox)
    return Entry(claims, options, returns_as=parameters.get("sid", "") if is_return else None)


def _requested(claims: Claims, request: rtc.JoinRequest, *, is_firefox: bool) -> Entry:
    """All wishes in one message (version 1)."""
    claims = _with_attributes(claims, dict(request.participant_attributes) or None)
    if request.metadata:
        if not claims.video.may_update_own_metadata:
            raise NotPermittedError("the token does not allow to set metadata")
        claims = claims.model_copy(update={"metadata": request.metadata})
    options = JoinOptions(
        auto_subscribe=request.connection_settings.auto_subscribe,
        sdk=_SDKS.get(request.client_info.sdk, ""),
        protocol=request.client_info.protocol,
        client_protocol=request.client_info.client_protocol,
        is_firefox=is_firefox,
        is_single=True,
    )
    return Entry(
        claims,
        options,
        returns_as=request.participant_sid if request.reconnect else None,
        offer=request.publisher_offer if request.HasField("publisher_offer") else None,
        tracks=tuple(request.add_track_requests),
        state=request.sync_state if request.HasField("sync_state") else None,
    )


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


def _with_attributes(claims: Claims, attributes: Mapping[str, str] | None) -> Claims:
    if attributes is None:
        return claims
    if not claims.video.may_update_own_metadata:
        raise NotPermittedError("the token does not allow to set attributes")
    added = {name: value for name, value in attributes.items() if value}
    return claims.model_copy(update={"attributes": {**claims.attributes, **added}})


def _decoded(encoded: str) -> dict[str, str] | None:
    if not encoded:
        return None
    try:
        attributes = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise InvalidRequestError("attributes are base64url of a JSON object") from error
    if not isinstance(attributes, dict) or not all(
        isinstance(value, str) for value in attributes.values()
    ):
        raise InvalidRequestError("attributes are an object of texts")
    return attributes


def _options(parameters: Mapping[str, str], *, is_firefox: bool) -> JoinOptions:
    return JoinOptions(
        auto_subscribe=_boolean(parameters.get("auto_subscribe", ""), default=True),
        sdk=parameters.get("sdk", ""),
        protocol=_number(parameters.get("protocol", "")),
        client_protocol=_number(parameters.get("client_protocol", "")),
        is_firefox=is_firefox,
    )


def _boolean(text: str, *, default: bool) -> bool:
    return default if not text else text.lower() in {"1", "true"}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0
