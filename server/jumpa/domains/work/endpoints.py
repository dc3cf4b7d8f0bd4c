"""The doors to durable work over HTTP, for administrators."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from jumpa.domains.work import service
from jumpa.domains.work.schemas import COUNT, JOB, JobCount, JobRead
from jumpa.domains.work.service import Sought, WorkParts
from jumpa.kit.http.callers import ADMINISTRATING, Administrator
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.paging import LONGEST, CursorMalformedError, Page, cursor_of, read_slice
from jumpa.kit.texts import Line
from jumpa.kit.work.jobs import JobEndedError, JobNotFoundError, State


async def _parts(request: Request) -> WorkParts:
    parts: WorkParts = request.app.state.work
    return parts


Parts = Annotated[WorkParts, Depends(_parts)]
Cursor = Annotated[str | None, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=LONGEST)]
JobKind = Annotated[Line | None, Query(max_length=50)]
_CHANGING = (*ADMINISTRATING, JobNotFoundError, JobEndedError)

router = APIRouter(prefix="/jobs", tags=["jobs"])


@router.get(
    "",
    responses=declared(*ADMINISTRATING, CursorMalformedError)
    | shown({"items": [JOB], "next_cursor": None}),
)
async def list_jobs(  # each is a part of the request
    parts: Parts,
    actor: Administrator,
    state: State | None = None,
    kind: JobKind = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[JobRead]:
    """List jobs of your organisation, newest first; for administrators."""
    after = read_slice(cursor, limit).after
    sought = Sought(state, kind, after[1] if after else None, limit)
    found = await service.list_last(parts, actor, sought)
    return Page(
        items=[JobRead.of(job) for job in found],
        next_cursor=cursor_of("", found[-1].id) if len(found) == limit else None,
    )


@router.get("/counts", responses=declared(*ADMINISTRATING) | shown([COUNT]))
async def count_jobs(parts: Parts, actor: Administrator) -> list[JobCount]:
    """Count jobs of your organisation by kind and state; for administrators."""
    found = await service.counts(parts, actor)
    return [JobCount(kind=kind, state=state, count=count) for kind, state, count in found]


@router.post("/{job_id}/retry", responses=declared(*_CHANGING))
async def retry_job(parts: Parts, actor: Administrator, job_id: UUID) -> JobRead:
    """Do a job at once that failed or waits; for administrators."""
    return JobRead.of(await service.retry(parts, actor, job_id))


@router.post("/{job_id}/cancel", responses=declared(*_CHANGING))
async def cancel_job(parts: Parts, actor: Administrator, job_id: UUID) -> JobRead:
    """Take a job back that was not done; for administrators."""
    return JobRead.of(await service.cancel(parts, actor, job_id))
