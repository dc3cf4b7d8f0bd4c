"""A lean HTTP/1.1 client: what it costs is taken from the server on the same machine."""

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field

from bench.errors import BenchError


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `kind` is what it is counted as, an empty token is a stranger's."""

    kind: str
    method: str
    path: str
    token: str = field(repr=False)
    body: dict[str, object] | None = None

    def to_bytes(self, host: str) -> bytes:
        """Return it as it is sent."""
        body = b"" if self.body is None else json.dumps(self.body).encode()
        head = f"{self.method} {self.path} HTTP/1.1\r\nHost: {host}\r\n"
        head += f"Content-Length: {len(body)}\r\n"
        if self.token:
            head += f"Authorization: Bearer {self.token}\r\n"
        if body:
            head += "Content-Type: application/json\r\n"
        return f"{head}\r\n".encode() + body


Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
# Servers close a connection that was idle for five seconds; by then a request may be on its way.
_KEPT_S = 3


@dataclass(slots=True)
class Client:
    """Connections to one server, kept open and used again."""

    host: str
    port: int
    _idle: deque[tuple[Connection, float]] = field(default_factory=deque)

    async def send(self, request: Request) -> tuple[int, bytes]:
        """Return status and body."""
        try:
            connection = self._usable() or await asyncio.open_connection(self.host, self.port)
            reader, writer = connection
            writer.write(request.to_bytes(f"{self.host}:{self.port}"))
            head = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(_length(head))
        except (EOFError, OSError) as error:
            raise BenchError(f"The server closed the connection: {error}") from error
        self._idle.append((connection, time.monotonic()))
        return int(head[9:12]), body

    async def close(self) -> None:
        """Close every connection."""
        for (_, writer), _ in self._idle:
            writer.close()

    def _usable(self) -> Connection | None:
        while self._idle:
            (reader, writer), since_s = self._idle.pop()
            is_young = time.monotonic() - since_s < _KEPT_S
            if is_young and not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.close()
        return None


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"\r\ncontent-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0
