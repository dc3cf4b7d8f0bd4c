"""Chores: done once in each of their periods, by whichever server comes first, as jobs."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job, Wanted
from jumpa.kit.work.rounds import Rounds
from jumpa.kit.work.worker import Trade

_ROUND_S = 60
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Chore:
    """What is done in each period; a crash may have it done again, which must do no harm."""

    kind: str
    period: timedelta
    do: Callable[[], Awaitable[None]]

    def begun(self, moment: datetime) -> str:
        """Return the beginning of the period around a moment."""
        period_s = self.period.total_seconds()
        start_s = moment.timestamp() // period_s * period_s
        return f"{datetime.fromtimestamp(start_s, UTC):%Y-%m-%d %H:%M}"


@dataclass(slots=True)
class Timetable:
    """Keeps a job for each chore and period, of which there is one whoever else keeps it too."""

    work: UnitOfWork
    organisation_id: UUID
    chores: Sequence[Chore]
    rounds: Rounds = field(init=False)
    _kept: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Be ready to go round."""
        self.rounds = Rounds(self.plan, _ROUND_S)

    def trades(self) -> tuple[Trade, ...]:
        """Return how chores are done."""
        return tuple(Trade(each.kind, _ATTEMPTS, errand=_errand(each)) for each in self.chores)

    async def plan(self) -> int:
        """Keep what is to be done in the periods that have begun; return 0, as that is all."""
        now = self.work.clock()
        begun = {each.kind: each.begun(now) for each in self.chores}
        if begun == self._kept:
            return 0
        # A clock that jumped back comes to periods whose jobs are there already.
        wanted = (Wanted(kind, "", self.organisation_id, start) for kind, start in begun.items())
        async with self.work.write(SERVER) as ctx:
            await jobs.enqueue(ctx, *wanted)
        self._kept = begun
        return 0

    async def run(self, after_s: float) -> None:
        """Go round until cancelled, beginning a while after the server did."""
        await asyncio.sleep(after_s)
        await self.rounds.run()


def _errand(chore: Chore) -> Callable[[Job], Awaitable[None]]:
    async def do(_job: Job) -> None:
        await chore.do()

    return do
