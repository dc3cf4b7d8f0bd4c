"""Media with LiveKit's Go client, unmodified: codecs, layers, many tracks, encryption."""

import asyncio
from functools import partial
from uuid import uuid4

import pytest
from livekit import rtc

from harness import go, robots
from harness.go import Fact, GoClient
from harness.robots import (
    encrypted,
    filming,
    moves,
    publish_tones,
    published_by,
    sees,
    showing,
    sounding,
    track_of,
)
from harness.servers import Server
from harness.sound import middle_hz, sounds, sounds_clear

pytestmark = [
    pytest.mark.robots,
    pytest.mark.skipif(
        not go.is_there(), reason="Go is not on the PATH, and the client is built with it"
    ),
]

TONE_HZ = 420
KEY = "a key that the server never sees"
Source, Quality = rtc.TrackSource, rtc.VideoQuality
MICROPHONE, CAMERA = Source.SOURCE_MICROPHONE, Source.SOURCE_CAMERA
H264 = rtc.VideoCodec.H264
LARGE = (960, 540)


@pytest.fixture
async def name() -> str:
    return f"media-{uuid4().hex[:6]}"


def is_picture(fact: Fact) -> bool:
    return bool(fact["kind"] == "video")


async def camera_of(robot: rtc.Room, identity: str) -> rtc.RemoteTrackPublication:
    """Return somebody's camera, once it is seen to move."""
    await moves(await track_of(robot, identity, CAMERA))
    [camera] = [p for p in published_by(robot, identity) if p.source == CAMERA]
    return camera


class TestCodec:
    @pytest.mark.parametrize("codec", ["VP8", "H264", "VP9"])
    async def test_comes_back_as_it_was_sent(self, server: Server, name: str, codec: str) -> None:
        async with (
            go.joined(server, name) as gopher,
            robots.joined(server, name) as robot,
            showing(robot, TONE_HZ, codec=rtc.VideoCodec.Value(codec)),
        ):
            assert (await gopher.until("subscribed", is_picture))["mime"] == f"video/{codec}"

            await gopher.do("echo", codec=codec)

            assert (await camera_of(robot, "gopher")).mime_type == f"video/{codec}"

    async def test_red_reaches_it_as_opus(self, server: Server, name: str) -> None:
        async with (
            go.joined(server, name) as gopher,
            robots.joined(server, name) as robot,
            showing(robot, TONE_HZ),
        ):
            told = await gopher.until("subscribed", lambda fact: fact["kind"] == "audio")
            assert (told["published"], told["mime"]) == ("audio/red", "audio/opus")

            await gopher.do("echo")

            await sounds(partial(track_of, robot, "gopher", MICROPHONE), TONE_HZ)


def layered(codec: rtc.VideoCodec.ValueType) -> rtc.TrackPublishOptions:
    """Three sizes in one stream."""
    return rtc.TrackPublishOptions(source=CAMERA, video_codec=codec, scalability_mode="L3T3_KEY")


class TestSizes:
    async def test_of_one_stream_follow_what_is_asked_for(self, server: Server, name: str) -> None:
        async with (
            go.joined(server, name) as gopher,
            robots.joined(server, name) as robot,
            filming(robot, LARGE, layered(rtc.VideoCodec.VP9)),
        ):
            await gopher.until("subscribed")
            await gopher.do("echo", codec="VP9")
            await sees(robot, "gopher", LARGE[0])

            for quality, width in (
                (Quality.VIDEO_QUALITY_LOW, 240),
                (Quality.VIDEO_QUALITY_HIGH, LARGE[0]),
            ):
                await gopher.do("size", identity="robot", quality=quality)
                await sees(robot, "gopher", width)

    async def test_of_one_av1_stream_without_the_descriptor_are_the_smallest(
        self, server: Server, name: str
    ) -> None:
        async with (
            go.joined(server, name) as gopher,
            robots.joined(server, name) as robot,
            filming(robot, LARGE, layered(rtc.VideoCodec.AV1)),
        ):
            await gopher.until("subscribed")
            await gopher.do("echo", codec="AV1")

            await sees(robot, "gopher", 240)
            await camera_of(robot, "gopher")


class TestBackup:
    async def test_is_sent_to_who_cannot_decode_the_first_codec(
        self, server: Server, name: str
    ) -> None:
        async with (
            go.joined(server, name) as gopher,
            robots.joined(server, name, "modern") as modern,
            robots.joined(server, name, "old") as old,
            showing(modern, TONE_HZ, codec=H264),
            showing(old, TONE_HZ),
        ):
            await gopher.do("echo", codec="H264", backup="VP8")
            mirror = (await gopher.until("published", is_picture))["sid"]

            async with go.joined(server, name, "vp8", identity="mole") as mole:
                seen = await mole.until("subscribed", lambda fact: fact["sid"] == mirror)
                assert (seen["published"], seen["mime"]) == ("video/H264", "video/VP8")
                await mole.until("flows", lambda fact: fact["sid"] == mirror)
                assert (await camera_of(old, "gopher")).mime_type == "video/H264"


async def sends(gopher: GoClient, layers: list[str]) -> None:
    """Return once these layers are sent and no other."""
    await gopher.until("sent", lambda fact: fact["layers"] == layers)
    # What was told before says nothing of what comes after.
    gopher.kept.clear()


class TestDynacast:
    async def test_follows_what_is_looked_at(self, server: Server, name: str) -> None:
        async with (
            go.joined(server, name, "layers") as gopher,
            robots.joined(server, name) as robot,
            showing(robot, TONE_HZ),
        ):
            await gopher.do("publish layers")
            camera = await camera_of(robot, "gopher")
            await sends(gopher, ["f", "h", "q"])

            camera.set_video_quality(Quality.VIDEO_QUALITY_LOW)
            await sends(gopher, ["q"])
            await camera_of(robot, "gopher")

            camera.set_video_quality(Quality.VIDEO_QUALITY_HIGH)
            await sends(gopher, ["f", "h", "q"])
            await camera_of(robot, "gopher")

            camera.set_subscribed(False)
            await sends(gopher, [])


async def flowing(gopher: GoClient, count: int) -> set[str]:
    """Return the sids of the tracks that flow next."""
    return {(await gopher.until("flows"))["sid"] for _ in range(count)}


class TestTracks:
    async def test_more_than_prepared_for_come_over_one_connection(
        self, server: Server, name: str
    ) -> None:
        async with (
            go.joined(server, name, "single") as gopher,
            robots.joined(server, name) as robot,
            sounding(TONE_HZ) as source,
        ):
            first = await publish_tones(robot, source, 8)
            assert await flowing(gopher, 8) == first

            for sid in sorted(first)[:4]:
                await robot.local_participant.unpublish_track(sid)
            second = await publish_tones(robot, source, 4)
            assert await flowing(gopher, 4) == second


class TestEncryption:
    async def test_who_has_the_key_hears_and_sees(self, server: Server, name: str) -> None:
        async with (
            go.joined(server, name, f"key={KEY}") as gopher,
            robots.joined(server, name, options=encrypted(KEY.encode())) as robot,
            robots.joined(server, name, "eve") as eve,
            showing(robot, TONE_HZ, codec=H264),
        ):
            # What comes back is not encrypted, for the one who has no key to see and hear it.
            await gopher.do("echo", codec="H264")

            voice = partial(track_of, eve, "gopher", MICROPHONE)
            await sounds_clear(voice, TONE_HZ)
            assert (await camera_of(eve, "gopher")).encryption_type == rtc.EncryptionType.NONE
            theirs = published_by(eve, "robot")
            assert {each.encryption_type for each in theirs} == {rtc.EncryptionType.GCM}

    async def test_what_it_encrypts_is_for_who_has_the_key(self, server: Server, name: str) -> None:
        async with (
            go.joined(server, name, f"key={KEY}") as gopher,
            robots.joined(server, name, "friend", encrypted(KEY.encode())) as friend,
            robots.joined(server, name) as robot,
            showing(robot, TONE_HZ, codec=H264),
        ):
            await gopher.do("echo", codec="H264", encrypted=True)

            voice = partial(track_of, friend, "gopher", MICROPHONE)
            await sounds_clear(voice, TONE_HZ)
            assert (await camera_of(friend, "gopher")).encryption_type == rtc.EncryptionType.GCM
            stolen = await middle_hz(await track_of(robot, "gopher", MICROPHONE))
            assert abs(stolen - TONE_HZ) > 60

    async def test_nobody_else_hears_sees_or_reads(self, server: Server, name: str) -> None:
        heard: asyncio.Queue[str] = asyncio.Queue()
        async with (
            go.joined(server, name, f"key={KEY}") as gopher,
            go.joined(server, name, "key=another", identity="mole") as mole,
            robots.joined(server, name, options=encrypted(KEY.encode())) as robot,
            robots.joined(server, name, "eve") as eve,
            showing(robot, TONE_HZ, codec=H264),
        ):
            robot.on("data_received", lambda packet: heard.put_nowait(packet.data.decode()))
            locked = {(await mole.until("locked"))["sid"] for _ in range(2)}
            mine = robot.local_participant.track_publications.values()
            assert locked == {each.sid for each in mine}

            await robot.local_participant.publish_data("to go")
            assert (await gopher.until("data"))["text"] == "to go"
            await gopher.do("data", text="from go")
            async with asyncio.timeout(60):
                assert await heard.get() == "from go"

            # The two were on their way before this one, and are not what the other reads first.
            await eve.local_participant.publish_data("to all")
            assert (await mole.until("data"))["text"] == "to all"
