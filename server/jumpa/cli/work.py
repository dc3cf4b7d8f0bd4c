"""The commands for durable work."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from cyclopts import App, Parameter

from jumpa.cli.accounts import InputUnusableError
from jumpa.cli.flags import KeyFlags, settings_of
from jumpa.cli.say import say

if TYPE_CHECKING:
    from jumpa.kit.context import Context
    from jumpa.kit.work.jobs import Job

_FLAGS = KeyFlags()

work = App(name="work", help="Look at letters and other jobs; do one again, or take it back.")

_State = Annotated[
    Literal["waiting", "done", "failed", "cancelled"] | None,
    Parameter(help="Only those in this state."),
]
_Kind = Annotated[str | None, Parameter(help="Only those of this kind, such as letter.")]
_Count = Annotated[int, Parameter(help="How many at most.")]


@work.command(name="list")
def list_work(
    *, state: _State = None, kind: _Kind = None, count: _Count = 100, flags: KeyFlags = _FLAGS
) -> None:
    """List jobs, newest first: id, state, kind, made, due, tries, last failure."""
    settings = settings_of(flags)

    async def found() -> list[str]:
        from jumpa.app.offline import opened  # noqa: PLC0415  # as slow to load as a server
        from jumpa.kit.actor import SERVER  # noqa: PLC0415  # the same
        from jumpa.kit.work import jobs  # noqa: PLC0415  # the same

        async with opened(settings) as parts, parts.work.read(SERVER) as ctx:
            only = None if state is None else jobs.State(state)
            return [_line(job) for job in await jobs.list_last(ctx, only, kind, None, count)]

    say(*asyncio.run(found()))


@work.command
def retry(job_id: str, *, flags: KeyFlags = _FLAGS) -> None:
    """Do a job again that failed or waits; a server that runs does so within seconds."""
    from jumpa.kit.work import jobs  # noqa: PLC0415  # as slow to load as a server

    say(asyncio.run(_acted(flags, job_id, jobs.retry)))


@work.command
def cancel(job_id: str, *, flags: KeyFlags = _FLAGS) -> None:
    """Take a job back that was not done."""
    from jumpa.kit.work import jobs  # noqa: PLC0415  # as slow to load as a server

    say(asyncio.run(_acted(flags, job_id, jobs.cancel)))


async def _acted(
    flags: KeyFlags, given: str, act: "Callable[[Context, UUID], Awaitable[Job]]"
) -> str:
    from jumpa.app.offline import opened  # noqa: PLC0415  # as slow to load as a server
    from jumpa.kit.actor import SERVER  # noqa: PLC0415  # the same

    try:
        wanted = UUID(given)
    except ValueError as error:
        raise InputUnusableError(f"{given} is no job's id.") from error
    async with opened(settings_of(flags)) as parts, parts.work.write(SERVER) as ctx:
        return _line(await act(ctx, wanted))


def _line(job: "Job") -> str:
    made, due = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (job.created_at, job.due_at))
    words = (job.id, job.state, job.kind, made, due, job.attempts, job.failure or "-")
    return " ".join(str(word) for word in words)
