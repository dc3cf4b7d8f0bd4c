"""An agent made with LiveKit's own framework: it says what it hears and sees, answers and hums."""

import asyncio
import json
import math
from array import array
from collections.abc import Callable, Coroutine
from functools import partial
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


async def look(room: rtc.Room, track: rtc.Track, source: rtc.TrackSource.ValueType) -> None:
    """Say which shade of a picture is seen and how wide it is, about twice in a second."""
    topic = "shown" if source == rtc.TrackSource.SOURCE_SCREENSHARE else "seen"
    count = 0
    async for event in rtc.VideoStream(track):
        count += 1
        if count % 7 == 0:
            shade = event.frame.convert(rtc.VideoBufferType.RGBA).data[0]
            await room.local_participant.publish_data(f"{shade}", topic=topic)
            await room.local_participant.publish_data(f"{event.frame.width}", topic="width")


async def return_text(room: rtc.Room, reader: rtc.TextStreamReader, sender: str) -> None:
    """Send a text back in capitals."""
    text = (await reader.read_all()).upper()
    me = room.local_participant
    await me.send_text(text, topic=reader.info.topic, destination_identities=[sender])


async def return_file(room: rtc.Room, reader: rtc.ByteStreamReader, sender: str) -> None:
    """Send a file back under its own name and type."""
    contents = b"".join([chunk async for chunk in reader])
    writer = await room.local_participant.stream_bytes(
        reader.info.name,
        mime_type=reader.info.mime_type,
        topic=reader.info.topic,
        destination_identities=[sender],
    )
    await writer.write(contents)
    await writer.aclose()


async def shout(call: rtc.RpcInvocationData) -> str:
    """Answer a call in capitals."""
    return call.payload.upper()


async def become(room: rtc.Room, packet: rtc.DataPacket) -> None:
    """Take a name, metadata and attributes."""
    wish, me = json.loads(packet.data), room.local_participant
    await me.set_name(wish["name"])
    await me.set_metadata(wish["metadata"])
    await me.set_attributes(wish["attributes"])


async def ask_for_size(room: rtc.Room, packet: rtc.DataPacket) -> None:
    """Wish for a size of every picture."""
    for somebody in room.remote_participants.values():
        for publication in somebody.track_publications.values():
            if publication.kind == rtc.TrackKind.KIND_VIDEO:
                publication.set_video_quality(int(packet.data))


WISHES = {"become": become, "size": ask_for_size}


class Duty:
    """What is done for a room besides humming, until it is told to go."""

    def __init__(self, room: rtc.Room) -> None:
        """Take up what the room says."""
        self.room = room
        self.gone = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()
        room.on("track_subscribed", self.subscribed)
        room.on("data_received", self.told)
        room.on("track_unsubscribed", lambda *_: self.say("ended"))
        room.on("participant_attributes_changed", self.changed)
        room.on("participant_connected", lambda somebody: self.say("came", somebody.identity))
        room.on("reconnected", lambda: self.say("back"))
        room.on("disconnected", lambda _: self.gone.set())
        for register, respond in (
            (room.register_text_stream_handler, return_text),
            (room.register_byte_stream_handler, return_file),
        ):
            register("to agent", partial(self.start, respond))

    def start(self, respond: Callable[..., Coroutine[None, None, None]], *what: object) -> None:
        """Do something with what has come."""
        self.tasks.add(asyncio.create_task(respond(self.room, *what)))

    async def hum_anew(self) -> None:
        """End what is published and hum in another track."""
        me = self.room.local_participant
        for publication in list(me.track_publications.values()):
            await me.unpublish_track(publication.sid)
        await hum(self.room, self.gone)

    def say(self, topic: str, text: str = "") -> None:
        """Tell everybody something."""
        telling = self.room.local_participant.publish_data(text, topic=topic)
        self.tasks.add(asyncio.create_task(telling))

    def subscribed(
        self, track: rtc.Track, publication: rtc.RemoteTrackPublication, *_: object
    ) -> None:
        """Listen to a sound, look at a picture."""
        self.say("subscribed", publication.sid)
        if track.kind == rtc.TrackKind.KIND_AUDIO:
            self.start(listen, track)
        else:
            self.start(look, track, publication.source)

    def changed(self, attributes: dict[str, str], who: rtc.Participant) -> None:
        """Say which attributes of somebody else have changed."""
        if who is not self.room.local_participant:
            self.say("changed", json.dumps(attributes))

    def told(self, packet: rtc.DataPacket) -> None:
        """Go, be mute, be another, listen or not, or lose the connection as is asked for."""
        if packet.topic == "go":
            self.gone.set()
        elif packet.topic in {"mute", "unmute"}:
            for publication in self.room.local_participant.track_publications.values():
                getattr(publication.track, packet.topic)()
        elif packet.topic == "hum anew":
            self.tasks.add(asyncio.create_task(self.hum_anew()))
        elif packet.topic in WISHES:
            self.start(WISHES[packet.topic], packet)
        elif packet.topic == "subscribe":
            for somebody in self.room.remote_participants.values():
                for publication in somebody.track_publications.values():
                    publication.set_subscribed(packet.data == b"yes")
        elif packet.topic == "lose":
            self.tasks.add(asyncio.create_task(self.room.simulate_scenario(int(packet.data))))


async def connect(ctx: JobContext) -> None:
    """Connect in the way that the metadata of the job asks for."""
    wish, _, key = ctx.job.metadata.partition(":")
    if wish == "key":
        provider = rtc.KeyProviderOptions(shared_key=key.encode())
        await ctx.connect(encryption=rtc.E2EEOptions(key_provider_options=provider))
    else:
        await ctx.connect(single_peer_connection=wish == "single")


async def work(ctx: JobContext) -> None:
    """Do one job."""
    duty = Duty(ctx.room)
    await connect(ctx)
    ctx.room.local_participant.register_rpc_method("shout", shout)
    humming = asyncio.create_task(hum(ctx.room, duty.gone))
    await duty.gone.wait()
    await humming
    for task in duty.tasks:
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
