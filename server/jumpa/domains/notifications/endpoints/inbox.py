"""The doors to one's notifications."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from uuid_utils.compat import uuid7

from jumpa.domains.notifications.endpoints.doors import Doors
from jumpa.domains.notifications.errors import NotificationNotFoundError
from jumpa.domains.notifications.schemas import (
    NOTIFICATION,
    NotificationChoices,
    NotificationRead,
    ReadMark,
    UnreadRead,
)
from jumpa.domains.notifications.service import choosing, inbox, telling
from jumpa.domains.notifications.service.telling import News
from jumpa.domains.users.service import people
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.conditions import ChangedMeanwhileError, IfMatch, check_version, etag
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.paging import LONGEST, CursorMalformedError, Page, cursor_of, read_slice

Cursor = Annotated[str | None, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=LONGEST)]
Only = Literal["all", "unread"]

router = APIRouter(prefix="/notifications")


@router.get(
    "",
    responses=declared(*SIGNED_IN, CursorMalformedError)
    | shown({"items": [NOTIFICATION], "next_cursor": None}),
)
async def list_notifications(
    doors: Doors, actor: Person, only: Only = "all", cursor: Cursor = None, limit: Limit = 50
) -> Page[NotificationRead]:
    """List your notifications, newest first."""
    after = read_slice(cursor, limit).after
    async with doors.parts.work.read(actor) as ctx:
        found = await inbox.list_(
            ctx, after[1] if after else None, limit, only_unread=only == "unread"
        )
    return Page(
        items=[NotificationRead.of(row) for row in found],
        next_cursor=cursor_of("", found[-1].id) if len(found) == limit else None,
    )


@router.get("/unread", responses=declared(*SIGNED_IN))
async def count_unread(doors: Doors, actor: Person) -> UnreadRead:
    """Return how many of your notifications are unread."""
    async with doors.parts.work.read(actor) as ctx:
        return UnreadRead(unread=await inbox.count_unread(ctx))


@router.post("/read", responses=declared(*SIGNED_IN))
async def mark_read(doors: Doors, actor: Person, body: ReadMark) -> UnreadRead:
    """Mark notifications as read, or all of them; return how many are unread."""
    async with doors.parts.work.write(actor) as ctx:
        return UnreadRead(unread=await inbox.mark_read(ctx, body.ids))


@router.get("/choices", responses=declared(*SIGNED_IN))
async def get_notification_choices(
    doors: Doors, actor: Person, response: Response
) -> NotificationChoices:
    """Return where and when you want to be told."""
    async with doors.parts.work.read(actor) as ctx:
        user = await people.read_own(ctx)
        choices, version = await choosing.get(ctx, user.id)
    response.headers["ETag"] = etag(version)
    return choices


@router.put("/choices", responses=declared(*SIGNED_IN, ChangedMeanwhileError))
async def update_notification_choices(
    doors: Doors,
    actor: Person,
    body: NotificationChoices,
    response: Response,
    if_match: IfMatch = None,
) -> NotificationChoices:
    """Replace your choices; what is left out goes back to its default."""
    async with doors.parts.work.write(actor) as ctx:
        user = await people.get_own(ctx)
        _, version = await choosing.get(ctx, user.id)
        check_version(if_match, version)
        version = await choosing.replace(ctx, user, body)
    response.headers["ETag"] = etag(version)
    return body


@router.post("/test", status_code=204, responses=declared(*SIGNED_IN))
async def send_test_notification(request: Request, doors: Doors, actor: Person) -> Response:
    """Tell yourself something on every way that you chose."""
    await doors.rates.take(request, doors.tests, str(actor.user_id))
    async with doors.parts.work.write(actor) as ctx:
        user = await people.read_own(ctx)
        news = News("test", user.id, f"test {uuid7()}", link="/settings")
        await telling.enqueue(ctx, user.organisation_id, news)
    return Response(status_code=204)


@router.delete(
    "/{notification_id}",
    status_code=204,
    responses=declared(*SIGNED_IN, NotificationNotFoundError),
)
async def remove_notification(doors: Doors, actor: Person, notification_id: UUID) -> Response:
    """Forget a notification."""
    async with doors.parts.work.write(actor) as ctx:
        await inbox.remove(ctx, notification_id)
    return Response(status_code=204)
