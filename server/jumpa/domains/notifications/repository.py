"""Queries on notifications."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.notifications.models import (
    Notification,
    NotificationChoice,
    PushSubscription,
)


class NotificationRepository:
    """The notifications of one person."""

    def __init__(self, session: AsyncSession, user_id: UUID) -> None:
        self._session = session
        self._user_id = user_id

    async def add(self, row: Notification) -> None:
        """Insert one."""
        self._session.add(row)
        await self._session.flush()

    async def list_last(
        self, after: UUID | None, count: int, *, only_unread: bool
    ) -> Sequence[Notification]:
        """Return the newest first; the next page begins after the last one's id."""
        last = select(Notification).where(Notification.user_id == self._user_id)
        if after is not None:
            last = last.where(Notification.id < after)
        if only_unread:
            last = last.where(Notification.is_read.is_(False))
        ordered = last.order_by(Notification.id.desc()).limit(count)
        return (await self._session.scalars(ordered)).all()

    async def list_unread_since(self, since: datetime, count: int) -> Sequence[Notification]:
        """Return what was not read of what came since then, oldest first."""
        unread = select(Notification).where(
            Notification.user_id == self._user_id,
            Notification.is_read.is_(False),
            Notification.created_at > since,
        )
        return (await self._session.scalars(unread.order_by(Notification.id).limit(count))).all()

    async def count_unread(self) -> int:
        """Return how many are unread."""
        counted = select(func.count()).select_from(Notification)
        unread = counted.where(
            Notification.user_id == self._user_id, Notification.is_read.is_(False)
        )
        return await self._session.scalar(unread) or 0

    async def mark_read(self, ids: Collection[UUID] | None) -> None:
        """Mark these as read, or all."""
        unread = update(Notification).where(
            Notification.user_id == self._user_id, Notification.is_read.is_(False)
        )
        if ids is not None:
            unread = unread.where(Notification.id.in_(ids))
        await self._session.execute(unread.values(is_read=True))

    async def find(self, notification_id: UUID) -> Notification | None:
        """Return one, or None."""
        mine = select(Notification).where(
            Notification.id == notification_id, Notification.user_id == self._user_id
        )
        found: Notification | None = await self._session.scalar(mine)
        return found

    async def remove(self, row: Notification) -> None:
        """Delete one."""
        await self._session.delete(row)
        await self._session.flush()


class ChoiceRepository:
    """What one person chose."""

    def __init__(self, session: AsyncSession, user_id: UUID) -> None:
        self._session = session
        self._user_id = user_id

    async def find(self) -> NotificationChoice | None:
        """Return it, or None."""
        mine = select(NotificationChoice).where(NotificationChoice.user_id == self._user_id)
        found: NotificationChoice | None = await self._session.scalar(mine)
        return found

    async def add(self, row: NotificationChoice) -> None:
        """Insert it."""
        self._session.add(row)
        await self._session.flush()


class PushRepository:
    """The push subscriptions of everybody that the session sees."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_of(self, user_id: UUID) -> Sequence[PushSubscription]:
        """Return those of one person, oldest first."""
        mine = select(PushSubscription).where(PushSubscription.user_id == user_id)
        return (await self._session.scalars(mine.order_by(PushSubscription.id))).all()

    async def find(self, subscription_id: UUID) -> PushSubscription | None:
        """Return one, or None."""
        wanted = select(PushSubscription).where(PushSubscription.id == subscription_id)
        found: PushSubscription | None = await self._session.scalar(wanted)
        return found

    async def remove_by_digest(self, digest: str) -> None:
        """Delete the one of this address, whoever had it: a browser has one person at a time."""
        gone = delete(PushSubscription).where(PushSubscription.endpoint_digest == digest)
        await self._session.execute(gone)

    async def add(self, row: PushSubscription) -> None:
        """Insert one."""
        self._session.add(row)
        await self._session.flush()

    async def remove(self, row: PushSubscription) -> None:
        """Delete one."""
        await self._session.delete(row)
        await self._session.flush()
