"""Who was at a meeting, and how long in all."""

from dataclasses import asdict
from uuid import UUID

from fastapi import APIRouter, Response

from jumpa.domains.meetings.endpoints.doors import AS_PART, AnyEntry, does
from jumpa.domains.meetings.endpoints.meetings import Recurrence
from jumpa.domains.meetings.errors import OccurrenceNotFoundError
from jumpa.domains.meetings.schemas.shared import ATTENDED, AttendedRead
from jumpa.domains.meetings.service import attendance, series
from jumpa.domains.meetings.service.roles import Doing
from jumpa.kit import tables
from jumpa.kit.http.downloads import CSV, as_file
from jumpa.kit.http.problems import declared, shown

_PATH = "/meetings/{meeting_id}/occurrences/{recurrence}"

router = APIRouter(tags=["meetings"])


@router.get(
    f"{_PATH}/attendance",
    responses=declared(*AS_PART, OccurrenceNotFoundError) | shown([ATTENDED]),
    openapi_extra=does(Doing.READ_ATTENDANCE),
)
async def list_attendance(
    entry: AnyEntry, meeting_id: UUID, recurrence: Recurrence
) -> list[AttendedRead]:
    """List who was at one time of a meeting, in the order of coming."""
    async with entry.read(meeting_id, Doing.READ_ATTENDANCE) as (ctx, standing):
        found = series.find(standing.meeting, standing.exceptions, recurrence)
        rows = await attendance.of(ctx, standing, found)
    return [AttendedRead(**asdict(row)) for row in rows]


@router.get(
    f"{_PATH}/attendance.csv",
    response_class=Response,
    responses=declared(*AS_PART, OccurrenceNotFoundError) | CSV,
    openapi_extra=does(Doing.READ_ATTENDANCE),
)
async def export_attendance(entry: AnyEntry, meeting_id: UUID, recurrence: Recurrence) -> Response:
    """Return the same as a file for spreadsheets."""
    rows = await list_attendance(entry, meeting_id, recurrence)
    head = tuple(AttendedRead.model_fields)
    cells = [[row.model_dump(mode="json")[name] for name in head] for row in rows]
    return as_file("attendance.csv", tables.table(head, cells))
