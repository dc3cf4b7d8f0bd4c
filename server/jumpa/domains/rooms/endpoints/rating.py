"""People say how a meeting was, also after its end."""

from fastapi import APIRouter, Response

from jumpa.domains.rooms.endpoints.doors import AS_ROLE, AnyEntry, acts
from jumpa.domains.rooms.errors import NeverInsideError
from jumpa.domains.rooms.schemas import RatingSent
from jumpa.domains.rooms.service import rating
from jumpa.domains.rooms.service.roles import Action
from jumpa.kit.http.problems import declared

router = APIRouter(prefix="/rooms/{code}", tags=["rooms"])


@router.put(
    "/rating",
    status_code=204,
    responses=declared(*AS_ROLE, NeverInsideError),
    openapi_extra=acts(Action.RATE),
)
async def rate_meeting(entry: AnyEntry, code: str, body: RatingSent) -> Response:
    """Say how your last stay sounded and looked; guests prove theirs with the seat.

    Saying so again replaces it. Administrators read it without your name.
    """
    async with entry.write(code, Action.RATE) as (ctx, caller):
        stay = await rating.stay_of(ctx, caller)
        entry.parts.ratings.count(str(stay.id))
        await rating.rate(ctx, stay, is_good=body.is_good, comment=body.comment)
    return Response(status_code=204)
