"""The table of rooms."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Dialect, String, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from jumpa.kit.db import Table


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite gives it back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Room(Table):
    """A meeting place; whoever holds the secret behind `host_secret_hash` is its host."""

    __tablename__ = "rooms"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    title: Mapped[str] = mapped_column(String(1000))
    host_secret_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
