"""LiveKit's Python client, unmodified: its screen, and the rooms that its library keeps."""

import asyncio
from functools import partial
from uuid import uuid4

import pytest
from livekit import api, rtc
from playwright.async_api import Browser, Page

from harness import barepage, robots, tokens
from harness.barepage import says, until
from harness.robots import showing, track_of
from harness.servers import KEY, SECRET, Server

TONE_HZ = 1000
PICTURES = 3
Source = rtc.TrackSource


@pytest.fixture
async def name() -> str:
    return f"python-{uuid4().hex[:6]}"


@pytest.fixture(params=[True, False], ids=["one connection", "two connections"])
async def page(
    server: Server, people: list[Browser], name: str, request: pytest.FixtureRequest
) -> Page:
    page = await barepage.open_page(people[0], server.http)
    way = {"singlePeerConnection": request.param}
    token = tokens.mint(name, "browser")
    await barepage.join(page, server.websocket, token, publish=False, room=way)
    return page


class TestScreen:
    async def test_reaches_the_browser_with_its_sound(
        self, server: Server, name: str, page: Page
    ) -> None:
        sources = (Source.SOURCE_SCREENSHARE_AUDIO, Source.SOURCE_SCREENSHARE)

        async def moves() -> bool:
            first = await page.evaluate("see()")
            await page.wait_for_timeout(300)
            return bool(first and first != await page.evaluate("see()"))

        async with robots.joined(server, name) as robot, showing(robot, TONE_HZ, *sources):
            shown = "document.querySelector('video[data-source=screen_share]')?.videoWidth > 0"
            sounds = "!!document.querySelector('audio[data-source=screen_share_audio]')"
            await until(partial(says, page, f"{shown} && {sounds}"), "the screen is there", 60)
            await until(moves, "the picture moves", 60)
            await until(partial(barepage.hears, page, "robot", TONE_HZ), "the sound is heard", 60)

    async def test_of_the_browser_is_seen(self, server: Server, name: str, page: Page) -> None:
        async with robots.joined(server, name) as robot:
            await page.evaluate("room.localParticipant.setScreenShareEnabled(true)")
            screen = rtc.VideoStream(await track_of(robot, "browser", Source.SOURCE_SCREENSHARE))

            async with asyncio.timeout(60):
                for _ in range(PICTURES):
                    assert (await anext(screen)).frame.width > 0
            await screen.aclose()


class TestRooms:
    async def test_are_created_listed_changed_and_deleted(self, server: Server, name: str) -> None:
        gone: asyncio.Queue[int] = asyncio.Queue()
        async with api.LiveKitAPI(server.http, KEY, SECRET) as back_end:
            rooms = back_end.room
            wanted = api.ListRoomsRequest(names=[name])
            made = await rooms.create_room(api.CreateRoomRequest(name=name, metadata="first"))
            async with robots.joined(server, name) as robot:
                robot.on("disconnected", gone.put_nowait)
                assert robot.metadata == "first"

                await rooms.update_room_metadata(
                    api.UpdateRoomMetadataRequest(room=name, metadata="second")
                )

                async def is_told() -> bool:
                    return robot.metadata == "second"

                await until(is_told, "the change reaches who is inside")
                [listed] = (await rooms.list_rooms(wanted)).rooms
                every = (await rooms.list_rooms(api.ListRoomsRequest())).rooms

                await rooms.delete_room(api.DeleteRoomRequest(room=name))

                async with asyncio.timeout(60):
                    assert await gone.get() == rtc.DisconnectReason.ROOM_DELETED
            left = (await rooms.list_rooms(wanted)).rooms

        assert (listed.sid, listed.metadata, listed.num_participants) == (made.sid, "second", 1)
        assert made.sid in {room.sid for room in every}
        assert not left

    async def test_what_is_not_offered_says_so(self, server: Server) -> None:
        async with api.LiveKitAPI(server.http, KEY, SECRET) as back_end:
            for asked in (
                back_end.egress.list_egress(api.ListEgressRequest()),
                back_end.ingress.list_ingress(api.ListIngressRequest()),
                back_end.sip.list_inbound_trunk(api.ListSIPInboundTrunkRequest()),
            ):
                with pytest.raises(api.TwirpError) as refused:
                    await asked
                assert refused.value.code == api.TwirpErrorCode.UNIMPLEMENTED
