"""What changes while a worker made with LiveKit's agent framework, unmodified, is in a room."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from functools import partial

import pytest
from livekit import rtc

from harness import agents, robots
from harness.agents import call, hum_in, hum_of, keep, says, says_it_moves
from harness.barepage import until
from harness.robots import encrypted, filming, publish_tones, showing, sounding, track_of
from harness.servers import Server
from harness.sound import middle_hz, publish_picture, sounds

pytestmark = pytest.mark.robots

TONE_HZ = 420
KEY = "a key that the server never sees"
Source = rtc.TrackSource
Codec = rtc.VideoCodec
Quality = rtc.VideoQuality
LARGE = (960, 540)


@pytest.fixture(scope="module")
async def worker(server: Server) -> AsyncIterator[Server]:
    """A server with a worker."""
    async with agents.working(server):
        yield server


def listening(room: rtc.Room, topic: str) -> asyncio.Queue[str]:
    """Return what the agent says from now on about something."""
    said: asyncio.Queue[str] = asyncio.Queue()

    @room.on("data_received")
    def told(packet: rtc.DataPacket) -> None:
        if packet.topic == topic:
            said.put_nowait(packet.data.decode())

    return said


def hearing(room: rtc.Room, topic: str = "heard") -> asyncio.Queue[float]:
    """Return the numbers that the agent says from now on."""
    said: asyncio.Queue[float] = asyncio.Queue()
    room.on("data_received", partial(keep, said, topic))
    return said


async def falls_silent(heard: asyncio.Queue[float]) -> None:
    """Return once the agent, which speaks of what it hears every second, hears no tone."""
    async with asyncio.timeout(60):
        with contextlib.suppress(TimeoutError):
            while abs(await asyncio.wait_for(heard.get(), 4) - TONE_HZ) < 30:
                pass


class TestScreen:
    async def test_is_seen_with_its_sound(self, worker: Server) -> None:
        sources = (Source.SOURCE_SCREENSHARE_AUDIO, Source.SOURCE_SCREENSHARE)
        async with call(worker) as (room, _):
            heard, shown = hearing(room), hearing(room, "shown")
            async with showing(room, TONE_HZ, *sources):
                await says(heard, TONE_HZ)
                await says_it_moves(shown)


class TestCodec:
    @pytest.mark.parametrize(
        "codec", [Codec.VP8, Codec.H264, Codec.VP9, Codec.AV1], ids=["vp8", "h264", "vp9", "av1"]
    )
    async def test_is_decoded(self, worker: Server, codec: Codec.ValueType) -> None:
        hold, options = asyncio.Event(), rtc.TrackPublishOptions(video_codec=codec)
        async with call(worker) as (room, _):
            seen = hearing(room, "seen")
            showing = asyncio.create_task(publish_picture(room, hold, options=options))
            await says_it_moves(seen)
            hold.set()
            await showing


async def says_it_is_wide(widths: asyncio.Queue[float], width: int) -> None:
    """Return once the agent sees a picture so wide."""
    async with asyncio.timeout(60):
        while await widths.get() != width:
            pass


class TestSizes:
    @pytest.mark.parametrize("codec", [Codec.VP9, Codec.AV1], ids=["vp9", "av1"])
    async def test_of_one_stream_follow_what_is_asked_for(
        self, worker: Server, codec: Codec.ValueType
    ) -> None:
        layered = rtc.TrackPublishOptions(
            source=Source.SOURCE_CAMERA, video_codec=codec, scalability_mode="L3T3_KEY"
        )
        async with call(worker) as (room, _), filming(room, LARGE, layered):
            widths = hearing(room, "width")
            await says_it_is_wide(widths, 960)

            for quality, width in (
                (Quality.VIDEO_QUALITY_LOW, 240),
                (Quality.VIDEO_QUALITY_HIGH, 960),
            ):
                await room.local_participant.publish_data(f"{quality}", topic="size")
                await says_it_is_wide(widths, width)


class TestTracks:
    async def test_more_than_prepared_for_come_over_one_connection(self, worker: Server) -> None:
        async with call(worker, "single") as (room, _), sounding(TONE_HZ) as source:
            subscribed = listening(room, "subscribed")
            first = await publish_tones(room, source, 8)
            assert {await subscribed.get() for _ in range(8)} == first

            for sid in sorted(first)[:4]:
                await room.local_participant.unpublish_track(sid)
            second = await publish_tones(room, source, 4)
            assert {await subscribed.get() for _ in range(4)} == second


class TestPublication:
    async def test_ends_and_comes_anew(self, worker: Server) -> None:
        async with call(worker) as (room, agent):
            first = (await hum_of(agent)).sid

            await room.local_participant.publish_data("", topic="hum anew")

            async def is_another() -> bool:
                sids = [each.sid for each in agent.track_publications.values() if each.track]
                return sids != [] and first not in sids

            await until(is_another, "another track has come", 60)
            await hum_of(agent)


class TestSubscription:
    async def test_ends_and_begins_again(self, worker: Server) -> None:
        async with call(worker) as (room, _), showing(room, TONE_HZ):
            me, ended = room.local_participant, listening(room, "ended")
            await says(hearing(room), TONE_HZ)

            await me.publish_data("no", topic="subscribe")
            async with asyncio.timeout(60):
                for _ in range(2):
                    await ended.get()

            await me.publish_data("yes", topic="subscribe")
            await says(hearing(room), TONE_HZ)

    async def test_may_be_refused_and_allowed_again(self, worker: Server) -> None:
        async with call(worker) as (room, _), showing(room, TONE_HZ):
            me = room.local_participant
            await says(hearing(room), TONE_HZ)

            me.set_track_subscription_permissions(allow_all_participants=False)
            await falls_silent(hearing(room))

            me.set_track_subscription_permissions(allow_all_participants=True)
            await says(hearing(room), TONE_HZ)


class TestProfile:
    async def test_name_metadata_and_attributes_go_both_ways(self, worker: Server) -> None:
        wish = {"name": "Tin", "metadata": "made of tin", "attributes": {"mood": "calm"}}
        async with call(worker) as (room, agent):
            changed = listening(room, "changed")
            await room.local_participant.publish_data(json.dumps(wish), topic="become")

            async def is_told() -> bool:
                told = (agent.name, agent.metadata, agent.attributes.get("mood"))
                return told == ("Tin", "made of tin", "calm")

            await until(is_told, "the caller reads the profile", 60)

            await room.local_participant.set_attributes({"mood": "bright"})
            async with asyncio.timeout(60):
                assert json.loads(await changed.get()) == {"mood": "bright"}


class TestIdentity:
    async def test_of_another_in_its_place_ends_the_job(self, worker: Server) -> None:
        async with call(worker) as (room, agent):
            assert room.name is not None
            first = agent.sid

            async def is_another() -> bool:
                now = room.remote_participants.get(agent.identity)
                return now is not None and now.sid != first

            async def is_alone() -> bool:
                return not room.remote_participants

            async with robots.joined(worker, room.name, agent.identity):
                await until(is_another, "the other is in its place", 60)
            await until(is_alone, "the agent does not come back", 60)


class TestConnection:
    @pytest.mark.parametrize("way", ["single", "double"])
    async def test_hears_and_is_heard(self, worker: Server, way: str) -> None:
        async with call(worker, way) as (room, agent), showing(room, TONE_HZ):
            await hum_of(agent)
            await says(hearing(room), TONE_HZ)


class TestEncryption:
    async def test_who_has_the_key_hears_and_nobody_else(self, worker: Server) -> None:
        options = encrypted(KEY.encode())
        async with call(worker, f"key:{KEY}", options) as (room, agent), showing(room, TONE_HZ):
            assert room.name is not None
            await sounds(partial(hum_in, room), agents.HUM_HZ)
            await says(hearing(room), TONE_HZ)

            async with robots.joined(worker, room.name, "eve") as eve:
                stolen = await middle_hz(await track_of(eve, "caller", Source.SOURCE_MICROPHONE))
                hummed = await middle_hz(await track_of(eve, agent.identity, Source.SOURCE_UNKNOWN))

        assert abs(stolen - TONE_HZ) > 60
        assert abs(hummed - agents.HUM_HZ) > 60
