"""Files: sent as they are, fetched whole or in part."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from starlette.requests import ClientDisconnect

from jumpa.domains.chat.endpoints.doors import AT_DOOR, AnyEntry, Entry
from jumpa.domains.chat.endpoints.messages import WRITING
from jumpa.domains.chat.errors import (
    FileEmptyError,
    FileIncompleteError,
    FileNotSentError,
    FileSizeMissingError,
    FilesNotAllowedError,
    FileTypeRefusedError,
    FileTypeWrongError,
    RoomFilesFullError,
)
from jumpa.domains.chat.models import RoomFile
from jumpa.domains.chat.schemas import MessageRead
from jumpa.domains.chat.service import files
from jumpa.domains.chat.service.files import Incoming, Wanted
from jumpa.domains.rooms.service.roles import Action
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.http.downloads import download, part_of
from jumpa.kit.http.problems import declared
from jumpa.kit.http.repeats import IdempotencyKey
from jumpa.kit.idempotency import IdempotencyKeyReusedError, Repeatable, is_kept, once
from jumpa.kit.objects import (
    ObjectMissingError,
    ObjectsFullError,
    ObjectsUnavailableError,
)
from jumpa.kit.texts import FileName

_CONTENT = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
_UPLOAD = {"requestBody": {"required": True, "content": _CONTENT}}
Name = Annotated[FileName, Query(min_length=1, description="Name of the file, with its ending.")]
Range = Annotated[
    str | None, Header(alias="Range", max_length=100, description="One range of bytes.")
]

router = APIRouter(prefix="/files")


@dataclass(frozen=True, slots=True)
class Sending:
    """One request that brings a file."""

    entry: Entry
    code: str
    key: str | None
    incoming: Incoming

    async def reserve(self, wanted: Wanted) -> RoomFile | None:
        """Take the file's place; None when this request was answered before."""
        parts = self.entry.parts
        async with self.entry.write(self.code, Action.CHAT) as (ctx, caller):
            if self.key and await is_kept(ctx, self.entry.asker(caller), self.key):
                return None
            return await files.reserve(ctx, caller, wanted, parts.all_file_bytes)

    @asynccontextmanager
    async def kept(self, file: RoomFile | None) -> AsyncIterator[None]:
        """Leave nothing of a file behind that no message came to have."""
        try:
            yield
        finally:
            if file is not None:
                parts = self.entry.parts
                await files.discard(parts.work, parts.objects, file.id)

    async def finish(self, file: RoomFile | None, media_type: str) -> MessageRead:
        """Write the message, or answer again."""
        url = self.entry.request.url
        async with self.entry.enter(self.code, Action.CHAT) as (ctx, caller):
            asker, organisation_id = self.entry.asker(caller), caller.room.organisation_id
            asked = f"{url.path}?{url.query} {self.incoming.digest}".encode()
            repeatable = None
            if self.key:
                digest = hashlib.sha256(asked).hexdigest()
                repeatable = Repeatable(asker, self.key, digest, organisation_id)

            async def write() -> MessageRead:
                if file is None:
                    raise FileIncompleteError
                address = f"{url.scheme}://{url.netloc}{url.path}/{file.id}"
                message, sent = await files.send(ctx, caller, file.id, media_type, address)
                return MessageRead.of(message, file=sent)

            answer = await once(ctx, self.entry.parts.ring, repeatable, MessageRead, write)
            reach(FailPoint.UPLOAD_WRITTEN)
        reach(FailPoint.UPLOAD_COMMITTED)
        return answer


@router.post(
    "",
    status_code=201,
    openapi_extra=_UPLOAD,
    responses=declared(
        *WRITING,
        FilesNotAllowedError,
        FileSizeMissingError,
        FileEmptyError,
        FileIncompleteError,
        FileTypeRefusedError,
        FileTypeWrongError,
        RoomFilesFullError,
        IdempotencyKeyReusedError,
        ObjectsUnavailableError,
        ObjectsFullError,
    ),
)
async def send_file(
    request: Request, entry: AnyEntry, code: str, name: Name, key: IdempotencyKey = None
) -> MessageRead:
    """Send a file: the body is the file itself; once this is answered file and message are stored.

    What a file is follows from its beginning, and has to agree with the end of its name.
    """
    size = _size(request)
    await entry.count_file()
    entry.parts.objects.check_space(size)
    sending = Sending(entry, code, key, Incoming(_chunks(request), size))
    file = await sending.reserve(Wanted(name, size))
    reach(FailPoint.UPLOAD_RECEIVED)
    async with sending.kept(file):
        if file is None:
            async for _ in aiter(sending.incoming):
                continue
            media_type = ""
        else:
            media_type = await files.store(entry.parts.objects, file, sending.incoming)
        reach(FailPoint.UPLOAD_STORED)
        return await sending.finish(file, media_type)


@router.get(
    "/{file_id}",
    response_class=Response,
    responses=declared(*AT_DOOR, FileNotSentError, ObjectMissingError, ObjectsUnavailableError)
    | {
        200: {"content": _CONTENT, "description": "The file"},
        206: {"content": _CONTENT, "description": "The part that was asked for"},
    },
)
async def get_file(entry: AnyEntry, code: str, file_id: UUID, asked: Range = None) -> Response:
    """Fetch a file, or one range of its bytes; any other range is answered with the whole."""
    async with entry.read(code, Action.HEAR) as (ctx, caller):
        file = await files.find(ctx, caller, file_id)
    part = part_of(asked, file.size)
    content = await entry.parts.objects.read(file.id, part.start, part.end)
    return download(file.name, file.media_type, file.size, part, content)


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect as error:
        raise FileIncompleteError from error


def _size(request: Request) -> int:
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise FileSizeMissingError
    return int(length[:20])
