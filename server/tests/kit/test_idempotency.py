"""A repeated request is answered again and does nothing again."""

import asyncio

import httpx2
import pytest
from factories import Server
from people import assert_problem, work_of
from sqlalchemy import func, select

from jumpa.domains.rooms.models import Room
from jumpa.kit.actor import SERVER
from jumpa.kit.idempotency import KeptAnswer

KEY = "a-key-that-nobody-guesses"


async def create(server: Server, key: str | None = KEY, title: str = "Tea") -> httpx2.Response:
    headers = {"Idempotency-Key": key} if key is not None else {}
    return await server.client.post("/api/v1/rooms", json={"title": title}, headers=headers)


async def count_rooms(server: Server) -> int:
    async with work_of(server).read(SERVER) as ctx:
        return await ctx.session.scalar(select(func.count()).select_from(Room)) or 0


class TestIdempotencyKey:
    async def test_gives_the_same_answer_and_one_room(self, server: Server) -> None:
        first, second = await create(server), await create(server)

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json() == second.json()
        assert await count_rooms(server) == 1

    async def test_gives_the_same_answer_at_the_same_time(self, server: Server) -> None:
        answers = await asyncio.gather(*(create(server) for _ in range(6)))

        assert len({answer.text for answer in answers}) == 1
        assert await count_rooms(server) == 1

    async def test_does_not_answer_another_request(self, server: Server) -> None:
        await create(server)

        assert_problem(await create(server, title="Coffee"), 409, "idempotency_key_reused")
        assert await count_rooms(server) == 1

    async def test_is_forgotten_after_a_day(self, server: Server) -> None:
        first = await create(server)
        server.clock.move(days=1)

        assert (await create(server)).json()["code"] != first.json()["code"]

    async def test_is_not_needed(self, server: Server) -> None:
        first, second = await create(server, None), await create(server, None)

        assert first.json()["code"] != second.json()["code"]

    async def test_keeps_the_answer_sealed(self, server: Server) -> None:
        answer = await create(server)

        async with work_of(server).read(SERVER) as ctx:
            kept = (await ctx.session.scalars(select(KeptAnswer))).one()
        assert answer.json()["host_secret"] not in kept.sealed

    async def test_is_nobody_elses(self, server: Server) -> None:
        first = await create(server)
        elsewhere = httpx2.ASGITransport(server.app.asgi, client=("198.51.100.9", 5000))

        async with httpx2.AsyncClient(
            transport=elsewhere, base_url="http://localhost:7880"
        ) as other:
            answer = await other.post(
                "/api/v1/rooms", json={"title": "Tea"}, headers={"Idempotency-Key": KEY}
            )

        assert answer.json()["host_secret"] != first.json()["host_secret"]

    @pytest.mark.parametrize("key", ["", "short", "x" * 256])
    async def test_refuses_one_that_is_short_or_long(self, server: Server, key: str) -> None:
        assert_problem(await create(server, key), 422, "request_malformed")
