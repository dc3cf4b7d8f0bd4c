"""Tells the other servers of an installation whom there is news for, and hears them.

What is said is short: who, and which notification. Whoever has a listener looks it up.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from pydantic import BaseModel, ValidationError

from jumpa.domains.auth.events import SessionsEnded
from jumpa.domains.auth.service import sessions
from jumpa.domains.notifications.events import NotificationsRead, Notified
from jumpa.domains.notifications.repository import NotificationRepository
from jumpa.domains.notifications.schemas import NotificationRead
from jumpa.domains.notifications.service.audience import Audience
from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context, UnitOfWork
from jumpa.kit.db import channel

logger = logging.getLogger(__name__)

CHANNEL = "jumpa_news"
_SESSIONS_AT_ONCE = 100


class _Word(BaseModel):
    server: str
    user_id: UUID
    notification_id: UUID | None = None
    session_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """One server among others; `name` tells what it said itself."""

    audience: Audience
    name: str = field(default_factory=lambda: uuid4().hex)

    async def keep(self, ctx: Context) -> None:
        """Tell the others of what happens in this transaction."""
        for event in tuple(ctx.events):
            for word in self._words(event):
                await channel.notify(ctx.session, CHANNEL, word.model_dump_json())

    async def hear(self, work: UnitOfWork, said: str) -> None:
        """Tell who listens here of what another server said."""
        try:
            word = _Word.model_validate_json(said)
        except ValidationError:
            logger.warning("another server said what this one does not understand")
            return
        if word.server == self.name or not self.audience.has(word.user_id):
            return
        if word.session_ids:
            self.audience.hear(SessionsEnded(word.user_id, word.session_ids))
        else:
            await self._tell(work, word)

    async def begin(self, work: UnitOfWork) -> None:
        """Tell everybody who listens here what they may have missed: ended sessions, and news."""
        for user_id in self.audience.everybody():
            await self._end_sockets(work, user_id)
            await self._tell(work, _Word(server="", user_id=user_id))

    async def _end_sockets(self, work: UnitOfWork, user_id: UUID) -> None:
        async with work.read(SERVER) as ctx:
            ended = await sessions.list_ended(ctx, self.audience.sessions_of(user_id))
        if ended:
            self.audience.hear(SessionsEnded(user_id, tuple(ended)))

    async def _tell(self, work: UnitOfWork, word: _Word) -> None:
        async with work.read(SERVER) as ctx:
            mine = NotificationRepository(ctx.session, word.user_id)
            row = await mine.find(word.notification_id) if word.notification_id else None
            unread = await mine.count_unread()
        if row is None:
            self.audience.hear(NotificationsRead(word.user_id, unread))
        else:
            seen = NotificationRead.of(row).model_dump(mode="json")
            self.audience.hear(Notified(word.user_id, seen, unread))

    def _words(self, event: object) -> Iterator[_Word]:
        if isinstance(event, Notified):
            name = UUID(event.notification["id"])
            yield _Word(server=self.name, user_id=event.user_id, notification_id=name)
        elif isinstance(event, NotificationsRead):
            yield _Word(server=self.name, user_id=event.user_id)
        elif isinstance(event, SessionsEnded):
            for first in range(0, len(event.session_ids), _SESSIONS_AT_ONCE):
                some = event.session_ids[first : first + _SESSIONS_AT_ONCE]
                yield _Word(server=self.name, user_id=event.user_id, session_ids=some)
