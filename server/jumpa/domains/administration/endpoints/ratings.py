"""How meetings sounded and looked, as people said who were inside."""

from typing import Annotated

from fastapi import APIRouter, Query

from jumpa.domains.administration.endpoints.doors import Parts
from jumpa.domains.administration.endpoints.usage import Days
from jumpa.domains.administration.schemas import CommentRead, RatingsRead
from jumpa.domains.administration.service import ratings
from jumpa.kit.http.callers import ADMINISTRATING, Administrator
from jumpa.kit.http.problems import declared
from jumpa.kit.paging import LONGEST
from jumpa.kit.zones import ZoneName, wall

Most = Annotated[int, Query(ge=1, le=LONGEST, description="How many comments are listed.")]

router = APIRouter()


@router.get("/ratings", responses=declared(*ADMINISTRATING))
async def get_ratings(
    parts: Parts,
    actor: Administrator,
    time_zone: ZoneName = "UTC",
    days: Days = 30,
    limit: Most = 20,
) -> RatingsRead:
    """Return how many were content with sound and picture, and what they wrote, without names."""
    found = await ratings.look(parts, actor, days, limit)
    return RatingsRead(
        time_zone=time_zone,
        days=days,
        count=found.count,
        good=found.good,
        comments=[
            CommentRead(
                room_code=one.code,
                room_title=one.title,
                date=wall(one.rated_at, time_zone).date(),
                is_good=one.is_good,
                comment=one.words,
            )
            for one in found.comments
        ],
    )
