"""Builds what does jobs."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass

from jumpa.app.chores import timetable
from jumpa.app.foundation import Running
from jumpa.app.notifications import phone_book
from jumpa.domains.exports.service.exporting import LONGEST_S, Exporter
from jumpa.domains.exports.service.parts import ExportParts
from jumpa.domains.integrations.service.parts import IntegrationParts
from jumpa.domains.integrations.service.syncing import Syncer
from jumpa.domains.notifications.service import meetings
from jumpa.domains.notifications.service.hooking import HookSender
from jumpa.domains.notifications.service.parts import NotificationParts
from jumpa.domains.notifications.service.pushing import Pusher
from jumpa.domains.notifications.service.telling import Teller
from jumpa.domains.notifications.service.texting import Texter
from jumpa.domains.rooms.service import connection_tests
from jumpa.kit.context import UnitOfWork
from jumpa.kit.mail.queue import Courier
from jumpa.kit.text_messages.message import TextMessages
from jumpa.kit.work.timetable import Timetable
from jumpa.kit.work.worker import LONGEST_ERRAND_S, Trade, Worker


@dataclass(slots=True)
class Workers:
    """A worker for each way out, so that none waits for a slow one."""

    letters: Worker
    pushes: Worker
    hooks: Worker
    calendars: Worker
    changes: Worker
    tests: Worker
    chores: Worker
    exports: Worker
    texts: Worker | None
    timetable: Timetable
    begins_after_s: float

    def hear(self, event: object) -> None:
        """Look at once when there is something to do."""
        for worker in self._every():
            worker.hear(event)

    def start(self, stack: AsyncExitStack) -> None:
        """Work until the stack unwinds."""
        planning = self.timetable.run(self.begins_after_s)
        for run in (*(worker.rounds.run() for worker in self._every()), planning):
            stack.push_async_callback(_cancelled, asyncio.create_task(run))

    def _every(self) -> tuple[Worker, ...]:
        out = (self.letters, self.pushes, self.hooks, self.calendars)
        always = (*out, self.changes, self.chores, self.exports, self.tests)
        return (*always, self.texts) if self.texts else always


def workers(
    given: Running,
    notifications: NotificationParts,
    integrations: IntegrationParts,
    exports: ExportParts,
    texts: TextMessages | None,
) -> Workers:
    """Return what does jobs; messages to telephones wait while there is no way to them."""
    work, syncer = notifications.work, Syncer(integrations)
    attempts = given.settings.whatsapp.attempts
    texter = Texter(work, phone_book(given), texts, attempts) if texts else None
    courier = Courier(given.ring, given.mailer)
    chores = timetable(given, work, exports)
    exporter = Exporter(exports)
    return Workers(
        letters=_worker(work, courier.trade(given.settings.mail.attempts)),
        pushes=_worker(work, Pusher(notifications, given.outbound).trade()),
        hooks=_worker(work, HookSender(notifications, given.outbound).trade()),
        calendars=_worker(work, *syncer.errands()),
        changes=_worker(
            work, *meetings.trades(), *Teller(notifications).trades(), *syncer.changes()
        ),
        tests=_worker(work, connection_tests.trade(given.engine)),
        chores=_worker(work, *chores.trades()),
        exports=_worker(work, exporter.trade(), longest_s=LONGEST_S),
        texts=_worker(work, texter.trade()) if texter else None,
        timetable=chores,
        begins_after_s=given.settings.work.chores_after_s,
    )


def _worker(work: UnitOfWork, *trades: Trade, longest_s: float = LONGEST_ERRAND_S) -> Worker:
    return Worker(work, {trade.kind: trade for trade in trades}, longest_s=longest_s)


async def _cancelled(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.wait({task})
