"""Builds what sends webhooks, and follows live rooms for it."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from livekit.protocol.webhook import WebhookEvent

from jumpa.app.accounts import outbound
from jumpa.config import Settings, WebhookSettings
from jumpa.domains.audit.service import AuditLog
from jumpa.domains.webhooks.service import storing
from jumpa.domains.webhooks.service.administration import WebhookParts
from jumpa.domains.webhooks.service.composing import compose
from jumpa.domains.webhooks.service.delivering import Deliverer
from jumpa.domains.webhooks.service.sending import Sender
from jumpa.kit.actor import SERVER
from jumpa.kit.clock import Clock
from jumpa.kit.context import UnitOfWork
from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.outbound.client import OutboundLimits
from jumpa.media.engine import EngineEvent

logger = logging.getLogger(__name__)

_ANSWER_BYTES = 64 * 1024
_MOST_WAITING = 10_000
_BATCH = 200
_PAUSE_S = 1.0


class WebhookKeyMissingError(JumpaError):
    """The setting webhook.api_key must name one of the API keys of this server."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "webhook_key_missing"


@dataclass(slots=True)
class WebhookWatch:
    """Stores what happens in live rooms, without ever holding a room up."""

    work: UnitOfWork
    urls: Sequence[str]
    wake: Callable[[], None]
    _events: deque[WebhookEvent] = field(default_factory=deque)
    _dropped: int = 0
    _is_stopping: bool = False
    _task: "asyncio.Task[None] | None" = None

    def hear(self, event: EngineEvent) -> None:
        """Take an event in; when the database is away for too long, the newest are lost."""
        composed = compose(event, self.work.clock()) if self.urls else None
        if composed is None:
            return
        if len(self._events) >= _MOST_WAITING:
            self._dropped += 1
            return
        composed.num_dropped, self._dropped = self._dropped, 0
        self._events.append(composed)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._follow())

    async def settled(self) -> None:
        """Return once everything heard so far has been stored; nothing is tried twice any more."""
        self._is_stopping = True
        if self._task is not None:
            await self._task

    async def _follow(self) -> None:
        while self._events:
            batch = [self._events[index] for index in range(min(_BATCH, len(self._events)))]
            try:
                async with self.work.write(SERVER) as ctx:
                    await storing.store(ctx, batch, self.urls)
            except Exception:
                logger.exception("webhooks could not be stored")
                if self._is_stopping:
                    return
                await asyncio.sleep(_PAUSE_S)
                continue
            for _ in batch:
                self._events.popleft()
            reach(FailPoint.WEBHOOK_STORED)
            self.wake()


@dataclass(slots=True)
class Webhooks:
    """The watch over live rooms, and who delivers to each receiver."""

    watch: WebhookWatch
    deliverers: list[Deliverer]

    def start(self, stack: AsyncExitStack) -> None:
        """Deliver until the stack unwinds."""
        for deliverer in self.deliverers:
            stack.push_async_callback(deliverer.sender.outbound.close)
            delivering = asyncio.create_task(deliverer.rounds.run())
            stack.push_async_callback(_cancelled, delivering)
        stack.push_async_callback(self.watch.settled)


def webhooks(
    settings: Settings, keys: Mapping[str, str], work: UnitOfWork, clock: Clock
) -> Webhooks:
    """Return what sends webhooks; raises WebhookKeyMissingError."""
    chosen = settings.webhook
    if chosen.urls and chosen.api_key not in keys:
        raise WebhookKeyMissingError
    # Each receiver has connections of its own, so a slow one takes none from the others.
    senders = {url: _sender(settings, keys, clock) for url in chosen.urls}
    lifetime = timedelta(seconds=chosen.lifetime_s)
    deliverers = [Deliverer(work, url, sender, lifetime) for url, sender in senders.items()]

    def wake() -> None:
        for deliverer in deliverers:
            deliverer.rounds.wake()

    watch = WebhookWatch(work, tuple(senders), wake)
    return Webhooks(watch, deliverers)


def webhook_parts(told: Webhooks, audit: AuditLog) -> WebhookParts:
    """Return what the endpoints are joined to."""
    return WebhookParts(told.watch.work, audit, told.watch.urls, told.watch.wake)


def _sender(settings: Settings, keys: Mapping[str, str], clock: Clock) -> Sender:
    chosen: WebhookSettings = settings.webhook
    limits = OutboundLimits(chosen.timeout_s, _ANSWER_BYTES)
    way = outbound(settings.outbound, limits)
    return Sender(way, chosen.api_key, keys[chosen.api_key], clock)


async def _cancelled(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.wait({task})
