"""Stores events for every receiver before any is sent."""

from collections.abc import Iterable, Sequence

from livekit.protocol.webhook import WebhookEvent
from uuid_utils.compat import uuid7

from jumpa.domains.organisations.models import HOME
from jumpa.domains.webhooks.models import State, Webhook
from jumpa.domains.webhooks.repository import WebhookRepository
from jumpa.domains.webhooks.service.composing import written
from jumpa.kit.context import Context
from jumpa.kit.failpoints import FailPoint, reach


async def store(ctx: Context, events: Iterable[WebhookEvent], urls: Sequence[str]) -> None:
    """Keep a webhook for each event and receiver, in the order of the events."""
    now = ctx.clock()
    webhooks = [
        Webhook(
            id=uuid7(),
            organisation_id=HOME,
            url=url,
            event=event.event,
            room=event.room.name,
            body=body,
            state=State.WAITING,
            due_at=now,
            created_at=now,
        )
        for event in events
        for body in (written(event),)
        for url in urls
    ]
    await WebhookRepository(ctx.session).add_all(webhooks)
    reach(FailPoint.WEBHOOK_WRITTEN)
