"""LiveKit's Go client, unmodified: what Python says or shows comes back from it."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from uuid import uuid4

import pytest
from livekit import api, rtc

from harness import go, tokens
from harness.barepage import until
from harness.go import Fact, GoClient
from harness.servers import Server
from harness.sound import hears, publish_picture, publish_tone, sounds

pytestmark = [
    pytest.mark.robots,
    pytest.mark.skipif(
        not go.is_there(), reason="Go is not on the PATH, and the client is built with it"
    ),
]

TONE_HZ = 420
SIGNAL_RECONNECT, SERVER_LEAVE = 0, 5


@pytest.fixture
async def name() -> str:
    return f"go-{uuid4().hex[:6]}"


@pytest.fixture
async def client(
    server: Server, name: str, request: pytest.FixtureRequest
) -> AsyncIterator[GoClient]:
    grants = api.VideoGrants(room_join=True, room=name, can_update_own_metadata=True)
    token, way = tokens.mint(name, "gopher", grants=grants), getattr(request, "param", "double")
    async with go.running(server, token, way) as running:
        await running.until("joined")
        yield running


@pytest.fixture
async def sdk(server: Server, name: str, client: GoClient) -> AsyncIterator[rtc.Room]:
    room = rtc.Room()
    await room.connect(server.websocket, tokens.mint(name, "robot"))
    await client.until("came", lambda fact: fact["identity"] == "robot")
    yield room
    await room.disconnect()


async def track_of(room: rtc.Room, kind: int) -> rtc.RemoteTrack:
    """Return the track of the Go client, once it is subscribed to."""
    found: list[rtc.RemoteTrack] = []

    async def is_there() -> bool:
        gopher = room.remote_participants.get("gopher")
        publications = gopher.track_publications.values() if gopher else ()
        found[:] = [p.track for p in publications if p.track and p.track.kind == kind]
        return bool(found)

    await until(is_there, "a track of the Go client")
    return found[0]


class TestMedia:
    @pytest.mark.parametrize("client", ["double", "single"], indirect=True)
    async def test_a_tone_and_a_picture_come_back(self, client: GoClient, sdk: rtc.Room) -> None:
        hold = asyncio.Event()
        playing = asyncio.gather(publish_tone(sdk, hold, TONE_HZ), publish_picture(sdk, hold))
        await client.do("echo")

        await hears(await track_of(sdk, rtc.TrackKind.KIND_AUDIO), TONE_HZ)
        stream = rtc.VideoStream(await track_of(sdk, rtc.TrackKind.KIND_VIDEO))
        async with asyncio.timeout(60):
            shades: set[int] = set()
            async for event in stream:
                shades.add(event.frame.convert(rtc.VideoBufferType.RGBA).data[0] // 32)
                if len(shades) > 3:
                    break
        await stream.aclose()

        await client.do("unpublish")

        async def is_gone() -> bool:
            return not sdk.remote_participants["gopher"].track_publications

        await until(is_gone, "the tracks are gone")
        hold.set()
        await playing

    async def test_a_mute_is_seen_on_both_sides(self, client: GoClient, sdk: rtc.Room) -> None:
        hold = asyncio.Event()
        playing = asyncio.create_task(publish_tone(sdk, hold, TONE_HZ))
        await client.do("echo")
        await track_of(sdk, rtc.TrackKind.KIND_AUDIO)
        await client.until("subscribed")
        [mine] = sdk.local_participant.track_publications.values()
        assert isinstance(mine.track, rtc.LocalAudioTrack)

        await client.do("mute", muted=True)
        mine.track.mute()

        async def is_muted() -> bool:
            return all(
                p.muted for p in sdk.remote_participants["gopher"].track_publications.values()
            )

        await until(is_muted, "the mute is seen")
        assert (await client.until("muted", by_robot))["sid"] == mine.sid
        mine.track.unmute()
        await client.until("unmuted", by_robot)
        hold.set()
        await playing

    async def test_a_permission_ends_what_is_received(
        self, client: GoClient, sdk: rtc.Room
    ) -> None:
        hold = asyncio.Event()
        playing = asyncio.create_task(publish_tone(sdk, hold, TONE_HZ))
        subscribed = await client.until("subscribed")

        sdk.local_participant.set_track_subscription_permissions(allow_all_participants=False)

        # The Go client says nothing of it, but its track is over.
        assert (await client.until("ended"))["sid"] == subscribed["sid"]
        hold.set()
        await playing


class TestData:
    async def test_packets_pass_both_ways(self, client: GoClient, sdk: rtc.Room) -> None:
        heard: asyncio.Queue[tuple[str, str | None]] = asyncio.Queue()
        sdk.on("data_received", lambda p: heard.put_nowait((p.data.decode(), p.topic)))

        await sdk.local_participant.publish_data("to go", topic="greetings")
        told = await client.until("data")
        await client.do("data", text="from go", topic="greetings", identity="robot")

        assert (told["text"], told["topic"], told["from"]) == ("to go", "greetings", "robot")
        async with asyncio.timeout(30):
            assert await heard.get() == ("from go", "greetings")

    async def test_text_streams_pass_both_ways(self, client: GoClient, sdk: rtc.Room) -> None:
        texts: asyncio.Queue[str] = asyncio.Queue()
        tasks: list[asyncio.Task[None]] = []

        async def read(reader: rtc.TextStreamReader) -> None:
            await texts.put(await reader.read_all())

        sdk.register_text_stream_handler(
            "greetings", lambda reader, _: tasks.append(asyncio.create_task(read(reader)))
        )
        long_text = "Selamat siang! " * 2000

        await sdk.local_participant.send_text(long_text, topic="greetings")
        told = await client.until("text")
        await client.do("text", text=long_text, topic="greetings")

        assert (told["text"], told["from"]) == (long_text, "robot")
        async with asyncio.timeout(30):
            assert await texts.get() == long_text

    async def test_calls_pass_both_ways(self, client: GoClient, sdk: rtc.Room) -> None:
        async def greet(call: rtc.RpcInvocationData) -> str:
            return f"Hello {call.payload}"

        sdk.local_participant.register_rpc_method("greet", greet)

        await client.do("call", identity="robot", method="greet", text="gopher")
        answer = await sdk.local_participant.perform_rpc(
            destination_identity="gopher", method="shout", payload="halo"
        )

        assert (await client.until("answer"))["text"] == "Hello gopher"
        assert answer == "halo!"

    async def test_attributes_pass_both_ways(self, client: GoClient, sdk: rtc.Room) -> None:
        await client.do("attributes", attributes={"mood": "calm"})

        async def is_told() -> bool:
            return sdk.remote_participants["gopher"].attributes.get("mood") == "calm"

        await until(is_told, "the attribute is read")


class TestComingBack:
    @pytest.mark.parametrize("scenario", [SIGNAL_RECONNECT, SERVER_LEAVE])
    async def test_goes_on_after_a_loss(
        self, client: GoClient, sdk: rtc.Room, scenario: int
    ) -> None:
        hold, voice = asyncio.Event(), partial(track_of, sdk, rtc.TrackKind.KIND_AUDIO)
        playing = asyncio.create_task(publish_tone(sdk, hold, TONE_HZ))
        await client.do("echo")
        await sounds(voice, TONE_HZ)

        await client.do("simulate", scenario=scenario)
        await client.until("reconnecting")
        await client.until("reconnected")

        await sounds(voice, TONE_HZ)
        hold.set()
        await playing


class TestServerApi:
    async def test_answers_the_go_library(self, client: GoClient, sdk: rtc.Room) -> None:
        gone = asyncio.Event()
        sdk.on("disconnected", lambda _: gone.set())

        await client.do("api", text="robot")
        told = await client.until("service")
        data = await client.until("data")

        assert (told["rooms"], told["people"], told["metadata"]) == (1, 2, "from go")
        assert told["attributes"] == {"by": "go"}
        assert told["absent"]
        assert data["text"] == "from the service"
        await client.until("went", by_robot)
        async with asyncio.timeout(30):
            await gone.wait()


def by_robot(fact: Fact) -> bool:
    return bool(fact["identity"] == "robot")


class TestRefusal:
    async def test_says_that_the_token_is_none(self, server: Server, name: str) -> None:
        token = tokens.mint(name, "gopher", secret="another secret, as long as the first one")

        async with go.running(server, token) as refused:
            told = await refused.until("refused")

        assert "unauthorized" in told["error"].lower()
