"""LiveKit's Python client, unmodified: it comes back, encrypts, and uses one connection or two."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from uuid import uuid4

import pytest
from livekit import rtc

from harness import sound
from harness.barepage import until
from harness.robots import encrypted, joined
from harness.servers import Server
from harness.sound import middle_hz, publish_tone

pytestmark = pytest.mark.robots

TONE_HZ = 420
KEY = b"a key that the server never sees"
Scenario = rtc.SimulateScenarioKind


@pytest.fixture
async def name() -> str:
    return f"paths-{uuid4().hex[:6]}"


@asynccontextmanager
async def singing(room: rtc.Room) -> AsyncIterator[None]:
    hold = asyncio.Event()
    playing = asyncio.create_task(publish_tone(room, hold, TONE_HZ))
    yield
    hold.set()
    await playing


async def voice_of(room: rtc.Room, identity: str) -> rtc.RemoteTrack:
    """Return somebody's track, once it is subscribed to."""
    found: list[rtc.RemoteTrack] = []

    async def is_there() -> bool:
        somebody = room.remote_participants.get(identity)
        publications = somebody.track_publications.values() if somebody else ()
        found[:] = [publication.track for publication in publications if publication.track]
        return bool(found)

    await until(is_there, f"a track of {identity}", 60)
    return found[0]


async def sounds(room: rtc.Room, identity: str) -> None:
    """Return once somebody is heard."""
    await sound.sounds(partial(voice_of, room, identity), TONE_HZ)


@asynccontextmanager
async def duet(
    server: Server, name: str, options: rtc.RoomOptions | None = None
) -> AsyncIterator[tuple[rtc.Room, rtc.Room]]:
    """Two who sing and hear each other, one of them with options."""
    async with (
        joined(server, name, "robot", options) as robot,
        joined(server, name, "other") as other,
        singing(robot),
        singing(other),
    ):
        await hear_each_other(robot, other)
        yield robot, other


async def hear_each_other(robot: rtc.Room, other: rtc.Room) -> None:
    await sounds(robot, "other")
    await sounds(other, "robot")


async def get_over(robot: rtc.Room, scenario: Scenario.ValueType) -> None:
    """Return once somebody has come back from a simulated loss."""
    back = asyncio.Event()
    robot.on("reconnected", back.set)
    await robot.simulate_scenario(scenario)
    async with asyncio.timeout(60):
        await back.wait()


class TestConnection:
    @pytest.mark.parametrize("is_single", [False, True], ids=["two connections", "one connection"])
    async def test_hears_and_is_heard(self, server: Server, name: str, is_single: bool) -> None:
        options = rtc.RoomOptions(single_peer_connection=is_single)
        async with duet(server, name, options):
            pass


class TestComingBack:
    @pytest.mark.parametrize(
        "scenario",
        [
            Scenario.SIMULATE_SIGNAL_RECONNECT,
            Scenario.SIMULATE_FULL_RECONNECT,
            Scenario.SIMULATE_NODE_FAILURE,
            Scenario.SIMULATE_SERVER_LEAVE,
        ],
        ids=["signal", "full", "node", "leave"],
    )
    async def test_goes_on_after_a_loss(
        self, server: Server, name: str, scenario: Scenario.ValueType
    ) -> None:
        async with duet(server, name) as (robot, other):
            await get_over(robot, scenario)

            await hear_each_other(robot, other)


async def ways(room: rtc.Room) -> set[str]:
    """Return over which transports the media of a client travels."""
    stats = await room.get_rtc_stats()
    every = [*stats.publisher_stats, *stats.subscriber_stats]
    chosen = {
        each.candidate_pair.candidate_pair.local_candidate_id
        for each in every
        if each.HasField("candidate_pair") and each.candidate_pair.candidate_pair.nominated
    }
    return {
        each.local_candidate.candidate.protocol
        for each in every
        if each.HasField("local_candidate") and each.local_candidate.rtc.id in chosen
    }


class TestTcp:
    async def test_carries_all_media_where_nothing_else_may(
        self, server: Server, name: str
    ) -> None:
        async with duet(server, name) as (robot, other):
            assert await ways(robot) == {"udp"}

            await get_over(robot, Scenario.SIMULATE_FORCE_TCP)

            await hear_each_other(robot, other)
            assert await ways(robot) == {"tcp"}
            assert await ways(other) == {"udp"}


class TestEncryption:
    async def test_who_has_the_key_hears_and_nobody_else(self, server: Server, name: str) -> None:
        async with (
            joined(server, name, "robot", encrypted(KEY)) as robot,
            joined(server, name, "friend", encrypted(KEY)) as friend,
            joined(server, name, "eve") as eve,
            singing(robot),
        ):
            await sounds(friend, "robot")
            told = await middle_hz(await voice_of(friend, "robot"))
            stolen = await middle_hz(await voice_of(eve, "robot"))

            assert abs(told - TONE_HZ) < 60 < abs(stolen - TONE_HZ)

            [publication] = eve.remote_participants["robot"].track_publications.values()
            assert publication.encryption_type == rtc.EncryptionType.GCM
