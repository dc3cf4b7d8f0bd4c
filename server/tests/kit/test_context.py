"""The unit of work."""

import asyncio

import pytest
from factories import make_room
from sqlalchemy import func, select

from jumpa.domains.rooms.errors import RoomNotFoundError
from jumpa.domains.rooms.events import RoomCreated
from jumpa.domains.rooms.models import Room
from jumpa.domains.rooms.service import rooms as service
from jumpa.domains.rooms.service.rooms import RoomLimits, Wanted
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.database import Database
from jumpa.kit.db.turn import Turn


class BrokenError(Exception):
    pass


class TestWrite:
    async def test_commits_then_publishes(self, work: UnitOfWork, published: list[object]) -> None:
        async with work.write(SERVER) as ctx:
            room, _ = await service.create(ctx, Wanted(), RoomLimits())
            assert published == []

        assert published == [RoomCreated(room.code)]
        async with work.read(SERVER) as ctx:
            assert (await service.get(ctx, room.code)).id == room.id

    async def test_keeps_nothing_of_what_failed(
        self, work: UnitOfWork, published: list[object]
    ) -> None:
        kept: list[Room] = []

        async def fail() -> None:
            async with work.write(SERVER) as ctx:
                kept.append((await service.create(ctx, Wanted(), RoomLimits()))[0])
                raise BrokenError

        with pytest.raises(BrokenError):
            await fail()

        assert published == []
        async with work.read(SERVER) as ctx:
            with pytest.raises(RoomNotFoundError):
                await service.get(ctx, kept[0].code)

    async def test_waits_for_other_writers(self, work: UnitOfWork) -> None:
        rooms = await asyncio.gather(*(make_room(work) for _ in range(30)))

        async with work.read(SERVER) as ctx:
            assert all([await service.get(ctx, room.code) for room, _ in rooms])


class TestRead:
    async def test_does_not_wait_for_a_writer(self, work: UnitOfWork) -> None:
        room, _ = await make_room(work)

        async with work.write(SERVER) as writing:
            await service.create(writing, Wanted(), RoomLimits())
            async with work.read(SERVER) as reading:
                assert (await service.get(reading, room.code)).id == room.id


class TestTurns:
    async def test_come_one_after_another_in_order_of_asking(self, database: Database) -> None:
        async def publish(_event: object) -> None:
            return

        work = UnitOfWork(database.sessions, publish, turn=Turn())
        inside: list[int] = []

        async def write(number: int) -> None:
            async with work.write(SERVER) as ctx:
                inside.append(number)
                await ctx.session.scalar(select(func.count()).select_from(Room))
                assert inside[-1] == number

        await asyncio.gather(*(write(number) for number in range(10)))

        assert inside == list(range(10))

    async def test_are_left_by_who_fails_or_gives_up(self, database: Database) -> None:
        async def publish(_event: object) -> None:
            return

        work = UnitOfWork(database.sessions, publish, turn=Turn())

        async def write(error: type[BaseException]) -> None:
            async with work.write(SERVER):
                raise error

        for error in (RuntimeError, asyncio.CancelledError):
            with pytest.raises(error):
                await write(error)

        async with work.write(SERVER), work.read(SERVER):
            pass
