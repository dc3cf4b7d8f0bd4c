"""Other hosts of the tests: small servers on loopback."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

Handle = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def serving(
    handle: Handle, secure: ssl.SSLContext | None = None, port: int = 0
) -> AsyncIterator[int]:
    """Serve on loopback; on a free port unless one is given."""
    tasks: list[asyncio.Task[None] | None] = []

    async def handled(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.append(asyncio.current_task())
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await handle(reader, writer)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(handled, "127.0.0.1", port, ssl=secure)
    async with server:
        yield server.sockets[0].getsockname()[1]
        await asyncio.gather(*filter(None, tasks))


async def heard(reader: asyncio.StreamReader) -> bytes:
    """Return the head of a request."""
    return await reader.readuntil(b"\r\n\r\n")


def saying(answer: bytes, requests: list[bytes] | None = None) -> Handle:
    """Answer every request alike, and note it."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await heard(reader)
        if requests is not None:
            requests.append(request)
        writer.write(answer)
        await writer.drain()

    return handle
