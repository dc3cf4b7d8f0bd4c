"""Whom of the organisation a room knows."""

from dataclasses import dataclass

from jumpa.domains.rooms.models import Room
from jumpa.domains.rooms.repository import PlaceRepository
from jumpa.domains.rooms.service.roles import Role
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.context import Context


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account, and what they are in a room; without a place they never came."""

    user: User
    role: Role
    identity: str | None


_RANKS = (Role.HOST, Role.MODERATOR, Role.PARTICIPANT, Role.OBSERVER)


async def list_all(ctx: Context, room: Room) -> list[Member]:
    """Return the host, and who was in the room or is expected, by role and name."""
    rows = await PlaceRepository(ctx.session, room.id).list_members()
    found = [Member(user, _role(room, user, role), identity) for user, role, identity in rows]
    if room.host_id is not None and all(one.user.id != room.host_id for one in found):
        found.append(Member(await people.get(ctx, room.host_id), Role.HOST, None))
    return sorted(found, key=lambda one: (_RANKS.index(one.role), one.user.search_name))


def _role(room: Room, user: User, role: str) -> Role:
    return Role.HOST if user.id == room.host_id else Role(role)
