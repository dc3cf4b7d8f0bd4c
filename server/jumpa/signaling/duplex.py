"""One WebSocket, read and written at the same time; what is queued at its end is still written."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from jumpa.signaling.outbox import Outbox

logger = logging.getLogger(__name__)

NORMAL = 1000
POLICY = 1008
_CLOSE_TIMEOUT_S = 5

Send = Callable[[bytes], Awaitable[None]]


async def carry(
    websocket: WebSocket,
    outbox: Outbox,
    reading: Coroutine[None, None, None],
    send: Send,
    status: Callable[[], int] = lambda: NORMAL,
) -> None:
    """Read, and `send` what is queued, until either ends; then close with `status`."""
    writer = asyncio.create_task(_write(websocket, outbox, send, status))
    reader = asyncio.create_task(reading)
    try:
        await asyncio.wait({reader, writer}, return_when=asyncio.FIRST_COMPLETED)
        if not writer.done():
            outbox.close()
            await asyncio.wait({writer}, timeout=_CLOSE_TIMEOUT_S)
    finally:
        for task in (reader, writer):
            task.cancel()
        results = await asyncio.gather(reader, writer, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            logger.error("a connection at %s failed", websocket.url.path, exc_info=result)


async def _write(
    websocket: WebSocket, outbox: Outbox, send: Send, status: Callable[[], int]
) -> None:
    with suppress(WebSocketDisconnect):
        while (message := await outbox.next()) is not None:
            await send(message)
        await websocket.close(POLICY if outbox.has_overflowed else status())
