"""Times of a series against dateutil's own, across zones and changes of clocks."""

import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from dateutil import tz
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component

from jumpa.domains.meetings.errors import RuleMissesStartError, RuleUnusableError
from jumpa.domains.meetings.service import recurrence, zone_tables
from jumpa.domains.meetings.service.recurrence import Pattern, checked
from jumpa.kit import zones

ZONES = (
    "Asia/Jakarta",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "UTC",
)
WALL = datetime.fromisoformat
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
walls = st.datetimes(WALL("2010-01-01T00:00"), WALL("2040-01-01T00:00")).map(
    lambda at: at.replace(microsecond=0)
)


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    """Draw a series that begins on a day of its rule."""
    start = draw(walls)
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    rule = f"FREQ={frequency};INTERVAL={draw(st.integers(1, 5))}"
    day = DAYS[start.weekday()]
    if frequency == "WEEKLY" and draw(st.booleans()):
        others = draw(st.sets(st.sampled_from(DAYS)))
        rule += f";BYDAY={','.join(sorted({day, *others}))};WKST={draw(st.sampled_from(DAYS))}"
    if frequency == "MONTHLY" and draw(st.booleans()):
        rule += f";BYDAY={(start.day - 1) // 7 + 1}{day}"
    if draw(st.booleans()):
        rule += f";COUNT={draw(st.integers(1, 60))}"
    return checked(Pattern(start, draw(st.sampled_from(ZONES)), rule))


def peer(pattern: Pattern, count: int) -> list[datetime]:
    """Return the first beginnings as dateutil works them out, with its own zones."""
    place = tz.gettz(pattern.zone)
    found = rrulestr(pattern.rule, dtstart=pattern.start.replace(tzinfo=place))
    return [tz.resolve_imaginary(at).astimezone(UTC) for at in islice(found, count)]


class TestBegins:
    @settings(max_examples=100, deadline=None)
    @given(patterns())
    def test_are_those_that_dateutil_gives(self, pattern: Pattern) -> None:
        far = pattern.start + recurrence.HORIZON
        own = [zones.moment(at, pattern.zone) for at in pattern.begins(pattern.start, far)]
        other = peer(pattern, 40)

        # dateutil knows no changes of clocks after 2037.
        last = min(
            zones.moment(far - timedelta(days=2), pattern.zone), datetime(2037, 1, 1, tzinfo=UTC)
        )
        known = [at for at in other if at < last]
        assert own[: len(known)] == known

    @settings(max_examples=100, deadline=None)
    @given(patterns(), st.integers(0, 4000), st.integers(1, 400))
    def test_are_the_same_whichever_window_is_asked_for(
        self, pattern: Pattern, skipped: int, length: int
    ) -> None:
        since = pattern.start + timedelta(days=skipped, hours=7)
        before = since + timedelta(days=length)
        everything = pattern.begins(pattern.start, pattern.start + recurrence.HORIZON)

        assert list(pattern.begins(since, before)) == [
            at for at in everything if since <= at < before
        ]

    @pytest.mark.parametrize(
        ("zone", "wall", "shown"),
        [
            # 02:30 is skipped there, and read with the offset from before.
            ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00+00:00"),
            # 02:30 comes twice there, and the first is meant.
            ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00+00:00"),
            ("Asia/Jakarta", "2026-03-29T02:30", "2026-03-28T19:30:00+00:00"),
        ],
    )
    def test_in_a_change_of_clocks_are_as_calendars_read_them(
        self, zone: str, wall: str, shown: str
    ) -> None:
        assert zones.moment(datetime.fromisoformat(wall), zone).isoformat() == shown

    def test_keep_to_the_wall_clock_over_the_year(self) -> None:
        pattern = checked(Pattern(WALL("2026-03-02T09:00"), "Europe/Berlin", "FREQ=MONTHLY"))

        hours = [zones.moment(at, pattern.zone).hour for at in islice(_all(pattern), 12)]

        assert sorted(set(hours)) == [7, 8]


def _all(pattern: Pattern) -> list[datetime]:
    return list(pattern.begins(pattern.start, pattern.start + timedelta(days=400)))


class TestChecked:
    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=SECONDLY",
            "FREQ=MINUTELY;COUNT=3",
            "FREQ=HOURLY",
            "FREQ=DAILY;COUNT=1000000000",
            "FREQ=DAILY;COUNT=1001",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=1000",
            "FREQ=DAILY;UNTIL=99991231T235959Z",
            "FREQ=DAILY;UNTIL=20261301",
            "FREQ=DAILY;UNTIL=99999999T999999Z",
            "FREQ=DAILY;COUNT=2;UNTIL=20270101",
            "FREQ=DAILY;BYHOUR=1,2,3",
            "FREQ=DAILY;BYMINUTE=1",
            "FREQ=DAILY;BYSECOND=1",
            "FREQ=YEARLY;BYWEEKNO=1",
            "FREQ=YEARLY;BYYEARDAY=1",
            "FREQ=YEARLY;BYEASTER=0",
            "FREQ=WEEKLY;BYDAY=1TU",
            "FREQ=WEEKLY;BYMONTHDAY=1",
            "FREQ=DAILY;BYSETPOS=1",
            "FREQ=DAILY;BYMONTH=12;BYSETPOS=2",
            "FREQ=WEEKLY;BYDAY=TU;BYSETPOS=-2",
            "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=6",
            "FREQ=MONTHLY;BYDAY=1TU;BYMONTHDAY=1,2;BYSETPOS=2",
            "FREQ=DAILY;FREQ=DAILY",
            "COUNT=3",
            "FREQ=DAILY;",
            "FREQ=DAILY\nRRULE:FREQ=SECONDLY",
            "FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 40),
            "DTSTART:19970902T090000",
            "garbage",
            ";",
            "=",
        ],
    )
    def test_refuses_what_would_never_end_or_is_no_rule(self, rule: str) -> None:
        with pytest.raises(RuleUnusableError):
            checked(Pattern(WALL("2026-12-01T09:00"), "Asia/Jakarta", rule))

    @pytest.mark.parametrize(
        "rule",
        ["FREQ=WEEKLY;BYDAY=WE", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=1"],
    )
    def test_refuses_a_begin_that_its_rule_does_not_name(self, rule: str) -> None:
        with pytest.raises(RuleMissesStartError):
            checked(Pattern(WALL("2026-12-01T09:00"), "Asia/Jakarta", rule))

    @pytest.mark.parametrize(
        ("told", "stored"),
        [
            ("rrule:freq=daily;count=2", "FREQ=DAILY;COUNT=2"),
            ("  FREQ=DAILY ", "FREQ=DAILY"),
            ("", ""),
            ("FREQ=DAILY;UNTIL=20261203", "FREQ=DAILY;UNTIL=20261203T165959Z"),
            ("FREQ=DAILY;UNTIL=20261203T090000", "FREQ=DAILY;UNTIL=20261203T020000Z"),
            ("FREQ=DAILY;UNTIL=20261203T020000Z", "FREQ=DAILY;UNTIL=20261203T020000Z"),
        ],
    )
    def test_stores_one_form_with_its_end_in_utc(self, told: str, stored: str) -> None:
        pattern = checked(Pattern(WALL("2026-12-01T09:00"), "Asia/Jakarta", told))

        assert pattern.rule == stored
        assert "UNTIL" not in stored or len(_all(pattern)) == 3

    def test_costs_little_at_its_worst(self) -> None:
        started = time.process_time()
        worst = "FREQ=DAILY;BYMONTH=1;BYMONTHDAY=1;COUNT=1000"
        pattern = checked(Pattern(WALL("2026-01-01T09:00"), "UTC", worst))
        days = "FREQ=DAILY;INTERVAL=1"
        old = checked(Pattern(WALL("2026-01-01T09:00"), "UTC", days))

        assert pattern.last() == WALL("2045-01-01T09:00")
        assert len(list(old.begins(WALL("2045-01-01T00:00"), WALL("2045-01-03T00:00")))) == 2
        # Without bounds it would be hours of the processor's time.
        assert time.process_time() - started < 5


class TestZoneTable:
    @settings(max_examples=60, deadline=None)
    @given(st.sampled_from(ZONES), walls.filter(lambda at: 2026 <= at.year < 2032))
    def test_gives_the_offsets_of_the_zone(self, zone: str, wall: datetime) -> None:
        told = zone_tables.table(zone, 2025, 2033)
        head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
        calendar = Calendar.from_ical(head + told + b"END:VCALENDAR\r\n")
        at = zones.moment(wall, zone)

        parts: list[Any] = calendar.timezones[0].subcomponents
        # Read as RFC 5545 says: the newest change that is not later.
        offsets = [
            (begin.replace(tzinfo=UTC) - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td)
            for part in parts
            for begin in [part["DTSTART"].dt, *_dates(part)]
        ]
        newest = max(pair for pair in offsets if pair[0] <= at)

        assert zones.wall(at, zone) == (at + newest[1]).replace(tzinfo=None)


def _dates(part: Component) -> list[datetime]:
    told: Any = part.get("RDATE", [])
    several = told if isinstance(told, list) else [told]
    return [one.dt for dates in several for one in dates.dts]
