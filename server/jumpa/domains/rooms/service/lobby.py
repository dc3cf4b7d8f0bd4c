"""The waiting room: who asks to come in, and who lets them."""

from collections.abc import Collection, Sequence

from jumpa.domains.rooms.errors import NotWaitingError
from jumpa.domains.rooms.models import RoomParticipant
from jumpa.domains.rooms.repository import PlaceRepository
from jumpa.domains.rooms.service import places
from jumpa.domains.rooms.service.access import Caller
from jumpa.domains.rooms.service.places import SeatIssuer
from jumpa.kit.context import Context


async def list_(ctx: Context, caller: Caller) -> Sequence[RoomParticipant]:
    """Return who waits, first come first."""
    return await PlaceRepository(ctx.session, caller.room.id).list_waiting(ctx.clock())


async def admit(
    ctx: Context, caller: Caller, identity: str, live: Collection[str], issuer: SeatIssuer
) -> None:
    """Let somebody in who waits; they learn of it when they ask again."""
    place = await _waiting(ctx, caller, identity)
    await places.check_room(ctx, caller.room, live, identity)
    place.state = "admitted"
    place.held_until = places.held_until(ctx.clock(), issuer)


async def deny(ctx: Context, caller: Caller, identity: str) -> None:
    """Send somebody away who waits."""
    place = await _waiting(ctx, caller, identity)
    place.state, place.held_until, place.left_at = "denied", None, ctx.clock()


async def admit_all(
    ctx: Context, caller: Caller, live: Collection[str], issuer: SeatIssuer
) -> Sequence[str]:
    """Let in everybody who waits; raises RoomFullError and lets in nobody when not all fit."""
    waiting = await list_(ctx, caller)
    for place in waiting:
        await admit(ctx, caller, place.identity, live, issuer)
    return [place.identity for place in waiting]


async def deny_all(ctx: Context, caller: Caller) -> Sequence[str]:
    """Send everybody away who waits."""
    waiting = await list_(ctx, caller)
    for place in waiting:
        await deny(ctx, caller, place.identity)
    return [place.identity for place in waiting]


async def _waiting(ctx: Context, caller: Caller, identity: str) -> RoomParticipant:
    place = await PlaceRepository(ctx.session, caller.room.id).by_identity(identity)
    if place is None or place.state != "waiting":
        raise NotWaitingError
    return place
