"""Receivers of webhooks on loopback, which check what comes with LiveKit's own code."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from hosts import heard, serving
from livekit.api import TokenVerifier, WebhookReceiver
from livekit.protocol.webhook import WebhookEvent

KEY = "devkey"
SECRET = "a foreign secret with enough bytes in it"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
BUSY = b"HTTP/1.1 500 Busy\r\nContent-Length: 0\r\n\r\n"

Say = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Receiver:
    """Keeps what came; answers with `answers` one after another, then with the last one."""

    answers: list[bytes] = field(default_factory=lambda: [OK])
    events: list[WebhookEvent] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    url: str = ""
    say: Say | None = None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(event.room.name, event.event) for event in self.events]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await heard(reader)).decode()
        headers = dict(line.split(": ", 1) for line in head.splitlines()[1:] if line)
        found = {name.lower(): value for name, value in headers.items()}
        body = (await reader.readexactly(int(found["content-length"]))).decode()
        self.heads.append(head)
        self.bodies.append(body)
        self.events.append(checked(body, found["authorization"]))
        self.arrived.set()
        if self.say is not None:
            await self.say(writer)
        else:
            writer.write(self.answers[min(len(self.events), len(self.answers)) - 1])
            await writer.drain()


def checked(body: str, token: str, secret: str = SECRET) -> WebhookEvent:
    """Return the event as LiveKit's own receiver reads it."""
    receiver: Any = WebhookReceiver(TokenVerifier(KEY, secret))
    event: WebhookEvent = receiver.receive(body, token)
    return event


@contextlib.asynccontextmanager
async def receiving(*answers: bytes, say: Say | None = None) -> AsyncIterator[Receiver]:
    """Receive on loopback until the block ends."""
    receiver = Receiver(list(answers) or [OK], say=say)
    async with serving(receiver.handle) as port:
        receiver.url = f"http://localhost:{port}/hook"
        yield receiver
