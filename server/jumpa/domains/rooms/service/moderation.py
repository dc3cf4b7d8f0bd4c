"""What hosts and moderators do with people: roles, restrictions, removing, banning, hands, pins."""

import secrets
from collections.abc import Sequence

from jumpa.domains.rooms.errors import PlaceNotFoundError, RankTooLowError, RoleTooLowError
from jumpa.domains.rooms.models import RoomParticipant
from jumpa.domains.rooms.repository import PlaceRepository
from jumpa.domains.rooms.service import choices, places
from jumpa.domains.rooms.service.access import Caller, below, rank_of
from jumpa.domains.rooms.service.roles import Action, Role, may, outranks
from jumpa.kit.context import Context
from jumpa.kit.signing import fingerprint

_SECRET_BYTES = 32


async def remove(ctx: Context, caller: Caller, identity: str) -> None:
    """Send somebody out; they may ask to come in again, as what everybody is."""
    await _close(ctx, caller, identity, "removed")


async def ban(ctx: Context, caller: Caller, identity: str) -> None:
    """Send somebody out for good."""
    await _close(ctx, caller, identity, "banned")


async def unban(ctx: Context, caller: Caller, identity: str) -> None:
    """Let somebody ask again who was banned."""
    place = await PlaceRepository(ctx.session, caller.room.id).by_identity(identity)
    if place is None or place.state != "banned":
        raise PlaceNotFoundError
    place.state = "removed"


async def list_banned(ctx: Context, caller: Caller) -> Sequence[RoomParticipant]:
    """Return who is banned."""
    return await PlaceRepository(ctx.session, caller.room.id).list_banned()


async def change(
    ctx: Context, caller: Caller, identity: str, changes: dict[str, object]
) -> RoomParticipant:
    """Change somebody's role and restrictions; unset ones follow the room again."""
    place = await below(ctx, caller, identity)
    if "role" in changes and not may(caller.role, Action.CHANGE_ROLES):
        raise RoleTooLowError
    for name, value in changes.items():
        setattr(place, name, value)
    await _tell(ctx, caller, place)
    return place


async def hand_over(ctx: Context, caller: Caller, identity: str) -> None:
    """Make somebody else the host; the old host stays moderator, and the host secret dies."""
    room = caller.room
    heir = await below(ctx, caller, identity)
    if heir.state != "admitted":
        raise PlaceNotFoundError
    for place in await PlaceRepository(ctx.session, room.id).list_hosts():
        place.role = Role.MODERATOR
        await _tell(ctx, caller, place)
    heir.role = Role.HOST
    room.host_id = heir.user_id
    room.host_secret_hash = fingerprint(secrets.token_urlsafe(_SECRET_BYTES))
    room.version += 1
    await _tell(ctx, caller, heir)


async def raise_hand(ctx: Context, caller: Caller, identity: str, *, is_up: bool) -> None:
    """Raise or lower a hand: one's own, or lower another's; a raised one keeps its turn."""
    own = caller.place
    if own is None or own.identity != identity:
        if is_up or not may(caller.role, Action.LOWER_HANDS):
            raise RoleTooLowError
        own = await PlaceRepository(ctx.session, caller.room.id).by_identity(identity)
    if own is None or own.state != "admitted":
        raise PlaceNotFoundError
    if is_up != (own.hand_raised_at is not None):
        own.hand_raised_at = ctx.clock() if is_up else None
        await _tell(ctx, caller, own)


async def pin(ctx: Context, caller: Caller, identity: str) -> None:
    """Put somebody who is inside before everybody's eyes, in the place of whoever was there."""
    repository = PlaceRepository(ctx.session, caller.room.id)
    place = await repository.by_identity(identity)
    if place is None or place.state != "admitted":
        raise PlaceNotFoundError
    for other in await repository.list_pinned():
        if other is not place:
            await _unpin(ctx, caller, other)
    if place.pinned_at is None:
        place.pinned_at = ctx.clock()
        await _tell(ctx, caller, place)


async def unpin(ctx: Context, caller: Caller, identity: str) -> None:
    """Let go of somebody who is pinned, also while they are away."""
    place = await PlaceRepository(ctx.session, caller.room.id).by_identity(identity)
    if place is None:
        raise PlaceNotFoundError
    if place.pinned_at is not None:
        await _unpin(ctx, caller, place)


async def list_hands(ctx: Context, caller: Caller) -> Sequence[RoomParticipant]:
    """Return whose hand is up, in the order of raising."""
    return await PlaceRepository(ctx.session, caller.room.id).list_hands()


async def mutable(
    ctx: Context, caller: Caller, live: Sequence[str], only: str | None = None
) -> list[str]:
    """Return whom of those inside the caller may mute: one, or all whose role is lower."""
    known = places.listed(await PlaceRepository(ctx.session, caller.room.id).list_by_identity(live))
    ranks = {
        identity: rank_of(caller.room, known[identity]) if identity in known else Role.GUEST
        for identity in live
    }
    if only is None:
        return [i for i in live if outranks(caller.role, ranks[i])]
    if only not in ranks:
        raise PlaceNotFoundError
    if not outranks(caller.role, ranks[only]):
        raise RankTooLowError
    return [only]


async def _close(ctx: Context, caller: Caller, identity: str, state: str) -> None:
    place = await below(ctx, caller, identity)
    place.role = Role.PARTICIPANT
    places.close(ctx, caller.room, place, state)


async def _unpin(ctx: Context, caller: Caller, place: RoomParticipant) -> None:
    place.pinned_at = None
    await _tell(ctx, caller, place)


async def _tell(ctx: Context, caller: Caller, place: RoomParticipant) -> None:
    settings = await choices.get(ctx, caller.room)
    ctx.emit(choices.changed(caller.room, place, settings))
