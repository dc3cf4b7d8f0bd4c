"""LiveKit's Python client, unmodified, in a call with a browser."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from uuid import uuid4

import pytest
from livekit import rtc
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import until
from harness.media import LOOKS
from harness.servers import Server
from harness.sound import hears, publish_tone

TONE_HZ = 1000
SIZE = (320, 180)


@pytest.fixture
async def room_name() -> str:
    return f"sdk-{uuid4().hex[:6]}"


@pytest.fixture
async def sdk(server: Server, room_name: str) -> AsyncIterator[rtc.Room]:
    room = rtc.Room()
    await room.connect(server.websocket, tokens.mint(room_name, "robot"))
    yield room
    await room.disconnect()


@pytest.fixture
async def page(server: Server, people: list[Browser], room_name: str) -> AsyncIterator[Page]:
    page = await barepage.open_page(people[0], server.http)
    await barepage.join(page, server.websocket, tokens.mint(room_name, "browser"))
    yield page
    await page.context.close()


async def publish_picture(room: rtc.Room, hold: asyncio.Event) -> None:
    """Show a field that gets brighter and darker until told to stop."""
    source = rtc.VideoSource(*SIZE)
    track = rtc.LocalVideoTrack.create_video_track("picture", source)
    options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_CAMERA)
    await room.local_participant.publish_track(track, options)
    shade = 0
    while not hold.is_set():
        shade = (shade + 8) % 256
        pixels = bytes([shade, 64, 255 - shade, 255]) * (SIZE[0] * SIZE[1])
        source.capture_frame(rtc.VideoFrame(*SIZE, rtc.VideoBufferType.RGBA, pixels))
        await asyncio.sleep(1 / 15)


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


async def reached(received: list[str], count: int) -> bool:
    return len(received) >= count


async def evaluates(page: Page, expression: str) -> bool:
    return bool(await page.evaluate(expression))
