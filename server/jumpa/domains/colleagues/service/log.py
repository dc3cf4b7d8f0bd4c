"""The audit log as administrators read it: with names, newest first."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from jumpa.domains.audit import service as audit
from jumpa.domains.audit.models import AuditEntry, Sought
from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.actor import Actor
from jumpa.kit.context import Context

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Entries:
    """Some of the log; `known` are those it tells of who still have an account."""

    rows: Sequence[AuditEntry]
    known: Mapping[UUID, User]


async def list_some(ctx: Context, sought: Sought, before: int | None, count: int) -> Entries:
    """Return entries before one of a number, newest first."""
    rows = await audit.list_before(ctx, sought, before, count)
    named = {name for row in rows for name in (row.actor_id, row.subject_id) if name is not None}
    return Entries(rows, await people.find_all(ctx, named))


async def export(parts: AuthParts, actor: Actor, sought: Sought) -> AsyncIterator[Entries]:
    """Yield the log up to now, batch by batch; no transaction stays open between them."""
    organisation_id = actor.organisation_id
    if organisation_id is None:
        return
    async with parts.work.write(actor) as ctx:
        await parts.audit.record(ctx, Deed("audit.exported", organisation_id))
    before: int | None = None
    while True:
        async with parts.work.read(actor) as ctx:
            found = await list_some(ctx, sought, before, _BATCH)
        if found.rows:
            yield found
        if len(found.rows) < _BATCH:
            return
        before = found.rows[-1].number
