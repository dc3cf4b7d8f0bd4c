"""What Graph is told gives exactly the times that the rule gives, or nothing is told."""

from datetime import UTC, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from integrations.graph_service import days

from jumpa.domains.integrations.service import graph_rules
from jumpa.domains.integrations.service.entries import Entry
from jumpa.domains.meetings.errors import RuleMissesStartError, RuleUnusableError
from jumpa.domains.meetings.service.recurrence import Pattern, checked

START = datetime.fromisoformat("2026-12-01T09:00")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 40
AHEAD = timedelta(days=365 * 6)


def entry(start: datetime, rule: str, zone: str = "Asia/Jakarta") -> Entry:
    pattern = checked(Pattern(start, zone, rule))
    return Entry("whole", "Tea", "", "", zone, start, start + timedelta(hours=1), pattern.rule)


def told(series: Entry) -> list[str] | None:
    found = graph_rules.recurrence(series)
    if found is None:
        return None
    ends = (series.start + AHEAD).date()
    every = takewhile(lambda day: day < ends, days(found, series.start.date()))
    return [day.isoformat() for day in islice(every, MOST)]


def meant(series: Entry) -> list[str]:
    pattern = Pattern(series.start, series.zone, series.rule)
    midnight = datetime.combine((series.start + AHEAD).date(), time())
    every = pattern.begins(series.start, midnight)
    return [wall.date().isoformat() for wall in islice(every, MOST)]


days_of_week = some.lists(some.sampled_from(CODES), min_size=1, max_size=5, unique=True).map(
    lambda chosen: f";BYDAY={','.join(chosen)}"
)
numbered = some.builds(
    ";BYDAY={}{}".format, some.sampled_from([1, 2, 4, 5, -1, -2]), some.sampled_from(CODES)
)
placed = some.builds("{};BYSETPOS={}".format, days_of_week, some.sampled_from([1, 2, -1]))
dated = some.integers(-3, 28).filter(bool).map(lambda day: f";BYMONTHDAY={day}")
in_month = some.one_of(some.just(""), numbered, placed, dated, days_of_week)
bodies = some.one_of(
    some.builds("FREQ=DAILY{}".format, some.one_of(some.just(""), days_of_week)),
    some.builds("FREQ=WEEKLY{}".format, some.one_of(some.just(""), days_of_week)),
    in_month.map("FREQ=MONTHLY{}".format),
    some.builds("FREQ=YEARLY{};BYMONTH={}".format, in_month, some.sampled_from([2, 12, "3,9"])),
    some.builds("FREQ=YEARLY{}".format, some.one_of(some.just(""), numbered, dated)),
)
ending = some.one_of(
    some.just(""),
    some.integers(1, 40).map(";COUNT={}".format),
    some.integers(0, 900).map(lambda days: f";UNTIL={START + timedelta(days=days):%Y%m%dT080000}"),
    some.integers(0, 900).map(lambda days: f";UNTIL={START + timedelta(days=days):%Y%m%d}"),
)
rules = some.builds(
    "{}{}{}{}".format,
    bodies,
    some.sampled_from(["", ";INTERVAL=2", ";INTERVAL=3"]),
    some.sampled_from(["", "", ";WKST=SU"]),
    ending,
)
starts = some.integers(0, 500).map(lambda days: START + timedelta(days=days))


def first(rule: str, start: datetime) -> datetime:
    """Return the first time that a rule gives, whose series may end before."""
    endless = ";".join(part for part in rule.split(";") if part[:5] not in {"COUNT", "UNTIL"})
    found: datetime = next(iter(rrulestr(endless, dtstart=start)))
    return found


class TestRecurrence:
    @settings(max_examples=200, deadline=None)
    @given(rules, starts)
    def test_gives_the_same_days_as_the_rule(self, rule: str, start: datetime) -> None:
        try:
            series = entry(first(rule, start), rule)
        except (RuleUnusableError, RuleMissesStartError):
            assume(False)  # hypothesis asks so
        found = told(series)

        assert found is None or found == meant(series)

    @pytest.mark.parametrize(
        ("rule", "kind"),
        [
            ("FREQ=DAILY", "daily"),
            ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "weekly"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270301", "weekly"),
            ("FREQ=MONTHLY", "absoluteMonthly"),
            ("FREQ=MONTHLY;BYDAY=1TU", "relativeMonthly"),
            ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1", "relativeMonthly"),
            ("FREQ=YEARLY", "absoluteYearly"),
            ("FREQ=YEARLY;BYMONTH=12;BYDAY=1TU", "relativeYearly"),
        ],
    )
    def test_says_what_people_choose(self, rule: str, kind: str) -> None:
        series = entry(START, rule)
        found = graph_rules.recurrence(series)

        assert found is not None
        assert found["pattern"]["type"] == kind
        assert told(series) == meant(series)

    @pytest.mark.parametrize(
        ("start", "rule"),
        [
            (datetime.fromisoformat("2026-12-31T09:00"), "FREQ=MONTHLY"),
            (datetime.fromisoformat("2028-02-29T09:00"), "FREQ=YEARLY"),
            (datetime.fromisoformat("2026-12-31T09:00"), "FREQ=MONTHLY;BYMONTHDAY=-1"),
            (START, "FREQ=MONTHLY;BYDAY=TU"),
            (START, "FREQ=MONTHLY;BYMONTHDAY=1,15"),
            (START, "FREQ=YEARLY;BYDAY=TU"),
            (START, "FREQ=DAILY;INTERVAL=100"),
            (START, "FREQ=DAILY;COUNT=1000"),
        ],
    )
    def test_says_nothing_of_what_would_be_other_days(self, start: datetime, rule: str) -> None:
        assert graph_rules.recurrence(entry(start, rule)) is None


class TestZone:
    @pytest.mark.parametrize("name", ["Asia/Jakarta", "Europe/Vienna", "America/Toronto", "UTC"])
    def test_is_one_that_graph_knows_and_shows_the_same(self, name: str) -> None:
        found = graph_rules.zone(entry(START, "FREQ=DAILY", name))

        assert found is not None
        for day in range(0, 1500, 7):
            at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
            here, there = at.astimezone(ZoneInfo(name)), at.astimezone(ZoneInfo(found))
            assert here.utcoffset() == there.utcoffset()

    def test_is_none_where_no_other_shows_the_same(self) -> None:
        assert graph_rules.zone(entry(START, "FREQ=DAILY", "Australia/Lord_Howe")) is None
        assert told(entry(START, "FREQ=DAILY", "Australia/Lord_Howe")) is None
