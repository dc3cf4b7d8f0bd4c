"""The doors to webhooks over HTTP, for administrators."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from jumpa.domains.webhooks.errors import ReceiverGoneError, WebhookNotFoundError
from jumpa.domains.webhooks.models import State, Webhook
from jumpa.domains.webhooks.schemas import DELIVERY, RECEIVER, DeliveryRead, ReceiverRead
from jumpa.domains.webhooks.service import administration
from jumpa.domains.webhooks.service.administration import WebhookParts
from jumpa.kit.http.callers import ADMINISTRATING, Administrator
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.paging import LONGEST, CursorMalformedError, Page, cursor_of, read_slice


async def _parts(request: Request) -> WebhookParts:
    parts: WebhookParts = request.app.state.webhooks
    return parts


Parts = Annotated[WebhookParts, Depends(_parts)]
Cursor = Annotated[str | None, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=LONGEST)]

router = APIRouter(prefix="/administration/webhooks", tags=["administration"])


@router.get("/receivers", responses=declared(*ADMINISTRATING) | shown([RECEIVER]))
async def list_receivers(parts: Parts, actor: Administrator) -> list[ReceiverRead]:
    """List who is told what happens in live rooms, as the settings name them."""
    found = await administration.receivers(parts, actor)
    return [
        ReceiverRead(
            url=each.url, waiting=each.waiting, delivered=each.delivered, failed=each.failed
        )
        for each in found
    ]


@router.get(
    "/deliveries",
    responses=declared(*ADMINISTRATING, CursorMalformedError)
    | shown({"items": [DELIVERY], "next_cursor": None}),
)
async def list_receiver_deliveries(
    parts: Parts,
    actor: Administrator,
    state: State | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[DeliveryRead]:
    """List what was sent and what became of it, newest first."""
    after = read_slice(cursor, limit).after
    async with parts.work.read(actor) as ctx:
        found = await administration.list_last(ctx, state, limit, after[1] if after else None)
    return Page(
        items=[_delivery(each) for each in found],
        next_cursor=cursor_of("", found[-1].id) if len(found) == limit else None,
    )


@router.post(
    "/deliveries/{delivery_id}/retry",
    responses=declared(*ADMINISTRATING, WebhookNotFoundError, ReceiverGoneError),
)
async def retry_receiver_delivery(
    parts: Parts, actor: Administrator, delivery_id: UUID
) -> DeliveryRead:
    """Send one again at once; it is tried for a day, as at first."""
    return _delivery(await administration.retry_noted(parts, actor, delivery_id))


def _delivery(webhook: Webhook) -> DeliveryRead:
    return DeliveryRead(
        id=webhook.id,
        receiver=administration.shown(webhook.url),
        event=webhook.event,
        room=webhook.room,
        state=State(webhook.state),
        attempts=webhook.attempts,
        status=webhook.status,
        failure=webhook.failure,
        due_at=webhook.due_at,
        created_at=webhook.created_at,
        ended_at=webhook.ended_at,
    )
