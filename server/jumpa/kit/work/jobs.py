"""Jobs: a row in the transaction that asks for one, so neither is lost alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from jumpa.kit.context import Context
from jumpa.kit.db.sqlite import LONG
from jumpa.kit.db.tables import OrganisationTable, UtcDateTime
from jumpa.kit.errors import JumpaError, Kind

MOST_BYTES: Final = 256 * 1024
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=6)
_FAILURE_CHARACTERS = 300


class JobTooLargeError(JumpaError):
    """A job holds too much; keep the content elsewhere and name it."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "job_too_large"


class JobNotFoundError(JumpaError):
    """There is no such job."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "job_not_found"


class JobEndedError(JumpaError):
    """This job has been done or cancelled, so there is nothing to send again or to cancel."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "job_ended"


class State(StrEnum):
    """What has become of a job."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(OrganisationTable):
    """Something to be done at `due_at` or soon after; what is being done is due again later.

    `payload` is for whoever does it, and gone once nobody needs it. Of jobs of one kind with the
    same key there is one.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'failed', 'cancelled')", name="state"),
        Index("uq_jobs_kind_key", "kind", "key", unique=True),
        Index(None, "kind", "state", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(50))
    key: Mapped[str | None] = mapped_column(String(200))
    payload: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default=State.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    failure: Mapped[str] = mapped_column(String(_FAILURE_CHARACTERS), default="")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A job to be made; due at once unless it says when, and made once for each key."""

    kind: str
    payload: str = field(repr=False)
    organisation_id: UUID
    key: str | None = None
    due_at: datetime | None = None
    id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True, slots=True)
class JobsQueued:
    """Jobs of these kinds wait to be done."""

    kinds: frozenset[str]


async def enqueue(ctx: Context, *wanted: Wanted) -> None:
    """Keep jobs with the change that asks for them; raises JobTooLargeError."""
    if not wanted:
        return
    now = ctx.clock()
    connection = await ctx.session.connection()
    # The two databases have the same words for it, in classes of their own.
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    rows = [
        {
            "id": job.id,
            "organisation_id": job.organisation_id,
            "kind": job.kind,
            "key": job.key,
            "payload": job.payload,
            "state": State.WAITING,
            "attempts": 0,
            "due_at": job.due_at or now,
            "created_at": now,
            "failure": "",
        }
        for job in wanted
    ]
    if any(len(job.payload.encode()) > MOST_BYTES for job in wanted):
        raise JobTooLargeError
    await ctx.session.execute(insert(Job).on_conflict_do_nothing(), rows)
    ctx.emit(JobsQueued(frozenset(job.kind for job in wanted)))


async def take(
    ctx: Context, kinds: Iterable[str], count: int, until: datetime, but: Collection[UUID] = ()
) -> Sequence[Job]:
    """Take jobs that are due; nobody else takes them before `until`."""
    taken: list[Job] = []
    for kind in sorted(kinds):
        # Kind by kind, so that the index gives them in order however many wait.
        due = select(Job).where(
            Job.kind == kind, Job.state == State.WAITING, Job.due_at <= ctx.clock()
        )
        if but:
            # What is being done here stays here, even when the clock jumps ahead meanwhile.
            due = due.where(Job.id.not_in(but))
        first = due.order_by(Job.due_at).limit(count - len(taken))
        taken += (await ctx.session.scalars(first.with_for_update(skip_locked=True))).all()
    for job in taken:
        job.due_at = until
        job.attempts += 1
    return taken


async def claim(ctx: Context, ids: Collection[UUID]) -> Sequence[Job]:
    """Return those of these that still wait, for whoever has just done them; others wait."""
    wanted = select(Job).where(Job.id.in_(ids), Job.state == State.WAITING).order_by(Job.id)
    fresh = wanted.with_for_update().execution_options(populate_existing=True)
    return (await ctx.session.scalars(fresh)).all()


def finish(ctx: Context, job: Job) -> None:
    """Note that it is done, and forget what only doing it needed."""
    job.state, job.ended_at, job.failure, job.payload = State.DONE, ctx.clock(), "", ""


def fail(ctx: Context, job: Job, failure: str) -> None:
    """Give it up; it can be tried again by hand."""
    job.state, job.ended_at, job.failure = State.FAILED, ctx.clock(), _short(failure)


def postpone(ctx: Context, job: Job, failure: str, stretch: float) -> None:
    """Try it again after a pause, which is stretched so that not all come back together."""
    job.failure = _short(failure)
    job.due_at = ctx.clock() + pause_after(job.attempts) * (1 + stretch)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts that failed."""
    return min(_FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 20)), _LONGEST_PAUSE)


async def list_last(
    ctx: Context, state: State | None, kind: str | None, after: UUID | None, count: int
) -> Sequence[Job]:
    """Return jobs, newest first; the next page begins after the last one's id."""
    last = select(Job).order_by(Job.id.desc()).limit(count)
    if state is not None:
        last = last.where(Job.state == state)
    if kind is not None:
        last = last.where(Job.kind == kind)
    if after is not None:
        last = last.where(Job.id < after)
    return (await ctx.session.scalars(last)).all()


async def counts(ctx: Context) -> Sequence[tuple[str, State, int]]:
    """Return kind, state, and how many there are, by kind."""
    grouped = select(Job.kind, Job.state, func.count(Job.id)).group_by(Job.kind, Job.state)
    ordered = grouped.order_by(Job.kind, Job.state).execution_options(**{LONG: True})
    return [
        (kind, State(state), count) for kind, state, count in await ctx.session.execute(ordered)
    ]


async def state_of(ctx: Context, job_id: UUID) -> State | None:
    """Return what has become of a job, or None for one that is none or was forgotten."""
    found: str | None = await ctx.session.scalar(select(Job.state).where(Job.id == job_id))
    return None if found is None else State(found)


async def retry(ctx: Context, job_id: UUID) -> Job:
    """Do a job again that failed or waits, at once; raises JobNotFoundError, JobEndedError."""
    job = await _find(ctx, job_id)
    if job.state not in {State.WAITING, State.FAILED}:
        raise JobEndedError
    job.state, job.ended_at, job.attempts, job.due_at = State.WAITING, None, 0, ctx.clock()
    ctx.emit(JobsQueued(frozenset({job.kind})))
    return job


async def cancel(ctx: Context, job_id: UUID) -> Job:
    """Take a job back that has not been done; raises JobNotFoundError, JobEndedError."""
    job = await _find(ctx, job_id)
    if job.state not in {State.WAITING, State.FAILED}:
        raise JobEndedError
    job.state, job.ended_at, job.payload = State.CANCELLED, ctx.clock(), ""
    return job


async def cancel_by_key(ctx: Context, kind: str, key: str) -> None:
    """Take back what still waits under this key; the key is free again."""
    waiting = Job.kind == kind, Job.key == key, Job.state == State.WAITING
    gone = update(Job).where(*waiting)
    ended = gone.values(state=State.CANCELLED, ended_at=ctx.clock(), payload="", key=None)
    await ctx.session.execute(ended)


async def forget_ended(ctx: Context, before: datetime) -> None:
    """Forget what ended before this moment."""
    ended = delete(Job).where(Job.ended_at < before)
    await ctx.session.execute(ended.execution_options(**{LONG: True}))


async def _find(ctx: Context, job_id: UUID) -> Job:
    job: Job | None = await ctx.session.scalar(
        select(Job).where(Job.id == job_id).with_for_update()
    )
    if job is None:
        raise JobNotFoundError
    return job


def _short(failure: str) -> str:
    return failure[:_FAILURE_CHARACTERS]
