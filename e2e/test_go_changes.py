"""What changes while LiveKit's Go client, unmodified, is in a room."""

import asyncio
from functools import partial
from uuid import uuid4

import pytest
from livekit import api, rtc

from harness import go, robots, tokens
from harness.barepage import until
from harness.go import Fact
from harness.robots import has_nothing_of, moves, published_by, showing, track_of
from harness.servers import KEY, SECRET, Server
from harness.sound import sounds

pytestmark = [
    pytest.mark.robots,
    pytest.mark.skipif(
        not go.is_there(), reason="Go is not on the PATH, and the client is built with it"
    ),
]

TONE_HZ = 420
Source = rtc.TrackSource
MICROPHONE = Source.SOURCE_MICROPHONE
both_ways = pytest.mark.parametrize("way", ["double", "single"])


@pytest.fixture
async def name() -> str:
    return f"changes-{uuid4().hex[:6]}"


def by_robot(fact: Fact) -> bool:
    return bool(fact["identity"] == "robot")


class TestScreen:
    async def test_comes_back_with_its_sound(self, server: Server, name: str) -> None:
        sound, picture = Source.SOURCE_SCREENSHARE_AUDIO, Source.SOURCE_SCREENSHARE
        async with (
            go.joined(server, name) as gopher,
            robots.joined(server, name) as robot,
            showing(robot, TONE_HZ, sound, picture),
        ):
            await gopher.do("echo", text="screen")

            flowing = {(await gopher.until("flows"))["source"] for _ in range(2)}
            assert flowing == {"SCREEN_SHARE", "SCREEN_SHARE_AUDIO"}
            await sounds(partial(track_of, robot, "gopher", sound), TONE_HZ)
            await moves(await track_of(robot, "gopher", picture))

            await gopher.do("unpublish")
            await has_nothing_of(robot, "gopher")


class TestSubscription:
    @both_ways
    async def test_ends_and_begins_again(self, server: Server, name: str, way: str) -> None:
        async with (
            go.joined(server, name, way) as gopher,
            robots.joined(server, name) as robot,
            showing(robot, TONE_HZ),
        ):
            flowing = {(await gopher.until("flows"))["sid"] for _ in range(2)}

            await gopher.do("subscribe", identity="robot", wanted=False)
            assert {(await gopher.until("ended"))["sid"] for _ in range(2)} == flowing

            await gopher.do("subscribe", identity="robot", wanted=True)
            assert {(await gopher.until("flows"))["sid"] for _ in range(2)} == flowing


class TestBytes:
    async def test_come_back_whole_with_name_and_type(self, server: Server, name: str) -> None:
        files: asyncio.Queue[tuple[str, str, bytes]] = asyncio.Queue()
        tasks: list[asyncio.Task[None]] = []

        async def read(reader: rtc.ByteStreamReader) -> None:
            contents = b"".join([chunk async for chunk in reader])
            await files.put((reader.info.name, reader.info.mime_type, contents))

        contents = bytes(range(256)) * 500
        async with go.joined(server, name) as gopher, robots.joined(server, name) as robot:
            robot.register_byte_stream_handler(
                "files", lambda reader, _: tasks.append(asyncio.create_task(read(reader)))
            )
            await gopher.until("came")
            writer = await robot.local_participant.stream_bytes(
                "a file.bin", mime_type="application/x-test", topic="files"
            )
            await writer.write(contents)
            await writer.aclose()

            told = await gopher.until("file")
            async with asyncio.timeout(60):
                assert await files.get() == ("a file.bin", "application/x-test", contents)

        assert (told["name"], told["type"]) == ("a file.bin", "application/x-test")
        assert (told["size"], told["from"]) == (len(contents), "robot")


class TestPresence:
    async def test_leaving_and_coming_again_is_seen(self, server: Server, name: str) -> None:
        async with robots.joined(server, name) as robot:

            async def is_there() -> bool:
                return "gopher" in robot.remote_participants

            async def has_left() -> bool:
                return not robot.remote_participants

            for _ in range(2):
                async with go.joined(server, name):
                    await until(is_there, "the Go client is there", 60)
                await until(has_left, "the Go client has left", 60)

    async def test_the_leaving_and_coming_of_others_is_seen(
        self, server: Server, name: str
    ) -> None:
        async with go.joined(server, name) as gopher:
            for _ in range(2):
                async with robots.joined(server, name):
                    await gopher.until("came", by_robot)
                await gopher.until("went", by_robot)

    async def test_the_same_identity_again_replaces_the_first(
        self, server: Server, name: str
    ) -> None:
        token = tokens.mint(name, "gopher")
        async with (
            robots.joined(server, name) as robot,
            go.joined(server, name) as first,
            go.running(server, token) as second,
        ):
            sid = (await second.until("joined"))["sid"]

            assert (await first.until("disconnected"))["reason"] == "duplicate identity"

            async def only_the_second_is_there() -> bool:
                return [p.sid for p in robot.remote_participants.values()] == [sid]

            await until(only_the_second_is_there, "only the second is there", 60)


class TestPermission:
    async def test_taken_away_ends_what_is_published_and_given_back_lets_it_begin(
        self, server: Server, name: str
    ) -> None:
        async with (
            api.LiveKitAPI(server.http, KEY, SECRET) as back_end,
            go.joined(server, name) as gopher,
            robots.joined(server, name) as robot,
            showing(robot, TONE_HZ),
        ):

            async def permit(*, can_publish: bool) -> None:
                permission = api.ParticipantPermission(can_subscribe=True, can_publish=can_publish)
                request = api.UpdateParticipantRequest(
                    room=name, identity="gopher", permission=permission
                )
                await back_end.room.update_participant(request)

            await gopher.do("echo")
            published = {(await gopher.until("published"))["sid"] for _ in range(2)}
            await sounds(partial(track_of, robot, "gopher", MICROPHONE), TONE_HZ)

            await permit(can_publish=False)
            assert {(await gopher.until("unpublished"))["sid"] for _ in range(2)} == published
            await has_nothing_of(robot, "gopher")

            await permit(can_publish=True)
            await gopher.do("echo")
            await sounds(partial(track_of, robot, "gopher", MICROPHONE), TONE_HZ)


class TestServerApi:
    async def test_rooms_are_created_listed_and_deleted(self, server: Server, name: str) -> None:
        async with go.joined(server, name) as gopher:
            await gopher.do("rooms", text=f"{name}-made")
            told = await gopher.until("rooms")

        assert told["metadata"] == "made by go"
        assert (told["listed"], told["left"]) == ([told["sid"]], [])

    async def test_an_agent_is_asked_for_and_the_wish_taken_back(
        self, server: Server, name: str
    ) -> None:
        async with go.joined(server, name) as gopher:
            await gopher.do("dispatch", text="somebody")
            told = await gopher.until("dispatch")

        assert (told["agent"], told["metadata"], told["isLeft"]) == ("somebody", "by go", False)

    async def test_a_token_opens_a_room_with_an_agent(self, server: Server, name: str) -> None:
        room = f"{name}-made"
        async with go.joined(server, name) as gopher:
            await gopher.do("invite", identity="guest", room=room, text="somebody")
            token = tokens.remember((await gopher.until("token"))["token"])
            async with go.running(server, token) as guest:
                await guest.until("joined")
                await gopher.do("find opened", room=room)
                told = await gopher.until("opened")

        assert (told["metadata"], told["agents"]) == (["by a token"], [["somebody", "by go"]])

    async def test_what_is_not_offered_says_so(self, server: Server, name: str) -> None:
        async with go.joined(server, name) as gopher:
            await gopher.do("try absent")
            told = await gopher.until("absent")

        assert told["codes"] == dict.fromkeys(("egress", "ingress", "sip"), "unimplemented")

    async def test_a_mute_reaches_all(self, server: Server, name: str) -> None:
        async with (
            go.joined(server, name) as gopher,
            robots.joined(server, name) as robot,
            showing(robot, TONE_HZ),
        ):
            await gopher.until("flows")
            publications = robot.local_participant.track_publications.values()
            [mine] = [p for p in publications if p.source == MICROPHONE]

            await gopher.do("mute theirs", identity="robot", text=mine.sid)

            answered = await gopher.until("muted theirs")
            assert (answered["sid"], answered["muted"]) == (mine.sid, True)
            told = await gopher.until("muted")
            assert (told["identity"], told["sid"]) == ("robot", mine.sid)

            async def is_muted() -> bool:
                return mine.muted

            await until(is_muted, "the robot knows of it", 60)

    async def test_a_mute_by_the_server_is_followed(self, server: Server, name: str) -> None:
        async with (
            api.LiveKitAPI(server.http, KEY, SECRET) as back_end,
            go.joined(server, name) as gopher,
            robots.joined(server, name) as robot,
            showing(robot, TONE_HZ),
        ):
            await gopher.do("echo")
            await sounds(partial(track_of, robot, "gopher", MICROPHONE), TONE_HZ)
            [theirs] = [p for p in published_by(robot, "gopher") if p.source == MICROPHONE]

            await back_end.room.mute_published_track(
                api.MuteRoomTrackRequest(
                    room=name, identity="gopher", track_sid=theirs.sid, muted=True
                )
            )

            told = await gopher.until("muted")
            assert (told["identity"], told["sid"]) == ("gopher", theirs.sid)

            async def is_muted() -> bool:
                return theirs.muted

            await until(is_muted, "the mute is seen", 60)
