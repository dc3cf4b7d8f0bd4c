"""A back end with LiveKit's own library follows a meeting by webhooks, also one that was away."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from livekit import api, rtc
from livekit.protocol.webhook import WebhookEvent

from harness import servers, tokens
from harness.servers import KEY, SECRET, Server
from harness.sound import publish_tone

MEETING = [
    "room_started",
    "participant_joined",
    "track_published",
    "track_unpublished",
    "participant_left",
    "room_finished",
]


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


@pytest.fixture
async def back_end() -> AsyncIterator[BackEnd]:
    found = BackEnd()
    app = web.Application()
    app.router.add_post("/hook", found.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.port = runner.addresses[0][1]
    yield found
    await runner.cleanup()


@asynccontextmanager
async def telling(folder: Path, back_end: BackEnd) -> AsyncIterator[Server]:
    """Serve with the back end as receiver."""
    settings = {
        "JUMPA_WEBHOOK__URLS": f"http://localhost:{back_end.port}/hook",
        "JUMPA_WEBHOOK__API_KEY": KEY,
        "JUMPA_OUTBOUND__ALLOWED_HOSTS": "localhost",
    }
    running = await servers.start(folder / "data", environment={**os.environ, **settings})
    yield running
    assert await running.stop() == 0


async def meet(server: Server, name: str) -> None:
    """Join, make a sound, leave, and end the room."""
    room, hold = rtc.Room(), asyncio.Event()
    await room.connect(server.websocket, tokens.mint(name, "robot"))
    playing = asyncio.create_task(publish_tone(room, hold, 420))
    published = asyncio.Event()
    room.on("local_track_published", lambda *_: published.set())
    async with asyncio.timeout(60):
        await published.wait()
    [mine] = room.local_participant.track_publications.values()
    await room.local_participant.unpublish_track(mine.sid)
    hold.set()
    await playing
    await room.disconnect()
    async with api.LiveKitAPI(server.http, KEY, SECRET) as client:
        await client.room.delete_room(api.DeleteRoomRequest(room=name))


class TestMeeting:
    async def test_is_told_whole_and_in_order(self, tmp_path: Path, back_end: BackEnd) -> None:
        async with telling(tmp_path, back_end) as server:
            await meet(server, "tea")

            assert await back_end.until("room_finished") == MEETING
        assert {event.room.name for event in back_end.events} == {"tea"}
        assert back_end.events[1].participant.identity == "robot"
        assert back_end.events[2].track.sid == back_end.events[3].track.sid

    async def test_is_told_to_a_back_end_that_was_away(
        self, tmp_path: Path, back_end: BackEnd
    ) -> None:
        back_end.is_away = True
        async with telling(tmp_path, back_end) as server:
            await meet(server, "tea")
            await back_end.until_refused()

        back_end.is_away = False
        async with telling(tmp_path, back_end):
            assert await back_end.until("room_finished") == MEETING
