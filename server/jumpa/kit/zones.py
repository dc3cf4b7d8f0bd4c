"""Time zones of the IANA database, and moments of clocks on walls there."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, AwareDatetime, Field

# Names that every machine understands in its own way.
_NOT_PLACES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def names() -> frozenset[str]:
    """Return the names of all zones; finding them reads a folder."""
    return frozenset(available_timezones()) - _NOT_PLACES


def _known(name: str) -> str:
    if name not in names():
        raise ValueError("must be a time zone of the IANA database, such as Asia/Jakarta")
    return name


# Years in which every zone can be asked.
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
]
ZoneName = Annotated[str, Field(max_length=64), AfterValidator(_known)]


def moment(wall: datetime, zone: str) -> datetime:
    """Return when a clock there shows this.

    What it shows twice is the first time; what it skips is read with the offset from before
    (RFC 5545, 3.3.5).
    """
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall(at: datetime, zone: str) -> datetime:
    """Return what a clock there shows at this moment."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def after(begin: datetime, duration_s: int, zone: str) -> datetime:
    """Return what a clock there shows so many seconds after it showed `begin`."""
    return wall(moment(begin, zone) + timedelta(seconds=duration_s), zone)
