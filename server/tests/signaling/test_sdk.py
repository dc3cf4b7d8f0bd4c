"""LiveKit's unmodified Python SDK against the real media process."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from livekit import api, rtc
from livekit.protocol import models
from signaling.conftest import CONFIG, Served, serving, token

from jumpa.media.embedded.program import Program, SubprocessLaunch, find_binary

pytestmark = pytest.mark.media
ROOT = Path(__file__).parents[3]


def binary() -> str:
    for place in ("target/debug/jumpa-sfu", "target/release/jumpa-sfu"):
        if (ROOT / place).is_file() and "JUMPA_SFU_BINARY" not in os.environ:
            return str(ROOT / place)
    return str(find_binary("", os.environ))


@pytest.fixture
async def real() -> AsyncIterator[Served]:
    launch = SubprocessLaunch(binary())
    pids: list[int] = []

    async def launch_noting_pid(link: Path) -> Program:
        program = await launch(link)
        pids.append(program.pid)
        return program

    async with serving(replace(CONFIG, udp_port=0), launch=launch_noting_pid) as running:
        running.pids = pids
        yield running


async def connect(served: Served, identity: str, room_name: str = "tea") -> rtc.Room:
    room = rtc.Room()
    access = token(identity, room_name, grants={"canUpdateOwnMetadata": True})
    async with asyncio.timeout(60):
        await room.connect(f"ws://127.0.0.1:{served.port}", access)
    return room


async def publish_tone(room: rtc.Room) -> rtc.LocalTrackPublication:
    source = rtc.AudioSource(48000, 1)
    track = rtc.LocalAudioTrack.create_audio_track("tone", source)
    publication = await room.local_participant.publish_track(track)
    frame = rtc.AudioFrame.create(48000, 1, 480)
    for index in range(480):
        frame.data[index] = 8000 if index // 24 % 2 else -8000
    for _ in range(20):
        await source.capture_frame(frame)
    return publication


async def hears(subscribed: asyncio.Future[rtc.Track]) -> bool:
    async with asyncio.timeout(60):
        stream = rtc.AudioStream(await subscribed)
        event = await anext(aiter(stream))
    await stream.aclose()
    return event.frame.samples_per_channel > 0


class TestPythonSdk:
    async def test_two_meet_and_one_hears_the_other(self, real: Served) -> None:
        ann = await connect(real, "ann")
        bob = await connect(real, "bob")
        subscribed: asyncio.Future[rtc.Track] = asyncio.get_running_loop().create_future()
        bob.on("track_subscribed", lambda track, *_: subscribed.set_result(track))

        await publish_tone(ann)

        assert await hears(subscribed)
        assert [p.identity for p in bob.remote_participants.values()] == ["ann"]
        await ann.disconnect()
        await bob.disconnect()

    async def test_data_reaches_the_other_and_not_oneself(self, real: Served) -> None:
        ann = await connect(real, "ann")
        bob = await connect(real, "bob")
        received: asyncio.Future[rtc.DataPacket] = asyncio.get_running_loop().create_future()
        own: list[rtc.DataPacket] = []
        bob.on("data_received", received.set_result)
        ann.on("data_received", own.append)

        await ann.local_participant.publish_data(b"hello", topic="t")

        async with asyncio.timeout(60):
            packet = await received
        assert (packet.data, packet.topic) == (b"hello", "t")
        assert packet.participant is not None
        assert packet.participant.identity == "ann"
        assert own == []
        await ann.disconnect()
        await bob.disconnect()


class TestSfuKilled:
    async def test_clients_come_back_by_themselves_and_hear_each_other(self, real: Served) -> None:
        ann = await connect(real, "ann")
        bob = await connect(real, "bob")
        reconnected = [asyncio.Event(), asyncio.Event()]
        ann.on("reconnected", reconnected[0].set)
        bob.on("reconnected", reconnected[1].set)

        os.kill(real.pids[0], signal.SIGKILL)

        async with asyncio.timeout(60):
            await asyncio.gather(*(event.wait() for event in reconnected))
        listed = await real.engine.list_participants("tea")
        assert sorted(p.identity for p in listed) == ["ann", "bob"]
        assert real.engine.status().restarts == 1
        subscribed: asyncio.Future[rtc.Track] = asyncio.get_running_loop().create_future()
        bob.on("track_subscribed", lambda track, *_: subscribed.set_result(track))
        await publish_tone(ann)
        assert await hears(subscribed)
        await ann.disconnect()
        await bob.disconnect()


class TestServerSdk:
    async def test_speaks_with_room_service(self, real: Served) -> None:
        ann = await connect(real, "ann")
        muted = asyncio.Event()
        publication = await publish_tone(ann)
        ann.on("track_muted", lambda *_: muted.set())
        gone: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        ann.on("disconnected", gone.set_result)
        grants = {"roomAdmin": True, "roomList": True, "roomCreate": True}

        async with api.LiveKitAPI(real.url, token=token("", grants=grants)) as client:
            rooms = await client.room.list_rooms(api.ListRoomsRequest())
            people = await client.room.list_participants(api.ListParticipantsRequest(room="tea"))
            mute = api.MuteRoomTrackRequest(
                room="tea", identity="ann", track_sid=publication.sid, muted=True
            )
            await client.room.mute_published_track(mute)
            async with asyncio.timeout(60):
                await muted.wait()
            await client.room.delete_room(api.DeleteRoomRequest(room="tea"))
            async with asyncio.timeout(60):
                reason = await gone

        assert [r.name for r in rooms.rooms] == ["tea"]
        assert [p.identity for p in people.participants] == ["ann"]
        assert reason == models.DisconnectReason.ROOM_DELETED
