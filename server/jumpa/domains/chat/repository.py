"""Queries on messages, reactions and how long they are kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.chat.models import MessageReaction, RoomFile, RoomMessage
from jumpa.domains.rooms.models import RoomSetting
from jumpa.kit.db.reading import Query
from jumpa.kit.db.sqlite import LONG

RETENTION = "message_days"
_WORD = re.compile(r"\w+")
_FTS5 = (
    "room_messages.id IN (SELECT message_search_rows.message_id FROM message_search"
    " JOIN message_search_rows ON message_search_rows.id = message_search.rowid"
    " WHERE message_search MATCH :words)"
)

_OF_ROOM = RoomMessage.room_id == bindparam("room_id")
_KEPT = RoomMessage.created_at >= bindparam("since")
_BY_ID = select(RoomMessage).where(RoomMessage.id == bindparam("message_id"), _OF_ROOM)
_BY_ID_KEPT = Query(_BY_ID.where(_KEPT))
_BY_ID_EVER = Query(_BY_ID)
_BY_STREAM = Query(
    select(RoomMessage).where(_OF_ROOM, RoomMessage.stream_id == bindparam("stream_id"))
)
_REACTIONS = Query(
    select(MessageReaction)
    .where(MessageReaction.message_id.in_(bindparam("messages", expanding=True)))
    .order_by(MessageReaction.id)
)
_CHOSEN = RoomSetting.room_id == bindparam("room_id"), RoomSetting.setting_key == RETENTION
_RETENTION = Query(select(RoomSetting).where(*_CHOSEN))
_DAYS = Query(select(RoomSetting.setting_value).where(*_CHOSEN))
_FILES = Query(
    select(RoomFile).where(RoomFile.message_id.in_(bindparam("messages", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many messages before one; with `words`, those in which all of them stand."""

    before: UUID | None
    limit: int
    words: str = ""
    kind: str = ""


class MessageRepository:
    """The messages of one room."""

    def __init__(self, session: AsyncSession, room_id: UUID) -> None:
        self._session = session
        self._room_id = room_id

    async def by_id(self, message_id: UUID, since: datetime | None) -> RoomMessage | None:
        """Return a message that is not older than `since`, or None."""
        query = _BY_ID_EVER if since is None else _BY_ID_KEPT
        values = {"room_id": self._room_id, "message_id": message_id, **_moment(since)}
        return await query.first(self._session, **values)

    async def by_stream(self, stream_id: str) -> RoomMessage | None:
        """Return the message that LiveKit clients know by this id, or None."""
        return await _BY_STREAM.first(self._session, room_id=self._room_id, stream_id=stream_id)

    async def add(self, message: RoomMessage) -> None:
        """Insert a message."""
        self._session.add(message)
        await self._session.flush()

    async def list_before(self, since: datetime | None, wanted: Wanted) -> Sequence[RoomMessage]:
        """Return messages that are not older than `since`, newest first."""
        words = wanted.words
        dialect = self._session.get_bind().dialect.name if words else ""
        values: dict[str, object] = {"room_id": self._room_id, **_moment(since)}
        if wanted.before is not None:
            values["before"] = wanted.before
        if wanted.kind:
            values["kind"] = wanted.kind
        query = _page(dialect, frozenset(values))
        if words:
            values["words"] = words if dialect == "postgresql" else self._fts5(words)
        return await query.all(self._session, most=wanted.limit, **values)

    async def remove_before(self, moment: datetime) -> None:
        """Forget what is older."""
        older = delete(RoomMessage).where(
            RoomMessage.room_id == self._room_id, RoomMessage.created_at < moment
        )
        await self._session.execute(older.execution_options(**{LONG: True}))

    def _fts5(self, words: str) -> str:
        # Quoted, so that no word of people is an operator of FTS5.
        quoted = " AND ".join(f'"{word}"' for word in _WORD.findall(words)) or '""'
        return f'room : "{self._room_id.hex}" AND message : ({quoted})'


def _moment(since: datetime | None) -> dict[str, object]:
    return {} if since is None else {"since": since}


@cache
def _page(searched: str, bound: frozenset[str]) -> Query[RoomMessage]:
    found = select(RoomMessage).where(_OF_ROOM)
    if "since" in bound:
        found = found.where(_KEPT)
    if "before" in bound:
        found = found.where(RoomMessage.id < bindparam("before"))
    if "kind" in bound:
        found = found.where(RoomMessage.message_type == bindparam("kind"))
    if searched:
        found = found.where(_has_words(searched)).execution_options(**{LONG: True})
    return Query(found.order_by(RoomMessage.id.desc()).limit(bindparam("most", type_=Integer)))


def _has_words(dialect: str) -> ColumnElement[bool]:
    if dialect == "postgresql":
        simple: ColumnElement[str] = literal_column("'simple'::regconfig")
        found = func.to_tsvector(simple, RoomMessage.message)
        return found.bool_op("@@")(func.plainto_tsquery(simple, bindparam("words")))
    return text(_FTS5).self_group()  # type: ignore[return-value]  # a condition


class ReactionRepository:
    """The reactions to messages."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_of(self, messages: Sequence[UUID]) -> Sequence[MessageReaction]:
        """Return the reactions to these messages, first given first."""
        return await _REACTIONS.all(self._session, messages=messages)

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

    async def days(self, room_id: UUID) -> str | None:
        """Return what was chosen for a room, as JSON, or None."""
        return await _DAYS.first(self._session, room_id=room_id)

    async def by_room(self, room_id: UUID) -> RoomSetting | None:
        """Return the choice for a room to change it, or None."""
        return await _RETENTION.first(self._session, room_id=room_id)

    async def add(self, setting: RoomSetting) -> None:
        """Insert a choice."""
        self._session.add(setting)
        await self._session.flush()

    async def list_after(self, after: UUID | None, count: int) -> Sequence[RoomSetting]:
        """Return the choices of some rooms, by id; the next ones come after the last one's."""
        chosen = select(RoomSetting).where(RoomSetting.setting_key == RETENTION)
        if after is not None:
            chosen = chosen.where(RoomSetting.id > after)
        return (await self._session.scalars(chosen.order_by(RoomSetting.id).limit(count))).all()


class FileRepository:
    """The files of messages."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, file: RoomFile) -> None:
        """Insert a file."""
        self._session.add(file)
        await self._session.flush()

    async def by_id(self, file_id: UUID) -> RoomFile | None:
        """Return a file, whether it has come or not, or None."""
        return await self._session.get(RoomFile, file_id)

    async def list_of(self, messages: Sequence[UUID]) -> Sequence[RoomFile]:
        """Return the files of these messages."""
        return await _FILES.all(self._session, messages=messages)

    async def is_seen(self, file_id: UUID) -> bool:
        """Whether there is such a file and its message was not taken back."""
        seen = and_(RoomMessage.id == RoomFile.message_id, RoomMessage.deleted_at.is_(None))
        found = select(RoomFile.id).join(RoomMessage, seen).where(RoomFile.id == file_id)
        return await self._session.scalar(found) is not None

    async def bytes_of(self, room_id: UUID) -> int:
        """Return how large the files of a room are, those that are still coming too."""
        total = select(func.coalesce(func.sum(RoomFile.size), 0)).where(RoomFile.room_id == room_id)
        return int(await self._session.scalar(total) or 0)

    async def list_lost(self, before: datetime, limit: int) -> Sequence[UUID]:
        """Return files without a message that anybody sees, and those that stopped coming."""
        seen = and_(RoomMessage.id == RoomFile.message_id, RoomMessage.deleted_at.is_(None))
        is_lost = or_(RoomFile.stored_at.is_not(None), RoomFile.created_at < before)
        found = select(RoomFile.id).outerjoin(RoomMessage, seen)
        lost = found.where(RoomMessage.id.is_(None), is_lost).order_by(RoomFile.id).limit(limit)
        return (await self._session.scalars(lost)).all()

    async def remove(self, files: Sequence[UUID]) -> None:
        """Forget files that the store has lost."""
        await self._session.execute(delete(RoomFile).where(RoomFile.id.in_(files)))


class StorageRepository:
    """How much is kept, of all rooms that the actor may see."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def files(self) -> tuple[int, int]:
        """Return how many files there are, and how large they are together."""
        counted = select(func.count(RoomFile.id), func.coalesce(func.sum(RoomFile.size), 0))
        row = (await self._session.execute(counted.execution_options(**{LONG: True}))).one()
        return int(row[0]), int(row[1])

    async def messages(self) -> int:
        """Return how many messages there are; those taken back have no text any more."""
        counted = select(func.count(RoomMessage.id)).where(RoomMessage.deleted_at.is_(None))
        return int(await self._session.scalar(counted.execution_options(**{LONG: True})) or 0)
