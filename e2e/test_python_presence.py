"""LiveKit's Python client, unmodified: refused, come twice, muted, published anew."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from livekit import rtc

from harness import tokens
from harness.barepage import until
from harness.servers import Server
from harness.sound import hears, publish_tone

pytestmark = pytest.mark.robots

TONE_HZ = 420


@pytest.fixture
async def name() -> str:
    return f"presence-{uuid4().hex[:6]}"


async def join(server: Server, name: str, identity: str, *, is_single: bool = True) -> rtc.Room:
    room = rtc.Room()
    options = rtc.RoomOptions(single_peer_connection=is_single)
    await room.connect(server.websocket, tokens.mint(name, identity), options)
    return room


@pytest.fixture
async def robot(server: Server, name: str) -> AsyncIterator[rtc.Room]:
    room = await join(server, name, "robot")
    yield room
    await room.disconnect()


@pytest.fixture
async def other(
    server: Server, name: str, request: pytest.FixtureRequest
) -> AsyncIterator[rtc.Room]:
    room = await join(server, name, "other", is_single=getattr(request, "param", True))
    yield room
    await room.disconnect()


@pytest.fixture
async def tone(robot: rtc.Room) -> AsyncIterator[None]:
    """The robot makes a sound."""
    hold = asyncio.Event()
    playing = asyncio.create_task(publish_tone(robot, hold, TONE_HZ))
    yield
    hold.set()
    await playing


async def publication_in(room: rtc.Room) -> rtc.RemoteTrackPublication:
    """Return the robot's publication, once it is subscribed to."""
    found: list[rtc.RemoteTrackPublication] = []

    async def is_there() -> bool:
        somebody = room.remote_participants.get("robot")
        every = somebody.track_publications.values() if somebody else ()
        found[:] = [publication for publication in every if publication.track]
        return bool(found)

    await until(is_there, "a track of the robot", 60)
    return found[0]


async def wait(event: asyncio.Event) -> None:
    async with asyncio.timeout(60):
        await event.wait()


class TestRefusal:
    async def test_says_that_the_token_is_none(self, server: Server, name: str) -> None:
        token = tokens.mint(name, "robot", secret="another secret, as long as the first one")

        with pytest.raises(rtc.ConnectError, match=r"401|[Uu]nauthorized"):
            await rtc.Room().connect(server.websocket, token)


class TestPresence:
    async def test_leaving_and_coming_again_is_seen(
        self, server: Server, name: str, other: rtc.Room
    ) -> None:
        came, went = asyncio.Event(), asyncio.Event()
        other.on("participant_connected", lambda _: came.set())
        other.on("participant_disconnected", lambda _: went.set())
        for _ in range(2):
            robot = await join(server, name, "robot")
            await wait(came)
            await robot.disconnect()
            await wait(went)
            came.clear()
            went.clear()

        assert not other.remote_participants

    async def test_the_same_identity_again_replaces_the_first(
        self, server: Server, name: str, robot: rtc.Room, other: rtc.Room
    ) -> None:
        reasons: asyncio.Queue[int] = asyncio.Queue()
        robot.on("disconnected", reasons.put_nowait)

        second = await join(server, name, "robot")
        async with asyncio.timeout(60):
            reason = await reasons.get()

        assert reason == rtc.DisconnectReason.DUPLICATE_IDENTITY

        async def sees_the_second() -> bool:
            sid = second.local_participant.sid
            return [p.sid for p in other.remote_participants.values()] == [sid]

        await until(sees_the_second, "only the second is there")
        await second.disconnect()


@pytest.mark.usefixtures("tone")
class TestPublication:
    async def test_a_mute_is_seen_and_undone(self, robot: rtc.Room, other: rtc.Room) -> None:
        theirs = await publication_in(other)
        [mine] = robot.local_participant.track_publications.values()
        assert isinstance(mine.track, rtc.LocalAudioTrack)

        async def is_muted() -> bool:
            return theirs.muted

        async def is_not_muted() -> bool:
            return not theirs.muted

        mine.track.mute()
        await until(is_muted, "the mute is seen")
        mine.track.unmute()
        await until(is_not_muted, "the unmute is seen")

    async def test_what_is_unpublished_goes_and_comes_anew(
        self, robot: rtc.Room, other: rtc.Room
    ) -> None:
        first = await publication_in(other)
        [mine] = robot.local_participant.track_publications.values()
        gone = asyncio.Event()
        other.on("track_unpublished", lambda *_: gone.set())

        await robot.local_participant.unpublish_track(mine.sid)
        await wait(gone)
        hold = asyncio.Event()
        playing = asyncio.create_task(publish_tone(robot, hold, TONE_HZ))

        second = await publication_in(other)
        assert second.sid != first.sid
        assert second.track is not None
        await hears(second.track, TONE_HZ, 60)
        hold.set()
        await playing

    @pytest.mark.parametrize("other", [True, False], indirect=True, ids=["one", "two"])
    @pytest.mark.usefixtures("robot")
    async def test_what_is_wanted_again_at_once_comes_again(self, other: rtc.Room) -> None:
        theirs = await publication_in(other)
        gone, came = asyncio.Event(), asyncio.Event()
        other.on("track_unsubscribed", lambda *_: gone.set())
        other.on("track_subscribed", lambda *_: came.set())

        theirs.set_subscribed(False)
        await wait(gone)
        theirs.set_subscribed(True)
        await wait(came)

        assert theirs.track is not None
        await hears(theirs.track, TONE_HZ, 60)
