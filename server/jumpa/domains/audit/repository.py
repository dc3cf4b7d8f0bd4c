"""Queries on the audit log."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.audit.models import AuditEntry, Sought
from jumpa.kit.db.sqlite import LONG


class AuditRepository:
    """The audit log in one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def last_for_update(self, organisation_id: UUID) -> AuditEntry | None:
        """Return the end of the chain; others who would add to it wait for this transaction."""
        connection = await self._session.connection()
        if connection.dialect.name == "postgresql":
            key = func.hashtextextended(str(organisation_id), 0)
            await connection.execute(select(func.pg_advisory_xact_lock(key)))
        chain = select(AuditEntry).where(AuditEntry.organisation_id == organisation_id)
        return await self._session.scalar(chain.order_by(AuditEntry.number.desc()).limit(1))

    async def add(self, entry: AuditEntry) -> None:
        """Insert the entry."""
        self._session.add(entry)
        await self._session.flush()

    async def list_before(
        self, sought: Sought, before: int | None, count: int
    ) -> Sequence[AuditEntry]:
        """Return entries before one of a number, newest first."""
        found = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(count)
        if before is not None:
            found = found.where(AuditEntry.number < before)
        if sought.person is not None:
            found = found.where(
                or_(AuditEntry.actor_id == sought.person, AuditEntry.subject_id == sought.person)
            )
        if sought.action:
            family = AuditEntry.action.startswith(f"{sought.action}.", autoescape=True)
            found = found.where(or_(AuditEntry.action == sought.action, family))
        if sought.since is not None:
            found = found.where(AuditEntry.at >= sought.since)
        if sought.until is not None:
            found = found.where(AuditEntry.at < sought.until)
        return (await self._session.scalars(found.execution_options(**{LONG: True}))).all()

    async def list_after(
        self, organisation_id: UUID, number: int, count: int
    ) -> Sequence[AuditEntry]:
        """Return the next entries in order."""
        chain = select(AuditEntry).where(AuditEntry.organisation_id == organisation_id)
        after = chain.where(AuditEntry.number > number).order_by(AuditEntry.number)
        return (await self._session.scalars(after.limit(count))).all()
