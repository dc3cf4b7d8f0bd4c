"""Tones and pictures that LiveKit's Python client sends, and how it hears them."""

import asyncio
import math
from array import array
from collections.abc import Awaitable, Callable
from itertools import pairwise

from livekit import rtc

from harness.barepage import until
from harness.media import RATE_HZ

SIZE = (320, 180)
Source = rtc.TrackSource
AS_SOUND = rtc.TrackPublishOptions(source=Source.SOURCE_UNKNOWN)
AS_CAMERA = rtc.TrackPublishOptions(source=Source.SOURCE_CAMERA)


async def publish_tone(
    room: rtc.Room, hold: asyncio.Event, hz: int, options: rtc.TrackPublishOptions = AS_SOUND
) -> None:
    """Play a sine until told to stop."""
    source = rtc.AudioSource(RATE_HZ, 1)
    track = rtc.LocalAudioTrack.create_audio_track("tone", source)
    await room.local_participant.publish_track(track, options)
    await play(source, hold, hz)


async def play(source: rtc.AudioSource, hold: asyncio.Event, hz: int) -> None:
    """Give a sine to all tracks of a source until told to stop."""
    step = RATE_HZ // 100
    position = 0
    while not hold.is_set():
        turn = 2 * math.pi * hz / RATE_HZ
        samples = array("h", (int(8000 * math.sin(turn * (position + n))) for n in range(step)))
        position += step
        await source.capture_frame(rtc.AudioFrame(samples.tobytes(), RATE_HZ, 1, step))


async def publish_picture(
    room: rtc.Room,
    hold: asyncio.Event,
    pictures_per_second: int = 15,
    options: rtc.TrackPublishOptions = AS_CAMERA,
    size: tuple[int, int] = SIZE,
) -> None:
    """Show a field that gets brighter and darker until told to stop."""
    source = rtc.VideoSource(*size)
    track = rtc.LocalVideoTrack.create_video_track("picture", source)
    await room.local_participant.publish_track(track, options)
    shade = 0
    while not hold.is_set():
        shade = (shade + 8) % 256
        pixels = bytes([shade, 64, 255 - shade, 255]) * (size[0] * size[1])
        source.capture_frame(rtc.VideoFrame(*size, rtc.VideoBufferType.RGBA, pixels))
        await asyncio.sleep(1 / pictures_per_second)


def loudest_hz(frame: rtc.AudioFrame) -> float:
    """Frequency by counting the zero crossings of one frame."""
    samples = frame.data
    crossings = sum(1 for a, b in pairwise(samples) if a < 0 <= b)
    return crossings * frame.sample_rate / frame.samples_per_channel


async def hears(track: rtc.Track, hz: float, seconds: float = 30) -> None:
    """Return once a track sounds of this frequency; raises TimeoutError where it ends before."""
    sound = rtc.AudioStream(track)
    try:
        async with asyncio.timeout(seconds):
            async for event in sound:
                if abs(loudest_hz(event.frame) - hz) < 110:
                    return
        raise TimeoutError
    finally:
        await sound.aclose()


async def sounds(find: Callable[[], Awaitable[rtc.Track]], hz: float) -> None:
    """Return once the track that is found is heard, also one that replaces what has just ended."""

    async def is_heard() -> bool:
        try:
            await hears(await find(), hz, 3)
        except TimeoutError:
            return False
        return True

    await until(is_heard, f"a tone of {hz} Hz is heard", 60)


async def middle_hz(track: rtc.Track, frames: int = 150) -> float:
    """Return the frequency in the middle of those of some frames."""
    heard: list[float] = []
    sound = rtc.AudioStream(track)
    async with asyncio.timeout(60):
        async for event in sound:
            heard.append(loudest_hz(event.frame))
            if len(heard) == frames:
                break
    await sound.aclose()
    return sorted(heard)[frames // 2]


async def sounds_clear(find: Callable[[], Awaitable[rtc.Track]], hz: float) -> None:
    """Return once the track that is found has this frequency in most of its frames, not in one."""

    async def is_clear() -> bool:
        return abs(await middle_hz(await find()) - hz) < 60

    await until(is_clear, f"a clear tone of {hz} Hz is heard", 60)
