"""How meetings sounded and looked, as those say who were inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jumpa.domains.rooms.errors import NeverInsideError
from jumpa.domains.rooms.models import MeetingHistory, MeetingRating
from jumpa.domains.rooms.repository import HistoryRepository, RatingRepository
from jumpa.domains.rooms.service.access import Caller
from jumpa.kit.context import Context


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote; by whom is left out on purpose."""

    code: str
    title: str
    is_good: bool
    words: str
    rated_at: datetime


@dataclass(frozen=True, slots=True)
class Ratings:
    """How many there are, how many of them are good, and the newest comments."""

    count: int
    good: int
    comments: Sequence[Comment]


async def stay_of(ctx: Context, caller: Caller) -> MeetingHistory:
    """Return the caller's last stay in the room; raises NeverInsideError."""
    stay = None
    if caller.place is not None:
        history = HistoryRepository(ctx.session, caller.room.id)
        stay = await history.newest_of(caller.place.identity)
    if stay is None:
        raise NeverInsideError
    return stay


async def rate(ctx: Context, stay: MeetingHistory, *, is_good: bool, comment: str) -> None:
    """Say how it was during a stay; who says so again changes their mind."""
    rating = MeetingRating(
        stay_id=stay.id,
        organisation_id=stay.organisation_id,
        is_good=is_good,
        comment=comment,
        rated_at=ctx.clock(),
    )
    await RatingRepository(ctx.session).put(rating)


async def look(ctx: Context, since: datetime, limit: int) -> Ratings:
    """Return what was said since then in the rooms that whoever asks may see."""
    ratings = RatingRepository(ctx.session)
    counts = await ratings.count(since)
    return Ratings(
        count=sum(counts.values()),
        good=counts.get(True, 0),
        comments=[
            Comment(code, title, rating.is_good, rating.comment, rating.rated_at)
            for rating, code, title in await ratings.list_comments(since, limit)
        ],
    )
