"""The unit of work."""

import asyncio

import pytest
from factories import make_room

from jumpa.domains.rooms.errors import RoomNotFoundError
from jumpa.domains.rooms.events import RoomCreated
from jumpa.domains.rooms.models import Room
from jumpa.domains.rooms.service import rooms as service
from jumpa.domains.rooms.service.rooms import RoomLimits, Wanted
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork


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
