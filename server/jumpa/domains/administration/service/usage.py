"""How much an organisation meets, day by day, and what it stores."""

from bisect import bisect_right
from collections.abc import AsyncIterator, Collection, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from jumpa.domains.administration.service.parts import AdministrationParts
from jumpa.domains.chat.service import storage
from jumpa.domains.chat.service.storage import Stored
from jumpa.domains.organisations.models import HOME
from jumpa.domains.rooms.service import administration
from jumpa.domains.rooms.service.administration import Stay
from jumpa.kit.actor import Actor
from jumpa.kit.zones import moment, wall
from jumpa.media.engine import Engine
from jumpa.media.errors import MediaUnavailableError

_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Used:
    """How much was met in a time: rooms in which somebody was, people, and their minutes."""

    meetings: int
    people: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Usage:
    """Days up to today, all of them together, and what is stored.

    A room counts once a day; somebody without an account once a room and name. Free space is
    known to the organisation that runs the server, where files lie on its disk.
    """

    days: Sequence[tuple[date, Used]]
    whole: Used
    stored: Stored
    free_bytes: int | None


class Tally:
    """Counts stays by days; each begins where the one before ends."""

    def __init__(self, bounds: Sequence[datetime]) -> None:
        self._bounds = bounds
        days = len(bounds) - 1
        self._rooms: list[set[UUID]] = [set() for _ in range(days)]
        self._people: list[set[Hashable]] = [set() for _ in range(days)]
        self._seconds = [0.0] * days

    def add(self, stay: Stay, left_at: datetime) -> None:
        """Count a stay on each day that it touches, and not before the first."""
        begin, end = max(stay.joined_at, self._bounds[0]), min(left_at, self._bounds[-1])
        if begin > end:
            return
        first = bisect_right(self._bounds, begin) - 1
        for day in range(first, len(self._rooms)):
            since, until = max(begin, self._bounds[day]), min(end, self._bounds[day + 1])
            if day > first and since >= end:
                break
            self._rooms[day].add(stay.room_id)
            self._people[day].add(stay.user_id or (stay.room_id, stay.name))
            self._seconds[day] += (until - since).total_seconds()

    def days(self) -> list[Used]:
        """Return each day."""
        counted = zip(self._rooms, self._people, self._seconds, strict=True)
        return [Used(len(rooms), len(people), _minutes(s)) for rooms, people, s in counted]

    def whole(self) -> Used:
        """Return all days together; somebody who came on two of them is one."""
        everybody: set[Hashable] = set().union(*self._people)
        meetings = sum(len(rooms) for rooms in self._rooms)
        return Used(meetings, len(everybody), _minutes(sum(self._seconds)))


async def look(parts: AdministrationParts, actor: Actor, zone: str, days: int) -> Usage:
    """Return the usage of the last days, by clocks of this zone."""
    live = await _live(parts.engine)
    async with parts.work.read(actor) as ctx:
        now = ctx.clock()
        dates = _dates(now, zone, days)
        bounds = [moment(datetime.combine(each, time.min), zone) for each in dates]
        tally = Tally(bounds)
        await _count(tally, administration.each_stay(ctx, bounds[0]), live, now)
        stored = await storage.used(ctx)
    is_of_server = actor.organisation_id == HOME
    return Usage(
        days=list(zip(dates[:-1], tally.days(), strict=True)),
        whole=tally.whole(),
        stored=stored,
        free_bytes=parts.objects.free_bytes() if is_of_server else None,
    )


async def _count(
    tally: Tally, stays: AsyncIterator[Stay], live: Collection[str], now: datetime
) -> None:
    async for stay in stays:
        # A server that was killed leaves stays open, so what is live has the last word.
        is_inside = stay.left_at is None and stay.participant_sid in live
        tally.add(stay, now if is_inside else stay.left_at or stay.joined_at)


async def _live(engine: Engine) -> set[str]:
    """Return the sids of who is inside; none while media cannot be asked."""
    with suppress(MediaUnavailableError):
        rooms = await engine.list_rooms()
        return {one.sid for room in rooms for one in await engine.list_participants(room.name)}
    return set()


def _dates(now: datetime, zone: str, days: int) -> list[date]:
    """Return the last days, today, and tomorrow, with which today ends."""
    today = wall(now, zone).date()
    return [today + timedelta(days=offset) for offset in range(1 - days, 2)]


def _minutes(seconds: float) -> int:
    return round(seconds / _MINUTE_S)
