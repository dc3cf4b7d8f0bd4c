"""Does the jobs that are due: errands at least once, changes of the database exactly once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import SystemRandom
from uuid import UUID

from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context, UnitOfWork
from jumpa.kit.errors import JumpaError
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job
from jumpa.kit.work.rounds import Rounds

logger = logging.getLogger(__name__)

LONGEST_ERRAND_S = 45
_BATCH = 20
_ROUND_S = 10
_AT_ONCE = 8
_TOGETHER = 5
# What was taken is nobody else's for so much longer than it may take; a server that dies in between
# holds it back so long.
_HELD = 2
# No more errands at a time than have ended by then, eight by eight.
_ERRANDS = _AT_ONCE * _HELD
_STRETCH = 0.2
_LONGEST_WISH = timedelta(hours=6)


class GiveUpError(Exception):
    """The job can never be done; trying again would not help."""


class LaterError(Exception):
    """The job can be done later; whoever was asked said after how many seconds, or 0."""

    def __init__(self, reason: str, after_s: int = 0) -> None:
        self.after_s = after_s
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Trade:
    """How jobs of one kind are done.

    `errand` speaks to others and may do so twice; `change` only changes the database, in the
    transaction that ends the job. A job is given up after so many attempts.
    """

    kind: str
    attempts: int
    errand: Callable[[Job], Awaitable[None]] | None = None
    change: Callable[[Context, Job], Awaitable[None]] | None = None


@dataclass(slots=True)
class Worker:
    """Does jobs of some trades, each within `longest_s`; `draw` returns a number from 0 to 1."""

    work: UnitOfWork
    trades: dict[str, Trade]
    draw: Callable[[], float] = field(default_factory=lambda: SystemRandom().random)
    longest_s: float = LONGEST_ERRAND_S
    rounds: Rounds = field(init=False)
    _doing: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Be ready to go round."""
        self.rounds = Rounds(self.do_due, _ROUND_S)

    def hear(self, event: object) -> None:
        """Look at once when there are jobs of these trades."""
        if isinstance(event, jobs.JobsQueued) and not event.kinds.isdisjoint(self.trades):
            self.rounds.wake()

    async def do_due(self) -> int:
        """Do some of what is due; return how many were tried."""
        async with self.work.write(SERVER) as ctx:
            until = ctx.clock() + timedelta(seconds=self.longest_s * _HELD)
            taken = await jobs.take(ctx, self.trades, self._most(), until, self._doing)
            for job in taken:
                # What ends the whole server each time ends here.
                if job.attempts > self.trades[job.kind].attempts:
                    jobs.fail(ctx, job, job.failure or "Every attempt was cut short.")
        if not taken:
            return 0
        reach(FailPoint.WORK_TAKEN)
        left = [job for job in taken if job.state == jobs.State.WAITING]
        names = {job.id for job in left}
        self._doing |= names
        try:
            errands = [job for job in left if self.trades[job.kind].errand is not None]
            await self._change([job for job in left if self.trades[job.kind].change is not None])
            await self._go(errands)
        except asyncio.CancelledError:
            # The server stops: whoever starts next need not wait for what was taken here.
            await self._hand_back(names)
            raise
        finally:
            self._doing -= names
        return len(taken)

    def _most(self) -> int:
        has_errands = any(trade.errand is not None for trade in self.trades.values())
        return _ERRANDS if has_errands else _BATCH

    async def _hand_back(self, names: Collection[UUID]) -> None:
        try:
            async with self.work.write(SERVER) as ctx:
                for job in await jobs.claim(ctx, names):
                    job.due_at = ctx.clock()
                    job.attempts -= 1
        except Exception:
            # The database may be away, which must not keep the server from stopping.
            logger.exception("what was begun could not be handed back, and waits until it is due")

    async def _change(self, due: Sequence[Job]) -> None:
        """Do what only changes the database: a few together, or each alone once one of them fails.

        A few, because others cannot write meanwhile where the database has one writer.
        """
        for first in range(0, len(due), _TOGETHER):
            group = due[first : first + _TOGETHER]
            try:
                await self._change_together(group)
            except Exception as error:  # noqa: BLE001  # noted once it is known whose it is
                if len(group) > 1:
                    for job in group:
                        await self._change([job])
                else:
                    await self._note(group, {group[0].id: error})

    async def _change_together(self, group: Sequence[Job]) -> None:
        async with self.work.write(SERVER) as ctx:
            for job in await jobs.claim(ctx, [job.id for job in group]):
                change = self.trades[job.kind].change
                if change is not None:
                    await change(ctx, job)
                jobs.finish(ctx, job)
                # Others have their turn on the loop.
                await asyncio.sleep(0)
            reach(FailPoint.WORK_CHANGED)

    async def _go(self, due: Sequence[Job]) -> None:
        """Run errands, some of them at the same time."""
        if not due:
            return
        places = asyncio.Semaphore(_AT_ONCE)
        failures: dict[UUID, Exception] = {}

        async def go(job: Job) -> None:
            errand = self.trades[job.kind].errand
            async with places:
                try:
                    async with asyncio.timeout(self.longest_s):
                        await (errand(job) if errand else asyncio.sleep(0))
                except Exception as error:  # noqa: BLE001  # noted for each job below
                    failures[job.id] = error

        await asyncio.gather(*(go(job) for job in due))
        reach(FailPoint.WORK_DONE)
        await self._note(due, failures)

    async def _note(self, tried: Sequence[Job], failures: dict[UUID, Exception]) -> None:
        if not tried:
            return
        async with self.work.write(SERVER) as ctx:
            for job in await jobs.claim(ctx, [job.id for job in tried]):
                error = failures.get(job.id)
                if error is None:
                    jobs.finish(ctx, job)
                else:
                    self._fail_or_wait(ctx, job, error)

    def _fail_or_wait(self, ctx: Context, job: Job, error: Exception) -> None:
        said = str(error) if isinstance(error, JumpaError | GiveUpError | LaterError) else ""
        failure = said or f"{type(error).__name__}"
        if isinstance(error, GiveUpError) or job.attempts >= self.trades[job.kind].attempts:
            jobs.fail(ctx, job, failure)
            logger.warning("%s %s is given up: %s", job.kind, job.id, failure)
        else:
            jobs.postpone(ctx, job, failure, _STRETCH * self.draw())
            if isinstance(error, LaterError):
                asked = min(timedelta(seconds=error.after_s), _LONGEST_WISH)
                job.due_at = max(job.due_at, ctx.clock() + asked)
            words = "%s %s waits for another attempt: %s"
            if said:
                logger.warning(words, job.kind, job.id, failure)
            else:
                logger.error(words, job.kind, job.id, failure, exc_info=error)
