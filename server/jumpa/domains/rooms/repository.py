"""Queries on rooms."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.rooms.errors import CodeTakenError
from jumpa.domains.rooms.models import Room


class RoomRepository:
    """The rooms of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_code(self, code: str) -> Room | None:
        """Return the room, or None."""
        return await self._session.scalar(select(Room).where(Room.code == code))

    async def add(self, room: Room) -> Room:
        """Insert the room; raises CodeTakenError and leaves the transaction usable."""
        try:
            async with self._session.begin_nested():
                self._session.add(room)
        except IntegrityError as error:
            raise CodeTakenError from error
        return room

    async def end(self, room: Room, ended_at: datetime) -> bool:
        """Note the end; False when it had ended already."""
        open_room = update(Room).where(Room.id == room.id, Room.ended_at.is_(None))
        change = open_room.values(ended_at=ended_at, status="ended", updated_at=ended_at)
        ended = await self._session.scalar(change.returning(Room.id))
        return ended is not None
