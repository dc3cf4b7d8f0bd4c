"""Brings jobs to workers, and to others when one is lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, ClassVar

from livekit.protocol import agent

from jumpa.kit.errors import JumpaError, Kind
from jumpa.media.access import TokenVerifier
from jumpa.signaling.agents.jobs import LiveJob, nanoseconds
from jumpa.signaling.agents.tokens import agent_token
from jumpa.signaling.agents.workers import Worker, choose

logger = logging.getLogger(__name__)

MOST_WORKERS = 1000
_Status = agent.JobStatus


class TooManyWorkersError(JumpaError):
    """The server has as many workers as it may have."""

    kind: ClassVar = Kind.EXHAUSTED
    code: ClassVar = "too_many_workers"


@dataclass(slots=True)
class Board:
    """Every connected worker, and the jobs that wait for one.

    `lost` is called with a job whose worker is gone or could not do it.
    """

    verifier: TokenVerifier
    lost: Callable[[LiveJob], None]
    workers: dict[str, Worker] = field(default_factory=dict)
    _waiting: list[LiveJob] = field(default_factory=list)
    _offering: set[asyncio.Task[None]] = field(default_factory=set)

    def enter(self, worker: Worker) -> None:
        """Take a worker in; raises TooManyWorkersError."""
        if len(self.workers) >= MOST_WORKERS:
            raise TooManyWorkersError
        self.workers[worker.id] = worker
        self.offer_waiting()

    def leave(self, worker: Worker) -> None:
        """Let a worker go; what it did is done by others, if it has to be."""
        if self.workers.pop(worker.id, None) is None:
            return
        worker.lose()
        for live in list(worker.jobs.values()):
            live.worker_id, live.is_orphan = "", True
            self.lost(live)

    def updated(self, worker: Worker, status: agent.UpdateWorkerStatus) -> None:
        """Follow how busy a worker is."""
        was_available = worker.is_available
        worker.update(status)
        if worker.is_available and not was_available:
            self.offer_waiting()

    def job_updated(self, worker: Worker, update: agent.UpdateJobStatus) -> None:
        """Follow what a worker says of a job of its own; others are ignored."""
        live = worker.jobs.get(update.job_id)
        if live is None or live.has_ended:
            return
        now = self.verifier.clock()
        if update.status not in (_Status.JS_SUCCESS, _Status.JS_FAILED):
            live.job.state.updated_at = nanoseconds(now)
            return
        del worker.jobs[live.id]
        live.end(update.status, update.error[:1000], now)
        if update.status == _Status.JS_FAILED:
            self.lost(live)

    def adopt(self, worker: Worker, live: LiveJob) -> None:
        """Give a job back to a worker that has come again and still does it."""
        if live.is_orphan and live.key == worker.key:
            live.worker_id, live.is_orphan = worker.id, False
            worker.jobs[live.id] = live

    def place(self, live: LiveJob) -> None:
        """Find somebody for a job; one for a named agent waits until there is somebody."""
        self._run(self._offer(live))

    def place_with(self, worker: Worker, live: LiveJob) -> None:
        """Offer a job to one worker alone."""

        async def offered() -> None:
            await self.offer_to(worker, live)

        self._run(offered())

    def _run(self, offering: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(offering)
        self._offering.add(task)
        task.add_done_callback(self._offering.discard)

    def withdraw(self, live: LiveJob, status: agent.JobStatus, error: str = "") -> None:
        """End a job, wherever it is."""
        if live in self._waiting:
            self._waiting.remove(live)
        if live.has_ended:
            return
        live.end(status, error, self.verifier.clock())
        worker = self.workers.get(live.worker_id)
        if worker is not None:
            worker.terminate(live)

    def offer_waiting(self) -> None:
        """Try again with what nobody could take."""
        waiting, self._waiting = self._waiting, []
        for live in waiting:
            self.place(live)

    async def settled(self) -> None:
        """Return once nothing is being offered."""
        while self._offering:
            await asyncio.wait(self._offering)

    async def _offer(self, live: LiveJob) -> None:
        tried: set[str] = set()
        while not live.has_ended:
            worker = choose(self.workers.values(), live.key, tried)
            if worker is None:
                self._wait(live)
                return
            tried.add(worker.id)
            if await self.offer_to(worker, live):
                return

    async def offer_to(self, worker: Worker, live: LiveJob) -> bool:
        """Offer a job to one worker; True when nobody else is to be asked."""
        self._start(live, worker)
        said = await worker.ask(live)
        if said is None or live.has_ended:
            return live.has_ended
        if said.terminate:
            live.end(_Status.JS_SUCCESS, "", self.verifier.clock())
            return True
        is_taken = said.available and bool(said.participant_identity)
        if is_taken and worker.id in self.workers:
            live.job.state.participant_identity = said.participant_identity
            worker.give(live, agent_token(self.verifier, worker, live, said))
            logger.info("worker %s takes job %s", worker.id, live.id)
            return True
        return False

    def _wait(self, live: LiveJob) -> None:
        live.job.state.ClearField("worker_id")
        live.job.state.status = _Status.JS_PENDING
        # Workers without a name are called by every room: one that starts late
        # is not to burst into all that are open.
        if live.job.agent_name:
            self._waiting.append(live)

    def _start(self, live: LiveJob, worker: Worker) -> None:
        state = live.job.state
        state.worker_id = worker.id
        state.status = _Status.JS_RUNNING
        state.started_at = state.updated_at = nanoseconds(self.verifier.clock())
