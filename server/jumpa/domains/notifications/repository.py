"""Queries on notifications."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.notifications.models import (
    Hook,
    HookDelivery,
    Notification,
    NotificationChoice,
    PhoneNumber,
    PushSubscription,
    SentText,
)
from jumpa.kit.db.reading import Query

# Made once, because each is asked whenever somebody is told something.
_WHOSE: BindParameter[UUID] = bindparam("user_id")
_CHOICES = Query(select(NotificationChoice).where(NotificationChoice.user_id == _WHOSE))
_SUBSCRIPTIONS = Query(
    select(PushSubscription).where(PushSubscription.user_id == _WHOSE).order_by(PushSubscription.id)
)
_PHONE = Query(select(PhoneNumber).where(PhoneNumber.user_id == _WHOSE))
_HOOKS = Query(select(Hook).where(Hook.user_id == _WHOSE).order_by(Hook.id))
_UNREAD = Query(
    select(func.count(Notification.id)).where(
        Notification.user_id == _WHOSE, Notification.is_read.is_(False)
    )
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
        return await _UNREAD.first(self._session, user_id=self._user_id) or 0

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
        return await _CHOICES.first(self._session, user_id=self._user_id)

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
        return await _SUBSCRIPTIONS.all(self._session, user_id=user_id)

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


class PhoneRepository:
    """The telephones of everybody that the session sees, and what was sent to them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, user_id: UUID) -> PhoneNumber | None:
        """Return somebody's telephone, or None."""
        return await _PHONE.first(self._session, user_id=user_id)

    async def find_for_update(self, user_id: UUID) -> PhoneNumber | None:
        """Return somebody's telephone; others who would change it wait."""
        mine = select(PhoneNumber).where(PhoneNumber.user_id == user_id).with_for_update()
        found: PhoneNumber | None = await self._session.scalar(mine)
        return found

    async def list_by_digest(self, digest: str) -> Sequence[PhoneNumber]:
        """Return everybody's telephone of this number."""
        same = select(PhoneNumber).where(PhoneNumber.digest == digest)
        return (await self._session.scalars(same.order_by(PhoneNumber.user_id))).all()

    async def last_sent(self, user_id: UUID) -> SentText | None:
        """Return what was sent to somebody last, or None."""
        mine = select(SentText).where(SentText.user_id == user_id)
        last = mine.order_by(SentText.created_at.desc(), SentText.id.desc()).limit(1)
        found: SentText | None = await self._session.scalar(last)
        return found

    async def sent_for_update(self, name: UUID) -> SentText | None:
        """Return a message; others who would change it wait."""
        wanted = select(SentText).where(SentText.id == name).with_for_update()
        found: SentText | None = await self._session.scalar(wanted)
        return found

    async def add(self, row: PhoneNumber | SentText) -> None:
        """Insert one."""
        self._session.add(row)
        await self._session.flush()

    async def remove(self, row: PhoneNumber) -> None:
        """Delete one."""
        await self._session.delete(row)
        await self._session.flush()

    async def forget_sent(self, before: datetime) -> None:
        """Forget messages that were sent before this moment."""
        await self._session.execute(delete(SentText).where(SentText.created_at < before))


class HookRepository:
    """The webhooks of everybody that the session sees, and what was sent to them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_of(self, user_id: UUID) -> Sequence[Hook]:
        """Return those of one person, oldest first."""
        return await _HOOKS.all(self._session, user_id=user_id)

    async def find(self, hook_id: UUID) -> Hook | None:
        """Return one, or None."""
        found: Hook | None = await self._session.scalar(select(Hook).where(Hook.id == hook_id))
        return found

    async def list_deliveries(self, hook_id: UUID, count: int) -> Sequence[HookDelivery]:
        """Return the last ones to a webhook, newest first."""
        last = select(HookDelivery).where(HookDelivery.hook_id == hook_id)
        ordered = last.order_by(HookDelivery.id.desc()).limit(count)
        return (await self._session.scalars(ordered)).all()

    async def delivery_for_update(self, name: UUID) -> HookDelivery | None:
        """Return one delivery; others who would change it wait."""
        wanted = select(HookDelivery).where(HookDelivery.id == name).with_for_update()
        found: HookDelivery | None = await self._session.scalar(wanted)
        return found

    async def add(self, *rows: Hook | HookDelivery) -> None:
        """Insert them."""
        self._session.add_all(rows)
        await self._session.flush()

    async def remove(self, row: Hook) -> None:
        """Delete one, with what was sent to it."""
        await self._session.delete(row)
        await self._session.flush()

    async def forget_deliveries(self, before: datetime) -> None:
        """Forget deliveries that began before this moment."""
        await self._session.execute(delete(HookDelivery).where(HookDelivery.created_at < before))
