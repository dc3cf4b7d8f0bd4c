"""Quiet hours, by the clock that hangs on a person's wall."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jumpa.domains.notifications.schemas import QuietHours


def end_of_quiet(moment: datetime, quiet: QuietHours | None, zone: str) -> datetime:
    """Return when the person may be disturbed: at the moment itself, or when quiet hours end."""
    if quiet is None:
        return moment
    local = moment.astimezone(ZoneInfo(zone))
    if not _is_within(local.time(), quiet):
        return moment
    return next_at(moment, time.fromisoformat(quiet.end), zone)


def next_at(moment: datetime, clock: time, zone: str) -> datetime:
    """Return the next moment after this one at which the clock shows that time.

    A time that is skipped when clocks go forward counts as the same span after midnight; of one
    that comes twice, the next.
    """
    tz = ZoneInfo(zone)
    today = moment.astimezone(tz).date()
    for day in (today, today + timedelta(days=1)):
        for fold in (0, 1):
            found = datetime.combine(day, clock, tz).replace(fold=fold).astimezone(UTC)
            if found > moment:
                return found
    return moment + timedelta(days=1)


def _is_within(clock: time, quiet: QuietHours) -> bool:
    start, end = time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end
