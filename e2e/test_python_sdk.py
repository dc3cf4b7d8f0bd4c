"""LiveKit's Python client, unmodified, in a call with a browser."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from uuid import uuid4

import pytest
from livekit import api, rtc
from livekit.protocol.room import PerformRpcRequest, PerformRpcResponse
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import until
from harness.media import LOOKS
from harness.servers import KEY, SECRET, Server
from harness.sound import hears, publish_picture, publish_tone

TONE_HZ = 1000


@pytest.fixture
async def room_name() -> str:
    return f"sdk-{uuid4().hex[:6]}"


@pytest.fixture
async def sdk(
    server: Server, room_name: str, request: pytest.FixtureRequest
) -> AsyncIterator[rtc.Room]:
    room = rtc.Room()
    options = rtc.RoomOptions(single_peer_connection=getattr(request, "param", True))
    await room.connect(server.websocket, tokens.mint(room_name, "robot"), options)
    yield room
    await room.disconnect()


@pytest.fixture(params=[True, False], ids=["one connection", "two connections"])
async def page(
    server: Server, people: list[Browser], room_name: str, request: pytest.FixtureRequest
) -> Page:
    page = await barepage.open_page(people[0], server.http)
    token = tokens.mint(room_name, "browser")
    way = {"singlePeerConnection": request.param}
    await barepage.join(page, server.websocket, token, room=way)
    return page


@pytest.mark.parametrize(
    "sdk", [True, False], ids=["one connection", "two connections"], indirect=True
)
class TestMedia:
    async def test_the_browser_hears_and_sees_the_sdk(self, sdk: rtc.Room, page: Page) -> None:
        hold = asyncio.Event()
        playing = asyncio.gather(publish_tone(sdk, hold, TONE_HZ), publish_picture(sdk, hold))

        async def hears_and_sees() -> bool:
            heard = {ear["participant"]: ear["hz"] for ear in await page.evaluate("hear()")}
            first = {eye["participant"]: eye["print"] for eye in await page.evaluate("see()")}
            await page.wait_for_timeout(300)
            second = {eye["participant"]: eye["print"] for eye in await page.evaluate("see()")}
            return abs(heard.get("robot", 0) - TONE_HZ) < 15 and (
                first.get("robot") != second.get("robot") is not None
            )

        await until(hears_and_sees, "the browser hears the tone and sees the picture move")
        hold.set()
        await playing

    @pytest.mark.usefixtures("page")
    async def test_the_sdk_hears_and_sees_the_browser(self, sdk: rtc.Room) -> None:
        tracks: dict[int, rtc.RemoteTrack] = {}

        async def has_both() -> bool:
            browser = sdk.remote_participants.get("browser")
            publications = browser.track_publications.values() if browser else ()
            tracks.update({p.track.kind: p.track for p in publications if p.track})
            return len(tracks) == 2

        await until(has_both, "both tracks are subscribed")

        await hears(tracks[rtc.TrackKind.KIND_AUDIO], LOOKS[0].tone_hz)
        sight = rtc.VideoStream(tracks[rtc.TrackKind.KIND_VIDEO])
        pictures: set[bytes] = set()
        async with asyncio.timeout(20):
            async for frame_event in sight:
                pictures.add(bytes(frame_event.frame.data[: frame_event.frame.width]))
                if len(pictures) >= 3:
                    break
        await sight.aclose()

        assert len(pictures) >= 3


class TestData:
    async def test_packets_pass_both_ways_once_and_in_order(
        self, sdk: rtc.Room, page: Page
    ) -> None:
        received: list[str] = []
        senders: set[str] = set()

        def note(packet: rtc.DataPacket) -> None:
            received.append(packet.data.decode())
            senders.add(packet.participant.identity if packet.participant else "?")

        sdk.on("data_received", note)
        await page.evaluate("noteData()")
        await page.evaluate("sendData('b', 200)")
        for number in range(200):
            await sdk.local_participant.publish_data(f"s{number}", reliable=True)

        await until(partial(reached, received, 200), "all messages reach the SDK")
        assert received == [f"b{n}" for n in range(200)]
        assert senders == {"browser"}

        async def browser_has_all() -> bool:
            return bool(await page.evaluate("got.length >= 200"))

        await until(browser_has_all, "all messages reach the browser")
        assert await page.evaluate("got") == [[f"s{n}", "robot"] for n in range(200)]

    async def test_a_text_stream_passes_both_ways(self, sdk: rtc.Room, page: Page) -> None:
        texts: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        tasks: list[asyncio.Task[None]] = []

        async def read(reader: rtc.TextStreamReader, sender: str) -> None:
            await texts.put((await reader.read_all(), sender))

        sdk.register_text_stream_handler(
            "lk.chat",
            lambda reader, sender: tasks.append(asyncio.create_task(read(reader, sender))),
        )
        await page.evaluate("noteText('lk.chat')")
        long_text = "Selamat pagi, semua! " * 2000

        await page.evaluate(
            "text => room.localParticipant.sendText(text, { topic: 'lk.chat' })", long_text
        )
        await sdk.local_participant.send_text("Apa kabar?", topic="lk.chat")

        async with asyncio.timeout(20):
            assert await texts.get() == (long_text, "browser")
        await until(partial(evaluates, page, "texts.length > 0"), "the browser reads the stream")
        assert await page.evaluate("texts") == [["Apa kabar?", "robot"]]

    async def test_calls_pass_both_ways_and_name_an_unknown_method(
        self, sdk: rtc.Room, page: Page
    ) -> None:
        async def shout(call: rtc.RpcInvocationData) -> str:
            return call.payload.upper()

        sdk.local_participant.register_rpc_method("shout", shout)
        await page.evaluate("answerCalls('whisper')")

        answer = await page.evaluate("call('robot', 'shout', 'halo')")
        back = await sdk.local_participant.perform_rpc(
            destination_identity="browser", method="whisper", payload="HALO"
        )
        with pytest.raises(rtc.RpcError) as unknown:
            await sdk.local_participant.perform_rpc(
                destination_identity="browser", method="sing", payload=""
            )

        assert (answer, back) == ("HALO", "halo")
        assert unknown.value.code == 1400


@pytest.fixture
async def other(server: Server, room_name: str) -> AsyncIterator[rtc.Room]:
    room = rtc.Room()
    await room.connect(server.websocket, tokens.mint(room_name, "other"))
    yield room
    await room.disconnect()


@pytest.fixture
async def back_end(server: Server) -> AsyncIterator[api.LiveKitAPI]:
    async with api.LiveKitAPI(server.http, KEY, SECRET) as client:
        yield client


class TestStreams:
    async def test_bytes_arrive_whole_with_name_and_type(
        self, sdk: rtc.Room, other: rtc.Room
    ) -> None:
        files: asyncio.Queue[tuple[str, str, bytes]] = asyncio.Queue()
        tasks: list[asyncio.Task[None]] = []

        async def read(reader: rtc.ByteStreamReader) -> None:
            contents = b"".join([chunk async for chunk in reader])
            await files.put((reader.info.name, reader.info.mime_type, contents))

        other.register_byte_stream_handler(
            "files", lambda reader, _: tasks.append(asyncio.create_task(read(reader)))
        )
        contents = bytes(range(256)) * 500
        await until(partial(knows, sdk, "other"), "the other is known")
        writer = await sdk.local_participant.stream_bytes(
            "a file.bin", mime_type="application/x-test", topic="files"
        )
        await writer.write(contents)
        await writer.aclose()

        async with asyncio.timeout(30):
            assert await files.get() == ("a file.bin", "application/x-test", contents)


class TestProfile:
    async def test_attributes_name_and_metadata_reach_the_other(
        self, server: Server, room_name: str, other: rtc.Room
    ) -> None:
        room = rtc.Room()
        grants = api.VideoGrants(room_join=True, room=room_name, can_update_own_metadata=True)
        await room.connect(server.websocket, tokens.mint(room_name, "robot", grants=grants))
        await room.local_participant.set_attributes({"mood": "calm"})
        await room.local_participant.set_metadata("made of tin")
        await room.local_participant.set_name("Tin")

        async def is_told() -> bool:
            robot = other.remote_participants.get("robot")
            return (
                robot is not None
                and robot.attributes.get("mood") == "calm"
                and (robot.metadata, robot.name) == ("made of tin", "Tin")
            )

        await until(is_told, "the other reads the profile")
        await room.disconnect()


class TestServerApi:
    async def test_calls_a_method_at_the_sdk(
        self, sdk: rtc.Room, back_end: api.LiveKitAPI, room_name: str
    ) -> None:
        async def shout(call: rtc.RpcInvocationData) -> str:
            return call.payload.upper()

        sdk.local_participant.register_rpc_method("shout", shout)
        request = PerformRpcRequest(
            room=room_name, destination_identity="robot", method="shout", payload="halo"
        )
        unknown = PerformRpcRequest(
            room=room_name, destination_identity="robot", method="sing", payload=""
        )

        answer = await perform(back_end, request)
        with pytest.raises(api.TwirpError) as refused:
            await perform(back_end, unknown)

        assert answer.payload == "HALO"
        assert refused.value.code == "invalid_argument"
        assert "1400" in refused.value.message

    async def test_takes_a_permission_away_at_run_time(
        self, sdk: rtc.Room, other: rtc.Room, back_end: api.LiveKitAPI, room_name: str
    ) -> None:
        hold = asyncio.Event()
        playing = asyncio.create_task(publish_tone(sdk, hold, TONE_HZ))

        async def hears_robot() -> bool:
            robot = other.remote_participants.get("robot")
            return robot is not None and any(
                publication.track for publication in robot.track_publications.values()
            )

        async def hears_nobody() -> bool:
            return not await hears_robot()

        await until(hears_robot, "the tone is subscribed to")
        await back_end.room.update_participant(
            api.UpdateParticipantRequest(
                room=room_name,
                identity="robot",
                permission=api.ParticipantPermission(can_subscribe=True, can_publish=False),
            )
        )

        await until(hears_nobody, "the tone is gone")
        assert not sdk.local_participant.permissions.can_publish
        hold.set()
        await playing

    async def test_a_mute_by_the_server_reaches_both(
        self, sdk: rtc.Room, other: rtc.Room, back_end: api.LiveKitAPI, room_name: str
    ) -> None:
        hold = asyncio.Event()
        playing = asyncio.create_task(publish_tone(sdk, hold, TONE_HZ))

        async def is_known() -> bool:
            return any(p.track_publications for p in other.remote_participants.values())

        await until(is_known, "the tone is announced")
        [mine] = sdk.local_participant.track_publications.values()
        await back_end.room.mute_published_track(
            api.MuteRoomTrackRequest(
                room=room_name, identity="robot", track_sid=mine.sid, muted=True
            )
        )

        async def is_muted() -> bool:
            robot = other.remote_participants["robot"]
            return mine.muted and all(p.muted for p in robot.track_publications.values())

        await until(is_muted, "both know of it")
        hold.set()
        await playing


async def perform(back_end: api.LiveKitAPI, request: PerformRpcRequest) -> PerformRpcResponse:
    """Call a method of LiveKit's service for which its library has no name yet."""
    service = back_end.room
    grants = api.VideoGrants(room_admin=True, room=request.room)
    answer: PerformRpcResponse = await service._client.request(  # noqa: SLF001  # see above
        "RoomService",
        "PerformRpc",
        request,
        service._auth_header(grants),  # noqa: SLF001  # see above
        PerformRpcResponse,
    )
    return answer


async def knows(room: rtc.Room, identity: str) -> bool:
    return identity in room.remote_participants


async def reached(received: list[str], count: int) -> bool:
    return len(received) >= count


async def evaluates(page: Page, expression: str) -> bool:
    return bool(await page.evaluate(expression))
