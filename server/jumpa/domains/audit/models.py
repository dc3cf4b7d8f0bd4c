"""The table of the audit log, and what is looked for in it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jumpa.kit.db.tables import OrganisationTable, UtcDateTime


class AuditEntry(OrganisationTable):
    """One link of an organisation's chain; `digest` covers the entry and the link before."""

    __tablename__ = "audit_entries"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # No foreign keys: an entry outlives whom and what it tells of.
    actor_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(100))
    facts: Mapped[str] = mapped_column(String(2000))
    address: Mapped[str] = mapped_column(String(64))
    previous_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries are wanted; what is unset counts not.

    `person` did it, or it was done to them; `action` is one, or the first word of several.
    """

    person: UUID | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None
