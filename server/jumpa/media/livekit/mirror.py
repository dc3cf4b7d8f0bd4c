"""What we know of rooms on the LiveKit server, by its webhooks and by asking."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from livekit.protocol import models
from livekit.protocol.webhook import WebhookEvent

from jumpa.media.engine import (
    EngineEvent,
    ParticipantJoined,
    ParticipantLeft,
    RoomFinished,
    RoomStarted,
    TrackPublished,
    TrackUnpublished,
)

_REMEMBERED = 10_000
_ACTIVE = models.ParticipantInfo.State.ACTIVE

Seen = Mapping[str, tuple[models.Room, list[models.ParticipantInfo]]]


class Once:
    """Remembers the latest names, to tell what comes twice."""

    def __init__(self) -> None:
        self._names: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def add(self, name: str) -> bool:
        """Note a name; False when it was noted before."""
        is_new = name not in self._names
        self._names[name] = None
        if len(self._names) > _REMEMBERED:
            self._names.popitem(last=False)
        return is_new


@dataclass(frozen=True, slots=True)
class _Inside:
    room: models.Room
    info: models.ParticipantInfo


@dataclass(slots=True)
class Mirror:
    """Turns webhooks and comparisons into events, each thing once; all by sid."""

    rooms: dict[str, models.Room] = field(default_factory=dict)
    people: dict[str, _Inside] = field(default_factory=dict)
    _finished: Once = field(default_factory=Once)
    _departed: Once = field(default_factory=Once)
    _taken: Once = field(default_factory=Once)

    def take(self, event: WebhookEvent) -> Iterator[EngineEvent]:
        """Yield what a webhook tells that is new; the same webhook twice tells nothing."""
        if not event.id or not self._taken.add(event.id):
            return
        handler = _HANDLERS.get(event.event)
        if handler is not None:
            yield from handler(self, event)

    def sids(self) -> frozenset[str]:
        """Return every room and participant known now, for a comparison that begins."""
        return frozenset((*self.rooms, *self.people))

    def compare(
        self, seen: Seen, known: frozenset[str], *, tell_all: bool
    ) -> Iterator[EngineEvent]:
        """Yield what was missed: `seen` is what is there, `known` what was when asking began.

        With `tell_all` everybody who is inside comes as joined, also those who were known.
        """
        found = {info.sid for _, people in seen.values() for info in people}
        for sid in [sid for sid in self.people if sid in known and sid not in found]:
            yield from self._leave(self.people[sid].room, self.people[sid].info)
        for sid in [sid for sid in self.rooms if sid in known and sid not in seen]:
            yield from self._finish(self.rooms[sid])
        for room, people in seen.values():
            yield from self._start(room)
            for info in people:
                if info.state != _ACTIVE or info.sid in self._departed:
                    continue
                if tell_all:
                    self.people.pop(info.sid, None)
                yield from self._join(room, info)

    def _start(self, room: models.Room) -> Iterator[EngineEvent]:
        if room.sid not in self.rooms and room.sid not in self._finished:
            self.rooms[room.sid] = room
            yield RoomStarted(room.name, room.sid, room)

    def _finish(self, room: models.Room) -> Iterator[EngineEvent]:
        for inside in [i for i in self.people.values() if i.room.sid == room.sid]:
            yield from self._leave(inside.room, inside.info)
        self.rooms.pop(room.sid, None)
        if self._finished.add(room.sid):
            yield RoomFinished(room.name, room.sid, room)

    def _join(self, room: models.Room, info: models.ParticipantInfo) -> Iterator[EngineEvent]:
        if info.sid in self.people or info.sid in self._departed:
            return
        yield from self._start(room)
        self.people[info.sid] = _Inside(room, info)
        yield ParticipantJoined(room.name, room.sid, info.identity, info.sid, info.name, info)

    def _leave(self, room: models.Room, info: models.ParticipantInfo) -> Iterator[EngineEvent]:
        self.people.pop(info.sid, None)
        if self._departed.add(info.sid):
            reason = info.disconnect_reason
            yield ParticipantLeft(
                room.name, room.sid, info.identity, info.sid, reason, was_active=True, info=info
            )

    def _started(self, event: WebhookEvent) -> Iterator[EngineEvent]:
        return self._start(event.room)

    def _ended(self, event: WebhookEvent) -> Iterator[EngineEvent]:
        return self._finish(event.room)

    def _came(self, event: WebhookEvent) -> Iterator[EngineEvent]:
        return self._join(event.room, event.participant)

    def _went(self, event: WebhookEvent) -> Iterator[EngineEvent]:
        return self._leave(event.room, event.participant)

    def _published(self, event: WebhookEvent) -> Iterator[EngineEvent]:
        yield TrackPublished(*_about(event))

    def _unpublished(self, event: WebhookEvent) -> Iterator[EngineEvent]:
        yield TrackUnpublished(*_about(event))


def _about(
    event: WebhookEvent,
) -> tuple[str, str, str, str, str, models.TrackInfo]:
    room, person = event.room, event.participant
    return room.name, room.sid, person.identity, event.track.sid, person.sid, event.track


_HANDLERS: dict[str, Callable[[Mirror, WebhookEvent], Iterable[EngineEvent]]] = {
    "room_started": Mirror._started,  # noqa: SLF001  # the table belongs to the class
    "room_finished": Mirror._ended,  # noqa: SLF001  # likewise
    "participant_joined": Mirror._came,  # noqa: SLF001  # likewise
    "participant_left": Mirror._went,  # noqa: SLF001  # likewise
    "track_published": Mirror._published,  # noqa: SLF001  # likewise
    "track_unpublished": Mirror._unpublished,  # noqa: SLF001  # likewise
}
