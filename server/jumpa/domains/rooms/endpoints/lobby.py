"""The waiting room, as hosts and moderators see it."""

from fastapi import APIRouter, Response

from jumpa.domains.rooms.endpoints.doors import AS_ROLE, AnyEntry, acts
from jumpa.domains.rooms.errors import NotWaitingError
from jumpa.domains.rooms.schemas import SOMEBODY, Identities, Somebody
from jumpa.domains.rooms.service import lobby
from jumpa.domains.rooms.service.roles import Action
from jumpa.kit.http.problems import declared, shown
from jumpa.media.errors import RoomFullError

router = APIRouter(prefix="/rooms/{code}/lobby", tags=["rooms"])


@router.get("", responses=declared(*AS_ROLE) | shown([SOMEBODY]), openapi_extra=acts(Action.ADMIT))
async def list_waiting(entry: AnyEntry, code: str) -> list[Somebody]:
    """List who waits, first come first."""
    async with entry.read(code, Action.ADMIT) as (ctx, caller):
        found = await lobby.list_(ctx, caller)
    return [Somebody(identity=p.identity, name=p.name, at=p.joined_at) for p in found]


@router.post(
    "/admit", responses=declared(*AS_ROLE, RoomFullError), openapi_extra=acts(Action.ADMIT)
)
async def admit_everybody(entry: AnyEntry, code: str) -> Identities:
    """Let in everybody who waits, or nobody when not all fit."""
    live = await entry.live(code)
    async with entry.write(code, Action.ADMIT) as (ctx, caller):
        admitted = await lobby.admit_all(ctx, caller, live, entry.parts.issuer)
    return Identities(identities=list(admitted))


@router.post("/deny", responses=declared(*AS_ROLE), openapi_extra=acts(Action.ADMIT))
async def deny_everybody(entry: AnyEntry, code: str) -> Identities:
    """Send everybody away who waits."""
    async with entry.write(code, Action.ADMIT) as (ctx, caller):
        denied = await lobby.deny_all(ctx, caller)
    return Identities(identities=list(denied))


@router.post(
    "/{identity}/admit",
    status_code=204,
    responses=declared(*AS_ROLE, NotWaitingError, RoomFullError),
    openapi_extra=acts(Action.ADMIT),
)
async def admit_one(entry: AnyEntry, code: str, identity: str) -> Response:
    """Let somebody in who waits."""
    live = await entry.live(code)
    async with entry.write(code, Action.ADMIT) as (ctx, caller):
        await lobby.admit(ctx, caller, identity, live, entry.parts.issuer)
    return Response(status_code=204)


@router.post(
    "/{identity}/deny",
    status_code=204,
    responses=declared(*AS_ROLE, NotWaitingError),
    openapi_extra=acts(Action.ADMIT),
)
async def deny_one(entry: AnyEntry, code: str, identity: str) -> Response:
    """Send somebody away who waits."""
    async with entry.write(code, Action.ADMIT) as (ctx, caller):
        await lobby.deny(ctx, caller, identity)
    return Response(status_code=204)
