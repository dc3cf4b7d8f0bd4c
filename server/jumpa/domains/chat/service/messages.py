"""People write messages, word them anew and take them back."""

from collections.abc import Sequence
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.chat.errors import (
    ChatNotAllowedError,
    FileMessageFixedError,
    MessageForeignError,
    MessageNotFoundError,
    MessageTooLongError,
    PlaceMissingError,
)
from jumpa.domains.chat.events import MessageChanged
from jumpa.domains.chat.models import MessageReaction, RoomMessage
from jumpa.domains.chat.repository import (
    FileRepository,
    MessageRepository,
    ReactionRepository,
    Wanted,
)
from jumpa.domains.chat.schemas import MessageRead
from jumpa.domains.chat.service import retention
from jumpa.domains.rooms.errors import PlaceNotFoundError
from jumpa.domains.rooms.models import RoomParticipant
from jumpa.domains.rooms.service import choices, rooms
from jumpa.domains.rooms.service.access import Caller, below
from jumpa.domains.rooms.service.roles import moderates
from jumpa.kit.context import Context

FILE = "file"


async def write(
    ctx: Context, caller: Caller, message: str, reply_to: UUID | None, most_characters: int
) -> RoomMessage:
    """Store a message; the live room hears of it once it is."""
    place = await writer(ctx, caller)
    check_length(message, most_characters)
    answered = None if reply_to is None else await get(ctx, caller, reply_to)
    message_id = uuid7()
    written = RoomMessage(
        id=message_id,
        room_id=caller.room.id,
        user_id=place.user_id,
        identity=place.identity,
        name=place.name,
        stream_id=str(message_id),
        reply_to_id=reply_to,
        message=message,
        message_type="text",
        version=1,
        created_at=ctx.clock(),
    )
    await MessageRepository(ctx.session, caller.room.id).add(written)
    _tell(ctx, caller, written, "" if answered is None else stream_of(answered))
    return written


async def get(ctx: Context, caller: Caller, message_id: UUID) -> RoomMessage:
    """Return a message that was not taken back; raises MessageNotFoundError."""
    kept_since = await retention.since(ctx, caller.room)
    repository = MessageRepository(ctx.session, caller.room.id)
    message = await repository.by_id(message_id, kept_since)
    if message is None or message.deleted_at is not None:
        raise MessageNotFoundError
    return message


async def list_before(
    ctx: Context,
    caller: Caller,
    page: tuple[UUID | None, int],
    words: str = "",
    kind: str = "",
) -> list[MessageRead]:
    """Return so many messages before one, with their reactions, newest first."""
    kept_since = await retention.since(ctx, caller.room)
    repository = MessageRepository(ctx.session, caller.room.id)
    found = await repository.list_before(kept_since, Wanted(*page, words, kind))
    return await _whole(ctx, caller, found)


async def read(ctx: Context, caller: Caller, message: RoomMessage) -> MessageRead:
    """Return one message with its reactions."""
    return (await _whole(ctx, caller, [message]))[0]


async def edit(
    ctx: Context, caller: Caller, message: RoomMessage, text: str, most_characters: int
) -> RoomMessage:
    """Word a message anew; only its writer may, and only while they may write."""
    place = await writer(ctx, caller)
    if place.identity != message.identity:
        raise MessageForeignError
    if message.message_type == FILE:
        raise FileMessageFixedError
    check_length(text, most_characters)
    message.message = text
    message.edited_at = ctx.clock()
    message.version += 1
    _tell(ctx, caller, message)
    return message


async def remove(ctx: Context, caller: Caller, message: RoomMessage) -> None:
    """Take a message back; who moderates does so with those of everybody below."""
    if identity_of(caller) != message.identity:
        await _check_moderates(ctx, caller, message)
    message.message = ""
    message.deleted_at = ctx.clock()
    message.version += 1
    await ReactionRepository(ctx.session).remove_all(message.id)
    _tell(ctx, caller, message)


async def writer(ctx: Context, caller: Caller) -> RoomParticipant:
    """Return the place of somebody who may write now."""
    rooms.check_open(caller.room)
    if caller.place is None:
        raise PlaceMissingError
    settings = await choices.get(ctx, caller.room)
    if not choices.rights_of(caller.place, settings).chat:
        raise ChatNotAllowedError
    return caller.place


def identity_of(caller: Caller) -> str:
    """Return under which identity somebody writes; empty for who has no place."""
    return "" if caller.place is None else caller.place.identity


def stream_of(message: RoomMessage) -> str:
    """Return the id under which LiveKit clients know a message."""
    return message.stream_id or str(message.id)


def check_length(message: str, most_characters: int) -> None:
    """Raise MessageTooLongError."""
    if len(message) > most_characters:
        raise MessageTooLongError(f"A message has at most {most_characters} characters.")


async def _whole(ctx: Context, caller: Caller, found: Sequence[RoomMessage]) -> list[MessageRead]:
    given: dict[UUID, list[MessageReaction]] = {message.id: [] for message in found}
    for reaction in await ReactionRepository(ctx.session).list_of(list(given)):
        given[reaction.message_id].append(reaction)
    sent = [message.id for message in found if message.message_type == FILE]
    files = await FileRepository(ctx.session).list_of(sent) if sent else ()
    of_message = {file.message_id: file for file in files}
    reader = identity_of(caller)
    return [MessageRead.of(m, given[m.id], reader, of_message.get(m.id)) for m in found]


async def _check_moderates(ctx: Context, caller: Caller, message: RoomMessage) -> None:
    if not moderates(caller.role):
        raise MessageForeignError
    try:
        await below(ctx, caller, message.identity)
    except PlaceNotFoundError:
        # Whoever wrote it has no place any more, so nobody is above the moderator.
        return


def _tell(ctx: Context, caller: Caller, message: RoomMessage, reply_to: str = "") -> None:
    ctx.emit(
        MessageChanged(
            code=caller.room.code,
            stream_id=stream_of(message),
            identity=message.identity,
            text=message.message,
            at=message.deleted_at or message.edited_at or message.created_at,
            version=message.version,
            is_deleted=message.deleted_at is not None,
            reply_to=reply_to,
        )
    )
