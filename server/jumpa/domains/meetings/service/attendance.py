"""Who was there, and how long in all, over several visits."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from jumpa.domains.meetings.service import occurrences
from jumpa.domains.meetings.service.access import Standing
from jumpa.domains.meetings.service.occurrences import Occurrence
from jumpa.domains.rooms.models import MeetingHistory
from jumpa.domains.rooms.service import presence
from jumpa.kit.context import Context

# Who comes early or stays on was there too, unless it is the next time already.
_EARLY = timedelta(hours=1)
_LATE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Attended:
    """Somebody's time at one meeting; `present_s` counts two screens at once once."""

    name: str
    user_id: UUID | None
    first_at: datetime
    last_at: datetime
    visits: int
    present_s: int
    is_inside: bool


async def of(ctx: Context, standing: Standing, found: Occurrence) -> list[Attended]:
    """Return who was at one time of a meeting, in the order of coming."""
    since, before = _window(standing, found)
    stays = await presence.list_between(ctx, standing.meeting.room_id, since, before)
    by_person: dict[str, list[MeetingHistory]] = defaultdict(list)
    for stay in stays:
        by_person[str(stay.user_id or f"guest {stay.name}")].append(stay)
    now = min(ctx.clock(), before)
    rows = [_attended(several, since, now) for several in by_person.values()]
    return sorted(rows, key=lambda row: row.first_at)


def _window(standing: Standing, found: Occurrence) -> tuple[datetime, datetime]:
    early = max(_EARLY, timedelta(seconds=standing.meeting.opens_before_s or 0))
    late = found.ends_at + _LATE
    others = occurrences.between(standing.meeting, standing.exceptions, found.ends_at, late)
    following = next((one for one in others if one.starts_at > found.starts_at), None)
    if following is not None:
        late = max(found.ends_at, following.starts_at - early)
    return found.starts_at - early, late


def _attended(stays: Sequence[MeetingHistory], since: datetime, now: datetime) -> Attended:
    times = sorted((max(stay.joined_at, since), min(stay.left_at or now, now)) for stay in stays)
    present, reached = timedelta(0), since
    for begin, end in times:
        present += max(timedelta(0), end - max(begin, reached))
        reached = max(reached, end)
    return Attended(
        name=stays[-1].name,
        user_id=stays[0].user_id,
        first_at=times[0][0],
        last_at=reached,
        visits=len(stays),
        present_s=int(present.total_seconds()),
        is_inside=any(stay.left_at is None for stay in stays),
    )
