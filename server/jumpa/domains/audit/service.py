"""What can be done with the audit log: add a link, and follow the chain."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.audit.models import AuditEntry, Sought
from jumpa.domains.audit.repository import AuditRepository
from jumpa.kit.context import Context

FIRST_DIGEST = "0" * 64
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, to whom; `organisation_id` says whose chain it joins."""

    action: str
    organisation_id: UUID
    subject_id: UUID | None = None
    facts: Mapping[str, str | int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """How far a chain holds; `broken_at` is the number of the first entry that does not."""

    entries: int
    broken_at: int | None = None
    last_digest: str = FIRST_DIGEST


async def list_before(
    ctx: Context, sought: Sought, before: int | None, count: int
) -> Sequence[AuditEntry]:
    """Return entries that the actor may see, newest first, before one of a number."""
    return await AuditRepository(ctx.session).list_before(sought, before, count)


@dataclass(frozen=True, slots=True)
class AuditLog:
    """Chains entries under a key, so that whoever changes the table cannot mend the chain."""

    key: bytes = field(repr=False)

    async def record(self, ctx: Context, deed: Deed) -> None:
        """Add an entry in the transaction of the deed itself."""
        entries = AuditRepository(ctx.session)
        last = await entries.last_for_update(deed.organisation_id)
        entry = AuditEntry(
            id=uuid7(),
            organisation_id=deed.organisation_id,
            number=last.number + 1 if last else 1,
            at=ctx.clock(),
            actor_id=ctx.actor.user_id,
            subject_id=deed.subject_id,
            action=deed.action,
            facts=json.dumps(deed.facts, sort_keys=True),
            address=ctx.actor.address[:64],
            previous_digest=last.digest if last else FIRST_DIGEST,
            digest="",
        )
        entry.digest = self._digest(entry)
        await entries.add(entry)

    async def verify(self, ctx: Context, organisation_id: UUID) -> Checked:
        """Follow the chain from its beginning; a lost end shows against a count kept elsewhere."""
        entries = AuditRepository(ctx.session)
        checked = Checked(0)
        while batch := await entries.list_after(organisation_id, checked.entries, _BATCH):
            checked = self._follow(batch, checked)
            if checked.broken_at is not None:
                break
        return checked

    def _follow(self, batch: Sequence[AuditEntry], checked: Checked) -> Checked:
        number, digest = checked.entries, checked.last_digest
        for entry in batch:
            is_next = entry.number == number + 1 and entry.previous_digest == digest
            if not is_next or not hmac.compare_digest(entry.digest, self._digest(entry)):
                return Checked(number, number + 1, digest)
            number, digest = entry.number, entry.digest
        return Checked(number, None, digest)

    def _digest(self, entry: AuditEntry) -> str:
        told = [
            str(entry.organisation_id),
            entry.number,
            entry.at.isoformat(),
            str(entry.actor_id),
            str(entry.subject_id),
            entry.action,
            entry.facts,
            entry.address,
            entry.previous_digest,
        ]
        return hmac.new(self.key, json.dumps(told).encode(), hashlib.sha256).hexdigest()
