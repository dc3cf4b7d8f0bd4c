"""LiveKit's native clients, unmodified, in a network that changes their address."""

import asyncio
import os
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from livekit import rtc

from harness import agents, go, robots, servers
from harness.agents import hum_in, keep, says
from harness.relay import Relay, free_port
from harness.robots import showing, track_of
from harness.servers import Server
from harness.sound import sounds

pytestmark = pytest.mark.robots

TONE_HZ = 420
# Where the media process is; clients are told of the usual address, where the relay stands.
HIDDEN = "127.0.0.2"
MICROPHONE = rtc.TrackSource.SOURCE_MICROPHONE


@pytest.fixture
async def name() -> str:
    return f"moving-{uuid4().hex[:6]}"


@pytest.fixture
async def way(tmp_path: Path) -> AsyncIterator[tuple[Server, Relay]]:
    """A server whose media passes through a relay."""
    port = free_port()
    relay = Relay((HIDDEN, port))
    relay.open(port)
    hidden = {**os.environ, "JUMPA_MEDIA__BIND": HIDDEN}
    server = await servers.start(tmp_path / "data", "--udp-port", str(port), environment=hidden)
    yield server, relay
    assert await server.stop() == 0
    relay.close()


class TestAddressChange:
    async def test_of_the_python_client(self, way: tuple[Server, Relay], name: str) -> None:
        server, relay = way
        back, left = asyncio.Event(), asyncio.Event()
        async with (
            robots.joined(server, name) as robot,
            robots.joined(server, name, "other") as other,
            showing(robot, TONE_HZ),
            showing(other, TONE_HZ),
        ):
            robot.on("reconnected", back.set)
            other.on("participant_disconnected", lambda _: left.set())
            await hear_each_other(robot, other)

            relay.cut()

            async with asyncio.timeout(60):
                await back.wait()
            await hear_each_other(robot, other)
            assert not left.is_set()

    @pytest.mark.skipif(not go.is_there(), reason="Go is not on the PATH")
    async def test_of_the_go_client(self, way: tuple[Server, Relay], name: str) -> None:
        server, relay = way
        left = asyncio.Event()
        async with (
            go.joined(server, name) as gopher,
            robots.joined(server, name) as robot,
            showing(robot, TONE_HZ),
        ):
            robot.on("participant_disconnected", lambda _: left.set())
            await gopher.do("echo")
            await sounds(partial(track_of, robot, "gopher", MICROPHONE), TONE_HZ)

            relay.cut()

            await gopher.until("reconnected")
            await sounds(partial(track_of, robot, "gopher", MICROPHONE), TONE_HZ)
            assert not left.is_set()

    async def test_of_an_agent(self, way: tuple[Server, Relay]) -> None:
        server, relay = way
        back: asyncio.Event = asyncio.Event()
        heard: asyncio.Queue[float] = asyncio.Queue()

        def told(packet: rtc.DataPacket) -> None:
            if packet.topic == "back":
                back.set()

        async with (
            agents.working(server),
            agents.call(server) as (room, _),
            showing(room, TONE_HZ),
        ):
            await sounds(partial(hum_in, room), agents.HUM_HZ)
            room.on("data_received", told)

            relay.cut()

            async with asyncio.timeout(60):
                await back.wait()
            room.on("data_received", partial(keep, heard, "heard"))
            await sounds(partial(hum_in, room), agents.HUM_HZ)
            await says(heard, TONE_HZ)


async def hear_each_other(robot: rtc.Room, other: rtc.Room) -> None:
    await sounds(partial(track_of, robot, "other", MICROPHONE), TONE_HZ)
    await sounds(partial(track_of, other, "robot", MICROPHONE), TONE_HZ)
