"""Tells people news: once, on the ways that they chose, at a time that suits them.

News is a job from the beginning: kept with the change that it tells of, and due later when it is
a reminder. Doing it writes the notification and the jobs for mail and push in one transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from pydantic import BaseModel
from uuid_utils.compat import uuid7

from jumpa.domains.notifications.events import Notified
from jumpa.domains.notifications.models import Notification
from jumpa.domains.notifications.repository import (
    NotificationRepository,
    PhoneRepository,
    PushRepository,
)
from jumpa.domains.notifications.schemas import (
    NewsKind,
    NotificationChoices,
    NotificationRead,
)
from jumpa.domains.notifications.service import choosing, hooking, pushing, texting, words
from jumpa.domains.notifications.service.hooking import HookNews
from jumpa.domains.notifications.service.parts import NotificationParts
from jumpa.domains.notifications.service.quiet import end_of_quiet, next_at
from jumpa.domains.notifications.service.texting import TextNews
from jumpa.domains.users.errors import UserNotFoundError
from jumpa.domains.users.models import User
from jumpa.domains.users.schemas import UserSettings
from jumpa.domains.users.service import choices as user_choices
from jumpa.domains.users.service import people
from jumpa.kit.context import Context
from jumpa.kit.languages import Language
from jumpa.kit.mail import queue
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job, Wanted
from jumpa.kit.work.worker import Trade

NEWS, DIGEST = "news", "digest"
_ATTEMPTS = 12
_LETTERS = {"meeting_invited", "meeting_changed", "meeting_cancelled"}
_PUSH_LIFE = timedelta(days=1)
_DIGEST_SPAN = timedelta(days=1)
_DIGEST_ITEMS = 50


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell a person; the same key is told once.

    `at` makes it a reminder; what comes after `until` is not told any more.
    """

    kind: NewsKind
    user_id: UUID
    key: str
    facts: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    at: datetime | None = None
    until: datetime | None = None


class _Kept(BaseModel):
    kind: NewsKind
    user_id: UUID
    facts: dict[str, str]
    link: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class _Reader:
    """The person who is told, and what they chose."""

    user: User
    settings: UserSettings
    choices: NotificationChoices

    @property
    def language(self) -> Language:
        return self.settings.language

    def wants_letters(self, kind: NewsKind) -> bool:
        """Whether letters may be written; invitations are letters themselves, with a calendar."""
        return self.settings.email_notifications and kind not in _LETTERS

    def suits(self, moment: datetime) -> datetime:
        """Return when mail and push may come."""
        return end_of_quiet(moment, self.choices.quiet_hours, self.settings.time_zone)


async def enqueue(ctx: Context, organisation_id: UUID, *news: News) -> None:
    """Keep news with the change that it tells of."""
    wanted = (
        Wanted(
            NEWS,
            _Kept(
                kind=one.kind,
                user_id=one.user_id,
                facts=dict(one.facts),
                link=one.link,
                until=one.until,
            ).model_dump_json(),
            organisation_id,
            one.key,
            one.at,
        )
        for one in news
    )
    await jobs.enqueue(ctx, *wanted)


async def take_back(ctx: Context, key: str) -> None:
    """Do not tell what was not told yet; the same key can be used again."""
    await jobs.cancel_by_key(ctx, NEWS, key)


@dataclass(frozen=True, slots=True)
class Teller:
    """Does the jobs of this domain that change the database."""

    parts: NotificationParts

    def trades(self) -> tuple[Trade, ...]:
        """Return how they are done."""
        return (
            Trade(NEWS, _ATTEMPTS, change=self.tell),
            Trade(DIGEST, _ATTEMPTS, change=self.digest),
        )

    async def tell(self, ctx: Context, job: Job) -> None:
        """Tell one person."""
        news = _Kept.model_validate_json(job.payload)
        reader = await _reader(ctx, news.user_id)
        if reader is None or (news.until is not None and ctx.clock() > news.until):
            return
        facts = words.with_time(news.facts, reader.settings.time_zone)
        told = words.said(news.kind, facts, reader.language)
        await self._hook(ctx, reader, news, told, job)
        channels = reader.choices.channels(news.kind)
        if channels.in_app:
            await _note(ctx, reader, news, told)
        if channels.mail and reader.wants_letters(news.kind):
            await self._write(ctx, reader, news, told, job)
        if channels.push:
            await _push(ctx, reader, news, told, job)
        if channels.text:
            await self._text(ctx, reader, news, told, job)

    async def _write(
        self, ctx: Context, reader: _Reader, news: _Kept, told: tuple[str, str], job: Job
    ) -> None:
        if reader.choices.digest == "daily":
            await _plan_digest(ctx, reader)
            return
        due = reader.suits(ctx.clock())
        if news.until is not None and due > news.until:
            return
        user = reader.user
        letter = words.letter(user.email, self.parts.site.url, told, news.link, reader.language)
        key = f"news {job.id}"
        await queue.enqueue(ctx, self.parts.ring, letter, user.organisation_id, key, due)

    async def _hook(
        self, ctx: Context, reader: _Reader, news: _Kept, told: tuple[str, str], job: Job
    ) -> None:
        """Tell servers, which do not sleep."""
        link = f"{self.parts.site.url}{news.link}" if news.link else ""
        one = HookNews(news.kind, told[0], told[1], link)
        await hooking.enqueue(ctx, reader.user.id, one, f"news {job.id}")

    async def _text(
        self, ctx: Context, reader: _Reader, news: _Kept, told: tuple[str, str], job: Job
    ) -> None:
        row = await PhoneRepository(ctx.session).find(reader.user.id)
        # The digest tells what can wait for it.
        is_in_digest = reader.choices.digest == "daily" and news.until is None
        if row is None or row.proven_at is None or is_in_digest:
            return
        due = reader.suits(ctx.clock())
        until = news.until or due + _PUSH_LIFE
        if due > until:
            return
        words = (told[1], f"{self.parts.site.url}{news.link}")
        text = TextNews(reader.language, words, due, until)
        await texting.enqueue_news(ctx, self.parts.ring, row, text, f"news {job.id}")

    async def digest(self, ctx: Context, job: Job) -> None:
        """Write a person what they have not read since yesterday."""
        reader = await _reader(ctx, UUID(job.payload))
        if reader is None or not reader.settings.email_notifications:
            return
        user = reader.user
        since = ctx.clock() - _DIGEST_SPAN
        mine = NotificationRepository(ctx.session, user.id)
        unread = await mine.list_unread_since(since, _DIGEST_ITEMS)
        if unread:
            items = [(row.message, row.link) for row in unread]
            letter = words.digest(user.email, self.parts.site.url, items, reader.language)
            key = f"digest {job.id}"
            await queue.enqueue(ctx, self.parts.ring, letter, user.organisation_id, key)


async def _reader(ctx: Context, user_id: UUID) -> _Reader | None:
    try:
        user = await people.get(ctx, user_id)
    except UserNotFoundError:
        return None
    if user.status != "active":
        return None
    settings = await user_choices.get(ctx, user)
    choices, _ = await choosing.get(ctx, user.id)
    return _Reader(user, settings, choices)


async def _note(ctx: Context, reader: _Reader, news: _Kept, told: tuple[str, str]) -> None:
    row = Notification(
        id=uuid7(),
        organisation_id=reader.user.organisation_id,
        user_id=reader.user.id,
        type=news.kind,
        title=told[0],
        message=told[1],
        link=news.link,
        is_read=False,
        created_at=ctx.clock(),
    )
    mine = NotificationRepository(ctx.session, reader.user.id)
    await mine.add(row)
    seen = NotificationRead.of(row).model_dump(mode="json")
    ctx.emit(Notified(reader.user.id, seen, await mine.count_unread()))


async def _push(
    ctx: Context, reader: _Reader, news: _Kept, told: tuple[str, str], job: Job
) -> None:
    due = reader.suits(ctx.clock())
    until = news.until or due + _PUSH_LIFE
    if due > until:
        return
    subscriptions = await PushRepository(ctx.session).list_of(reader.user.id)
    message = pushing.Message(
        type=news.kind, title=told[0], body=told[1], link=news.link, until=until
    )
    await jobs.enqueue(
        ctx,
        *(
            Wanted(
                pushing.PUSH,
                message.to_payload(each.id),
                reader.user.organisation_id,
                f"news {job.id} {each.id}",
                due,
            )
            for each in subscriptions
        ),
    )


async def _plan_digest(ctx: Context, reader: _Reader) -> None:
    zone = reader.settings.time_zone
    due = next_at(ctx.clock(), time.fromisoformat(reader.choices.digest_at), zone)
    key = f"{reader.user.id} {due:%Y-%m-%d}"
    wanted = Wanted(DIGEST, str(reader.user.id), reader.user.organisation_id, key, due)
    await jobs.enqueue(ctx, wanted)
