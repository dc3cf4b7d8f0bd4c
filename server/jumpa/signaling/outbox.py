"""What waits to be written to one client."""

import asyncio


class Outbox:
    """A queue of serialised messages with a limit; a client that does not read is cut off."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._pending_bytes = 0
        self._messages: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.is_closed = False
        self.has_overflowed = False
        # The client speaks JSON in text frames and is answered so.
        self.is_json = False

    def send(self, message: bytes) -> None:
        """Queue a message; nothing more is taken once closed."""
        if self.is_closed:
            return
        self._pending_bytes += len(message)
        if self._pending_bytes > self._limit_bytes:
            self.has_overflowed = True
            self.close()
            return
        self._messages.put_nowait(message)

    def close(self) -> None:
        """Take nothing more; `next` returns None after what is queued."""
        if not self.is_closed:
            self.is_closed = True
            self._messages.put_nowait(None)

    async def next(self) -> bytes | None:
        """Return the next message, or None when all has been written."""
        message = await self._messages.get()
        if message is None or self.has_overflowed:
            return None
        self._pending_bytes -= len(message)
        return message
