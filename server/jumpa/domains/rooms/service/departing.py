"""People whose account is closed, or goes: out of every room, and their rooms to somebody else."""

from uuid import UUID

from jumpa.domains.rooms.repository import StayRepository
from jumpa.domains.rooms.service import places
from jumpa.domains.rooms.service.roles import Role
from jumpa.kit.context import Context

_INSIDE = ("admitted", "waiting")


async def send_out(ctx: Context, user_id: UUID) -> None:
    """Send somebody out of every room; their places are kept for when they come back."""
    for place, room in await StayRepository(ctx.session).list_own_places(user_id):
        if place.state in _INSIDE:
            places.close(ctx, room, place, "left" if place.state == "admitted" else "removed")


async def hand_over(ctx: Context, user_id: UUID, heir_id: UUID) -> int:
    """Give a person's rooms to somebody else and take their places; return how many rooms.

    The places stay, as nobody's: without one, an older token would open the room.
    """
    stays = StayRepository(ctx.session)
    for place, room in await stays.list_own_places(user_id):
        if place.state in _INSIDE:
            places.close(ctx, room, place, "removed")
        elif place.state != "banned":
            place.state, place.left_at = "removed", ctx.clock()
        place.user_id, place.role = None, Role.PARTICIPANT
    return await stays.hand_over(user_id, heir_id)
