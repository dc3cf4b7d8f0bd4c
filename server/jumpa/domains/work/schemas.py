"""What administrators read about jobs; never what a job holds."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from jumpa.kit.texts import example
from jumpa.kit.work.jobs import Job, State

JOB = {
    "id": "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8b",
    "kind": "letter",
    "state": "waiting",
    "attempts": 1,
    "due_at": "2026-11-21T09:00:30Z",
    "created_at": "2026-11-21T09:00:00Z",
    "ended_at": None,
    "failure": "mail_unavailable: the mail server does not answer",
}


COUNT = {"kind": "letter", "state": "failed", "count": 2}


class JobCount(BaseModel):
    """How many jobs of one kind are in one state."""

    model_config = example(COUNT)

    kind: str
    state: State
    count: int


class JobRead(BaseModel):
    """A job."""

    model_config = example(JOB)

    id: UUID
    kind: str
    state: State
    attempts: int = Field(description="How often it was begun.")
    due_at: datetime = Field(description="When it is begun next, for one that waits.")
    created_at: datetime
    ended_at: datetime | None
    failure: str = Field(description="Why the last attempt failed; empty if none did.")

    @classmethod
    def of(cls, job: Job) -> "JobRead":
        """Return what is seen of this job."""
        return cls(
            id=job.id,
            kind=job.kind,
            state=State(job.state),
            attempts=job.attempts,
            due_at=job.due_at,
            created_at=job.created_at,
            ended_at=job.ended_at,
            failure=job.failure,
        )
