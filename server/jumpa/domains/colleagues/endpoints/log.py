"""The audit log, as a list and as a file."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from jumpa.domains.audit.models import Sought
from jumpa.domains.colleagues.endpoints.doors import ColleagueDoors, Cursor, Doors, Limit
from jumpa.domains.colleagues.schemas import ENTRY, ENTRY_COLUMNS, EntryRead
from jumpa.domains.colleagues.service import log
from jumpa.kit import tables
from jumpa.kit.actor import Actor
from jumpa.kit.http.callers import ADMINISTRATING, Administrator
from jumpa.kit.http.downloads import CSV, as_stream
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.paging import CursorMalformedError, Page, cursor_of, read_slice
from jumpa.kit.texts import Line
from jumpa.kit.zones import Moment

_FILE = "audit-log.csv"
_LARGEST = 2**31

router = APIRouter(prefix="/organisation", tags=["organisation"])


async def _sought(
    person: UUID | None = None,
    action: Annotated[Line | None, Query(max_length=100)] = None,
    since: Moment | None = None,
    until: Moment | None = None,
) -> Sought:
    """Return which entries are wanted: by or about somebody, of a kind, and from when to when."""
    return Sought(person, action or "", since, until)


Filter = Annotated[Sought, Depends(_sought)]


@router.get(
    "/audit",
    responses=declared(*ADMINISTRATING, CursorMalformedError)
    | shown({"items": [ENTRY], "next_cursor": None}),
)
async def list_audit_entries(
    doors: Doors, actor: Administrator, sought: Filter, cursor: Cursor = None, limit: Limit = 50
) -> Page[EntryRead]:
    """List what was done in your organisation, newest first."""
    before = _number(cursor, limit)
    async with doors.work.read(actor) as ctx:
        found = await log.list_some(ctx, sought, before, limit)
    last = found.rows[-1] if len(found.rows) == limit else None
    return Page(
        items=[EntryRead.of(row, found.known) for row in found.rows],
        next_cursor=cursor_of(str(last.number), last.id) if last else None,
    )


@router.get(
    "/audit.csv",
    response_class=Response,
    responses=declared(*ADMINISTRATING) | CSV,
)
async def export_audit_entries(
    request: Request, doors: Doors, actor: Administrator, sought: Filter
) -> Response:
    """Return the same as a file for spreadsheets; that it was read is noted."""
    await doors.rates.take(request, doors.searches, str(actor.user_id))
    return as_stream(_FILE, _written(doors, actor, sought))


async def _written(doors: ColleagueDoors, actor: Actor, sought: Sought) -> AsyncIterator[bytes]:
    yield tables.table(ENTRY_COLUMNS, ())
    async for found in log.export(doors.auth, actor, sought):
        yield tables.lines(EntryRead.of(row, found.known).cells() for row in found.rows)


def _number(cursor: str | None, limit: int) -> int | None:
    after = read_slice(cursor, limit).after
    if after is None:
        return None
    text = after[0]
    if not (text.isascii() and text.isdigit() and int(text) < _LARGEST):
        raise CursorMalformedError
    return int(text)
