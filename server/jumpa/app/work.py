"""Builds what does jobs, and keeps their list short."""

import asyncio
import logging
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta

from jumpa.app.foundation import Running
from jumpa.domains.notifications.service import meetings
from jumpa.domains.notifications.service.parts import NotificationParts
from jumpa.domains.notifications.service.pushing import Pusher
from jumpa.domains.notifications.service.telling import Teller
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.mail.queue import Courier
from jumpa.kit.work import jobs
from jumpa.kit.work.worker import Trade, Worker

logger = logging.getLogger(__name__)

_ROUND_S = 3600


@dataclass(slots=True)
class Workers:
    """A worker for each way out, so that none waits for a slow one."""

    letters: Worker
    pushes: Worker
    changes: Worker
    kept: timedelta

    def hear(self, event: object) -> None:
        """Look at once when there is something to do."""
        for worker in self._every():
            worker.hear(event)

    def start(self, stack: AsyncExitStack) -> None:
        """Work until the stack unwinds."""
        for run in (*(worker.rounds.run() for worker in self._every()), self._sweep()):
            stack.push_async_callback(_cancelled, asyncio.create_task(run))

    def _every(self) -> tuple[Worker, ...]:
        return self.letters, self.pushes, self.changes

    async def _sweep(self) -> None:
        while True:
            try:
                async with self.letters.work.write(SERVER) as ctx:
                    await jobs.forget_ended(ctx, ctx.clock() - self.kept)
            except Exception:
                # The database may be away for a while.
                logger.exception("old jobs could not be deleted")
            await asyncio.sleep(_ROUND_S)


def workers(given: Running, work: UnitOfWork, notifications: NotificationParts) -> Workers:
    """Return what does jobs."""
    courier = Courier(given.ring, given.mailer)
    return Workers(
        letters=_worker(work, courier.trade(given.settings.mail.attempts)),
        pushes=_worker(work, Pusher(notifications, given.outbound).trade()),
        changes=_worker(work, *meetings.trades(), *Teller(notifications).trades()),
        kept=timedelta(seconds=given.settings.work.kept_s),
    )


def _worker(work: UnitOfWork, *trades: Trade) -> Worker:
    return Worker(work, {trade.kind: trade for trade in trades})


async def _cancelled(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.wait({task})
