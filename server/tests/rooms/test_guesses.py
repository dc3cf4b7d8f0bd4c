"""Guessing the password of a room, from one address and from many."""

import asyncio

import httpx2
import pytest
from factories import Server
from people import assert_problem

from jumpa.config import RoomSettings, Settings

PASSWORD = "white lily"


@pytest.fixture
def settings() -> Settings:
    return Settings(rooms=RoomSettings(passwords_per_hour=3, spread_passwords_per_hour=5))


async def make_room(server: Server) -> str:
    body = {"title": "Tea", "password": PASSWORD}
    answer = await server.client.post("/api/v1/rooms", json=body)
    assert answer.status_code == 201, answer.text
    code: str = answer.json()["code"]
    return code


async def knock(
    server: Server, code: str, password: str, address: str = "192.0.2.7"
) -> httpx2.Response:
    transport = httpx2.ASGITransport(server.app.asgi, client=(address, 5000))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost:7880") as client:
        body = {"name": "Gita", "password": password}
        return await client.post(f"/api/v1/rooms/{code}/join", json=body)


class TestOneAddress:
    async def test_guesses_so_often_and_then_waits(self, server: Server) -> None:
        code = await make_room(server)
        for _ in range(3):
            assert_problem(await knock(server, code, "red rose"), 403, "room_password_wrong")

        late = await knock(server, code, PASSWORD)

        assert_problem(late, 429, "too_many_requests")
        assert int(late.headers["retry-after"]) <= 1200
        server.now.seconds += 1200
        assert (await knock(server, code, PASSWORD)).status_code == 200

    async def test_guesses_no_more_at_the_same_time(self, server: Server) -> None:
        code = await make_room(server)

        answers = await asyncio.gather(*(knock(server, code, "red rose") for _ in range(8)))

        assert [answer.status_code for answer in answers].count(403) == 3

    async def test_is_not_kept_from_other_rooms(self, server: Server) -> None:
        code, other = await make_room(server), await make_room(server)
        for _ in range(4):
            await knock(server, code, "red rose")

        assert (await knock(server, other, PASSWORD)).status_code == 200

    async def test_is_one_in_a_whole_network_of_ipv6(self, server: Server) -> None:
        code = await make_room(server)

        answers = [await knock(server, code, "x", f"2001:db8::{number}") for number in range(4)]

        assert [answer.status_code for answer in answers] == [403, 403, 403, 429]


class TestManyAddresses:
    async def test_leave_others_alone_until_they_are_many(self, server: Server) -> None:
        code = await make_room(server)
        for _ in range(4):
            await knock(server, code, "red rose")

        assert (await knock(server, code, PASSWORD, "192.0.2.8")).status_code == 200

    async def test_guess_so_often_together(self, server: Server) -> None:
        code = await make_room(server)

        answers = [await knock(server, code, "x", f"192.0.2.{number}") for number in range(6)]

        assert [answer.status_code for answer in answers] == [403, 403, 403, 403, 403, 429]


class TestClass:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings()

    async def test_of_forty_behind_one_address_comes_in(self, server: Server) -> None:
        body = {"password": PASSWORD, "max_users": 50}
        code = (await server.client.post("/api/v1/rooms", json=body)).json()["code"]

        for _ in range(40):
            assert (await knock(server, code, PASSWORD)).status_code == 200
