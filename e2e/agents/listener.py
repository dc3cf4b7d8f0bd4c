"""An agent made with LiveKit's own framework: it hears who is there, hums and goes when told."""

import asyncio
import math
from array import array
from itertools import pairwise

from livekit import rtc
from livekit.agents import JobContext, WorkerOptions, cli

RATE_HZ = 48_000
HUM_HZ = 700
NAME = "listener"


def loudest_hz(frame: rtc.AudioFrame) -> float:
    """Frequency by counting the zero crossings of one frame."""
    crossings = sum(1 for a, b in pairwise(frame.data) if a < 0 <= b)
    return crossings * frame.sample_rate / frame.samples_per_channel


async def hum(room: rtc.Room, gone: asyncio.Event) -> None:
    """Play a sine until it is time to go."""
    source = rtc.AudioSource(RATE_HZ, 1)
    await room.local_participant.publish_track(
        rtc.LocalAudioTrack.create_audio_track("hum", source)
    )
    step = RATE_HZ // 100
    turn = 2 * math.pi * HUM_HZ / RATE_HZ
    position = 0
    while not gone.is_set():
        samples = array("h", (int(8000 * math.sin(turn * (position + n))) for n in range(step)))
        position += step
        await source.capture_frame(rtc.AudioFrame(samples.tobytes(), RATE_HZ, 1, step))


async def listen(room: rtc.Room, track: rtc.Track) -> None:
    """Say what is heard, about once in a second."""
    heard: list[float] = []
    async for event in rtc.AudioStream(track):
        heard.append(loudest_hz(event.frame))
        if len(heard) == 100:
            middle = sorted(heard)[50]
            heard.clear()
            await room.local_participant.publish_data(f"{middle:.0f}", topic="heard")


async def work(ctx: JobContext) -> None:
    """Do one job."""
    gone = asyncio.Event()
    tasks: set[asyncio.Task[None]] = set()

    @ctx.room.on("track_subscribed")
    def subscribed(track: rtc.Track, *_: object) -> None:
        if track.kind == rtc.TrackKind.KIND_AUDIO:
            tasks.add(asyncio.create_task(listen(ctx.room, track)))

    @ctx.room.on("data_received")
    def told(packet: rtc.DataPacket) -> None:
        if packet.topic == "go":
            gone.set()

    await ctx.connect()
    humming = asyncio.create_task(hum(ctx.room, gone))
    await gone.wait()
    await humming
    for task in tasks:
        task.cancel()
    ctx.shutdown("told to go")


if __name__ == "__main__":
    # How busy the machine is says nothing about whether this agent may be tested.
    options = WorkerOptions(
        entrypoint_fnc=work,
        agent_name=NAME,
        port=0,
        load_fnc=lambda: 0.1,
        num_idle_processes=1,
    )
    cli.run_app(options)
