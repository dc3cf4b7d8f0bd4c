"""POST /twirp/livekit.<Service>/<Method>, in protobuf or JSON."""

from google.protobuf import json_format
from google.protobuf.message import DecodeError, Message
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from jumpa.kit.errors import JumpaError
from jumpa.media.access import TokenVerifier
from jumpa.media.engine import Engine
from jumpa.signaling.agents.dispatching import Dispatcher
from jumpa.signaling.bearer import claims_of
from jumpa.signaling.twirp import agent_dispatch_service, answers, room_service
from jumpa.signaling.twirp.absent import ABSENT
from jumpa.signaling.twirp.errors import MalformedBodyError
from jumpa.signaling.twirp.methods import Backs

_SERVICES = {
    "livekit.RoomService": room_service.METHODS,
    "livekit.AgentDispatchService": agent_dispatch_service.METHODS,
}
MAX_BODY_BYTES = 10 * 1024 * 1024
_PROTOBUF = "application/protobuf"
_JSON = "application/json"


def routes(engine: Engine, verifier: TokenVerifier, dispatcher: Dispatcher) -> list[BaseRoute]:
    """Return the routes of the server API."""
    backs = Backs(engine, dispatcher)

    async def call(request: Request) -> Response:
        service, name = request.path_params["service"], request.path_params["method"]
        if request.method == "POST" and name in ABSENT.get(service, ()):
            return _absent(request, verifier)
        method = _SERVICES.get(service, {}).get(name)
        if request.method != "POST" or method is None:
            return answers.bad_route(f"no handler for {request.method} {request.url.path}")
        content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if content_type not in {_PROTOBUF, _JSON}:
            return answers.bad_route(f"the Content-Type must be {_PROTOBUF} or {_JSON}")
        try:
            claims = claims_of(request, verifier)
            message = _decode(method.request(), await _body(request), content_type)
            return _encode(await method.call(backs, claims, message), content_type)
        except MalformedBodyError as error:
            return answers.malformed(str(error))
        except JumpaError as error:
            return answers.failure(error)

    return [Route("/twirp/{service}/{method}", call, methods=["GET", "POST", "PUT", "DELETE"])]


def _absent(request: Request, verifier: TokenVerifier) -> Response:
    try:
        claims_of(request, verifier)
    except JumpaError as error:
        return answers.failure(error)
    return answers.unimplemented(f"this server does not offer {request.url.path}")


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise MalformedBodyError(f"a body has at most {MAX_BODY_BYTES} bytes")
    return bytes(body)


def _decode(message: Message, body: bytes, content_type: str) -> Message:
    try:
        if content_type == _PROTOBUF:
            message.ParseFromString(body)
        else:
            json_format.Parse(body or b"{}", message, ignore_unknown_fields=True)
    except (DecodeError, json_format.ParseError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedBodyError from error
    return message


def _encode(message: Message, content_type: str) -> Response:
    if content_type == _PROTOBUF:
        return Response(message.SerializeToString(), media_type=_PROTOBUF)
    text = json_format.MessageToJson(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    return Response(text, media_type=_JSON)
