"""What live rooms say about stored ones: who may still enter, who came, who left."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.rooms.errors import (
    BannedError,
    PlaceClosedError,
    RoomEndedError,
    RoomNotFoundError,
)
from jumpa.domains.rooms.events import PlaceChanged, PlaceClosed
from jumpa.domains.rooms.models import MeetingHistory, Room, RoomParticipant
from jumpa.domains.rooms.repository import (
    Before,
    HistoryRepository,
    PlaceRepository,
    RoomRepository,
    StayRepository,
)
from jumpa.domains.rooms.service import choices, connection_tests
from jumpa.domains.rooms.service.access import Caller
from jumpa.domains.rooms.service.grants import video_grants
from jumpa.domains.rooms.service.identities import owner_of
from jumpa.domains.users.service import people
from jumpa.kit.context import Context
from jumpa.media.access import Claims
from jumpa.media.engine import ParticipantJoined, ParticipantLeft


async def admit(ctx: Context, claims: Claims, *, is_own_token: bool) -> tuple[Claims, Room | None]:
    """Return the claims that hold now, and the room; foreign tokens may name rooms of their own.

    Raises RoomNotFoundError, RoomEndedError, BannedError, PlaceClosedError and
    ConnectionTestOverError.
    """
    if is_own_token and connection_tests.is_one(claims.video.room):
        connection_tests.check(claims.video.room, ctx.clock())
        return claims, None
    room = await RoomRepository(ctx.session).by_code(claims.video.room)
    if room is None and is_own_token:
        raise RoomNotFoundError
    if room is not None and room.ended_at is not None:
        raise RoomEndedError
    if room is None or not is_own_token:
        return claims, None
    place = await _place(ctx, room, claims.identity)
    if place is None:
        return claims, room
    if place.state == "banned":
        raise BannedError
    if await _is_shut(ctx, place):
        raise PlaceClosedError
    return await _claims_now(ctx, claims, room, place), room


async def arrived(ctx: Context, event: ParticipantJoined) -> PlaceChanged | PlaceClosed | None:
    """Note that somebody came; return what the live room must hear that changed meanwhile."""
    room = await RoomRepository(ctx.session).by_code(event.room)
    if room is None:
        return None
    place = await _place(ctx, room, event.identity)
    await _begin_stay(ctx, room, place, event)
    if place is None:
        return None
    if await _is_shut(ctx, place):
        return PlaceClosed(room.code, event.identity)
    place.state, place.left_at = "admitted", None
    missed = choices.changed(room, place, await choices.get(ctx, room))
    return replace(missed, name="" if event.name == place.name else place.name)


async def departed(ctx: Context, event: ParticipantLeft, *, is_inside: bool) -> None:
    """Note that somebody went; `is_inside` when a newer connection of theirs is there."""
    room = await RoomRepository(ctx.session).by_code(event.room)
    if room is None:
        return
    now = ctx.clock()
    stay = await HistoryRepository(ctx.session, room.id).open_stay(event.participant_sid)
    if stay is not None:
        stay.left_at = now
        stay.duration_s = int((now - stay.joined_at).total_seconds())
    place = await _place(ctx, room, event.identity)
    if place is not None and place.state == "admitted" and not is_inside:
        place.state, place.left_at = "left", now
        place.held_until = place.hand_raised_at = None
        await ctx.session.flush()
        await _let_go(PlaceRepository(ctx.session, room.id))


async def close_stays(ctx: Context, live: Collection[str]) -> None:
    """End the stays of connections that are gone, whose end nobody was there to note."""
    await StayRepository(ctx.session).close_others(live, ctx.clock())


async def list_history(
    ctx: Context, caller: Caller, before: Before, limit: int
) -> Sequence[MeetingHistory]:
    """Return who was in when, newest first."""
    return await HistoryRepository(ctx.session, caller.room.id).list_before(before, limit)


async def list_between(
    ctx: Context, room_id: UUID, since: datetime, before: datetime
) -> Sequence[MeetingHistory]:
    """Return who was in a room between two moments, even in part, in the order of coming."""
    return await HistoryRepository(ctx.session, room_id).list_between(since, before)


async def list_places(
    ctx: Context, caller: Caller, live: Sequence[str]
) -> dict[str, RoomParticipant]:
    """Return the places of who is inside, by identity."""
    found = await PlaceRepository(ctx.session, caller.room.id).list_by_identity(live)
    return {place.identity: place for place in found}


async def _begin_stay(
    ctx: Context, room: Room, place: RoomParticipant | None, event: ParticipantJoined
) -> None:
    history = HistoryRepository(ctx.session, room.id)
    # An engine that compares tells again of those who are inside.
    if await history.open_stay(event.participant_sid) is not None:
        return
    stay = MeetingHistory(
        id=uuid7(),
        organisation_id=room.organisation_id,
        room_id=room.id,
        user_id=place.user_id if place else None,
        participant_sid=event.participant_sid,
        name=event.name[:100],
        identity=place.identity if place else "",
        joined_at=ctx.clock(),
    )
    await history.add(stay)


async def _let_go(places: PlaceRepository) -> None:
    """A pin outlives a lost connection, and ends with the meeting."""
    if not await places.list_admitted():
        for place in await places.list_pinned():
            place.pinned_at = None


async def _place(ctx: Context, room: Room, identity: str) -> RoomParticipant | None:
    return await PlaceRepository(ctx.session, room.id).by_identity(owner_of(identity))


async def _is_shut(ctx: Context, place: RoomParticipant) -> bool:
    """Whether a place lets nobody in, also because its owner's account is closed."""
    if place.state not in {"admitted", "left"}:
        return True
    return place.user_id is not None and await people.is_closed(ctx, place.user_id)


async def _claims_now(ctx: Context, claims: Claims, room: Room, place: RoomParticipant) -> Claims:
    rights = choices.rights_of(place, await choices.get(ctx, room))
    granted = video_grants(room.code, rights)
    # What the request itself asked to leave out stays out.
    if claims.video.can_subscribe is False:
        granted = granted.model_copy(update={"can_subscribe": False})
    attributes = choices.attributes_of(place, rights)
    # An older token still has the name from before a change.
    name = place.name or claims.name
    return claims.model_copy(update={"name": name, "video": granted, "attributes": attributes})
