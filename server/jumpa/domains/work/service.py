"""What administrators do with the jobs of their organisation."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from jumpa.domains.audit.service import AuditLog, Deed
from jumpa.kit.actor import Actor
from jumpa.kit.context import Context, UnitOfWork
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job, State


@dataclass(frozen=True, slots=True)
class Sought:
    """Which jobs are wanted: those of a state or kind, after the last one seen."""

    state: State | None
    kind: str | None
    after: UUID | None
    count: int


@dataclass(frozen=True, slots=True)
class WorkParts:
    """The tools of the domain."""

    work: UnitOfWork
    audit: AuditLog


async def list_last(parts: WorkParts, actor: Actor, sought: Sought) -> Sequence[Job]:
    """Return jobs, newest first."""
    async with parts.work.read(actor) as ctx:
        return await jobs.list_last(ctx, sought.state, sought.kind, sought.after, sought.count)


async def counts(parts: WorkParts, actor: Actor) -> Sequence[tuple[str, State, int]]:
    """Return kind, state, and how many jobs there are."""
    async with parts.work.read(actor) as ctx:
        return await jobs.counts(ctx)


async def retry(parts: WorkParts, actor: Actor, job_id: UUID) -> Job:
    """Do a job at once; raises JobNotFoundError, JobEndedError."""
    return await _act(parts, actor, job_id, "job.retried", jobs.retry)


async def cancel(parts: WorkParts, actor: Actor, job_id: UUID) -> Job:
    """Take a job back; raises JobNotFoundError, JobEndedError."""
    return await _act(parts, actor, job_id, "job.cancelled", jobs.cancel)


async def _act(
    parts: WorkParts,
    actor: Actor,
    job_id: UUID,
    action: str,
    change: Callable[[Context, UUID], Awaitable[Job]],
) -> Job:
    async with parts.work.write(actor) as ctx:
        job = await change(ctx, job_id)
        await parts.audit.record(ctx, Deed(action, job.organisation_id, job.id, {"kind": job.kind}))
        return job
