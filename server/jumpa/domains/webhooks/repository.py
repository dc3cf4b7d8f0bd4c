"""Queries on webhooks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from jumpa.domains.webhooks.models import State, Webhook
from jumpa.kit.db.sqlite import LONG


class WebhookRepository:
    """Webhooks in one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_all(self, webhooks: Iterable[Webhook]) -> None:
        """Insert them."""
        self._session.add_all(webhooks)
        await self._session.flush()

    async def list_due(self, url: str, now: datetime, count: int) -> Sequence[Webhook]:
        """Return what may leave now in order; a room waits for the earliest of its own."""
        earlier = aliased(Webhook)
        is_blocked = exists().where(
            earlier.state == State.WAITING,
            earlier.room == Webhook.room,
            earlier.url == Webhook.url,
            earlier.id < Webhook.id,
            earlier.due_at > now,
        )
        due = select(Webhook).where(
            Webhook.state == State.WAITING, Webhook.url == url, Webhook.due_at <= now, ~is_blocked
        )
        first = due.order_by(Webhook.id).limit(count).with_for_update(skip_locked=True)
        return (await self._session.scalars(first)).all()

    async def find(self, webhook_id: UUID) -> Webhook | None:
        """Return one, as it is in the database now."""
        return await self._session.get(Webhook, webhook_id, populate_existing=True)

    async def list_last(
        self, state: State | None, count: int, after: UUID | None = None
    ) -> Sequence[Webhook]:
        """Return the last ones, newest first; the next page begins after the last one's id."""
        last = select(Webhook).order_by(Webhook.id.desc()).limit(count)
        if state is not None:
            last = last.where(Webhook.state == state)
        if after is not None:
            last = last.where(Webhook.id < after)
        return (await self._session.scalars(last)).all()

    async def counts(self) -> Sequence[tuple[str, str, int]]:
        """Return receiver, state, and how many there are."""
        counted = select(Webhook.url, Webhook.state, func.count(Webhook.id))
        grouped = counted.group_by(Webhook.url, Webhook.state)
        rows = await self._session.execute(grouped.execution_options(**{LONG: True}))
        return [(url, state, count) for url, state, count in rows]

    async def fail_others(self, urls: Sequence[str], now: datetime, failure: str) -> None:
        """End those whose receiver is none of these."""
        others = update(Webhook).where(Webhook.state == State.WAITING, Webhook.url.not_in(urls))
        ended = others.values(state=State.FAILED, ended_at=now, failure=failure)
        await self._session.execute(ended.execution_options(**{LONG: True}))

    async def delete_ended(self, before: datetime) -> None:
        """Forget what ended before this moment."""
        ended = delete(Webhook).where(Webhook.ended_at < before)
        await self._session.execute(ended.execution_options(**{LONG: True}))
