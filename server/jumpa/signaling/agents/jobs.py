"""Jobs and dispatches (LiveKit's `Job`, `AgentDispatch`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from livekit.protocol import agent, agent_dispatch, models

from jumpa.media.embedded.ports import Cancellable, random_sid

ENDED = (agent.JobStatus.JS_SUCCESS, agent.JobStatus.JS_FAILED)
MOST_TRIES = 3
KEPT_ENDED = 100
_NANOSECONDS = 1_000_000_000

# Which workers may take a job: the agent's name, the kind of job, the deployment.
Key = tuple[str, int, str]


def nanoseconds(now: datetime) -> int:
    """Return a time as LiveKit's messages about agents count it."""
    return int(now.timestamp() * _NANOSECONDS)


@dataclass(slots=True, eq=False)
class LiveJob:
    """One job; `worker_id` is empty while nobody has it, `away` the end of waiting for its agent.

    `is_orphan` while its worker is gone and its agent may still be in the room.
    """

    job: agent.Job
    dispatch: Dispatch
    tries: int = 1
    worker_id: str = ""
    is_orphan: bool = False
    away: Cancellable | None = None

    @property
    def id(self) -> str:
        """Unique for ever."""
        return self.job.id

    @property
    def key(self) -> Key:
        """Who may take it."""
        return (self.job.agent_name, self.job.type, self.job.deployment)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is to be done."""
        return self.job.state.status in ENDED

    def end(self, status: agent.JobStatus, error: str, now: datetime) -> None:
        """Note that it has ended."""
        if self.away is not None:
            self.away.cancel()
            self.away = None
        state = self.job.state
        state.status, state.error = status, error
        state.ended_at = state.updated_at = nanoseconds(now)

    def again(self) -> LiveJob | None:
        """Return the same for somebody else; None when it has been tried often enough."""
        policy = self.dispatch.info.restart_policy
        may_again = policy == agent_dispatch.JobRestartPolicy.JRP_ON_FAILURE
        if not may_again or self.tries >= MOST_TRIES:
            return None
        job = agent.Job()
        job.CopyFrom(self.job)
        job.id = random_sid("AJ_")
        job.ClearField("state")
        return LiveJob(job, self.dispatch, self.tries + 1)


@dataclass(slots=True, eq=False)
class Dispatch:
    """The wish for an agent in one room, and the jobs that came of it."""

    info: agent_dispatch.AgentDispatch
    jobs: list[LiveJob] = field(default_factory=list)

    def add(self, live: LiveJob) -> None:
        """Keep a job, and of those that have ended the last ones."""
        ended = [other for other in self.jobs if other.has_ended]
        if len(ended) > 2 * KEPT_ENDED:
            forgotten = set(ended[:-KEPT_ENDED])
            self.jobs = [other for other in self.jobs if other not in forgotten]
        self.jobs.append(live)

    def told(self) -> agent_dispatch.AgentDispatch:
        """Return it with those of its jobs that somebody has taken."""
        told = agent_dispatch.AgentDispatch()
        told.CopyFrom(self.info)
        told.state.jobs.extend(live.job for live in self.jobs if live.job.state.worker_id)
        return told

    def new_job(
        self,
        kind: agent.JobType,
        room: models.Room,
        participant: models.ParticipantInfo | None,
    ) -> LiveJob:
        """Return a job that nobody has yet."""
        info = self.info
        job = agent.Job(
            id=random_sid("AJ_"),
            dispatch_id=info.id,
            type=kind,
            room=room,
            participant=participant,
            metadata=info.metadata,
            agent_name=info.agent_name,
            deployment=info.deployment,
            attributes=info.attributes,
        )
        return LiveJob(job, self)
