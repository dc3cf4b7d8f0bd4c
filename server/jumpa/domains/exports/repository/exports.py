"""Queries on exports."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.exports.models import Export

# Nothing is being made for so long: whoever still made it has given up.
MAKING = timedelta(hours=1)


class ExportRepository:
    """The exports of everybody that the session sees."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def last_of(self, user_id: UUID, now: datetime) -> Export | None:
        """Return the newest one of a person that is not over, or None."""
        mine = select(Export).where(Export.user_id == user_id, Export.expires_at > now)
        found: Export | None = await self._session.scalar(mine.order_by(Export.id.desc()).limit(1))
        return found

    async def list_of(self, user_id: UUID) -> Sequence[Export]:
        """Return every one of a person."""
        mine = select(Export).where(Export.user_id == user_id)
        return (await self._session.scalars(mine)).all()

    async def find(self, export_id: UUID) -> Export | None:
        """Return one, or None."""
        found: Export | None = await self._session.scalar(
            select(Export).where(Export.id == export_id)
        )
        return found

    async def find_for_update(self, export_id: UUID) -> Export | None:
        """Return one; others who would change it wait."""
        wanted = select(Export).where(Export.id == export_id).with_for_update()
        found: Export | None = await self._session.scalar(wanted)
        return found

    async def add(self, row: Export) -> None:
        """Insert one."""
        self._session.add(row)
        await self._session.flush()

    async def list_over(self, now: datetime, count: int) -> Sequence[Export]:
        """Return those that are over, or whose person is gone, and that nobody still makes."""
        is_over = or_(Export.expires_at <= now, Export.user_id.is_(None))
        is_made = or_(Export.ready_at.is_not(None), Export.created_at < now - MAKING)
        over = select(Export).where(and_(is_over, is_made)).order_by(Export.id).limit(count)
        return (await self._session.scalars(over)).all()

    async def remove(self, row: Export) -> None:
        """Delete one."""
        await self._session.delete(row)
        await self._session.flush()
