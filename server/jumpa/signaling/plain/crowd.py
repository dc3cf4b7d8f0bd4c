"""The plain clients of every room, who hear of messages over their socket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from jumpa.domains.chat.events import MessageChanged
from jumpa.media.engine import TextReceived
from jumpa.media.streams import Operation, TextStream
from jumpa.signaling.plain.people import Told


class Listener(Protocol):
    """Somebody who can be told something."""

    def tell(self, message: Told) -> None:
        """Queue a message; never blocks and never raises."""


class Crowd:
    """Who is in which room; `topic` is that of text streams which are messages."""

    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._rooms: defaultdict[str, set[Listener]] = defaultdict(set)

    @contextmanager
    def with_one_more(self, room: str, listener: Listener) -> Iterator[None]:
        """Let somebody hear what is said in a room."""
        self._rooms[room].add(listener)
        try:
            yield
        finally:
            self._rooms[room].discard(listener)
            if not self._rooms[room]:
                del self._rooms[room]

    def hear(self, event: object) -> None:
        """Pass on what was written through the server, or by LiveKit clients to each other."""
        if isinstance(event, MessageChanged):
            self._tell(event.code, _written(event))
        elif isinstance(event, TextReceived) and event.stream.topic == self._topic:
            self.say(event.stream)

    def say(self, stream: TextStream) -> None:
        """Pass one text on."""
        self._tell(stream.room, _said(stream))

    def _tell(self, room: str, message: Told) -> None:
        for listener in list(self._rooms.get(room, ())):
            listener.tell(message)


def _written(event: MessageChanged) -> Told:
    return {
        "type": "chat",
        "id": event.stream_id,
        "userId": event.identity,
        "message": event.text,
        "at": event.at.isoformat(),
        "version": event.version,
        "deleted": event.is_deleted,
        "replyTo": event.reply_to or None,
    }


def _said(stream: TextStream) -> Told:
    is_deleted = stream.operation == Operation.DELETE
    return {
        "type": "chat",
        "id": stream.stream_id,
        "userId": stream.identity,
        "message": "" if is_deleted else stream.text,
        "at": stream.sent_at.isoformat(),
        "version": max(1, stream.version),
        "deleted": is_deleted,
        "replyTo": stream.reply_to or None,
    }
