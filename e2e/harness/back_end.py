"""A back end with LiveKit's own library, which webhooks are sent to."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from livekit import api
from livekit.protocol.webhook import WebhookEvent

from harness import servers
from harness.servers import KEY, SECRET, Server
from harness.sites import serving


@dataclass
class BackEnd:
    """Takes webhooks as LiveKit's documentation shows it; refuses them all while `is_away`."""

    port: int = 0
    is_away: bool = False
    refused: int = 0
    events: list[WebhookEvent] = field(default_factory=list)
    came: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        receiver = api.WebhookReceiver(api.TokenVerifier(KEY, SECRET))
        event = receiver.receive(await request.text(), request.headers["Authorization"])
        async with self.came:
            if self.is_away:
                self.refused += 1
            else:
                self.events.append(event)
            self.came.notify_all()
        return web.Response(status=503 if self.is_away else 200)

    async def until(self, event: str) -> list[str]:
        """Return the names of what came, once this has come."""
        async with asyncio.timeout(60), self.came:
            await self.came.wait_for(lambda: event in [each.event for each in self.events])
        return [each.event for each in self.events]

    async def until_refused(self) -> None:
        async with asyncio.timeout(60), self.came:
            await self.came.wait_for(lambda: self.refused > 0)


@asynccontextmanager
async def receiving() -> AsyncIterator[BackEnd]:
    """Receive on loopback until the block ends."""
    found = BackEnd()
    async with serving(web.post("/hook", found.take)) as found.port:
        yield found


@asynccontextmanager
async def telling(folder: Path, port: int) -> AsyncIterator[Server]:
    """Serve with the back end at a port as receiver."""
    settings = {
        "JUMPA_WEBHOOK__URLS": f"http://localhost:{port}/hook",
        "JUMPA_WEBHOOK__API_KEY": KEY,
        "JUMPA_OUTBOUND__ALLOWED_HOSTS": "localhost",
    }
    running = await servers.start(folder / "data", environment={**os.environ, **settings})
    try:
        yield running
    finally:
        status = await running.stop()
    assert status == 0
