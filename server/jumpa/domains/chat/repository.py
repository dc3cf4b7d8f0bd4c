"""Queries on messages, reactions and how long they are kept."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.chat.models import MessageReaction, RoomMessage
from jumpa.domains.rooms.models import RoomSetting

RETENTION = "message_days"
_WORD = re.compile(r"\w+")
_FTS5 = (
    "room_messages.id IN (SELECT message_search_rows.message_id FROM message_search"
    " JOIN message_search_rows ON message_search_rows.id = message_search.rowid"
    " WHERE message_search MATCH :words)"
)


class MessageRepository:
    """The messages of one room."""

    def __init__(self, session: AsyncSession, room_id: UUID) -> None:
        self._session = session
        self._room_id = room_id

    async def by_id(self, message_id: UUID, since: datetime | None) -> RoomMessage | None:
        """Return a message that is not older than `since`, or None."""
        found = select(RoomMessage).where(RoomMessage.id == message_id, *self._kept(since))
        return await self._session.scalar(found)

    async def by_stream(self, stream_id: str) -> RoomMessage | None:
        """Return the message that LiveKit clients know by this id, or None."""
        found = select(RoomMessage).where(
            RoomMessage.room_id == self._room_id, RoomMessage.stream_id == stream_id
        )
        return await self._session.scalar(found)

    async def add(self, message: RoomMessage) -> None:
        """Insert a message."""
        self._session.add(message)
        await self._session.flush()

    async def list_before(
        self, before: UUID | None, since: datetime | None, limit: int, words: str = ""
    ) -> Sequence[RoomMessage]:
        """Return messages, newest first; with `words`, those in which all of them stand."""
        found = select(RoomMessage).where(*self._kept(since))
        if before is not None:
            found = found.where(RoomMessage.id < before)
        if words:
            found = found.where(await self._has(words))
        ordered = found.order_by(RoomMessage.id.desc()).limit(limit)
        return (await self._session.scalars(ordered)).all()

    async def remove_before(self, moment: datetime) -> None:
        """Forget what is older."""
        await self._session.execute(
            delete(RoomMessage).where(
                RoomMessage.room_id == self._room_id, RoomMessage.created_at < moment
            )
        )

    def _kept(self, since: datetime | None) -> list[ColumnElement[bool]]:
        own = [RoomMessage.room_id == self._room_id]
        return own if since is None else [*own, RoomMessage.created_at >= since]

    async def _has(self, words: str) -> ColumnElement[bool]:
        connection = await self._session.connection()
        if connection.dialect.name == "postgresql":
            simple: ColumnElement[str] = literal_column("'simple'::regconfig")
            found = func.to_tsvector(simple, RoomMessage.message)
            return found.bool_op("@@")(func.plainto_tsquery(simple, words))
        # Quoted, so that no word of people is an operator of FTS5.
        quoted = " AND ".join(f'"{word}"' for word in _WORD.findall(words)) or '""'
        query = f'room : "{self._room_id.hex}" AND message : ({quoted})'
        return text(_FTS5).bindparams(words=query).self_group()  # type: ignore[return-value]  # a condition


class ReactionRepository:
    """The reactions to messages."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_of(self, messages: Sequence[UUID]) -> Sequence[MessageReaction]:
        """Return the reactions to these messages, first given first."""
        found = select(MessageReaction).where(MessageReaction.message_id.in_(messages))
        return (await self._session.scalars(found.order_by(MessageReaction.id))).all()

    async def add(self, reaction: MessageReaction) -> None:
        """Insert a reaction."""
        self._session.add(reaction)
        await self._session.flush()

    async def remove(self, reaction: MessageReaction) -> None:
        """Forget a reaction."""
        await self._session.delete(reaction)
        await self._session.flush()

    async def remove_all(self, message_id: UUID) -> None:
        """Forget every reaction to a message."""
        gone = delete(MessageReaction).where(MessageReaction.message_id == message_id)
        await self._session.execute(gone)


class RetentionRepository:
    """How long messages are kept, by room."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_room(self, room_id: UUID) -> RoomSetting | None:
        """Return the choice for a room, or None."""
        chosen = select(RoomSetting).where(
            RoomSetting.room_id == room_id, RoomSetting.setting_key == RETENTION
        )
        return await self._session.scalar(chosen)

    async def add(self, setting: RoomSetting) -> None:
        """Insert a choice."""
        self._session.add(setting)
        await self._session.flush()

    async def list_all(self) -> Sequence[RoomSetting]:
        """Return the choices of every room."""
        chosen = select(RoomSetting).where(RoomSetting.setting_key == RETENTION)
        return (await self._session.scalars(chosen)).all()
