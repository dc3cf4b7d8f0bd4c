"""Trying a connection: a live room of one's own for a short while, and nothing else."""

import asyncio
from typing import Any

import httpx2
import pytest
from factories import FOREIGN_KEY, FOREIGN_SECRET, Server, foreign_token
from people import assert_problem
from rooms.meetings import ROOMS, Screen, admitted, on_both_engines

from jumpa.config import RoomSettings, Settings
from jumpa.domains.rooms.errors import ConnectionTestOverError
from jumpa.media.access import TokenVerifier
from jumpa.media.embedded.participants import JoinOptions
from jumpa.media.errors import RoomFullError

TESTS = "/api/v1/connection-tests"


async def begin(server: Server) -> dict[str, Any]:
    answer = await server.client.post(TESTS)
    assert answer.status_code == 201, answer.text
    begun: dict[str, Any] = answer.json()
    return begun


async def enter(server: Server, token: str) -> Screen:
    screen = Screen()
    claims = await admitted(server, token)
    await server.engine.join(claims, JoinOptions(), screen, token)
    return screen


async def validate(server: Server, token: str) -> httpx2.Response:
    return await server.client.get("/rtc/validate", params={"access_token": token})


class TestBegin:
    async def test_opens_a_room_that_is_stored_nowhere(self, server: Server) -> None:
        begun = await begin(server)

        await enter(server, begun["token"])

        (name,) = await server.live_rooms()
        assert (begun["url"], begun["expires_in_s"]) == ("ws://localhost:7880", 120)
        assert_problem(await server.client.get(f"{ROOMS}/{name}"), 404, "room_not_found")

    async def test_gives_everybody_a_room_of_their_own(self, server: Server) -> None:
        for _ in range(2):
            await enter(server, (await begin(server))["token"])

        assert len(await server.live_rooms()) == 2

    async def test_lets_sound_and_pictures_be_sent_and_nothing_else(self, server: Server) -> None:
        claims = server.verifier.verify((await begin(server))["token"])

        assert claims.video.can_publish_sources == ("camera", "microphone")
        assert not claims.video.may_publish_data
        assert not claims.video.room_admin

    async def test_lets_one_person_in(self, server: Server) -> None:
        await enter(server, (await begin(server))["token"])
        (name,) = await server.live_rooms()
        token = foreign_token(name, "somebody else")
        other = TokenVerifier({FOREIGN_KEY: FOREIGN_SECRET}, server.clock).verify(token)

        with pytest.raises(RoomFullError):
            await server.engine.join(other, JoinOptions(), Screen(), token)


class TestEnd:
    async def test_nobody_comes_in_once_the_time_is_up(self, server: Server) -> None:
        token = (await begin(server))["token"]
        server.clock.move(seconds=119)
        assert (await validate(server, token)).status_code == 200

        server.clock.move(seconds=1)

        answer = await validate(server, token)
        assert answer.status_code == 404
        with pytest.raises(ConnectionTestOverError):
            await admitted(server, token)

    async def test_whoever_is_still_inside_is_sent_away(self, server: Server) -> None:
        screen = await enter(server, (await begin(server))["token"])
        assert await server.app.workers.tests.do_due() == 0

        server.clock.move(seconds=120)

        assert await server.app.workers.tests.do_due() == 1
        assert screen.is_closed
        assert await server.live_rooms() == []

    async def test_it_is_no_matter_that_nobody_came(self, server: Server) -> None:
        await begin(server)
        server.clock.move(seconds=120)

        assert await server.app.workers.tests.do_due() == 1
        assert await server.app.workers.tests.do_due() == 0


@on_both_engines
class TestLimits:
    @pytest.fixture
    def settings(self) -> Settings:
        few = RoomSettings(connection_tests_per_minute=2, spread_connection_tests_per_minute=3)
        return Settings(rooms=few)

    async def test_one_address_begins_a_few(self, server: Server) -> None:
        for _ in range(2):
            await begin(server)

        answer = await server.client.post(TESTS)

        assert_problem(answer, 429, "too_many_requests")
        assert int(answer.headers["Retry-After"]) > 0

    async def test_at_the_same_time_no_more(self, server: Server) -> None:
        answers = await asyncio.gather(*(server.client.post(TESTS) for _ in range(5)))

        assert sorted(answer.status_code for answer in answers) == [201, 201, 429, 429, 429]


class TestForged:
    @pytest.mark.parametrize(
        "room", ["connection-test-99999999999-abc", "connection-test--abc", "connection-test-1-a"]
    )
    async def test_a_token_of_another_key_names_a_room_as_any_other(
        self, server: Server, room: str
    ) -> None:
        answer = await validate(server, foreign_token(room))

        assert answer.status_code == 200
        assert await server.live_rooms() == []

    async def test_no_room_of_people_looks_like_one(self, server: Server) -> None:
        code = (await server.create_room())["code"]

        assert not code.startswith("connection-test")
