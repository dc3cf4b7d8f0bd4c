"""Pictures of LiveKit's Python client, unmodified: their codecs and their sizes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from uuid import uuid4

import pytest
from livekit import rtc

from harness import robots
from harness.barepage import until
from harness.robots import moves, published_by, sees, track_of
from harness.servers import Server

pytestmark = pytest.mark.robots

SIZE = (960, 540)
CAMERA = rtc.TrackSource.SOURCE_CAMERA
Codec = rtc.VideoCodec
Quality = rtc.VideoQuality


@pytest.fixture
async def name() -> str:
    return f"pictures-{uuid4().hex[:6]}"


@asynccontextmanager
async def filming(
    server: Server, name: str, options: rtc.TrackPublishOptions
) -> AsyncIterator[rtc.Room]:
    """Somebody whose large picture is sent in this way, and in the sizes that are looked at."""
    options_of_room = rtc.RoomOptions(dynacast=True)
    async with (
        robots.joined(server, name, options=options_of_room) as robot,
        robots.filming(robot, SIZE, options),
    ):
        yield robot


async def received(room: rtc.Room) -> set[str]:
    """Return the codecs that somebody receives."""
    stats = await room.get_rtc_stats()
    every = [*stats.publisher_stats, *stats.subscriber_stats]
    used = {
        each.inbound_rtp.stream.codec_id
        for each in every
        if each.HasField("inbound_rtp") and each.inbound_rtp.received.packets_received > 0
    }
    return {
        each.codec.codec.mime_type
        for each in every
        if each.HasField("codec") and each.codec.rtc.id in used
    }


async def layers_sent(room: rtc.Room) -> set[str]:
    """Return the names of the sizes that somebody sends."""
    stats = await room.get_rtc_stats()
    return {
        each.outbound_rtp.outbound.rid
        for each in stats.publisher_stats
        if each.HasField("outbound_rtp")
        and each.outbound_rtp.stream.kind == "video"
        and each.outbound_rtp.outbound.active
    }


async def ask(room: rtc.Room, quality: Quality.ValueType) -> None:
    """Wish for a size of the picture of the other."""
    [publication] = [p for p in published_by(room, "robot") if p.source == CAMERA]
    publication.set_video_quality(quality)


class TestCodec:
    @pytest.mark.parametrize(
        ("codec", "mime"),
        [
            (Codec.VP8, "video/VP8"),
            (Codec.H264, "video/H264"),
            (Codec.VP9, "video/VP9"),
            (Codec.AV1, "video/AV1"),
        ],
        ids=["vp8", "h264", "vp9", "av1"],
    )
    async def test_is_decoded(
        self, server: Server, name: str, codec: Codec.ValueType, mime: str
    ) -> None:
        options = rtc.TrackPublishOptions(source=CAMERA, video_codec=codec)
        async with filming(server, name, options), robots.joined(server, name, "other") as other:
            await moves(await track_of(other, "robot", CAMERA))

            assert mime in await received(other)


class TestSizes:
    async def test_follow_what_is_looked_at(self, server: Server, name: str) -> None:
        options = rtc.TrackPublishOptions(source=CAMERA, simulcast=True)
        async with (
            filming(server, name, options) as robot,
            robots.joined(server, name, "other") as other,
        ):
            await sees(other, "robot", 960)
            every = await layers_sent(robot)

            await ask(other, Quality.VIDEO_QUALITY_LOW)
            await sees(other, "robot", 320)

            async def sends(layers: set[str]) -> bool:
                return await layers_sent(robot) == layers

            await until(partial(sends, {"q"}), "only the smallest size is sent", 60)

            await ask(other, Quality.VIDEO_QUALITY_HIGH)
            await sees(other, "robot", 960)
            assert await layers_sent(robot) == every > {"q"}

    async def test_of_one_stream_follow_what_is_asked_for(self, server: Server, name: str) -> None:
        options = rtc.TrackPublishOptions(
            source=CAMERA, video_codec=Codec.VP9, scalability_mode="L3T3_KEY"
        )
        async with filming(server, name, options), robots.joined(server, name, "other") as other:
            await sees(other, "robot", 960)

            for quality, width in (
                (Quality.VIDEO_QUALITY_LOW, 240),
                (Quality.VIDEO_QUALITY_HIGH, 960),
            ):
                await ask(other, quality)
                await sees(other, "robot", width)

    async def test_of_one_av1_stream_without_the_descriptor_are_the_smallest(
        self, server: Server, name: str
    ) -> None:
        options = rtc.TrackPublishOptions(
            source=CAMERA, video_codec=Codec.AV1, scalability_mode="L3T3_KEY"
        )
        async with filming(server, name, options), robots.joined(server, name, "other") as other:
            await sees(other, "robot", 240)
            await moves(await track_of(other, "robot", CAMERA))
