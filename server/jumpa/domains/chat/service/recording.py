"""Stores what LiveKit clients say on `lk.chat`: they have sent it to everybody already."""

from uuid import UUID

from pydantic import ValidationError
from uuid_utils.compat import uuid7

from jumpa.domains.chat.errors import MessageForeignError
from jumpa.domains.chat.models import RoomMessage
from jumpa.domains.chat.repository import MessageRepository, ReactionRepository
from jumpa.domains.chat.schemas import MessageCreate
from jumpa.domains.chat.service import messages
from jumpa.domains.rooms.models import RoomParticipant
from jumpa.domains.rooms.service import rooms
from jumpa.domains.rooms.service.access import Caller, known_as
from jumpa.kit.context import Context
from jumpa.media.streams import Operation, TextStream


async def record(ctx: Context, stream: TextStream, most_characters: int) -> None:
    """Store, change or take back the message of a stream, once.

    Raises what writing does: RoomNotFoundError, RoomEndedError, PlaceMissingError,
    ChatNotAllowedError, MessageForeignError, MessageTooLongError.
    """
    caller = await _caller(ctx, stream)
    place = await messages.writer(ctx, caller)
    found = await MessageRepository(ctx.session, caller.room.id).by_stream(stream.stream_id)
    if found is not None and found.identity != place.identity:
        raise MessageForeignError
    if stream.operation == Operation.DELETE:
        if found is not None:
            await _take_back(ctx, found)
        return
    text = _readable(stream.text)
    if text is None:
        return
    messages.check_length(text, most_characters)
    if stream.operation == Operation.CREATE and found is None:
        await _store(ctx, place, stream, text)
    elif (
        stream.operation == Operation.UPDATE
        and found is not None
        and found.message_type != messages.FILE
    ):
        _word_anew(ctx, found, text)


async def _caller(ctx: Context, stream: TextStream) -> Caller:
    room = await rooms.get_for_update(ctx, stream.room)
    await ctx.enter(room.organisation_id)
    return await known_as(ctx, room, stream.identity)


async def _store(ctx: Context, place: RoomParticipant, stream: TextStream, text: str) -> None:
    repository = MessageRepository(ctx.session, place.room_id)
    written = RoomMessage(
        id=uuid7(),
        room_id=place.room_id,
        user_id=place.user_id,
        identity=place.identity,
        name=place.name,
        stream_id=stream.stream_id,
        reply_to_id=await _answered(repository, stream),
        message=text,
        message_type="text",
        version=1,
        created_at=ctx.clock(),
    )
    await repository.add(written)


async def _answered(repository: MessageRepository, stream: TextStream) -> UUID | None:
    if not stream.reply_to:
        return None
    answered = await repository.by_stream(stream.reply_to)
    return None if answered is None or answered.deleted_at is not None else answered.id


def _word_anew(ctx: Context, message: RoomMessage, text: str) -> None:
    if message.deleted_at is None:
        message.message, message.edited_at = text, ctx.clock()
        message.version += 1


async def _take_back(ctx: Context, message: RoomMessage) -> None:
    if message.deleted_at is None:
        message.message, message.deleted_at = "", ctx.clock()
        message.version += 1
        await ReactionRepository(ctx.session).remove_all(message.id)


def _readable(text: str) -> str | None:
    """Hold a text to what the HTTP door asks of it."""
    try:
        return MessageCreate(message=text).message
    except ValidationError:
        return None
