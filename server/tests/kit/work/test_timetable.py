"""Chores are done once in each period, whoever comes first and wherever clocks jump."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from factories import Clock

from jumpa.domains.organisations.models import HOME
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.database import Database
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import State
from jumpa.kit.work.timetable import Chore, Timetable
from jumpa.kit.work.worker import Worker

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class House:
    """Servers on one database, and what they did."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    done: list[str] = field(default_factory=list)
    is_broken: bool = False

    def server(self) -> tuple[Timetable, Worker]:
        """Return another server."""

        async def publish(_: object) -> None:
            pass

        async def sweep() -> None:
            self.done.append("sweep")
            if self.is_broken:
                raise RuntimeError

        async def dust() -> None:
            self.done.append("dust")

        work = UnitOfWork(self.database.sessions, publish, self.clock, self.database.turn)
        chores = (Chore("sweep", HOUR, sweep), Chore("dust", DAY, dust))
        table = Timetable(work, HOME, chores)
        return table, Worker(work, {trade.kind: trade for trade in table.trades()}, lambda: 0)

    async def go_round(self, *servers: tuple[Timetable, Worker]) -> list[str]:
        """Return what the servers do at this hour, all at the same time."""
        before = len(self.done)
        await asyncio.gather(*(table.plan() for table, _ in servers))
        while sum(await asyncio.gather(*(worker.do_due() for _, worker in servers))):
            pass
        return sorted(self.done[before:])


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


class TestBegun:
    def test_is_the_same_all_through_a_period(self) -> None:
        async def nothing() -> None:
            pass

        noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
        moments = [noon, noon + timedelta(minutes=59, seconds=59), noon + HOUR]

        assert [Chore("a", HOUR, nothing).begun(moment)[-5:] for moment in moments] == [
            "12:00",
            "12:00",
            "13:00",
        ]
        assert {Chore("a", DAY, nothing).begun(moment) for moment in moments} == {
            "2026-11-21 00:00"
        }


class TestTimetable:
    async def test_does_each_chore_once_in_its_period(self, house: House) -> None:
        server = house.server()

        assert await house.go_round(server) == ["dust", "sweep"]
        assert await house.go_round(server) == []
        house.clock.move(hours=1)
        assert await house.go_round(server) == ["sweep"]
        house.clock.move(hours=23)
        assert await house.go_round(server) == ["dust", "sweep"]

    async def test_does_each_once_for_all_servers_and_starts(self, house: House) -> None:
        one, other = house.server(), house.server()

        assert await house.go_round(one, other) == ["dust", "sweep"]
        assert await house.go_round(house.server()) == []

    async def test_does_none_twice_when_the_clock_jumps(self, house: House) -> None:
        server = house.server()
        await house.go_round(server)
        house.clock.move(hours=24)
        assert await house.go_round(server) == ["dust", "sweep"]
        house.clock.move(hours=-24)
        assert await house.go_round(server) == []
        house.clock.move(hours=1)
        assert await house.go_round(server) == ["sweep"]
        house.clock.move(hours=-2)
        assert await house.go_round(server) == ["sweep"], "of an hour before the server began"
        house.clock.move(hours=2)
        assert await house.go_round(server, house.server()) == []

    async def test_loses_none_with_a_server_that_is_killed(self, house: House) -> None:
        table, worker = house.server()
        await table.plan()
        async with worker.work.write(SERVER) as ctx:
            taken = await jobs.take(ctx, worker.trades, 9, house.clock() + timedelta(seconds=90))
            assert len(taken) == 2

        assert await house.go_round(house.server()) == []
        house.clock.move(seconds=91)
        assert await house.go_round(house.server()) == ["dust", "sweep"]

    async def test_tries_again_what_failed_and_goes_on_in_the_next_period(
        self, house: House
    ) -> None:
        server = house.server()
        house.is_broken = True
        await house.go_round(server)
        house.clock.move(minutes=1)
        assert await house.go_round(server) == ["sweep"]
        house.clock.move(hours=1)
        house.is_broken = False

        assert await house.go_round(server) == ["sweep", "sweep"]
        async with server[1].work.read(SERVER) as ctx:
            assert {job.state for job in await jobs.list_last(ctx, None, None, None, 9)} == {
                State.DONE
            }
