"""What administrators do with the rooms of others."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jumpa.domains.audit.service import AuditLog, Deed
from jumpa.domains.rooms.models import Room, RoomParticipant
from jumpa.domains.rooms.repository import Before, PlaceRepository, RoomRepository, StayRepository
from jumpa.domains.rooms.service import rooms
from jumpa.domains.rooms.service.rooms import RoomLimits, Wanted
from jumpa.domains.users.errors import UserNotFoundError
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.actor import SERVER, Actor
from jumpa.kit.context import Context, UnitOfWork

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Stay:
    """One connection of somebody to one room; without an account there is no `user_id`."""

    id: UUID
    room_id: UUID
    user_id: UUID | None
    name: str
    participant_sid: str
    joined_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Administration:
    """The tools for it."""

    work: UnitOfWork
    audit: AuditLog
    limits: RoomLimits

    async def create(self, wanted: Wanted, email: str) -> tuple[Room, str]:
        """Make a room for an account, or with a host secret when none is named."""
        async with self.work.read(SERVER) as ctx:
            host = await _host(ctx, email) if email else None
        actor = SERVER
        if host is not None:
            actor = Actor(host.id, host.organisation_id, sees_all=True)
        async with self.work.write(actor) as ctx:
            room, host_secret = await rooms.create(ctx, wanted, self.limits)
            await self._note(ctx, room, "room.created")
            return room, host_secret

    async def end(self, code: str) -> Room:
        """End a room for everybody; raises RoomNotFoundError."""
        async with self.work.write(SERVER) as ctx:
            room = await rooms.get_for_update(ctx, code)
            await rooms.close(ctx, room)
            await self._note(ctx, room, "room.ended")
            return room

    async def delete(self, code: str) -> Room:
        """Forget a room and all that belongs to it; raises RoomNotFoundError."""
        async with self.work.write(SERVER) as ctx:
            room = await rooms.get_for_update(ctx, code)
            await self._note(ctx, room, "room.deleted")
            await rooms.delete(ctx, room)
            return room

    async def _note(self, ctx: Context, room: Room, action: str) -> None:
        facts = {"room": room.code, "role": "administrator"}
        await self.audit.record(ctx, Deed(action, room.organisation_id, room.id, facts))


async def list_all(ctx: Context, before: Before, limit: int) -> Sequence[Room]:
    """Return the rooms of everybody, newest first."""
    return await RoomRepository(ctx.session).list_all(before, limit)


async def by_codes(ctx: Context, codes: Collection[str]) -> Sequence[Room]:
    """Return those of these rooms that whoever asks may see."""
    return await RoomRepository(ctx.session).list_by_codes(codes)


async def places_of(
    ctx: Context, room_ids: Collection[UUID]
) -> dict[tuple[UUID, str], RoomParticipant]:
    """Return who may be inside these rooms, by room and identity."""
    found = await StayRepository(ctx.session).list_places(room_ids)
    return {(place.room_id, place.identity): place for place in found}


async def each_stay(ctx: Context, since: datetime) -> AsyncIterator[Stay]:
    """Yield the stays in all rooms that had not ended by then; others have their turn between."""
    after: UUID | None = None
    while rows := await StayRepository(ctx.session).list_touching(since, after, _BATCH):
        for row in rows:
            yield Stay(*row)
        after = rows[-1].id


async def places(ctx: Context, room: Room) -> Sequence[RoomParticipant]:
    """Return every place in a room."""
    return await PlaceRepository(ctx.session, room.id).list_all()


async def _host(ctx: Context, email: str) -> User:
    user = await people.find_by_email(ctx, email)
    if user is None:
        raise UserNotFoundError(f"There is no account with the address {email}.")
    return user
