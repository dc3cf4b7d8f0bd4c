"""Rules (RFC 5545) as Microsoft Graph says them: patternedRecurrence, and the zones that it knows.

What Graph cannot say so that it gives exactly the same times is None: a month's 31st is its last
day there, and left out here.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from jumpa.domains.integrations.service.entries import Entry
from jumpa.domains.meetings.service import recurrence as rules

_DAYS = {
    "MO": "monday",
    "TU": "tuesday",
    "WE": "wednesday",
    "TH": "thursday",
    "FR": "friday",
    "SA": "saturday",
    "SU": "sunday",
}
_CODES = tuple(_DAYS)
_INDEXES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_MOST_APART, _MOST_TIMES = 99, 999
# Every month has it.
_SAFE_DAY = 28
_FEBRUARY = 2
# Of the zones beside Windows' own that the calendar API names, one or more for each offset.
_ZONES = (
    *("UTC", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Warsaw", "Europe/Budapest"),
    *("Europe/Bucharest", "Europe/Istanbul", "Europe/Moscow", "Europe/Kaliningrad"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix"),
    *("America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Halifax"),
    *("America/St_Johns", "America/Sao_Paulo", "America/Argentina/Buenos_Aires"),
    *("America/Bogota", "America/Caracas", "America/Mexico_City", "America/Regina"),
    *("America/Santiago", "America/Montevideo", "Atlantic/Azores", "Atlantic/Cape_Verde"),
    *("Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos"),
    *("Africa/Nairobi", "Asia/Jerusalem", "Asia/Beirut", "Asia/Riyadh", "Asia/Tehran"),
    *("Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Asia/Dhaka", "Asia/Bangkok", "Asia/Singapore", "Asia/Shanghai", "Asia/Taipei"),
    *("Asia/Tokyo", "Asia/Seoul", "Australia/Perth", "Australia/Darwin", "Australia/Adelaide"),
    *("Australia/Brisbane", "Australia/Sydney", "Pacific/Port_Moresby", "Pacific/Guadalcanal"),
    *("Pacific/Auckland", "Pacific/Fiji", "Pacific/Tongatapu"),
)
_COMPARED_DAYS = 5 * 366


def recurrence(entry: Entry) -> dict[str, Any] | None:
    """Return the rule of a series, or None where there is none or it cannot be said."""
    if not entry.rule or zone(entry) is None:
        return None
    parts = dict(part.split("=", 1) for part in entry.rule.split(";"))
    interval = int(parts.get("INTERVAL", "1"))
    limits = _range(entry, parts)
    pattern = _pattern(entry.start.date(), parts)
    if pattern is None or limits is None or interval > _MOST_APART:
        return None
    return {"pattern": {"interval": interval, **pattern}, "range": limits}


def zone(entry: Entry) -> str | None:
    """Return a zone that Graph knows and whose clocks show the same, or None."""
    return _twin(entry.zone, entry.start.year)


@lru_cache(maxsize=500)
def _twin(name: str, year: int) -> str | None:
    if name in _ZONES:
        return name
    first = datetime(year, 1, 1, tzinfo=UTC)
    days = [first + timedelta(days=number) for number in range(_COMPARED_DAYS)]
    shown = [day.astimezone(ZoneInfo(name)).utcoffset() for day in days]
    for other in _ZONES:
        place = ZoneInfo(other)
        if all(
            day.astimezone(place).utcoffset() == at for day, at in zip(days, shown, strict=True)
        ):
            return other
    return None


def _pattern(start: date, parts: dict[str, str]) -> dict[str, Any] | None:
    frequency = parts["FREQ"]
    if frequency in {"DAILY", "WEEKLY"}:
        return _of_days(start, parts)
    if frequency == "MONTHLY":
        return None if "BYMONTH" in parts else _in_month(start, parts, "Monthly", {})
    month = parts.get("BYMONTH", "" if "BYDAY" in parts or "BYMONTHDAY" in parts else start.month)
    # Without a month these would be days of each month, or of the year.
    if not str(month).isdigit():
        return None
    return _in_month(start, parts, "Yearly", {"month": int(month)})


def _of_days(start: date, parts: dict[str, str]) -> dict[str, Any] | None:
    if any(name in parts for name in ("BYMONTH", "BYMONTHDAY", "BYSETPOS")):
        return None
    is_daily = parts["FREQ"] == "DAILY"
    if is_daily and "BYDAY" not in parts:
        return {"type": "daily"}
    if is_daily and parts.get("INTERVAL", "1") != "1":
        return None
    codes = parts.get("BYDAY", _CODES[start.weekday()]).split(",")
    return {
        "type": "weekly",
        "daysOfWeek": [_DAYS[code] for code in _CODES if code in codes],
        "firstDayOfWeek": _DAYS[parts.get("WKST", "MO")],
    }


def _in_month(
    start: date, parts: dict[str, str], often: str, more: dict[str, Any]
) -> dict[str, Any] | None:
    if "BYDAY" in parts:
        found = _numbered(parts)
        if found is None or "BYMONTHDAY" in parts:
            return None
        index, day = found
        return {"type": f"relative{often}", "daysOfWeek": [day], "index": index, **more}
    days = parts.get("BYMONTHDAY", str(start.day))
    if "BYSETPOS" in parts or not days.isdigit():
        return None
    is_yearly_day = "month" in more and (more["month"], int(days)) != (_FEBRUARY, 29)
    if int(days) > _SAFE_DAY and not is_yearly_day:
        return None
    return {"type": f"absolute{often}", "dayOfMonth": int(days), **more}


def _numbered(parts: dict[str, str]) -> tuple[str, str] | None:
    """Return which one of which day in a month, as in 2TU or TU with BYSETPOS=2."""
    said = parts["BYDAY"]
    number, code = said[:-2], said[-2:]
    position = parts.get("BYSETPOS", "")
    if "," in said or "," in position or bool(number) == bool(position):
        return None
    index = _INDEXES.get(int(number or position))
    return (index, _DAYS[code]) if index else None


def _range(entry: Entry, parts: dict[str, str]) -> dict[str, Any] | None:
    told = {"startDate": entry.start.date().isoformat(), "recurrenceTimeZone": zone(entry)}
    if "COUNT" in parts:
        count = int(parts["COUNT"])
        numbered = {"type": "numbered", "numberOfOccurrences": count, **told}
        return numbered if count <= _MOST_TIMES else None
    ends = rules.until(entry.rule, entry.zone)
    if ends is None:
        return {"type": "noEnd", **told}
    # Graph counts days, so a rule that ends before the hour of its last day ends the day before.
    last = ends.date() - timedelta(days=int(entry.start.time() > ends.time()))
    return {"type": "endDate", "endDate": last.isoformat(), **told}
