"""A meeting of LiveKit's Python clients that do everything once: publish, mute, resume, leave."""

import asyncio
import itertools
import math
from array import array
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field

from livekit import rtc

from bench.api.client import Client
from bench.churn.rooms import Room, Seat
from bench.errors import BenchError

PEOPLE = 3
_RATE_HZ = 48_000
_STEP = _RATE_HZ // 100
_SIZE = (160, 90)
_PATIENCE_S = 60
# Every so many meetings somebody loses more than the signal connection.
_FULL_EVERY = 4
Scenario = rtc.SimulateScenarioKind


@dataclass(slots=True)
class Meeting:
    """The `number`-th meeting, from its room's making to its end."""

    client: Client
    url: str
    number: int
    joined: Callable[[int], None]
    _rooms: list[rtc.Room] = field(default_factory=list)
    _back: asyncio.Event = field(default_factory=asyncio.Event)

    async def hold(self) -> None:
        """Hold it; raises BenchError where it does not go as it should."""
        room = await Room.create(self.client)
        async with AsyncExitStack() as stack:
            seats = [await self._come(room, place, stack) for place in range(PEOPLE)]
            tones = [await self._publish(place, stack) for place in range(PEOPLE)]
            await self._until("everybody hears everybody", self._all_hear)
            await self._talk(room, seats)
            await self._change(tones)
            await self._lose()
            await self._rooms[-1].disconnect()
            await self._until("somebody left", lambda: len(self._others(0)) == PEOPLE - 2)
            await room.end(seats[0])
            await self._until("the end is told", self._all_are_out)

    async def _come(self, room: Room, place: int, stack: AsyncExitStack) -> Seat:
        seat = await room.join(f"Person {place}", is_host=place == 0)
        someone = rtc.Room()
        one_connection = (self.number + place) % 2 == 0
        await someone.connect(
            self.url, seat.token, rtc.RoomOptions(single_peer_connection=one_connection)
        )
        stack.push_async_callback(someone.disconnect)
        self._rooms.append(someone)
        self.joined(1)
        return seat

    async def _publish(self, place: int, stack: AsyncExitStack) -> rtc.LocalTrackPublication:
        source = rtc.AudioSource(_RATE_HZ, 1)
        track = rtc.LocalAudioTrack.create_audio_track("tone", source)
        mine = self._rooms[place].local_participant
        published = await mine.publish_track(track)
        stack.enter_context(_running(_play(source)))
        if place == 0:
            pictures = rtc.VideoSource(*_SIZE)
            picture = rtc.LocalVideoTrack.create_video_track("picture", pictures)
            await mine.publish_track(picture)
            stack.enter_context(_running(_show(pictures)))
        return published

    async def _talk(self, room: Room, seats: list[Seat]) -> None:
        for seat in seats:
            message = await room.write(seat, f"Selamat pagi, {self.number}!")
            await room.react(seats[0], message)
        if await room.read(seats[1]) < PEOPLE:
            raise BenchError("messages are missing")
        for someone in self._rooms:
            await someone.local_participant.publish_data("halo", reliable=True)
            await someone.local_participant.publish_data("halo", reliable=False)

    async def _change(self, tones: list[rtc.LocalTrackPublication]) -> None:
        for publication in self._others(0)[0].track_publications.values():
            publication.set_subscribed(False)
        if isinstance(tones[1].track, rtc.LocalAudioTrack):
            tones[1].track.mute()
            tones[1].track.unmute()
        await self._rooms[1].local_participant.unpublish_track(tones[1].sid)

    async def _lose(self) -> None:
        someone = self._rooms[0]
        someone.on("reconnected", self._back.set)
        is_full = self.number % _FULL_EVERY == 0
        await someone.simulate_scenario(
            Scenario.SIMULATE_FULL_RECONNECT if is_full else Scenario.SIMULATE_SIGNAL_RECONNECT
        )
        await self._until("somebody is back", self._back.is_set)

    def _others(self, place: int) -> list[rtc.RemoteParticipant]:
        return list(self._rooms[place].remote_participants.values())

    def _all_hear(self) -> bool:
        heard = [
            sum(any(p.track for p in other.track_publications.values()) for other in others)
            for others in map(self._others, range(PEOPLE))
        ]
        return heard == [PEOPLE - 1] * PEOPLE

    def _all_are_out(self) -> bool:
        return not any(someone.isconnected() for someone in self._rooms)

    async def _until(self, described: str, is_true: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while not is_true():  # noqa: ASYNC110  # the clients' state has no event of its own
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise BenchError(f"never came true in {_PATIENCE_S} s: {described}") from None


@contextmanager
def _running(work: Coroutine[None, None, None]) -> Iterator[None]:
    task = asyncio.create_task(work)
    yield
    task.cancel()


async def _play(source: rtc.AudioSource) -> None:
    wave = array("h", (int(8000 * math.sin(math.tau * n / 48)) for n in range(_STEP)))
    frame = rtc.AudioFrame(wave.tobytes(), _RATE_HZ, 1, _STEP)
    while True:
        await source.capture_frame(frame)


async def _show(pictures: rtc.VideoSource) -> None:
    for shade in itertools.cycle(range(0, 256, 8)):
        pixels = bytes([shade, 64, 255 - shade, 255]) * (_SIZE[0] * _SIZE[1])
        pictures.capture_frame(rtc.VideoFrame(*_SIZE, rtc.VideoBufferType.RGBA, pixels))
        await asyncio.sleep(0.1)
