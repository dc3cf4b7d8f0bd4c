"""People send files: the place in the room is taken first, the file stored, the message last."""

import hashlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.chat.errors import (
    FileEmptyError,
    FileIncompleteError,
    FileNotSentError,
    FilesNotAllowedError,
    RoomFilesFullError,
)
from jumpa.domains.chat.events import MessageChanged
from jumpa.domains.chat.models import RoomFile, RoomMessage
from jumpa.domains.chat.repository import FileRepository, MessageRepository
from jumpa.domains.chat.service import retention
from jumpa.domains.chat.service.file_types import HEAD_BYTES, media_type_of
from jumpa.domains.chat.service.messages import FILE, writer
from jumpa.domains.rooms.models import RoomParticipant
from jumpa.domains.rooms.service import choices
from jumpa.domains.rooms.service.access import Caller
from jumpa.domains.rooms.service.roles import moderates
from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context, UnitOfWork
from jumpa.kit.objects import ObjectStore

logger = logging.getLogger(__name__)

# No file is on its way for so long: see `objects.transfer_s`.
COMING = timedelta(hours=1)
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that somebody is about to send."""

    name: str
    size: int


class Incoming:
    """A file on its way, counted and hashed as it comes."""

    def __init__(self, chunks: AsyncIterator[bytes], size: int) -> None:
        self._chunks = chunks
        self._size = size
        self._came = 0
        self._digest = hashlib.sha256()
        self._head = b""

    @property
    def digest(self) -> str:
        """SHA-256 of what has come."""
        return self._digest.hexdigest()

    async def head(self) -> bytes:
        """Return the beginning; it comes again with the rest."""
        async for chunk in self._chunks:
            self._head += chunk
            if len(self._head) >= HEAD_BYTES:
                break
        return self._head[:HEAD_BYTES]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield everything; raises FileIncompleteError unless it is as large as it was said."""
        head, self._head = self._head, b""
        if head:
            yield self._count(head)
        async for chunk in self._chunks:
            yield self._count(chunk)
        if self._came != self._size:
            raise FileIncompleteError

    def _count(self, chunk: bytes) -> bytes:
        self._came += len(chunk)
        if self._came > self._size:
            raise FileIncompleteError
        self._digest.update(chunk)
        return chunk


async def reserve(ctx: Context, caller: Caller, wanted: Wanted, most_bytes: int) -> RoomFile:
    """Take the place of a file in a room; raises unless caller, size and room allow it."""
    await sender(ctx, caller)
    if wanted.size == 0:
        raise FileEmptyError
    files = FileRepository(ctx.session)
    if await files.bytes_of(caller.room.id) + wanted.size > most_bytes:
        raise RoomFilesFullError
    file = RoomFile(
        id=uuid7(),
        room_id=caller.room.id,
        name=wanted.name,
        media_type="",
        size=wanted.size,
        created_at=ctx.clock(),
    )
    await files.add(file)
    return file


async def store(objects: ObjectStore, file: RoomFile, incoming: Incoming) -> str:
    """Put a file into the store; return its media type, or raise what is wrong with it."""
    media_type = media_type_of(file.name, await incoming.head())
    await objects.put(file.id, aiter(incoming))
    return media_type


async def send(
    ctx: Context, caller: Caller, file_id: UUID, media_type: str, address: str
) -> tuple[RoomMessage, RoomFile]:
    """Write the message of a file that is stored; the live room reads its name and address."""
    place = await sender(ctx, caller)
    file = await FileRepository(ctx.session).by_id(file_id)
    if file is None:
        raise FileNotSentError
    message_id = uuid7()
    message = RoomMessage(
        id=message_id,
        room_id=caller.room.id,
        user_id=place.user_id,
        identity=place.identity,
        name=place.name,
        stream_id=str(message_id),
        message=file.name,
        message_type=FILE,
        version=1,
        created_at=ctx.clock(),
    )
    await MessageRepository(ctx.session, caller.room.id).add(message)
    file.message_id, file.media_type, file.stored_at = message_id, media_type, ctx.clock()
    _tell(ctx, caller, message, f"{file.name}\n{address}")
    return message, file


async def find(ctx: Context, caller: Caller, file_id: UUID) -> RoomFile:
    """Return a file that the caller can read; raises FileNotSentError."""
    file = await FileRepository(ctx.session).by_id(file_id)
    if file is None or file.room_id != caller.room.id or file.message_id is None:
        raise FileNotSentError
    kept_since = await retention.since(ctx, caller.room)
    messages = MessageRepository(ctx.session, caller.room.id)
    message = await messages.by_id(file.message_id, kept_since)
    if message is None or message.deleted_at is not None:
        raise FileNotSentError
    return file


async def sender(ctx: Context, caller: Caller) -> RoomParticipant:
    """Return the place of somebody who may send files now."""
    place = await writer(ctx, caller)
    who = (await choices.get(ctx, caller.room)).who_may_send_files
    if who == "nobody" or (who == "moderators" and not moderates(caller.role)):
        raise FilesNotAllowedError
    return place


async def discard(work: UnitOfWork, objects: ObjectStore, file_id: UUID) -> None:
    """Forget a file at once unless a message has it; what cannot be now is swept later."""
    try:
        async with work.read(SERVER) as ctx:
            is_seen = await FileRepository(ctx.session).is_seen(file_id)
        if not is_seen:
            await _lose(work, objects, [file_id])
    except Exception:
        # The sweep comes again, and whoever asked has an answer of their own.
        logger.exception("file %s could not be deleted", file_id)


async def of_message(ctx: Context, message: RoomMessage) -> UUID | None:
    """Return the id of the file of a message, or None."""
    found = await FileRepository(ctx.session).list_of([message.id])
    return found[0].id if found else None


async def sweep(work: UnitOfWork, objects: ObjectStore) -> None:
    """Forget every file whose message is gone, and those that stopped coming."""
    while True:
        async with work.read(SERVER) as ctx:
            files = FileRepository(ctx.session)
            lost = list(await files.list_lost(ctx.clock() - COMING, _BATCH))
        await _lose(work, objects, lost)
        if len(lost) < _BATCH:
            return


async def _lose(work: UnitOfWork, objects: ObjectStore, lost: list[UUID]) -> None:
    # The row goes last: as long as it stands, somebody knows what lies in the store.
    for file_id in lost:
        await objects.delete(file_id)
    if lost:
        async with work.write(SERVER) as ctx:
            await FileRepository(ctx.session).remove(lost)


def _tell(ctx: Context, caller: Caller, message: RoomMessage, text: str) -> None:
    ctx.emit(
        MessageChanged(
            code=caller.room.code,
            stream_id=str(message.id),
            identity=message.identity,
            text=text,
            at=message.created_at,
            version=message.version,
        )
    )
