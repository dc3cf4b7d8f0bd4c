"""The path of LiveKit's agent workers."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from jumpa.kit.errors import JumpaError
from jumpa.media.embedded.settings import Limits
from jumpa.media.errors import MissingGrantError
from jumpa.signaling.agents.connection import WorkerConnection
from jumpa.signaling.agents.dispatching import Dispatcher
from jumpa.signaling.bearer import claims_of
from jumpa.signaling.livekit import answers


def routes(dispatcher: Dispatcher, limits: Limits) -> list[BaseRoute]:
    """Return the routes."""

    async def work(websocket: WebSocket) -> None:
        try:
            claims = claims_of(websocket, dispatcher.board.verifier)
            if not claims.video.agent:
                raise MissingGrantError("the token does not grant agent")
        except JumpaError as error:
            await websocket.send_denial_response(answers.refusal(error))
            return
        await WorkerConnection(websocket, dispatcher, claims.api_key, limits).serve()

    return [WebSocketRoute("/agent", work), Route("/agent", _absent, methods=["GET"])]


async def _absent(_request: Request) -> Response:
    return answers.not_found()
