"""People ask for their data, look how far it is, and throw it away."""

import contextlib

from uuid_utils.compat import uuid7

from jumpa.domains.audit.service import Deed
from jumpa.domains.exports.errors import ExportNotFoundError, ExportNotReadyError
from jumpa.domains.exports.models import Export
from jumpa.domains.exports.repository.exports import ExportRepository
from jumpa.domains.exports.schemas import ExportRead
from jumpa.domains.exports.service.parts import ExportParts
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import JobEndedError, JobNotFoundError, State, Wanted

EXPORT = "export"
_BATCH = 20


async def find(ctx: Context) -> ExportRead:
    """Return the last one of whoever asks; raises ExportNotFoundError."""
    row = await _last(ctx, await people.read_own(ctx))
    return ExportRead.of(row, await jobs.state_of(ctx, row.id))


async def waiting(ctx: Context) -> ExportRead | None:
    """Return the one of whoever asks that is being made, or None."""
    try:
        seen = await find(ctx)
    except ExportNotFoundError:
        return None
    return seen if seen.state == "waiting" else None


async def ask(ctx: Context, parts: ExportParts) -> ExportRead:
    """Have it made, once however often somebody asks meanwhile; an earlier file ends."""
    user = await people.get_own(ctx)
    already = await waiting(ctx)
    if already is not None:
        return already
    await _end_all(ctx, user)
    now = ctx.clock()
    row = Export(
        id=uuid7(),
        organisation_id=user.organisation_id,
        user_id=user.id,
        size=0,
        created_at=now,
        expires_at=now + parts.kept,
    )
    await ExportRepository(ctx.session).add(row)
    key = str(row.id)
    await jobs.enqueue(ctx, Wanted(EXPORT, "", user.organisation_id, key, id=row.id))
    await parts.audit.record(ctx, Deed("export.asked", user.organisation_id, user.id))
    return ExportRead.of(row, State.WAITING)


async def open_(ctx: Context) -> Export:
    """Return one that can be fetched; raises ExportNotFoundError, ExportNotReadyError."""
    row = await _last(ctx, await people.read_own(ctx))
    if row.ready_at is None:
        raise ExportNotReadyError
    return row


async def remove(ctx: Context, parts: ExportParts) -> None:
    """Take it back, whether it is made yet or not; raises ExportNotFoundError."""
    user = await people.get_own(ctx)
    row = await _last(ctx, user)
    with contextlib.suppress(JobNotFoundError, JobEndedError):
        await jobs.cancel(ctx, row.id)
    await _end_all(ctx, user)
    await parts.audit.record(ctx, Deed("export.removed", user.organisation_id, user.id))


async def sweep(parts: ExportParts) -> None:
    """Forget every file whose time is over."""
    while True:
        async with parts.work.read(SERVER) as ctx:
            over = await ExportRepository(ctx.session).list_over(ctx.clock(), _BATCH)
            names = [row.id for row in over]
        for name in names:
            await parts.objects.delete(name)
        # The rows go last: as long as they stand, somebody knows what lies in the store.
        async with parts.work.write(SERVER) as ctx:
            exports = ExportRepository(ctx.session)
            for name in names:
                row = await exports.find_for_update(name)
                if row is not None:
                    await exports.remove(row)
        if len(names) < _BATCH:
            return


async def _last(ctx: Context, user: User) -> Export:
    row = await ExportRepository(ctx.session).last_of(user.id, ctx.clock())
    if row is None:
        raise ExportNotFoundError
    return row


async def _end_all(ctx: Context, user: User) -> None:
    now = ctx.clock()
    for row in await ExportRepository(ctx.session).list_of(user.id):
        row.expires_at = min(row.expires_at, now)
