"""Participants made with LiveKit's Python client: what they send and what reaches them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from livekit import rtc

from harness import tokens
from harness.barepage import until
from harness.media import RATE_HZ
from harness.servers import Server
from harness.sound import play, publish_picture, publish_tone

Source = rtc.TrackSource
SHADES = 4


@asynccontextmanager
async def joined(
    server: Server, room: str, identity: str = "robot", options: rtc.RoomOptions | None = None
) -> AsyncIterator[rtc.Room]:
    """Be in a room until the block ends."""
    robot = rtc.Room()
    token = tokens.mint(room, identity)
    await robot.connect(server.websocket, token, options or rtc.RoomOptions())
    try:
        yield robot
    finally:
        await robot.disconnect()


def encrypted(key: bytes) -> rtc.RoomOptions:
    """Return the options of who encrypts with this key."""
    provider = rtc.KeyProviderOptions(shared_key=key)
    return rtc.RoomOptions(encryption=rtc.E2EEOptions(key_provider_options=provider))


@asynccontextmanager
async def showing(
    robot: rtc.Room,
    hz: int,
    sound: Source.ValueType = Source.SOURCE_MICROPHONE,
    picture: Source.ValueType = Source.SOURCE_CAMERA,
    codec: rtc.VideoCodec.ValueType = rtc.VideoCodec.VP8,
) -> AsyncIterator[None]:
    """Send a tone and a moving picture until the block ends."""
    hold, shown = asyncio.Event(), rtc.TrackPublishOptions(source=picture, video_codec=codec)
    playing = asyncio.gather(
        publish_tone(robot, hold, hz, rtc.TrackPublishOptions(source=sound)),
        publish_picture(robot, hold, options=shown),
    )
    try:
        yield
    finally:
        hold.set()
        await playing


@asynccontextmanager
async def filming(
    robot: rtc.Room, size: tuple[int, int], options: rtc.TrackPublishOptions
) -> AsyncIterator[None]:
    """Send a moving picture in this way until the block ends."""
    hold = asyncio.Event()
    playing = asyncio.create_task(publish_picture(robot, hold, options=options, size=size))
    try:
        yield
    finally:
        hold.set()
        await playing


@asynccontextmanager
async def sounding(hz: int) -> AsyncIterator[rtc.AudioSource]:
    """Play a tone for any number of tracks until the block ends."""
    source, hold = rtc.AudioSource(RATE_HZ, 1), asyncio.Event()
    playing = asyncio.create_task(play(source, hold, hz))
    try:
        yield source
    finally:
        hold.set()
        await playing


async def publish_tones(robot: rtc.Room, source: rtc.AudioSource, count: int) -> set[str]:
    """Publish so many tracks of a source; their sids."""
    tracks = [rtc.LocalAudioTrack.create_audio_track("tone", source) for _ in range(count)]
    return {(await robot.local_participant.publish_track(track)).sid for track in tracks}


def published_by(robot: rtc.Room, identity: str) -> list[rtc.RemoteTrackPublication]:
    """Return what somebody publishes, as the robot knows it."""
    somebody = robot.remote_participants.get(identity)
    return list(somebody.track_publications.values()) if somebody else []


async def track_of(robot: rtc.Room, identity: str, source: Source.ValueType) -> rtc.RemoteTrack:
    """Return somebody's track of a source, once it is subscribed to."""
    found: list[rtc.RemoteTrack] = []

    async def is_there() -> bool:
        published = published_by(robot, identity)
        found[:] = [p.track for p in published if p.track and p.source == source]
        return bool(found)

    await until(is_there, f"a track of {identity}", 60)
    return found[0]


async def has_nothing_of(robot: rtc.Room, identity: str) -> None:
    """Return once somebody publishes nothing."""

    async def is_gone() -> bool:
        return not published_by(robot, identity)

    await until(is_gone, f"{identity} publishes nothing", 60)


async def moves(track: rtc.RemoteTrack) -> None:
    """Return once a picture has shown several shades."""
    stream = rtc.VideoStream(track)
    shades: set[int] = set()
    async with asyncio.timeout(60):
        async for event in stream:
            shades.add(event.frame.convert(rtc.VideoBufferType.RGBA).data[0] // 32)
            if len(shades) == SHADES:
                break
    await stream.aclose()


async def sees(robot: rtc.Room, identity: str, width: int) -> None:
    """Return once somebody's camera is so wide."""
    stream = rtc.VideoStream(await track_of(robot, identity, Source.SOURCE_CAMERA))
    async with asyncio.timeout(60):
        async for event in stream:
            if event.frame.width == width:
                break
    await stream.aclose()
