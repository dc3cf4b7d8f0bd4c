"""Messages: written, read, found, worded anew and taken back."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response

from jumpa.domains.chat.endpoints.doors import AT_DOOR, AnyEntry
from jumpa.domains.chat.errors import (
    ChatNotAllowedError,
    FileMessageFixedError,
    MessageForeignError,
    MessageNotFoundError,
    MessageTooLongError,
    PlaceMissingError,
)
from jumpa.domains.chat.schemas import MESSAGE, MessageCreate, MessageRead, MessageUpdate
from jumpa.domains.chat.service import files, messages
from jumpa.domains.rooms.errors import RankTooLowError, RoomEndedError
from jumpa.domains.rooms.service.roles import Action
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.http.conditions import ChangedMeanwhileError, IfMatch, check_version, etag
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.http.repeats import IdempotencyKey
from jumpa.kit.idempotency import IdempotencyKeyReusedError, once
from jumpa.kit.paging import LONGEST, CursorMalformedError, Page, cursor_of, read_slice
from jumpa.kit.texts import Line

WRITING = (*AT_DOOR, RoomEndedError, PlaceMissingError, ChatNotAllowedError)
Cursor = Annotated[str | None, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=LONGEST)]
Words = Annotated[
    Line | None, Query(min_length=1, max_length=200, description="All of these words.")
]
Kind = Annotated[Literal["text", "file"] | None, Query(description="Only messages of this type.")]

router = APIRouter(prefix="/messages")


@router.post(
    "",
    status_code=201,
    responses=declared(
        *WRITING, MessageTooLongError, MessageNotFoundError, IdempotencyKeyReusedError
    ),
)
async def write_message(
    entry: AnyEntry, code: str, body: MessageCreate, key: IdempotencyKey = None
) -> MessageRead:
    """Write a message; once this is answered it is stored, and then sent into the room."""
    reach(FailPoint.CHAT_RECEIVED)
    async with entry.write(code, Action.CHAT) as (ctx, caller):
        repeatable = await entry.repeatable(caller, key)
        most = entry.parts.message_characters

        async def write() -> MessageRead:
            written = await messages.write(ctx, caller, body.message, body.reply_to, most)
            return MessageRead.of(written)

        answer = await once(ctx, entry.parts.ring, repeatable, MessageRead, write)
        reach(FailPoint.CHAT_WRITTEN)
    reach(FailPoint.CHAT_TOLD)
    return answer


@router.get(
    "",
    responses=declared(*AT_DOOR, CursorMalformedError)
    | shown({"items": [MESSAGE], "next_cursor": None}),
)
async def list_messages(  # each is a part of the request
    entry: AnyEntry,
    code: str,
    q: Words = None,
    message_type: Kind = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[MessageRead]:
    """List messages, newest first; with `q`, those in which every word of it stands."""
    after = read_slice(cursor, limit).after
    if q is not None:
        await entry.count_search()
    async with entry.read(code, Action.HEAR) as (ctx, caller):
        before = after[1] if after else None
        page = (before, limit)
        found = await messages.list_before(ctx, caller, page, q or "", message_type or "")
    last = found[-1] if len(found) == limit else None
    return Page(items=found, next_cursor=cursor_of("", last.id) if last else None)


@router.patch(
    "/{message_id}",
    responses=declared(
        *WRITING,
        MessageNotFoundError,
        MessageForeignError,
        MessageTooLongError,
        FileMessageFixedError,
        ChangedMeanwhileError,
    ),
)
async def edit_message(  # each is a part of the request
    entry: AnyEntry,
    code: str,
    message_id: UUID,
    body: MessageUpdate,
    response: Response,
    if_match: IfMatch = None,
) -> MessageRead:
    """Word your own message anew; its ETag is its version."""
    async with entry.write(code, Action.CHAT) as (ctx, caller):
        message = await messages.get(ctx, caller, message_id)
        check_version(if_match, message.version)
        most = entry.parts.message_characters
        edited = await messages.edit(ctx, caller, message, body.message, most)
        answer = await messages.read(ctx, caller, edited)
    response.headers["ETag"] = etag(answer.version)
    return answer


@router.delete(
    "/{message_id}",
    status_code=204,
    responses=declared(*AT_DOOR, MessageNotFoundError, MessageForeignError, RankTooLowError),
)
async def delete_message(entry: AnyEntry, code: str, message_id: UUID) -> Response:
    """Take your message back; hosts and moderators do so with those of people below them."""
    async with entry.write(code, Action.HEAR) as (ctx, caller):
        message = await messages.get(ctx, caller, message_id)
        file_id = await files.of_message(ctx, message)
        await messages.remove(ctx, caller, message)
    if file_id is not None:
        await files.discard(entry.parts.work, entry.parts.objects, file_id)
    return Response(status_code=204)
