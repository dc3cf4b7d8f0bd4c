"""Who listens on a socket, and what they are told."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from jumpa.domains.auth.events import SessionsEnded
from jumpa.domains.notifications.errors import SocketsExhaustedError
from jumpa.domains.notifications.events import NotificationsRead, Notified
from jumpa.kit.actor import Actor

_MOST_SOCKETS = 20
_MOST_WAITING = 100


@dataclass(slots=True, eq=False)
class Listener:
    """One socket of a person; None in `messages` ends it."""

    user_id: UUID
    actor: Actor
    messages: asyncio.Queue[dict[str, Any] | None] = field(default_factory=asyncio.Queue)
    has_overflowed: bool = False

    def tell(self, message: dict[str, Any]) -> None:
        """Queue a message; a socket that takes none any more is ended."""
        if self.messages.qsize() < _MOST_WAITING:
            self.messages.put_nowait(message)
        elif not self.has_overflowed:
            self.has_overflowed = True
            self.messages.put_nowait(None)


@dataclass(slots=True)
class Audience:
    """Everybody who listens at this server."""

    _listeners: defaultdict[UUID, set[Listener]] = field(default_factory=lambda: defaultdict(set))

    @contextmanager
    def with_one_more(self, listener: Listener) -> Iterator[None]:
        """Tell this one too until the block ends; raises SocketsExhaustedError."""
        mine = self._listeners[listener.user_id]
        if len(mine) >= _MOST_SOCKETS:
            raise SocketsExhaustedError
        mine.add(listener)
        try:
            yield
        finally:
            mine.discard(listener)
            if not mine:
                self._listeners.pop(listener.user_id, None)

    def has(self, user_id: UUID) -> bool:
        """Whether somebody listens here."""
        return user_id in self._listeners

    def everybody(self) -> tuple[UUID, ...]:
        """Return who listens here."""
        return tuple(self._listeners)

    def sessions_of(self, user_id: UUID) -> set[UUID]:
        """Return the sessions in which somebody listens here."""
        mine = self._listeners.get(user_id, ())
        return {one.actor.session_id for one in mine if one.actor.session_id is not None}

    def hear(self, event: object) -> None:
        """Tell whom it concerns."""
        if isinstance(event, Notified):
            told = {"type": "notification", "notification": event.notification}
            self._tell(event.user_id, {**told, "unread": event.unread})
        elif isinstance(event, NotificationsRead):
            self._tell(event.user_id, {"type": "unread", "unread": event.unread})
        elif isinstance(event, SessionsEnded):
            for listener in self._listeners.get(event.user_id, ()):
                if listener.actor.session_id in event.session_ids:
                    listener.messages.put_nowait(None)

    def _tell(self, user_id: UUID, message: dict[str, Any]) -> None:
        for listener in self._listeners.get(user_id, ()):
            listener.tell(message)
