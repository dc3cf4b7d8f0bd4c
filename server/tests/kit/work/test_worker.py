"""Jobs are done once, again when they fail, and never in the way of others."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import cast
from uuid import UUID

import pytest
from factories import Clock

from jumpa.domains.organisations.models import HOME, Organisation
from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context, Sessions, UnitOfWork
from jumpa.kit.db.database import Database
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job, JobEndedError, JobTooLargeError, State, Wanted
from jumpa.kit.work.worker import GiveUpError, Trade, Worker

ATTEMPTS = 4


@dataclass
class Doer:
    """Does errands and changes, and keeps what it was given."""

    done: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    hopeless: set[str] = field(default_factory=set)
    held: asyncio.Event | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, job: Job) -> None:
        self.begun.set()
        if self.held is not None:
            await self.held.wait()
        self.done.append(job.payload)
        if job.payload in self.hopeless:
            raise GiveUpError("Nobody can do this.")
        if job.payload in self.refused:
            raise RuntimeError(job.payload)

    async def change(self, ctx: Context, job: Job) -> None:
        name = UUID(int=int(job.payload) + 1)
        ctx.session.add(
            Organisation(organisation_id=name, name=job.payload, created_at=ctx.clock())
        )
        await ctx.session.flush()
        await self.run(job)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def doer() -> Doer:
    return Doer()


@pytest.fixture
def worker(database: Database, clock: Clock, doer: Doer) -> Worker:
    return worker_of(database, clock, doer)


def worker_of(database: Database, clock: Clock, doer: Doer) -> Worker:
    async def publish(_: object) -> None:
        pass

    trades = (
        Trade("errand", ATTEMPTS, errand=doer.run),
        Trade("change", ATTEMPTS, change=doer.change),
    )
    work = UnitOfWork(database.sessions, publish, clock, database.turn)
    return Worker(work, {trade.kind: trade for trade in trades}, draw=lambda: 0)


async def ask(worker: Worker, *payloads: str, kind: str = "errand", key: str | None = None) -> None:
    async with worker.work.write(SERVER) as ctx:
        await jobs.enqueue(ctx, *(Wanted(kind, payload, HOME, key) for payload in payloads))


async def listed(worker: Worker) -> dict[str, Job]:
    async with worker.work.read(SERVER) as ctx:
        return {str(job.id): job for job in await jobs.list_last(ctx, None, None, None, 100)}


async def states(worker: Worker) -> list[str]:
    return sorted(job.state for job in (await listed(worker)).values())


async def organisations(worker: Worker) -> int:
    async with worker.work.read(SERVER) as ctx:
        found = [await ctx.session.get(Organisation, UUID(int=n + 1)) for n in range(30)]
    return sum(each is not None for each in found)


class TestEnqueue:
    async def test_keeps_nothing_when_the_caller_fails(self, worker: Worker) -> None:
        async def fail() -> None:
            async with worker.work.write(SERVER) as ctx:
                await jobs.enqueue(ctx, Wanted("errand", "lost", HOME))
                raise RuntimeError

        with pytest.raises(RuntimeError):
            await fail()

        assert await worker.do_due() == 0

    async def test_makes_one_for_each_key(self, worker: Worker, doer: Doer) -> None:
        await asyncio.gather(*(ask(worker, str(number), key="once") for number in range(5)))
        await worker.do_due()
        await ask(worker, "again", key="once")
        await worker.do_due()

        assert len(doer.done) == 1

    async def test_refuses_a_payload_of_a_megabyte_whole(self, worker: Worker) -> None:
        with pytest.raises(JobTooLargeError):
            await ask(worker, "small", "x" * 1_000_000)

        assert await states(worker) == []

    async def test_takes_a_payload_at_the_limit(self, worker: Worker, doer: Doer) -> None:
        await ask(worker, "x" * jobs.MOST_BYTES)
        await worker.do_due()

        assert len(doer.done[0]) == jobs.MOST_BYTES


class TestDoDue:
    async def test_does_each_once_and_forgets_what_it_held(
        self, worker: Worker, doer: Doer
    ) -> None:
        await ask(worker, "a", "b")

        assert await worker.do_due() == 2
        assert await worker.do_due() == 0

        assert sorted(doer.done) == ["a", "b"]
        assert {job.payload for job in (await listed(worker)).values()} == {""}

    async def test_leaves_what_is_due_later(self, worker: Worker, clock: Clock) -> None:
        async with worker.work.write(SERVER) as ctx:
            later = clock.time.replace(hour=12)
            await jobs.enqueue(ctx, Wanted("errand", "noon", HOME, due_at=later))

        assert await worker.do_due() == 0
        clock.move(hours=3)
        assert await worker.do_due() == 1

    async def test_leaves_kinds_that_it_does_not_know(self, worker: Worker) -> None:
        await ask(worker, "from a newer server", kind="tomorrow")

        assert await worker.do_due() == 0
        assert await states(worker) == ["waiting"]

    async def test_tries_a_poisoned_job_so_often_and_does_the_others(
        self, worker: Worker, doer: Doer, clock: Clock
    ) -> None:
        doer.refused.add("poison")
        await ask(worker, "poison", "good")
        for _ in range(ATTEMPTS + 2):
            await worker.do_due()
            clock.move(hours=7)

        assert doer.done.count("poison") == ATTEMPTS
        assert doer.done.count("good") == 1
        assert await states(worker) == ["done", "failed"]

    async def test_gives_up_at_once_what_nobody_can_do(self, worker: Worker, doer: Doer) -> None:
        doer.hopeless.add("no")
        await ask(worker, "no")
        await worker.do_due()

        (job,) = (await listed(worker)).values()
        assert (job.state, job.failure) == ("failed", "Nobody can do this.")

    async def test_fails_what_ends_the_server_each_time(
        self, worker: Worker, doer: Doer, clock: Clock
    ) -> None:
        await ask(worker, "a crash")
        for _ in range(ATTEMPTS):
            async with worker.work.write(SERVER) as ctx:
                assert await jobs.take(ctx, ["errand"], 9, clock.time)
        await worker.do_due()

        assert doer.done == []
        assert await states(worker) == ["failed"]

    async def test_takes_no_more_errands_than_end_while_they_are_its_own(
        self, worker: Worker, doer: Doer
    ) -> None:
        await ask(worker, *map(str, range(20)))

        assert [await worker.do_due() for _ in range(3)] == [16, 4, 0]
        assert len(doer.done) == 20

    async def test_undoes_only_the_change_that_failed(
        self, worker: Worker, doer: Doer, clock: Clock
    ) -> None:
        doer.refused.add("3")
        await ask(worker, *map(str, range(6)), kind="change")
        await worker.do_due()
        assert await organisations(worker) == 5
        assert (await states(worker)).count("waiting") == 1

        doer.refused.clear()
        clock.move(minutes=1)
        await worker.do_due()
        assert await organisations(worker) == 6

    async def test_does_each_once_when_two_servers_look(
        self, worker: Worker, doer: Doer, database: Database, clock: Clock
    ) -> None:
        other = worker_of(database, clock, doer)
        await ask(worker, *map(str, range(15)))
        await ask(worker, *map(str, range(15)), kind="change")

        while sum(await asyncio.gather(worker.do_due(), other.do_due(), worker.do_due())):
            pass

        assert sorted(doer.done) == sorted([*map(str, range(15))] * 2)
        assert await organisations(worker) == 15


class TestStop:
    async def test_hands_back_what_was_begun(
        self, worker: Worker, doer: Doer, database: Database, clock: Clock
    ) -> None:
        doer.held = asyncio.Event()
        await ask(worker, "slow")
        stopped = asyncio.create_task(worker.do_due())
        await doer.begun.wait()
        stopped.cancel()
        await asyncio.wait({stopped})
        doer.held = None

        assert stopped.cancelled()
        assert await worker_of(database, clock, doer).do_due() == 1
        assert doer.done == ["slow"]
        (job,) = (await listed(worker)).values()
        assert (job.state, job.attempts) == ("done", 1)

    async def test_is_not_held_up_by_a_database_that_is_away(
        self, worker: Worker, doer: Doer
    ) -> None:
        def away() -> object:
            raise OSError

        doer.held = asyncio.Event()
        await ask(worker, "slow")
        running = asyncio.create_task(worker.rounds.run())
        await doer.begun.wait()
        here, worker.work = worker.work, replace(worker.work, sessions=cast("Sessions", away))
        running.cancel()

        ended, _ = await asyncio.wait({running}, timeout=30)
        assert ended == {running}
        worker.work = here
        assert await states(worker) == ["waiting"]


class TestClock:
    async def test_jumping_a_day_ahead_does_nothing_twice(
        self, worker: Worker, doer: Doer, clock: Clock
    ) -> None:
        doer.held = asyncio.Event()
        await ask(worker, "slow")
        first = asyncio.create_task(worker.do_due())
        await doer.begun.wait()
        clock.move(hours=24)

        assert await worker.do_due() == 0
        doer.held.set()
        await first

        assert doer.done == ["slow"]
        assert await states(worker) == ["done"]

    async def test_jumping_back_two_hours_does_nothing_twice(
        self, worker: Worker, doer: Doer, clock: Clock
    ) -> None:
        await ask(worker, "a")
        await worker.do_due()
        clock.move(hours=-2)
        await ask(worker, "b")
        for _ in range(3):
            await worker.do_due()
            clock.move(hours=1)

        assert doer.done == ["a", "b"]


class TestRetry:
    async def test_does_a_failed_job_again(self, worker: Worker, doer: Doer) -> None:
        doer.hopeless.add("a")
        await ask(worker, "a")
        await worker.do_due()
        doer.hopeless.clear()

        async with worker.work.write(SERVER) as ctx:
            (job,) = await jobs.list_last(ctx, State.FAILED, None, None, 9)
            await jobs.retry(ctx, job.id)
        await worker.do_due()

        assert doer.done == ["a", "a"]
        assert await states(worker) == ["done"]

    async def test_refuses_what_was_done(self, worker: Worker) -> None:
        await ask(worker, "a")
        await worker.do_due()
        (job,) = (await listed(worker)).values()

        async with worker.work.write(SERVER) as ctx:
            with pytest.raises(JobEndedError):
                await jobs.retry(ctx, job.id)
            with pytest.raises(JobEndedError):
                await jobs.cancel(ctx, job.id)


class TestCancel:
    async def test_takes_a_job_back_even_while_it_is_done(self, worker: Worker, doer: Doer) -> None:
        doer.held = asyncio.Event()
        await ask(worker, "a")
        first = asyncio.create_task(worker.do_due())
        await doer.begun.wait()
        async with worker.work.write(SERVER) as ctx:
            (job,) = await jobs.list_last(ctx, None, None, None, 9)
            await jobs.cancel(ctx, job.id)
        doer.held.set()
        await first

        assert await states(worker) == ["cancelled"]

    async def test_by_key_leaves_the_key_free(self, worker: Worker, doer: Doer) -> None:
        await ask(worker, "a", key="once")
        async with worker.work.write(SERVER) as ctx:
            await jobs.cancel_by_key(ctx, "errand", "once")
        await ask(worker, "b", key="once")
        await worker.do_due()

        assert doer.done == ["b"]


class TestForgetEnded:
    async def test_forgets_what_ended_long_ago(self, worker: Worker, clock: Clock) -> None:
        await ask(worker, "a")
        await worker.do_due()
        await ask(worker, "b")
        clock.move(days=8)

        async with worker.work.write(SERVER) as ctx:
            await jobs.forget_ended(ctx, clock.time.replace(day=28))

        assert await states(worker) == ["waiting"]


class TestPause:
    def test_grows_and_ends(self) -> None:
        pauses = [jobs.pause_after(number).total_seconds() for number in (1, 2, 3, 30, 1000)]

        assert pauses == [30, 60, 120, 21_600, 21_600]
