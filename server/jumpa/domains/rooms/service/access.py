"""Who stands at the door of a room, and whether their role opens it."""

import hmac
from dataclasses import dataclass, field
from uuid import UUID

from jumpa.domains.rooms.errors import (
    HostSecretMissingError,
    HostSecretWrongError,
    PlaceNotFoundError,
    RankTooLowError,
    RoleTooLowError,
)
from jumpa.domains.rooms.models import Room, RoomParticipant
from jumpa.domains.rooms.repository import PlaceRepository
from jumpa.domains.rooms.service import rooms
from jumpa.domains.rooms.service.roles import Action, Role, may, outranks, role_of
from jumpa.kit.context import Context
from jumpa.kit.signing import Signer, fingerprint


@dataclass(frozen=True, slots=True)
class Credential:
    """What came as a bearer token that is no access token: a host secret, or a guest's seat."""

    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody at a room, as what."""

    room: Room
    role: Role
    place: RoomParticipant | None


@dataclass(frozen=True, slots=True)
class Door:
    """Opens rooms to whoever may do something there."""

    signer: Signer

    async def open(self, ctx: Context, code: str, credential: Credential, action: Action) -> Caller:
        """Return who asks; raises when their role does not let them, and locks out other writers.

        From here on the transaction sees the organisation of the room alone.
        """
        room = await rooms.get_for_update(ctx, code)
        return await self._open(ctx, room, credential, action)

    async def look(self, ctx: Context, code: str, credential: Credential, action: Action) -> Caller:
        """Do the same for who changes nothing."""
        return await self._open(ctx, await rooms.get(ctx, code), credential, action)

    async def _open(
        self, ctx: Context, room: Room, credential: Credential, action: Action
    ) -> Caller:
        user_id = member_id(ctx, room)
        await ctx.enter(room.organisation_id)
        caller = await self._recognise(ctx, room, user_id, credential)
        if not may(caller.role, action):
            is_nobody = ctx.actor.user_id is None and not credential.secret
            raise HostSecretMissingError if is_nobody else RoleTooLowError
        return caller

    async def _recognise(
        self, ctx: Context, room: Room, user_id: UUID | None, credential: Credential
    ) -> Caller:
        places = PlaceRepository(ctx.session, room.id)
        if credential.secret:
            identity = seated(self.signer, room.code, credential.secret)
            if identity is not None:
                place = await places.by_identity(identity)
                # Somebody with an account shows that; a seat outlives every session.
                own = place if place is not None and place.user_id is None else None
                return Caller(room, role_of(own), own)
            check_host_secret(room, credential.secret)
            return Caller(room, Role.HOST, None)
        place = await places.by_user(user_id) if user_id else None
        if user_id is not None and user_id == room.host_id:
            return Caller(room, Role.HOST, place)
        return Caller(room, role_of(place), place)


def member_id(ctx: Context, room: Room) -> UUID | None:
    """Return who asks if the room's organisation knows them; all others are guests there."""
    is_member = ctx.actor.organisation_id == room.organisation_id
    return ctx.actor.user_id if is_member else None


def check_host_secret(room: Room, host_secret: str) -> None:
    """Raise HostSecretWrongError unless this is the secret of the room."""
    if not hmac.compare_digest(fingerprint(host_secret), room.host_secret_hash):
        raise HostSecretWrongError


def seated(signer: Signer, code: str, seat: str | None) -> str | None:
    """Return the identity of a seat of this room, or None."""
    signed = signer.read(seat) if seat else None
    if signed is None:
        return None
    seated_in, _, identity = signed.partition(" ")
    return identity if seated_in == code else None


async def known_as(ctx: Context, room: Room, identity: str) -> Caller:
    """Return who has this identity in a room; without a place they are a stranger."""
    place = await PlaceRepository(ctx.session, room.id).by_identity(identity)
    return Caller(room, role_of(place), place)


async def below(ctx: Context, caller: Caller, identity: str) -> RoomParticipant:
    """Return a place that the caller may act on; PlaceNotFoundError or RankTooLowError."""
    place = await PlaceRepository(ctx.session, caller.room.id).by_identity(identity)
    if place is None:
        raise PlaceNotFoundError
    if not outranks(caller.role, rank_of(caller.room, place)):
        raise RankTooLowError
    return place


def rank_of(room: Room, place: RoomParticipant) -> Role:
    """Return the role that a place has whether its owner is inside or not."""
    if place.user_id is not None and place.user_id == room.host_id:
        return Role.HOST
    return Role(place.role)
