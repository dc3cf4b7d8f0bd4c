"""Workers that are connected, and the choice among them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from livekit.protocol import agent, models

from jumpa.kit.errors import JumpaError, Kind
from jumpa.media.embedded.ports import random_sid
from jumpa.signaling.agents.jobs import Key, LiveJob

# livekit-agents waits as long for the assignment of a job that it has taken.
ANSWER_S = 7.5
# What a job that has just been given weighs until the worker says how busy it is.
_LOAD_OF_A_JOB = 0.05
_USUAL = models.ParticipantPermission(
    can_subscribe=True, can_publish=True, can_publish_data=True, can_update_metadata=True
)


class WorkerRefusedError(JumpaError):
    """The worker does not speak as a worker does."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "worker_refused"


@dataclass(slots=True, eq=False)
class Worker:
    """One connected worker; `api_key` signed its token and signs those of its agents."""

    api_key: str
    name: str
    type: int
    deployment: str
    permission: models.ParticipantPermission
    send: Callable[[agent.ServerMessage], None]
    id: str = field(default_factory=lambda: random_sid("AW_"))
    load: float = 0
    is_available: bool = True
    jobs: dict[str, LiveJob] = field(default_factory=dict)
    offers: dict[str, asyncio.Future[agent.AvailabilityResponse]] = field(default_factory=dict)
    _given: int = 0

    @classmethod
    def of(
        cls,
        request: agent.RegisterWorkerRequest,
        api_key: str,
        send: Callable[[agent.ServerMessage], None],
    ) -> Worker:
        """Return the worker that registers; raises WorkerRefusedError."""
        if request.type not in agent.JobType.values():
            raise WorkerRefusedError("a worker takes jobs of a kind that is known")
        has_said = request.HasField("allowed_permissions")
        return cls(
            api_key=api_key,
            name=request.agent_name,
            type=request.type,
            deployment=request.deployment,
            permission=request.allowed_permissions if has_said else _USUAL,
            send=send,
        )

    @property
    def key(self) -> Key:
        """Which jobs it takes."""
        return (self.name, self.type, self.deployment)

    @property
    def weight(self) -> float:
        """How busy it is, with what it is offered and was given since it last said so."""
        return self.load + (self._given + len(self.offers)) * _LOAD_OF_A_JOB

    def update(self, status: agent.UpdateWorkerStatus) -> None:
        """Note how busy it is."""
        if status.HasField("status"):
            self.is_available = status.status == agent.WorkerStatus.WS_AVAILABLE
        if status.draining:
            self.is_available = False
        self.load = status.load
        self._given = 0

    async def ask(self, live: LiveJob) -> agent.AvailabilityResponse | None:
        """Offer a job; None when the worker does not answer in time or is gone."""
        answer = asyncio.get_running_loop().create_future()
        self.offers[live.id] = answer
        offer = agent.AvailabilityRequest(job=live.job, resuming=live.tries > 1)
        self.send(agent.ServerMessage(availability=offer))
        try:
            async with asyncio.timeout(ANSWER_S):
                said: agent.AvailabilityResponse = await answer
        except (TimeoutError, WorkerRefusedError):
            return None
        finally:
            self.offers.pop(live.id, None)
        return said

    def answer(self, said: agent.AvailabilityResponse) -> None:
        """Take the answer to an offer; others are ignored."""
        offer = self.offers.pop(said.job_id, None)
        if offer is not None and not offer.done():
            offer.set_result(said)

    def give(self, live: LiveJob, token: str) -> None:
        """Assign a job that the worker has agreed to take."""
        self._given += 1
        self.jobs[live.id] = live
        live.worker_id = self.id
        assignment = agent.JobAssignment(job=live.job, token=token)
        self.send(agent.ServerMessage(assignment=assignment))

    def terminate(self, live: LiveJob) -> None:
        """Say that a job is over."""
        self.jobs.pop(live.id, None)
        termination = agent.JobTermination(job_id=live.id)
        self.send(agent.ServerMessage(termination=termination))

    def lose(self) -> None:
        """Answer what was offered: nobody is there any more."""
        for offer in list(self.offers.values()):
            if not offer.done():
                offer.set_exception(WorkerRefusedError("the worker is gone"))


def choose(workers: Iterable[Worker], key: Key, tried: Collection[str]) -> Worker | None:
    """Return the least busy worker for such a job that has not been tried yet."""
    fitting = [
        worker
        for worker in workers
        if worker.key == key and worker.is_available and worker.id not in tried
    ]
    return min(fitting, key=lambda worker: worker.weight, default=None)
