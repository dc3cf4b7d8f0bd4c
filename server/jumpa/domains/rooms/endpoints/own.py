"""What people who are inside do in their own name."""

from contextlib import suppress

from fastapi import APIRouter, Response

from jumpa.domains.rooms.endpoints.doors import AS_ROLE, AnyEntry, acts
from jumpa.domains.rooms.errors import PlaceNotFoundError
from jumpa.domains.rooms.schemas import NameChange, ReactionSent
from jumpa.domains.rooms.service import naming, reacting
from jumpa.domains.rooms.service.roles import Action
from jumpa.kit.http.problems import declared
from jumpa.media.errors import LiveRoomNotFoundError

router = APIRouter(prefix="/rooms/{code}", tags=["rooms"])


@router.post(
    "/reactions",
    status_code=204,
    responses=declared(*AS_ROLE, PlaceNotFoundError),
    openapi_extra=acts(Action.REACT),
)
async def send_reaction(entry: AnyEntry, code: str, body: ReactionSent) -> Response:
    """Let a reaction float by for everybody inside, in your own name."""
    async with entry.read(code, Action.REACT) as (ctx, caller):
        place = await reacting.reacting(ctx, caller)
        room, identity = caller.room, place.identity
    entry.parts.reactions.count(f"{room.id} {identity}")
    with suppress(LiveRoomNotFoundError):
        await entry.parts.engine.send_data(reacting.told(room.code, identity, body.reaction))
    return Response(status_code=204)


@router.put(
    "/participants/{identity}/name",
    status_code=204,
    responses=declared(*AS_ROLE, PlaceNotFoundError),
    openapi_extra=acts(Action.RENAME),
)
async def rename_participant(
    entry: AnyEntry, code: str, identity: str, body: NameChange
) -> Response:
    """Change what you are called in this meeting; everybody inside sees it at once."""
    async with entry.write(code, Action.RENAME) as (ctx, caller):
        await naming.rename(ctx, caller, identity, body.name)
    return Response(status_code=204)
