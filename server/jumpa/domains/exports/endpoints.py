"""The doors to one's own data over HTTP."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response

from jumpa.domains.exports.errors import ExportNotFoundError, ExportNotReadyError
from jumpa.domains.exports.schemas import ExportAsked, ExportRead
from jumpa.domains.exports.service import asking
from jumpa.domains.exports.service.parts import ExportParts
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.downloads import download, part_of
from jumpa.kit.http.problems import declared
from jumpa.kit.http.rates import Rates
from jumpa.kit.objects import ObjectMissingError, ObjectsUnavailableError
from jumpa.kit.quotas import Quota

MEDIA_TYPE = "application/zip"
_CONTENT = {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}
Range = Annotated[
    str | None, Header(alias="Range", max_length=100, description="One range of bytes.")
]


@dataclass(frozen=True, slots=True)
class ExportDoors:
    """What the endpoints are joined to by the composition root."""

    parts: ExportParts
    rates: Rates
    asks: Quota


async def _doors(request: Request) -> ExportDoors:
    doors: ExportDoors = request.app.state.exports
    return doors


Doors = Annotated[ExportDoors, Depends(_doors)]

router = APIRouter(prefix="/users/export", tags=["users"])


@router.post("", status_code=202, responses=declared(*SIGNED_IN))
async def ask_for_export(request: Request, doors: Doors, actor: Person) -> ExportAsked:
    """Have everything that is known of you made into a file.

    Asking again meanwhile changes nothing. An earlier file can be fetched no longer. You are told
    once the new one is ready.
    """
    async with doors.parts.work.read(actor) as ctx:
        asked = await asking.waiting(ctx)
    if asked is None:
        await doors.rates.take(request, doors.asks, str(actor.user_id))
        async with doors.parts.work.write(actor) as ctx:
            asked = await asking.ask(ctx, doors.parts)
    return ExportAsked(**asked.model_dump())


@router.get("", responses=declared(*SIGNED_IN, ExportNotFoundError))
async def get_export(doors: Doors, actor: Person) -> ExportRead:
    """Return how far your file is."""
    async with doors.parts.work.read(actor) as ctx:
        return await asking.find(ctx)


@router.delete("", status_code=204, responses=declared(*SIGNED_IN, ExportNotFoundError))
async def remove_export(doors: Doors, actor: Person) -> Response:
    """Throw your file away, or take back that you asked for it."""
    async with doors.parts.work.write(actor) as ctx:
        await asking.remove(ctx, doors.parts)
    return Response(status_code=204)


@router.get(
    "/content",
    response_class=Response,
    responses=declared(
        *SIGNED_IN,
        ExportNotFoundError,
        ExportNotReadyError,
        ObjectMissingError,
        ObjectsUnavailableError,
    )
    | {
        200: {"content": _CONTENT, "description": "The file"},
        206: {"content": _CONTENT, "description": "The part that was asked for"},
    },
)
async def get_export_content(doors: Doors, actor: Person, asked: Range = None) -> Response:
    """Fetch your file, a ZIP, or one range of its bytes."""
    async with doors.parts.work.read(actor) as ctx:
        row = await asking.open_(ctx)
    part = part_of(asked, row.size)
    content = await doors.parts.objects.read(row.id, part.start, part.end)
    name = f"jumpa-{row.created_at:%Y-%m-%d}.zip"
    return download(name, MEDIA_TYPE, row.size, part, content)
