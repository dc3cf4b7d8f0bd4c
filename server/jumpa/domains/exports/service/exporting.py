"""Puts everything that the server knows of a person into one file, as a job."""

import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from jumpa.domains.exports.models import Export
from jumpa.domains.exports.repository.exports import ExportRepository
from jumpa.domains.exports.repository.sections import (
    SECTIONS,
    RecordRepository,
    Section,
    Whose,
)
from jumpa.domains.exports.service import words
from jumpa.domains.exports.service.asking import EXPORT
from jumpa.domains.exports.service.packing import Member, packed
from jumpa.domains.exports.service.parts import ExportParts
from jumpa.domains.notifications.service import telling
from jumpa.domains.notifications.service.telling import News
from jumpa.domains.users.models import User
from jumpa.domains.users.service import avatars, choices, people
from jumpa.kit.actor import SERVER, Actor
from jumpa.kit.context import Context
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.languages import Language
from jumpa.kit.objects import ObjectMissingError
from jumpa.kit.work.jobs import Job
from jumpa.kit.work.worker import Trade

LONGEST_S: Final = 15 * 60
"""How long one may be made; what is being made is nobody else's for twice as long."""

_ATTEMPTS = 4
_PAGE = 500
_FILES = 50
# Columns that hold JSON themselves.
_JSON = frozenset({"setting_value", "choices", "facts"})
_LINK = "/security"


@dataclass(frozen=True, slots=True)
class _Person:
    """Whose data it is, and how they read."""

    actor: Actor
    whose: Whose
    user: User
    language: Language


@dataclass(frozen=True, slots=True)
class Exporter:
    """Does the jobs of this domain."""

    parts: ExportParts

    def trade(self) -> Trade:
        """Return how exports are made."""
        return Trade(EXPORT, _ATTEMPTS, errand=self.make)

    async def make(self, job: Job) -> None:
        """Make the file, and tell its person once it can be fetched."""
        begun = await self._begin(job.id)
        if begun is None:
            return
        pieces = packed(self._members(begun), self.parts.work.clock())
        counted = _Counted(pieces, self.parts.objects.check_space)
        await self.parts.objects.put(job.id, aiter(counted))
        reach(FailPoint.EXPORT_STORED)
        async with self.parts.work.write(SERVER) as ctx:
            row = await ExportRepository(ctx.session).find_for_update(job.id)
            is_kept = row is not None and _is_kept(row, ctx.clock())
            if row is not None and is_kept:
                await self._finish(ctx, row, begun.whose.user_id, counted.size)
            reach(FailPoint.EXPORT_WRITTEN)
        if not is_kept:
            # It was taken back, or its person is gone, while it was made.
            await self.parts.objects.delete(job.id)

    async def _begin(self, export_id: UUID) -> _Person | None:
        """Return whose data is wanted, or None for what nobody waits for any more."""
        async with self.parts.work.read(SERVER) as ctx:
            row = await ExportRepository(ctx.session).find(export_id)
            if row is None or row.user_id is None or not _is_wanted(row, ctx.clock()):
                return None
            user = await people.get(ctx, row.user_id)
            settings = await choices.get(ctx, user)
        # With no more sight than the person has.
        actor = Actor(user_id=user.id, organisation_id=user.organisation_id)
        return _Person(actor, Whose(user.id, user.email), user, settings.language)

    async def _finish(self, ctx: Context, row: Export, user_id: UUID, size: int) -> None:
        now = ctx.clock()
        row.size = size
        if row.ready_at is not None:
            # Another server made it too, and has told of it.
            return
        row.ready_at, row.expires_at = now, now + self.parts.kept
        news = News(
            "export_ready",
            user_id,
            f"export {row.id}",
            facts={"at": row.expires_at.isoformat()},
            link=_LINK,
            until=row.expires_at,
        )
        await telling.enqueue(ctx, row.organisation_id, news)

    async def _members(self, person: _Person) -> AsyncIterator[Member]:
        readme = words.readme(person.language, self.parts.work.clock())
        yield _text(words.README[person.language], readme)
        for section in SECTIONS:
            yield Member(f"{section.name}.json", self._rows(person, section), is_text=True)
        yield _text("group_members.json", await self._group_members(person))
        if person.user.avatar is not None:
            async with self.parts.work.read(person.actor) as ctx:
                picture = await avatars.get(ctx, person.user)
            yield Member("picture.webp", _once(picture), is_text=False)
        async for member in self._files(person):
            yield member

    async def _rows(self, person: _Person, section: Section) -> AsyncIterator[bytes]:
        """Yield a list in JSON, page by page, so that no transaction is a long one."""
        after: object | None = None
        opening = "["
        names = [column.key for column in section.columns]
        while True:
            async with self.parts.work.read(person.actor) as ctx:
                records = RecordRepository(ctx.session, person.whose)
                rows = await records.page(section, after, _PAGE)
            for row in rows:
                yield f"{opening}\n{_written(zip(names, row, strict=False))}".encode()
                opening = ","
            if len(rows) < _PAGE:
                break
            after = rows[-1][-1]
        yield b"[]\n" if opening == "[" else b"\n]\n"

    async def _group_members(self, person: _Person) -> str:
        async with self.parts.work.read(person.actor) as ctx:
            found = await RecordRepository(ctx.session, person.whose).group_members()
        names = ("group_id", "email", "name")
        return f"[{','.join(_written(zip(names, row, strict=True)) for row in found)}]\n"

    async def _files(self, person: _Person) -> AsyncIterator[Member]:
        after: UUID | None = None
        while True:
            async with self.parts.work.read(person.actor) as ctx:
                records = RecordRepository(ctx.session, person.whose)
                files = await records.files_after(after, _FILES)
            for file in files:
                after = file.id
                try:
                    content = await self.parts.objects.read(file.id, 0, file.size)
                except ObjectMissingError:
                    # It was taken back since.
                    continue
                yield Member(f"files/{file.id} {file.name}", content, is_text=False)
            if len(files) < _FILES:
                return


class _Counted:
    """Bytes on their way, and how many there were; nobody knows before, so each asks for space."""

    def __init__(self, pieces: AsyncIterator[bytes], check_space: Callable[[int], None]) -> None:
        self._pieces = pieces
        self._check_space = check_space
        self.size = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._pieces:
            self._check_space(len(piece))
            self.size += len(piece)
            yield piece


def _is_wanted(row: Export, now: datetime) -> bool:
    return row.ready_at is None and _is_kept(row, now)


def _is_kept(row: Export, now: datetime) -> bool:
    return row.user_id is not None and row.expires_at > now


def _written(fields: Iterable[tuple[str, object]]) -> str:
    record: Mapping[str, object] = {
        name: json.loads(value) if name in _JSON and isinstance(value, str) else value
        for name, value in fields
    }
    return json.dumps(record, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _text(name: str, text: str) -> Member:
    return Member(name, _once(text.encode()), is_text=True)


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
