"""The paths of LiveKit's signalling."""

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from jumpa.kit.errors import JumpaError
from jumpa.media.access import TokenVerifier
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.signaling.livekit import answers
from jumpa.signaling.livekit.admission import Admission, Admit
from jumpa.signaling.livekit.connection import serve

# One peer connection for both directions (LiveKit's protocol, version 1).
_SINGLE = "/rtc/v1"


def routes(engine: EmbeddedEngine, verifier: TokenVerifier, admit: Admit) -> list[BaseRoute]:
    """Return the routes; `admit` may refuse claims that the token alone would let in."""
    admission = Admission(engine, verifier, admit)

    async def signal(websocket: WebSocket) -> None:
        try:
            entry = await admission.check(websocket, is_single=_is_single(websocket))
        except JumpaError as error:
            await websocket.send_denial_response(answers.refusal(error))
            return
        await serve(websocket, admission, entry)

    async def validate(request: Request) -> Response:
        if request.method == "OPTIONS":
            return answers.preflight()
        try:
            await admission.check(request, is_single=_is_single(request))
        except JumpaError as error:
            return answers.refusal(error)
        return PlainTextResponse("success", headers=answers.CORS)

    routes: list[BaseRoute] = []
    for path in ("/rtc", _SINGLE):
        routes += [
            WebSocketRoute(path, signal),
            Route(path, _absent, methods=["GET", "OPTIONS"]),
            Route(f"{path}/validate", validate, methods=["GET", "OPTIONS"]),
        ]
    return routes


def _is_single(connection: HTTPConnection) -> bool:
    return connection.url.path.startswith(_SINGLE)


async def _absent(request: Request) -> Response:
    return answers.preflight() if request.method == "OPTIONS" else answers.not_found()
