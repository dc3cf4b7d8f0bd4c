"""What people do with their notifications."""

from collections.abc import Collection, Sequence
from uuid import UUID

from jumpa.domains.notifications.errors import NotificationNotFoundError
from jumpa.domains.notifications.events import NotificationsRead
from jumpa.domains.notifications.models import Notification
from jumpa.domains.notifications.repository import NotificationRepository
from jumpa.domains.users.service import people
from jumpa.kit.context import Context


async def list_(
    ctx: Context, after: UUID | None, count: int, *, only_unread: bool
) -> Sequence[Notification]:
    """Return the notifications of whoever asks, newest first."""
    user = await people.read_own(ctx)
    mine = NotificationRepository(ctx.session, user.id)
    return await mine.list_last(after, count, only_unread=only_unread)


async def count_unread(ctx: Context) -> int:
    """Return how many of whoever asks are unread."""
    user = await people.read_own(ctx)
    return await NotificationRepository(ctx.session, user.id).count_unread()


async def mark_read(ctx: Context, ids: Collection[UUID] | None) -> int:
    """Mark these as read, or all; return how many are unread. Ids of others change nothing."""
    user = await people.read_own(ctx)
    mine = NotificationRepository(ctx.session, user.id)
    await mine.mark_read(ids)
    return await _told(ctx, mine, user.id)


async def remove(ctx: Context, notification_id: UUID) -> None:
    """Forget one; raises NotificationNotFoundError."""
    user = await people.read_own(ctx)
    mine = NotificationRepository(ctx.session, user.id)
    row = await mine.find(notification_id)
    if row is None:
        raise NotificationNotFoundError
    await mine.remove(row)
    await _told(ctx, mine, user.id)


async def _told(ctx: Context, mine: NotificationRepository, user_id: UUID) -> int:
    unread = await mine.count_unread()
    ctx.emit(NotificationsRead(user_id, unread))
    return unread
