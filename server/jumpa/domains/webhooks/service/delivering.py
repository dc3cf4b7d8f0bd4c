"""Carries stored webhooks to one receiver, again and again until it takes them."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from jumpa.domains.webhooks.models import State, Webhook
from jumpa.domains.webhooks.repository import WebhookRepository
from jumpa.domains.webhooks.service.sending import Sender, Sent
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.work.rounds import Rounds

logger = logging.getLogger(__name__)

_BATCH = 50
_ROUND_S = 10
# How long what was taken is nobody else's; a server that dies in between holds it back so long.
_TAKEN = timedelta(seconds=60)
_FIRST_PAUSE = timedelta(seconds=2)
_LONGEST_PAUSE = timedelta(minutes=30)
_LAST_SENDING = _TAKEN / 2


@dataclass(slots=True)
class Deliverer:
    """Sends what is due to one receiver; rooms side by side, each of them in order."""

    work: UnitOfWork
    url: str
    sender: Sender
    lifetime: timedelta
    rounds: Rounds = field(init=False)

    def __post_init__(self) -> None:
        """Be ready to go round."""
        self.rounds = Rounds(self.deliver_due, _ROUND_S)

    async def deliver_due(self) -> int:
        """Send some of what is due; return how many were taken by the receiver."""
        async with self.work.write(SERVER) as ctx:
            now = ctx.clock()
            due = list(await WebhookRepository(ctx.session).list_due(self.url, now, _BATCH))
            for webhook in due:
                webhook.due_at = now + _TAKEN
        if not due:
            return 0
        reach(FailPoint.WEBHOOK_TAKEN)
        due.sort(key=lambda webhook: (webhook.room, webhook.id))
        rooms = [list(found) for _, found in groupby(due, key=lambda webhook: webhook.room)]
        results = await asyncio.gather(*(self._deliver_room(room, now) for room in rooms))
        outcomes = {webhook_id: sent for result in results for webhook_id, sent in result.items()}
        await self._note(due, outcomes)
        return sum(sent.is_taken for sent in outcomes.values())

    async def _deliver_room(self, webhooks: Sequence[Webhook], since: datetime) -> dict[UUID, Sent]:
        """Send in order, up to the first that is not taken."""
        outcomes: dict[UUID, Sent] = {}
        for webhook in webhooks:
            if self.work.clock() - since > _LAST_SENDING:
                break
            sent = await self.sender.send(self.url, webhook.body.encode())
            reach(FailPoint.WEBHOOK_SENT)
            outcomes[webhook.id] = sent
            if not sent.is_taken:
                break
        return outcomes

    async def _note(self, due: Sequence[Webhook], outcomes: dict[UUID, Sent]) -> None:
        async with self.work.write(SERVER) as ctx:
            now, webhooks = ctx.clock(), WebhookRepository(ctx.session)
            for taken in due:
                webhook = await webhooks.find(taken.id)
                if webhook is None or webhook.state != State.WAITING:
                    continue
                sent = outcomes.get(webhook.id)
                if sent is None:
                    # Nobody has tried: it leaves as soon as those before it have.
                    webhook.due_at = now
                else:
                    self._end_or_wait(webhook, sent, now)

    def _end_or_wait(self, webhook: Webhook, sent: Sent, now: datetime) -> None:
        webhook.attempts += 1
        webhook.status, webhook.failure = sent.status, sent.failure[:300]
        if sent.is_taken:
            webhook.state, webhook.ended_at = State.DELIVERED, now
        elif now - webhook.created_at >= self.lifetime:
            webhook.state, webhook.ended_at = State.FAILED, now
            logger.warning("webhook %s is given up: %s", webhook.id, webhook.failure)
        else:
            webhook.due_at = now + pause_after(webhook.attempts)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts that failed."""
    return min(_FIRST_PAUSE * (1 << min(attempts - 1, 20)), _LONGEST_PAUSE)
