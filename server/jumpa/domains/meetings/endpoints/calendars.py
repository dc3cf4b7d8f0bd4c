"""Secret addresses that calendars read."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response

from jumpa.domains.audit.service import Deed
from jumpa.domains.meetings.endpoints.doors import MeetingParts, Parts, guarded
from jumpa.domains.meetings.errors import CalendarFeedNotFoundError, TooManyCalendarFeedsError
from jumpa.domains.meetings.models import CalendarFeed
from jumpa.domains.meetings.schemas.shared import (
    CALENDAR,
    CalendarFeedCreate,
    CalendarFeedCreated,
    CalendarFeedRead,
)
from jumpa.domains.meetings.service import feeds
from jumpa.domains.rooms.errors import RoleTooLowError, RoomNotFoundError
from jumpa.kit.context import Context
from jumpa.kit.http.callers import SIGNED_IN, Person, Stranger
from jumpa.kit.http.problems import declared, shown

MEDIA_TYPE = "text/calendar"
_PATH = "/calendars/feed"
_CONTENT = {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}

router = APIRouter(tags=["calendars"])


@router.get("/calendars", responses=declared(*SIGNED_IN) | shown([CALENDAR]))
async def list_calendars(parts: Parts, actor: Person) -> list[CalendarFeedRead]:
    """List your calendar addresses, oldest first; the secrets in them are not kept."""
    async with parts.work.read(actor) as ctx:
        return [_shown(feed, code) for feed, code in await feeds.list_own(ctx)]


@router.post(
    "/calendars",
    status_code=201,
    responses=declared(*SIGNED_IN, RoomNotFoundError, RoleTooLowError, TooManyCalendarFeedsError),
)
async def create_calendar(
    parts: Parts, actor: Person, body: CalendarFeedCreate
) -> CalendarFeedCreated:
    """Make a secret address at which calendars find your meetings, or those in a room of yours."""
    async with parts.work.write(actor) as ctx:
        feed, secret = await feeds.create(ctx, body.room_code)
        await _note(parts, ctx, feed, "calendar.created")
    url = f"{parts.post.site.url}/api/v1{_PATH}?key={secret}"
    return CalendarFeedCreated(**_shown(feed, body.room_code).model_dump(), url=url)


@router.delete(
    "/calendars/{feed_id}",
    status_code=204,
    responses=declared(*SIGNED_IN, CalendarFeedNotFoundError),
)
async def take_back_calendar(parts: Parts, actor: Person, feed_id: UUID) -> Response:
    """Take an address back; calendars find nothing there any more."""
    async with parts.work.write(actor) as ctx:
        feed = await feeds.remove(ctx, feed_id)
        await _note(parts, ctx, feed, "calendar.taken_back")
    return Response(status_code=204)


@router.get(
    _PATH,
    response_class=Response,
    responses=declared(CalendarFeedNotFoundError)
    | {
        200: {"content": _CONTENT, "description": "The calendar (RFC 5545)"},
        304: {"description": "It is as it was"},
    },
)
async def read_calendar(
    parts: Parts,
    actor: Stranger,
    key: Annotated[str, Query(min_length=1, max_length=200)],
    if_none_match: Annotated[str | None, Header(max_length=2000)] = None,
) -> Response:
    """Return meetings as calendars read them; the key is in the query, so that no log keeps it."""
    with guarded(parts, actor.address):
        async with parts.work.read(actor.as_server()) as ctx:
            feed = await feeds.read(ctx, key, parts.post)
    tag = f'"{feed.tag}"'
    if tag in [one.strip().removeprefix("W/") for one in (if_none_match or "").split(",")]:
        return Response(status_code=304, headers={"ETag": tag})
    headers = {"ETag": tag, "Content-Disposition": 'attachment; filename="meetings.ics"'}
    return Response(feed.content, headers=headers, media_type=MEDIA_TYPE)


def _shown(feed: CalendarFeed, code: str) -> CalendarFeedRead:
    return CalendarFeedRead(id=feed.id, room_code=code, created_at=feed.created_at)


async def _note(parts: MeetingParts, ctx: Context, feed: CalendarFeed, action: str) -> None:
    await parts.audit.record(ctx, Deed(action, feed.organisation_id, feed.id))
