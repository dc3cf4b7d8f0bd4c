"""When a meeting takes place, with all that is not as its rule says."""

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jumpa.domains.meetings.models import Meeting, MeetingException
from jumpa.domains.meetings.service.recurrence import Pattern
from jumpa.kit import zones

# Between clocks on walls and UTC, and a clock that was changed besides.
_MARGIN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a meeting; `recurrence` tells it from the others, whatever it was moved to."""

    meeting: Meeting
    recurrence: datetime
    start: datetime
    duration_s: int
    starts_at: datetime
    title: str
    agenda: str
    is_changed: bool = False

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(seconds=self.duration_s)

    @property
    def end(self) -> datetime:
        """What a clock on the wall shows then."""
        return zones.wall(self.ends_at, self.meeting.zone)


def pattern_of(meeting: Meeting) -> Pattern:
    """Return when it begins, by its rule alone."""
    return Pattern(meeting.start, meeting.zone, meeting.rule)


def between(
    meeting: Meeting,
    exceptions: Collection[MeetingException],
    since: datetime,
    before: datetime,
) -> Iterator[Occurrence]:
    """Yield what takes place between two moments, even in part, in order of beginning."""
    by_recurrence = {row.recurrence: row for row in exceptions}
    first = zones.wall(since, meeting.zone) - _MARGIN
    last = zones.wall(before, meeting.zone) + _MARGIN
    planned = (
        _planned(meeting, wall)
        for wall in pattern_of(meeting).begins(first, last)
        if wall not in by_recurrence
    )
    other = sorted(_other(meeting, exceptions), key=_by_begin)
    for found in heapq.merge(planned, other, key=_by_begin):
        if found.starts_at >= before:
            return
        if found.ends_at > since:
            yield found


def one(
    meeting: Meeting, exceptions: Collection[MeetingException], recurrence: datetime
) -> Occurrence | None:
    """Return the one of this name, or None."""
    for row in exceptions:
        if row.recurrence == recurrence:
            return None if row.kind == "removed" else _excepted(meeting, row)
    return _planned(meeting, recurrence) if pattern_of(meeting).is_begin(recurrence) else None


def nominal(meeting: Meeting) -> Occurrence:
    """Return the beginning of a series, whether it was called off or not."""
    return _planned(meeting, meeting.start)


def merged(
    meetings: Iterable[Meeting],
    exceptions: dict[object, list[MeetingException]],
    since: datetime,
    before: datetime,
) -> Iterator[Occurrence]:
    """Yield what takes place of several meetings, in order; only what is taken is worked out."""
    each = [between(m, exceptions.get(m.id, []), since, before) for m in meetings]
    yield from heapq.merge(*each, key=_by_begin)


def span(meeting: Meeting, exceptions: Sequence[MeetingException]) -> tuple[datetime, datetime]:
    """Return two moments between which everything lies."""
    pattern = pattern_of(meeting)
    begins = [meeting.start, *(row.start for row in exceptions if row.kind != "removed")]
    longest = max([meeting.duration_s, *(row.duration_s for row in exceptions)])
    first = zones.moment(min(begins), meeting.zone)
    last = zones.moment(max(pattern.last(), *begins), meeting.zone)
    return first, last + timedelta(seconds=longest)


def _planned(meeting: Meeting, wall: datetime) -> Occurrence:
    return Occurrence(
        meeting=meeting,
        recurrence=wall,
        start=wall,
        duration_s=meeting.duration_s,
        starts_at=zones.moment(wall, meeting.zone),
        title=meeting.title,
        agenda=meeting.agenda,
    )


def _other(meeting: Meeting, exceptions: Iterable[MeetingException]) -> Iterator[Occurrence]:
    return (_excepted(meeting, row) for row in exceptions if row.kind != "removed")


def _excepted(meeting: Meeting, row: MeetingException) -> Occurrence:
    return Occurrence(
        meeting=meeting,
        recurrence=row.recurrence,
        start=row.start,
        duration_s=row.duration_s,
        starts_at=zones.moment(row.start, meeting.zone),
        title=row.title if row.title is not None else meeting.title,
        agenda=row.agenda if row.agenda is not None else meeting.agenda,
        is_changed=row.kind == "changed",
    )


def _by_begin(found: Occurrence) -> tuple[datetime, str]:
    return found.starts_at, str(found.meeting.id)
