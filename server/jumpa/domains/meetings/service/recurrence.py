"""Rules by which meetings are repeated (RFC 5545, 3.3.10), on clocks on walls, within bounds.

A rule names days and nothing shorter, and a series goes on for twenty years: so nobody can ask for
a times table that never ends.
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from dateutil.rrule import rrulestr

from jumpa.domains.meetings.errors import RuleMissesStartError, RuleUnusableError
from jumpa.kit import zones

MOST_TIMES = 1000
HORIZON = timedelta(days=365 * 20)
_STEPS = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAY = r"(MO|TU|WE|TH|FR|SA|SU)"
_PARTS = {
    "FREQ": re.compile("|".join(_FREQUENCIES)),
    "INTERVAL": re.compile(r"[1-9]\d{0,2}"),
    "COUNT": re.compile(r"[1-9]\d{0,3}"),
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
    "BYMONTH": re.compile(r"(1[0-2]|[1-9])(,(1[0-2]|[1-9])){0,11}"),
    "BYMONTHDAY": re.compile(r"-?(3[01]|[12]\d|[1-9])(,-?(3[01]|[12]\d|[1-9])){0,30}"),
    "BYDAY": re.compile(rf"([+-]?[1-5])?{_DAY}(,([+-]?[1-5])?{_DAY}){{0,34}}"),
    "BYSETPOS": re.compile(r"-?[1-9]\d?(,-?[1-9]\d?){0,11}"),
    "WKST": re.compile(_DAY),
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKS_OF_A_MONTH = 5
_CHOOSING = ("BYMONTH", "BYMONTHDAY", "BYDAY")


@dataclass(frozen=True, slots=True)
class Pattern:
    """When something begins: once on a wall clock, or by a rule; without one `rule` is empty."""

    start: datetime
    zone: str
    rule: str = ""

    def begins(self, since: datetime, before: datetime) -> Iterator[datetime]:
        """Yield the beginnings from `since` to before `before`, in order, as wall clocks show."""
        last = min(before - timedelta(seconds=1), self.start + HORIZON)
        if not self.rule:
            if since <= self.start <= last:
                yield self.start
        elif since <= last:
            for wall in self._from(since, last):
                if wall >= since:
                    yield wall

    def is_begin(self, wall: datetime) -> bool:
        """Whether the rule gives this beginning."""
        return next(self.begins(wall, wall + timedelta(seconds=1)), None) is not None

    def last(self) -> datetime:
        """Return a wall clock that no beginning is later than."""
        if not self.rule:
            return self.start
        parts = _read(self.rule)
        end = self.start + HORIZON
        if "UNTIL" in parts:
            return min(end, until(self.rule, self.zone) or end)
        if "COUNT" in parts:
            return max(self._from(self.start, end), default=self.start)
        return end

    def count_before(self, wall: datetime) -> int:
        """Return how many beginnings are earlier."""
        return sum(1 for _ in self.begins(self.start, wall))

    def _from(self, since: datetime, last: datetime) -> Iterator[datetime]:
        parts = _read(self.rule)
        ends = until(self.rule, self.zone)
        parts.pop("UNTIL", None)
        bound = last if ends is None else min(last, ends)
        text = ";".join(f"{name}={value}" for name, value in parts.items())
        made: Iterable[datetime] = rrulestr(text, dtstart=_skipped(self.start, parts, since))
        return takewhile(lambda wall: wall <= bound, made)


def checked(pattern: Pattern) -> Pattern:
    """Return it with its rule as it is stored; RuleUnusableError, RuleMissesStartError."""
    if not pattern.rule.strip():
        return replace(pattern, rule="")
    parts = _read(pattern.rule)
    _check(parts)
    if "UNTIL" in parts:
        parts["UNTIL"] = _instant(parts["UNTIL"], pattern.zone)
    stored = replace(pattern, rule=";".join(f"{n}={parts[n]}" for n in _PARTS if n in parts))
    if not _names(parts, stored.start) or not stored.is_begin(stored.start):
        raise RuleMissesStartError
    return stored


def until(rule: str, zone: str) -> datetime | None:
    """Return what wall clocks show when the rule ends, or None."""
    text = _read(rule).get("UNTIL")
    if text is None:
        return None
    return zones.wall(_parsed(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), zone)


def ending_before(rule: str, begin: datetime, zone: str) -> str:
    """Return the rule without this beginning and all later ones."""
    parts = _read(rule)
    parts.pop("COUNT", None)
    end = zones.moment(begin, zone) - timedelta(seconds=1)
    parts["UNTIL"] = end.strftime("%Y%m%dT%H%M%SZ")
    return ";".join(f"{name}={parts[name]}" for name in _PARTS if name in parts)


def less(rule: str, count: int) -> str:
    """Return the rule for what is left of a series after so many times."""
    parts = _read(rule)
    if "COUNT" in parts:
        parts["COUNT"] = str(max(1, int(parts["COUNT"]) - count))
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _read(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in rule.strip().upper().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if name not in _PARTS or name in parts or not _PARTS[name].fullmatch(value):
            raise RuleUnusableError(f"The part {part[:40]!r} of the rule is not understood here.")
        parts[name] = value
    return parts


def _check(parts: dict[str, str]) -> None:
    frequency = parts.get("FREQ", "")
    if not frequency:
        raise RuleUnusableError("A rule says how often, as in FREQ=WEEKLY.")
    if "COUNT" in parts and "UNTIL" in parts:
        raise RuleUnusableError("A rule has COUNT or UNTIL, not both.")
    if int(parts.get("COUNT", "1")) > MOST_TIMES:
        raise RuleUnusableError(f"A series has at most {MOST_TIMES} times.")
    if frequency == "WEEKLY" and "BYMONTHDAY" in parts:
        raise RuleUnusableError("A week has no BYMONTHDAY.")
    has_number = any(character.isdigit() for character in parts.get("BYDAY", ""))
    if has_number and frequency not in {"MONTHLY", "YEARLY"}:
        raise RuleUnusableError("Only months and years have numbered days of the week.")
    if "BYSETPOS" in parts and not any(name in parts for name in _CHOOSING):
        raise RuleUnusableError("BYSETPOS chooses among what another part names.")
    positions = [abs(int(position)) for position in parts.get("BYSETPOS", "1").split(",")]
    if max(positions) > _most_at_once(frequency, parts):
        raise RuleUnusableError("BYSETPOS chooses more than the other parts name.")


def _names(parts: dict[str, str], day: datetime) -> bool:
    """Whether the parts that name days name this one.

    Asked first, because the library looks for the first day of an impossible rule, such as 30
    February, until the year 9999.
    """
    months, days = (parts.get(name, "").split(",") for name in ("BYMONTH", "BYMONTHDAY"))
    from_end = day.day - calendar.monthrange(day.year, day.month)[1] - 1
    weekdays = parts.get("BYDAY", _WEEKDAYS[day.weekday()])
    return (
        (months == [""] or str(day.month) in months)
        and (days == [""] or bool({str(day.day), str(from_end)} & set(days)))
        and _WEEKDAYS[day.weekday()] in weekdays
    )


def _most_at_once(frequency: str, parts: dict[str, str]) -> int:
    """Return how many days a day, week, month or year has at the most by the other parts."""
    most = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[frequency]
    if frequency == "WEEKLY" and "BYDAY" in parts:
        most = len(parts["BYDAY"].split(","))
    elif frequency == "MONTHLY":
        if "BYMONTHDAY" in parts:
            most = len(parts["BYMONTHDAY"].split(","))
        if "BYDAY" in parts:
            numbered = [day[0] in "+-12345" for day in parts["BYDAY"].split(",")]
            most = min(most, sum(1 if is_one else _WEEKS_OF_A_MONTH for is_one in numbered))
    return most


def _instant(text: str, zone: str) -> str:
    if text.endswith("Z"):
        found = _parsed(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    elif "T" in text:
        found = zones.moment(_parsed(text, "%Y%m%dT%H%M%S"), zone)
    else:
        # A day alone means all of it.
        found = zones.moment(_parsed(f"{text}T235959", "%Y%m%dT%H%M%S"), zone)
    return found.strftime("%Y%m%dT%H%M%SZ")


def _parsed(text: str, form: str) -> datetime:
    try:
        found = datetime.strptime(text, form)  # noqa: DTZ007  # read as a wall clock, or as UTC
    except ValueError as error:
        raise RuleUnusableError(f"{text!r} is no time.") from error
    if not 2000 <= found.year < 2300:  # noqa: PLR2004  # years in which clocks can be asked
        raise RuleUnusableError("A rule ends between the years 2000 and 2300.")
    return found


def _skipped(start: datetime, parts: dict[str, str], since: datetime) -> datetime:
    """Return a beginning nearer to `since` from which the same rule gives the same times."""
    step = _STEPS.get(parts["FREQ"])
    if step is None or "COUNT" in parts or since <= start:
        return start
    whole = step * int(parts.get("INTERVAL", "1"))
    return start + whole * max(0, (since - start) // whole - 1)
