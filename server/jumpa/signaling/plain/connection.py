"""One WebSocket at /ws: who it is, messages in, messages out, and an end that says why."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from starlette.websockets import WebSocket

from jumpa.kit.errors import JumpaError
from jumpa.kit.http.problems import STATUS
from jumpa.media.access import Claims
from jumpa.media.embedded.participants import JoinOptions
from jumpa.signaling.duplex import carry
from jumpa.signaling.livekit.budget import Budget
from jumpa.signaling.plain import messages
from jumpa.signaling.plain.client import PlainClient, paid
from jumpa.signaling.plain.errors import (
    JoinTooLateError,
    MessageMalformedError,
    MessagesTooFastError,
    NotJoinedError,
)
from jumpa.signaling.plain.ports import Asked, PlainParts
from jumpa.signaling.plain.sink import PlainSink

logger = logging.getLogger(__name__)

_APPLICATION = 4000
# Beside an SDP, a frame holds little.
_MARGIN_BYTES = 16 * 1024


class _OverError(Exception):
    """The client has closed the socket."""


async def serve(websocket: WebSocket, parts: PlainParts) -> None:
    """Serve a connection until either side ends it; a refusal is told on it, where pages see it."""
    await websocket.accept()
    asked = _asked(websocket)
    sink = PlainSink(parts.engine.config.limits.pending_signal_bytes)

    async def send(message: bytes) -> None:
        await websocket.send_text(message.decode())

    reading = _enter_and_read(websocket, parts, asked, sink)
    await carry(websocket, sink.outbox, reading, send, lambda: sink.close_code)


def _asked(websocket: WebSocket) -> Asked:
    said = websocket.query_params
    return Asked(
        room=said.get("roomId", ""),
        user=said.get("userId", ""),
        token=said.get("token", ""),
        address=websocket.client.host if websocket.client else "",
    )


async def _enter_and_read(
    websocket: WebSocket, parts: PlainParts, asked: Asked, sink: PlainSink
) -> None:
    try:
        claims = await parts.entry.open(asked)
        parts.engine.check(claims)
        line = _Line(websocket, sink, parts)
        await line.until_join()
        client = await _join(parts, claims, line)
    except JumpaError as error:
        logger.info("a plain client is refused: %s", error.code)
        _end(sink, error)
        return
    except _OverError:
        return
    try:
        with parts.crowd.with_one_more(client.session.room.name, sink), suppress(_OverError):
            await line.read(client)
    finally:
        if not client.session.has_ended:
            client.session.drop()


async def _join(parts: PlainParts, claims: Claims, line: _Line) -> PlainClient:
    options = JoinOptions(sdk="plain", is_single=True)
    session = await parts.engine.join(claims, options, line.sink, "")
    return PlainClient(parts, session, line.budget)


def _end(sink: PlainSink, error: JumpaError) -> None:
    sink.refuse(error)
    sink.close_code = _APPLICATION + STATUS[error.kind]
    sink.close()


class _Line:
    """Reads messages one after another; what is malformed is answered and forgotten."""

    def __init__(self, websocket: WebSocket, sink: PlainSink, parts: PlainParts) -> None:
        limits = parts.engine.config.limits
        self.sink = sink
        self._websocket = websocket
        self._limit_bytes = limits.sdp_bytes + _MARGIN_BYTES
        self._join_timeout_s = parts.join_timeout_s
        self._now_s = asyncio.get_running_loop().time
        self.budget = Budget(limits.signal_burst_bytes, limits.signal_bytes_per_s, self._now_s())

    async def until_join(self) -> None:
        """Return once the client asks to come in; raises JoinTooLateError."""
        try:
            async with asyncio.timeout(self._join_timeout_s):
                while True:
                    said = await self._next()
                    if isinstance(said, messages.JoinRoom):
                        return
                    if said is not None:
                        self.sink.refuse(NotJoinedError(), said.type)
        except TimeoutError as error:
            raise JoinTooLateError from error

    async def read(self, client: PlainClient) -> None:
        """Follow messages until the client is out of the room."""
        while not client.session.has_ended:
            said = await self._next()
            if said is None or client.session.has_ended:
                continue
            try:
                await client.follow(said, self._now_s())
            except MessagesTooFastError as error:
                _end(self.sink, error)
                return
            except JumpaError as error:
                self.sink.refuse(error, said.type)

    async def _next(self) -> messages.Said | None:
        """Return the next message, None when it was malformed; raises _OverError."""
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise _OverError
        try:
            return self._read(message.get("text"), len(message.get("bytes") or b""))
        except MessagesTooFastError as error:
            _end(self.sink, error)
            raise _OverError from error
        except MessageMalformedError as error:
            self.sink.refuse(error)
            return None

    def _read(self, frame: str | None, binary_bytes: int) -> messages.Said:
        size_bytes = binary_bytes if frame is None else len(frame.encode())
        if not paid(self.budget, size_bytes, self._now_s()):
            raise MessagesTooFastError
        if frame is None:
            raise MessageMalformedError("messages are text frames, not binary ones")
        if size_bytes > self._limit_bytes:
            raise MessageMalformedError(f"a message has at most {self._limit_bytes} bytes")
        return messages.read(frame)
