"""A meeting as it is to stand in somebody's calendar: one event, or a series and some beside it."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice

from jumpa.domains.meetings.models import Meeting
from jumpa.domains.meetings.service import occurrences
from jumpa.domains.meetings.service.calendars import Planned
from jumpa.domains.meetings.service.following import Coming
from jumpa.domains.meetings.service.occurrences import Occurrence
from jumpa.kit import zones

WHOLE = "whole"
# What a calendar cannot repeat by itself is written time by time, so many ahead.
MOST_AHEAD = 30
_AHEAD = timedelta(days=400)
_TITLE_CHARACTERS = 250
_NAMES = {"id": "Rapat", "en": "Meeting"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event; `start` and `end` are what clocks in `zone` show.

    A series has a rule (RFC 5545) and `holes`: times of the rule at which it does not take place.
    """

    part: str
    title: str
    text: str
    url: str
    zone: str
    start: datetime
    end: datetime
    rule: str = ""
    holes: tuple[datetime, ...] = ()

    @property
    def ends_at(self) -> datetime:
        """When it is over; that of a series' first time."""
        return zones.moment(self.end, self.zone)

    def to_json(self) -> str:
        """Return it as it is kept."""
        return json.dumps(asdict(self), default=datetime.isoformat, sort_keys=True)


CanRepeat = Callable[[Entry], bool]


def read(text: str) -> Entry:
    """Return what `to_json` gave."""
    kept = json.loads(text)
    for name in ("start", "end"):
        kept[name] = datetime.fromisoformat(kept[name])
    kept["holes"] = tuple(datetime.fromisoformat(hole) for hole in kept["holes"])
    return Entry(**kept)


def of(planned: Planned, coming: Coming, now: datetime, can_repeat: CanRepeat) -> list[Entry]:
    """Return what is to stand in somebody's calendar; nothing of what was called off."""
    meeting = planned.meeting
    if meeting.status == "cancelled":
        return []
    if not coming.comes():
        # Only the times to which they come after all.
        after_all = (at for at in coming.singles if coming.comes(at))
        return [_one(planned, found) for found in _named(planned, after_all)]
    if meeting.rule:
        series = _series(planned, coming)
        if can_repeat(series):
            away = (row.recurrence for row in planned.exceptions if coming.comes(row.recurrence))
            return [series, *(_one(planned, found) for found in _named(planned, away))]
        since, before = now, now + _AHEAD
    else:
        since, before = meeting.first_at - timedelta(seconds=1), meeting.last_at
    every = occurrences.between(meeting, planned.exceptions, since, before)
    found = (one for one in every if coming.comes(one.recurrence))
    return [_one(planned, one) for one in islice(found, MOST_AHEAD)]


def part_of(recurrence: datetime) -> str:
    """Return what one time of a series is called among the events of its meeting."""
    return f"{recurrence:%Y%m%dT%H%M%S}"


def is_counted_out(wanted: list[Entry]) -> bool:
    """Whether there may be more times than are written, so that the rest follows later."""
    return len(wanted) >= MOST_AHEAD and not any(entry.rule for entry in wanted)


def _series(planned: Planned, coming: Coming) -> Entry:
    meeting = planned.meeting
    added = {row.recurrence for row in planned.exceptions if row.kind == "added"}
    away = {row.recurrence for row in planned.exceptions} - added
    away |= {at for at in coming.singles if not coming.comes(at)} - added
    return Entry(
        part=WHOLE,
        title=_title(meeting, meeting.title),
        text=_text(meeting.agenda, planned.url),
        url=planned.url,
        zone=meeting.zone,
        start=meeting.start,
        end=zones.after(meeting.start, meeting.duration_s, meeting.zone),
        rule=meeting.rule,
        holes=tuple(sorted(away)),
    )


def _named(planned: Planned, recurrences: Iterable[datetime]) -> Iterator[Occurrence]:
    """Yield those of these times at which it takes place."""
    for recurrence in recurrences:
        found = occurrences.one(planned.meeting, planned.exceptions, recurrence)
        if found is not None:
            yield found


def _one(planned: Planned, found: Occurrence) -> Entry:
    meeting = planned.meeting
    is_whole = not meeting.rule and found.recurrence == meeting.start
    return Entry(
        part=WHOLE if is_whole else part_of(found.recurrence),
        title=_title(meeting, found.title),
        text=_text(found.agenda, planned.url),
        url=planned.url,
        zone=meeting.zone,
        start=found.start,
        end=found.end,
    )


def _title(meeting: Meeting, title: str) -> str:
    return title[:_TITLE_CHARACTERS] or _NAMES.get(meeting.language, "Jumpa")


def _text(agenda: str, url: str) -> str:
    return f"{agenda}\n\n{url}".strip()
