"""The table of organisations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from jumpa.kit.db.tables import OrganisationTable, UtcDateTime

# Made by the first migration: people and guests of a server belong to it unless said otherwise.
HOME = UUID("00000000-0000-7000-8000-000000000001")


class Organisation(OrganisationTable):
    """People who work together; its own id is what hides it from others."""

    __tablename__ = "organisations"

    organisation_id: Mapped[UUID] = mapped_column("id", primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
