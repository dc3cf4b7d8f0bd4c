"""A back end with LiveKit's own library follows a meeting by webhooks, also one that was away."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from livekit import api, rtc

from harness import go, tokens
from harness.back_end import BackEnd, receiving, telling
from harness.servers import KEY, SECRET, Server
from harness.sound import publish_tone

pytestmark = pytest.mark.robots

MEETING = [
    "room_started",
    "participant_joined",
    "track_published",
    "track_unpublished",
    "participant_left",
    "room_finished",
]


@pytest.fixture
async def back_end() -> AsyncIterator[BackEnd]:
    async with receiving() as found:
        yield found


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
        async with telling(tmp_path, back_end.port) as server:
            await meet(server, "tea")

            assert await back_end.until("room_finished") == MEETING
        assert {event.room.name for event in back_end.events} == {"tea"}
        assert back_end.events[1].participant.identity == "robot"
        assert back_end.events[2].track.sid == back_end.events[3].track.sid

    async def test_is_told_to_a_back_end_that_was_away(
        self, tmp_path: Path, back_end: BackEnd
    ) -> None:
        back_end.is_away = True
        async with telling(tmp_path, back_end.port) as server:
            await meet(server, "tea")
            await back_end.until_refused()

        back_end.is_away = False
        async with telling(tmp_path, back_end.port):
            assert await back_end.until("room_finished") == MEETING

    @pytest.mark.skipif(not go.is_there(), reason="Go is not on the PATH")
    async def test_is_told_to_a_back_end_with_the_go_library(self, tmp_path: Path) -> None:
        async with go.receiving() as receiver:
            port = (await receiver.until("listening"))["port"]
            async with telling(tmp_path, port) as server:
                await meet(server, "tea")
                told = [await receiver.until("webhook") for _ in MEETING]

        assert [event["name"] for event in told] == MEETING
        assert {event["room"] for event in told} == {"tea"}
        assert told[1]["identity"] == "robot"
        assert told[2]["track"] == told[3]["track"] != ""
