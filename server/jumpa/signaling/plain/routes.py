"""The path of the plain socket, and the page that shows how it is used."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from jumpa.signaling.plain.connection import serve
from jumpa.signaling.plain.ports import PlainParts

_PAGE = Path(__file__).parent / "page"


def routes(parts: PlainParts) -> list[BaseRoute]:
    """Return the routes."""

    async def plain(websocket: WebSocket) -> None:
        await serve(websocket, parts)

    return [
        WebSocketRoute("/ws", plain),
        Route("/examples/plain.html", _file("plain.html"), methods=["GET"]),
        Route("/examples/plain.js", _file("plain.js"), methods=["GET"]),
    ]


def _file(name: str) -> Callable[[Request], Awaitable[FileResponse]]:
    async def send(_request: Request) -> FileResponse:
        return FileResponse(_PAGE / name, headers={"Cache-Control": "no-cache"})

    return send
