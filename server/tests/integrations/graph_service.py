"""Calendars of Microsoft Graph in the tests: events, their series, and Graph's own refusals."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from integrations.standing import Answer, Request, Service
from typing_extensions import override

_EVENTS = "/v1.0/me/events"
_INDEXES = ("first", "second", "third", "fourth", "last")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FILTER = re.compile(
    r"singleValueExtendedProperties/any\(p: p/id eq '(.+)' and p/value eq '(.+)'\)"
)


def _error(status: int, code: str) -> Answer:
    return Answer(status, {"error": {"code": code, "message": code, "innerError": {}}})


def _moment(place: dict[str, str]) -> datetime:
    wall = datetime.fromisoformat(place["dateTime"])
    return wall.replace(tzinfo=ZoneInfo(place["timeZone"])).astimezone(UTC)


@dataclass
class Graph(Service):
    """Its events by id; `away` are the times that were taken out of a series."""

    name: str = "microsoft"
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    away: dict[str, set[str]] = field(default_factory=dict)
    transactions: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def shown(self) -> list[str]:
        """When the person sees something begin, in UTC."""
        return sorted(
            at.strftime("%Y-%m-%dT%H:%M") for name in self.events for at in self._begins(name)
        )

    @override
    def refused(self) -> Answer:
        return _error(401, "InvalidAuthenticationToken")

    @override
    def call(self, request: Request) -> Answer:
        assert 'IdType="ImmutableId"' in request.headers["prefer"]
        rest = request.path.removeprefix(_EVENTS).strip("/")
        if not rest:
            return self._make(request) if request.method == "POST" else self._find(request)
        external_id, _, more = rest.partition("/")
        if "." in external_id:
            return self._take_out(external_id)
        if external_id not in self.events:
            return _error(404, "ErrorItemNotFound")
        if more == "instances":
            return self._instances(external_id, request.query)
        if request.method == "DELETE":
            del self.events[external_id]
            return Answer(204)
        assert request.method == "PATCH"
        # A series that is changed forgets what was taken out of it.
        self.away.pop(external_id, None)
        self.events[external_id] |= _checked(request.json)
        return Answer(200, {"id": external_id})

    def _make(self, request: Request) -> Answer:
        event = _checked(request.json)
        transaction = event.pop("transactionId", "")
        before = self.transactions.get(transaction)
        if transaction and before is not None:
            if before[1] == str(event) and before[0] in self.events:
                return Answer(201, {"id": before[0]})
            return _error(409, "ErrorDuplicateTransactionId")
        external_id = f"AAMk-{len(self.asked)}"
        self.transactions[transaction] = external_id, str(event)
        self.events[external_id] = event
        return Answer(201, {"id": external_id})

    def _find(self, request: Request) -> Answer:
        found = _FILTER.fullmatch(request.query["$filter"])
        assert found is not None, request.query
        wanted = {"id": found[1], "value": found[2]}
        ids = [
            {"id": external_id}
            for external_id, event in self.events.items()
            if wanted in event.get("singleValueExtendedProperties", [])
        ]
        return Answer(200, {"value": ids})

    def _instances(self, external_id: str, query: dict[str, str]) -> Answer:
        since, before = (
            datetime.fromisoformat(query[name]).replace(tzinfo=UTC)
            for name in ("startDateTime", "endDateTime")
        )
        event = self.events[external_id]
        length = _moment(event["end"]) - _moment(event["start"])
        shown = [
            {
                "id": f"{external_id}.{at:%Y%m%dT%H%M%S}",
                "start": {"dateTime": f"{at:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"},
            }
            for at in self._begins(external_id)
            if at < before and at + length > since
        ]
        return Answer(200, {"value": shown})

    def _take_out(self, name: str) -> Answer:
        external_id, _, at = name.partition(".")
        self.away.setdefault(external_id, set()).add(at)
        return Answer(204)

    def _begins(self, external_id: str, most: int = 10) -> Iterator[datetime]:
        event = self.events[external_id]
        start = _moment(event["start"])
        if not event["recurrence"]:
            yield start
            return
        wall = datetime.fromisoformat(event["start"]["dateTime"])
        zone = ZoneInfo(event["start"]["timeZone"])
        for day, _ in zip(days(event["recurrence"], wall.date()), range(most), strict=False):
            at = datetime.combine(day, wall.time(), zone).astimezone(UTC)
            if f"{at:%Y%m%dT%H%M%S}" not in self.away.get(external_id, set()):
                yield at


def _checked(event: dict[str, Any]) -> dict[str, Any]:
    assert _moment(event["end"]) > _moment(event["start"])
    assert event["body"]["contentType"] == "text"
    if event["recurrence"]:
        told = event["recurrence"]["range"]
        assert told["recurrenceTimeZone"] == event["start"]["timeZone"]
        assert told["startDate"] == event["start"]["dateTime"][:10]
        first = next(days(event["recurrence"], date.fromisoformat(told["startDate"])))
        assert first.isoformat() == told["startDate"], "a series begins on a day of its own"
    return event


def days(rule: dict[str, Any], start: date, years: int = 20) -> Iterator[date]:
    """Yield the days of a series as Microsoft's documentation of patternedRecurrence says."""
    pattern, limits = rule["pattern"], rule["range"]
    ends = date(start.year + years, 1, 1)
    if limits["type"] == "endDate":
        ends = date.fromisoformat(limits["endDate"])
    most = limits.get("numberOfOccurrences", 100_000) if limits["type"] == "numbered" else 100_000
    made = 0
    for day in _candidates(pattern, start, ends):
        if start <= day <= ends and made < most:
            made += 1
            yield day


def _candidates(pattern: dict[str, Any], start: date, ends: date) -> Iterator[date]:
    interval = pattern["interval"]
    if pattern["type"] == "daily":
        while start <= ends:
            yield start
            start += timedelta(days=interval)
    elif pattern["type"] == "weekly":
        first = _DAYS.index(pattern["firstDayOfWeek"])
        week = start - timedelta(days=(start.weekday() - first) % 7)
        while week <= ends:
            inside = (week + timedelta(days=number) for number in range(7))
            yield from (day for day in inside if _DAYS[day.weekday()] in pattern["daysOfWeek"])
            week += timedelta(weeks=interval)
    else:
        yield from _of_months(pattern, start, ends)


def _of_months(pattern: dict[str, Any], start: date, ends: date) -> Iterator[date]:
    is_yearly = pattern["type"].endswith("Yearly")
    year, month = start.year, pattern["month"] if is_yearly else start.month
    step = pattern["interval"] * (12 if is_yearly else 1)
    while (year, month) <= (ends.year, ends.month):
        yield _in_month(pattern, year, month)
        year, month = year + (month - 1 + step) // 12, (month - 1 + step) % 12 + 1


def _in_month(pattern: dict[str, Any], year: int, month: int) -> date:
    last = calendar.monthrange(year, month)[1]
    if pattern["type"].startswith("absolute"):
        # A day that the month does not have is its last one.
        return date(year, month, min(pattern["dayOfMonth"], last))
    found = [
        date(year, month, number)
        for number in range(1, last + 1)
        if _DAYS[date(year, month, number).weekday()] in pattern["daysOfWeek"]
    ]
    return found[-1] if pattern["index"] == "last" else found[_INDEXES.index(pattern["index"])]
