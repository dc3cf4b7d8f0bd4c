"""What administrators do with webhooks: read the log, try again, forget what is old."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from jumpa.domains.webhooks.errors import WebhookNotFoundError
from jumpa.domains.webhooks.models import State, Webhook
from jumpa.domains.webhooks.repository import WebhookRepository
from jumpa.kit.context import Context

_NO_RECEIVER = "The settings do not name this receiver any more."


async def list_last(ctx: Context, state: State | None, count: int) -> Sequence[Webhook]:
    """Return the last webhooks, newest first."""
    return await WebhookRepository(ctx.session).list_last(state, count)


async def retry(ctx: Context, webhook_id: UUID) -> Webhook:
    """Send one again as soon as a server looks; raises WebhookNotFoundError."""
    webhook = await WebhookRepository(ctx.session).find(webhook_id)
    if webhook is None:
        raise WebhookNotFoundError
    webhook.state, webhook.ended_at, webhook.failure = State.WAITING, None, ""
    # It has a whole life again.
    webhook.created_at = webhook.due_at = ctx.clock()
    return webhook


async def sweep(ctx: Context, urls: Sequence[str], kept: timedelta) -> None:
    """End what has no receiver any more, and forget what ended long ago."""
    webhooks, now = WebhookRepository(ctx.session), ctx.clock()
    await webhooks.fail_others(urls, now, _NO_RECEIVER)
    await webhooks.delete_ended(now - kept)
