"""What administrators do with webhooks: read the log, try again, forget what is old."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from jumpa.domains.audit.service import AuditLog, Deed
from jumpa.domains.organisations.models import HOME
from jumpa.domains.webhooks.errors import ReceiverGoneError, WebhookNotFoundError
from jumpa.domains.webhooks.models import State, Webhook
from jumpa.domains.webhooks.repository import WebhookRepository
from jumpa.kit.actor import Actor
from jumpa.kit.context import Context, UnitOfWork

_NO_RECEIVER = "The settings do not name this receiver any more."


@dataclass(frozen=True, slots=True)
class WebhookParts:
    """The tools for it; `wake` lets what waits leave at once."""

    work: UnitOfWork
    audit: AuditLog
    urls: Sequence[str]
    wake: Callable[[], None]


@dataclass(frozen=True, slots=True)
class ReceiverStanding:
    """A receiver, and how many of its webhooks are in the log, by state."""

    url: str
    waiting: int
    delivered: int
    failed: int


def shown(url: str) -> str:
    """Return a receiver as it is shown: what follows the path may be its secret."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2] + parts.path


async def receivers(parts: WebhookParts, actor: Actor) -> list[ReceiverStanding]:
    """Return who is told, in the order of the settings; nobody for other organisations."""
    if actor.organisation_id != HOME:
        return []
    async with parts.work.read(actor) as ctx:
        rows = await WebhookRepository(ctx.session).counts()
    counts = {(url, state): count for url, state, count in rows}
    return [
        ReceiverStanding(
            shown(url),
            waiting=counts.get((url, State.WAITING), 0),
            delivered=counts.get((url, State.DELIVERED), 0),
            failed=counts.get((url, State.FAILED), 0),
        )
        for url in parts.urls
    ]


async def retry_noted(parts: WebhookParts, actor: Actor, webhook_id: UUID) -> Webhook:
    """Send one again at once, and note who asked; raises what `retry` raises, ReceiverGoneError."""
    async with parts.work.write(actor) as ctx:
        webhook = await retry(ctx, webhook_id)
        if webhook.url not in parts.urls:
            raise ReceiverGoneError
        facts = {"event": webhook.event, "room": webhook.room}
        deed = Deed("webhook.retried", webhook.organisation_id, webhook.id, facts)
        await parts.audit.record(ctx, deed)
    parts.wake()
    return webhook


async def list_last(
    ctx: Context, state: State | None, count: int, after: UUID | None = None
) -> Sequence[Webhook]:
    """Return the last webhooks, newest first."""
    return await WebhookRepository(ctx.session).list_last(state, count, after)


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
