"""A zone's changes of offset as calendars read them (VTIMEZONE; RFC 5545, 3.6.5)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class _Shift:
    before: timedelta
    after: timedelta
    is_daylight: bool
    name: str


@lru_cache(maxsize=500)
def table(zone: str, first_year: int, last_year: int) -> bytes:
    """Return the component for these years; finding the changes takes a few milliseconds."""
    place = ZoneInfo(zone)
    begin = datetime(first_year, 1, 1, tzinfo=UTC)
    found = Timezone()
    found.add("tzid", zone)
    first = begin.astimezone(place)
    offset = first.utcoffset() or _NONE
    steady = _Shift(offset, offset, bool(first.dst()), first.tzname() or zone)
    # The clock before a change shows when it happens.
    _add(found, steady, [first.replace(tzinfo=None)])
    by_shift: dict[_Shift, list[datetime]] = defaultdict(list)
    for at in _changes(place, begin, datetime(last_year, 12, 31, tzinfo=UTC)):
        shift = _shift(place, at)
        by_shift[shift].append((at + shift.before).replace(tzinfo=None))
    for shift, walls in by_shift.items():
        _add(found, shift, walls)
    written: bytes = found.to_ical()
    return written


def _add(found: Timezone, shift: _Shift, walls: list[datetime]) -> None:
    part = TimezoneDaylight() if shift.is_daylight else TimezoneStandard()
    part.add("dtstart", walls[0])
    for wall in walls[1:]:
        part.add("rdate", wall)
    part.add("tzoffsetfrom", shift.before)
    part.add("tzoffsetto", shift.after)
    part.add("tzname", shift.name)
    found.add_component(part)


def _shift(place: ZoneInfo, at: datetime) -> _Shift:
    before = (at - timedelta(seconds=1)).astimezone(place)
    after = at.astimezone(place)
    return _Shift(
        before.utcoffset() or _NONE,
        after.utcoffset() or _NONE,
        bool(after.dst()),
        after.tzname() or str(place),
    )


def _changes(place: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the first moment of each new offset; none lasts shorter than a week."""
    low = begin
    while low < end:
        high = low + timedelta(days=7)
        if low.astimezone(place).utcoffset() != high.astimezone(place).utcoffset():
            yield _boundary(place, low, high)
        low = high


def _boundary(place: ZoneInfo, low: datetime, high: datetime) -> datetime:
    old = low.astimezone(place).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(place).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high
