"""POST /webhooks/livekit: what a LiveKit server tells of its rooms, signed with our key."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable

from google.protobuf import json_format
from livekit.protocol.webhook import WebhookEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from jumpa.kit.errors import JumpaError
from jumpa.kit.http import problems
from jumpa.media.access import TokenVerifier
from jumpa.media.errors import AccessError, InvalidRequestError

PATH = "/webhooks/livekit"
_MOST_BYTES = 1024 * 1024
_SCHEME = "bearer "

Hear = Callable[[WebhookEvent], None]


def routes(verifier: TokenVerifier, hear: Hear) -> list[BaseRoute]:
    """Return the route; `hear` gets what is verified, and again what the sender repeats."""

    async def receive(request: Request) -> Response:
        try:
            body = await _body(request)
            _check(verifier, request.headers.get("authorization", ""), body)
            hear(_event(body))
        except JumpaError as error:
            return problems.of(error)
        return Response(status_code=204)

    return [Route(PATH, receive, methods=["POST"])]


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise InvalidRequestError(f"a webhook has at most {_MOST_BYTES} bytes")
    return bytes(body)


def _check(verifier: TokenVerifier, header: str, body: bytes) -> None:
    """Raise AccessError unless the token was signed for this very body."""
    is_bearer = header.lower().startswith(_SCHEME)
    claims = verifier.verify(header[len(_SCHEME) :].strip() if is_bearer else header.strip())
    said = (claims.model_extra or {}).get("sha256")
    if not isinstance(said, str):
        raise AccessError("the token is for no body (sha256)")
    try:
        expected = base64.b64decode(said, validate=True)
    except (ValueError, binascii.Error) as error:
        raise AccessError("the token's sha256 is malformed") from error
    if not hmac.compare_digest(expected, hashlib.sha256(body).digest()):
        raise AccessError("the body is not the one that was signed")


def _event(body: bytes) -> WebhookEvent:
    try:
        event = json_format.Parse(body, WebhookEvent(), ignore_unknown_fields=True)
    except (json_format.ParseError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidRequestError("the body is no WebhookEvent") from error
    if not event.id:
        raise InvalidRequestError("the webhook has no id")
    return event
