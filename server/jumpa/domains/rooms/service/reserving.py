"""Places of people who are expected, before they come."""

import secrets
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.rooms.models import Room, RoomParticipant
from jumpa.domains.rooms.repository import PlaceRepository
from jumpa.domains.rooms.service import choices, rooms
from jumpa.domains.rooms.service.roles import Role
from jumpa.domains.users.models import User
from jumpa.kit.context import Context

_IDENTITY_BYTES = 9


async def appoint(ctx: Context, room_id: UUID, user: User, *, moderates: bool) -> None:
    """Let a person of the organisation be moderator of a room whenever they come, or no more."""
    room = await rooms.by_id(ctx, room_id)
    places = PlaceRepository(ctx.session, room.id)
    place = await places.by_user(user.id)
    if place is None:
        if moderates:
            await places.add(_place(ctx, room, user))
        return
    if place.role != Role.HOST:
        place.role = Role.MODERATOR if moderates else Role.PARTICIPANT
        ctx.emit(choices.changed(room, place, await choices.get(ctx, room)))


async def seat_guest(ctx: Context, room_id: UUID, name: str) -> tuple[Room, str]:
    """Keep a place for somebody without an account; return the room and their identity."""
    room = await rooms.by_id(ctx, room_id)
    rooms.check_open(room)
    place = _place(ctx, room, None)
    place.name, place.role = name, Role.PARTICIPANT
    place.left_at = ctx.clock()
    await PlaceRepository(ctx.session, room.id).add(place)
    return room, place.identity


def _place(ctx: Context, room: Room, user: User | None) -> RoomParticipant:
    # Whoever has been inside comes in again without waiting; so does who is expected.
    return RoomParticipant(
        id=uuid7(),
        organisation_id=room.organisation_id,
        room_id=room.id,
        user_id=user.id if user else None,
        identity=secrets.token_urlsafe(_IDENTITY_BYTES),
        name=user.first_name if user else "",
        joined_at=ctx.clock(),
        role=Role.MODERATOR,
        state="left",
    )
