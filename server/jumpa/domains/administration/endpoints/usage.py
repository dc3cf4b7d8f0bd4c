"""How much an organisation meets."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from jumpa.domains.administration.endpoints.doors import Parts
from jumpa.domains.administration.schemas import DayRead, StoredRead, UsageRead, UsedRead
from jumpa.domains.administration.service import usage
from jumpa.kit.http.callers import ADMINISTRATING, Administrator
from jumpa.kit.http.problems import declared
from jumpa.kit.zones import ZoneName

Days = Annotated[int, Query(ge=1, le=90)]

router = APIRouter()


@router.get("/usage", responses=declared(*ADMINISTRATING))
async def get_usage(
    parts: Parts, actor: Administrator, time_zone: ZoneName = "UTC", days: Days = 30
) -> UsageRead:
    """Return how much your organisation met on the last days, and what it keeps."""
    found = await usage.look(parts, actor, time_zone, days)
    return UsageRead(
        time_zone=time_zone,
        days=[DayRead(date=day, **asdict(used)) for day, used in found.days],
        whole=UsedRead(**asdict(found.whole)),
        stored=StoredRead(**asdict(found.stored), free_bytes=found.free_bytes),
    )
