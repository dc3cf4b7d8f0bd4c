"""The socket on which people hear of their notifications while they look.

The first message says who it is: `{"type": "authenticate", "token": "<access token>"}`. Then come
`ready`, `notification` and `unread`; the token stays out of addresses, which logs keep. Browsers
do not see the protocol's own pings, so `{"type": "ping"}` is answered with `{"type": "pong"}`.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from jumpa.domains.notifications.endpoints.doors import NotificationDoors
from jumpa.domains.notifications.errors import SocketMessageError
from jumpa.domains.notifications.service import inbox
from jumpa.domains.notifications.service.audience import Listener
from jumpa.kit.actor import AccessTokenInvalidError, Actor
from jumpa.kit.errors import JumpaError
from jumpa.kit.http.problems import STATUS

PATH = "/ws/notifications"
_FIRST_MESSAGE_S = 10
_MOST_CHARACTERS = 8192
_MOST_MESSAGES = 1000
_MOST_PING_CHARACTERS = 100
_NORMAL, _POLICY, _APPLICATION = 1000, 1008, 4000


def routes(doors: Callable[[], NotificationDoors]) -> list[BaseRoute]:
    """Return the route."""

    async def listen(websocket: WebSocket) -> None:
        await websocket.accept()
        with suppress(WebSocketDisconnect):
            await _serve(websocket, doors())

    return [WebSocketRoute(PATH, listen)]


async def _serve(websocket: WebSocket, doors: NotificationDoors) -> None:
    try:
        listener = await _enter(websocket, doors)
        with doors.audience.with_one_more(listener):
            # Counted once whatever comes next is heard, so that none is missed in between.
            await _begin(websocket, doors, listener)
    except JumpaError as error:
        told = {"type": "error", "code": error.code, "message": str(error)}
        await websocket.send_text(json.dumps(told))
        await websocket.close(_APPLICATION + STATUS[error.kind])


async def _enter(websocket: WebSocket, doors: NotificationDoors) -> Listener:
    try:
        async with asyncio.timeout(_FIRST_MESSAGE_S):
            said = await websocket.receive()
    except TimeoutError as error:
        raise SocketMessageError from error
    if said["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(said.get("code", _NORMAL))
    address = websocket.client.host if websocket.client else ""
    actor = await doors.identify(_token(said.get("text") or ""), Actor(address=address))
    if actor.user_id is None:
        raise AccessTokenInvalidError
    return Listener(actor.user_id, actor)


def _token(text: str) -> str:
    if len(text) > _MOST_CHARACTERS:
        raise SocketMessageError
    try:
        said = json.loads(text)
        token = said["token"] if said["type"] == "authenticate" else None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SocketMessageError from error
    if not isinstance(token, str) or not token:
        raise SocketMessageError
    return token


async def _begin(websocket: WebSocket, doors: NotificationDoors, listener: Listener) -> None:
    async with doors.parts.work.read(listener.actor) as ctx:
        unread = await inbox.count_unread(ctx)
    await websocket.send_text(json.dumps({"type": "ready", "unread": unread}))
    reader = asyncio.create_task(_until_closed(websocket, listener))
    writer = asyncio.create_task(_write(websocket, listener))
    try:
        await asyncio.wait({reader, writer}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (reader, writer):
            task.cancel()
        await asyncio.gather(reader, writer, return_exceptions=True)


async def _until_closed(websocket: WebSocket, listener: Listener) -> None:
    """Return when the client goes, or end what says too much: a ping is all that is answered."""
    for _ in range(_MOST_MESSAGES):
        said = await websocket.receive()
        if said["type"] == "websocket.disconnect":
            return
        if _is_ping(said.get("text") or ""):
            listener.tell({"type": "pong"})
    await websocket.close(_POLICY)


def _is_ping(text: str) -> bool:
    if len(text) > _MOST_PING_CHARACTERS:
        return False
    try:
        return bool(json.loads(text) == {"type": "ping"})
    except (ValueError, RecursionError):
        return False


async def _write(websocket: WebSocket, listener: Listener) -> None:
    with suppress(WebSocketDisconnect):
        while (message := await listener.messages.get()) is not None:
            await websocket.send_text(json.dumps(message, ensure_ascii=False))
        await websocket.close(_POLICY if listener.has_overflowed else _NORMAL)
