"""The paths of LiveKit's signalling."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from jumpa.kit.errors import JumpaError
from jumpa.media.access import TokenVerifier
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.signaling.livekit import answers
from jumpa.signaling.livekit.admission import Admission, Admit
from jumpa.signaling.livekit.connection import serve


def routes(engine: EmbeddedEngine, verifier: TokenVerifier, admit: Admit) -> list[BaseRoute]:
    """Return the routes; `admit` may refuse claims that the token alone would let in."""
    admission = Admission(engine, verifier, admit)

    async def signal(websocket: WebSocket) -> None:
        try:
            claims, options = await admission.check(websocket)
        except JumpaError as error:
            await websocket.send_denial_response(answers.refusal(error))
            return
        await serve(websocket, admission, claims, options)

    async def validate(request: Request) -> Response:
        if request.method == "OPTIONS":
            return answers.preflight()
        try:
            await admission.check(request)
        except JumpaError as error:
            return answers.refusal(error)
        return PlainTextResponse("success", headers=answers.CORS)

    return [
        WebSocketRoute("/rtc", signal),
        WebSocketRoute("/rtc/v1", _refuse),
        Route("/rtc", _absent, methods=["GET", "OPTIONS"]),
        Route("/rtc/validate", validate, methods=["GET", "OPTIONS"]),
        Route("/rtc/v1", _absent, methods=["GET", "OPTIONS"]),
        Route("/rtc/v1/validate", _absent, methods=["GET", "OPTIONS"]),
    ]


async def _refuse(websocket: WebSocket) -> None:
    await websocket.send_denial_response(answers.not_found())


async def _absent(request: Request) -> Response:
    return answers.preflight() if request.method == "OPTIONS" else answers.not_found()
