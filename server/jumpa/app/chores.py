"""What a server cleans up, how often, and for how long it leaves things as they are."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from jumpa.app.foundation import Running
from jumpa.domains.auth.service import forgetting
from jumpa.domains.chat.service import files, retention
from jumpa.domains.colleagues.service import inviting
from jumpa.domains.exports.service import asking
from jumpa.domains.exports.service.parts import ExportParts
from jumpa.domains.meetings.service import cleaning
from jumpa.domains.notifications.service import hooking, texting
from jumpa.domains.organisations.models import HOME
from jumpa.domains.webhooks.service import administration
from jumpa.kit import idempotency
from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context, UnitOfWork
from jumpa.kit.work import jobs
from jumpa.kit.work.timetable import Chore, Timetable

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_Change = Callable[[Context], Awaitable[None]]


def timetable(given: Running, work: UnitOfWork, exports: ExportParts) -> Timetable:
    """Return every chore of a server; who administrates it sees them among the jobs."""
    settings = given.settings
    listed = timedelta(seconds=settings.work.kept_s)
    logged = timedelta(seconds=settings.webhook.kept_s)

    async def forget_jobs(ctx: Context) -> None:
        await jobs.forget_ended(ctx, ctx.clock() - listed)

    async def forget_news(ctx: Context) -> None:
        await texting.forget(ctx, ctx.clock() - listed)
        await hooking.forget(ctx, ctx.clock() - listed)

    async def forget_sign_ins(ctx: Context) -> None:
        await forgetting.forget_ended(ctx)
        await inviting.forget_expired(ctx)

    async def forget_webhooks(ctx: Context) -> None:
        await administration.sweep(ctx, settings.webhook.urls, logged)

    async def forget_messages() -> None:
        await retention.sweep(work)
        # Only now nobody sees the files of those messages.
        await files.sweep(work, given.objects)

    async def close_rooms() -> None:
        while await cleaning.sweep(work):
            pass

    chores = (
        Chore("old_messages", _HOUR, forget_messages),
        Chore("old_exports", _HOUR, partial(asking.sweep, exports)),
        Chore("missed_meetings", _HOUR, close_rooms),
        Chore("old_webhooks", _HOUR, _in_one(work, forget_webhooks)),
        Chore("old_news", _DAY, _in_one(work, forget_news)),
        Chore("old_sign_ins", _DAY, _in_one(work, forget_sign_ins)),
        Chore("old_answers", _DAY, _in_one(work, idempotency.forget)),
        Chore("old_jobs", _DAY, _in_one(work, forget_jobs)),
    )
    return Timetable(work, HOME, chores)


def _in_one(work: UnitOfWork, change: _Change) -> Callable[[], Awaitable[None]]:
    """Return what does this in one transaction."""

    async def do() -> None:
        async with work.write(SERVER) as ctx:
            await change(ctx)

    return do
