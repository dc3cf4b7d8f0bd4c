"""People come in, wait, and leave."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.rooms.errors import (
    AdmissionDeniedError,
    BannedError,
    RoomLockedError,
    RoomNotOpenError,
    RoomPasswordMissingError,
    WaitingRoomFullError,
)
from jumpa.domains.rooms.events import PlaceClosed, SomebodyWaits
from jumpa.domains.rooms.models import Room, RoomParticipant
from jumpa.domains.rooms.repository import PlaceRepository
from jumpa.domains.rooms.schemas import RoomSettings
from jumpa.domains.rooms.service import choices, rooms
from jumpa.domains.rooms.service.access import Caller, check_host_secret, member_id, seated
from jumpa.domains.rooms.service.entering import TicketOffice
from jumpa.domains.rooms.service.grants import video_grants
from jumpa.domains.rooms.service.roles import Role, moderates, role_of
from jumpa.domains.rooms.service.vouching import Vouched
from jumpa.kit.context import Context
from jumpa.kit.signing import Signer
from jumpa.media.access import LEEWAY, Claims, mint
from jumpa.media.errors import RoomFullError

_IDENTITY_BYTES = 9
_MOST_WAITING = 200
# Somebody who waits asks again every few seconds.
_WAITING = timedelta(minutes=1)
_KEPT = timedelta(hours=12)
_MODERATING = tuple(role for role in Role if moderates(role))


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a room; `token` opens it, `ticket` once; both are empty while somebody waits.

    `is_host_inside` tells those who wait whether anybody is there to let them in.
    """

    identity: str
    seat: str
    role: Role
    token: str = field(default="", repr=False)
    ticket: str = field(default="", repr=False)
    expires_in_s: int = 0
    is_host_inside: bool = False


@dataclass(frozen=True, slots=True)
class Proofs:
    """What somebody who joins may have: the seat of this tab, the host's secret, the password.

    `has_password` is the outcome of comparing, None when nothing was sent. Who is `vouched` for
    comes as that identity and as nobody else.
    """

    seat: str | None = None
    host_secret: str | None = field(default=None, repr=False)
    has_password: bool | None = None
    vouched: Vouched | None = None


@dataclass(frozen=True, slots=True)
class SeatIssuer:
    """Mints tokens of places with the server's own API key."""

    api_key: str
    secret: str = field(repr=False)
    signer: Signer
    lifetime: timedelta


@dataclass(frozen=True, slots=True)
class Coming:
    """Who wants to come in; `live` are the identities inside now.

    Before `opens_at` only hosts and moderators come in.
    """

    name: str
    proofs: Proofs = Proofs()
    live: Collection[str] = ()
    opens_at: datetime | None = None


async def join(ctx: Context, code: str, coming: Coming, issuer: SeatIssuer) -> Seat:
    """Give a place, or let somebody wait; those who join one room do so one after another."""
    room = await rooms.get_for_update(ctx, code)
    rooms.check_open(room)
    user_id = None if coming.proofs.vouched else member_id(ctx, room)
    await ctx.enter(room.organisation_id)
    if coming.proofs.host_secret is not None:
        check_host_secret(room, coming.proofs.host_secret)
    places = PlaceRepository(ctx.session, room.id)
    await places.remove_lapsed(ctx.clock() - _KEPT)
    place, is_new = await _place(ctx, room, coming, user_id, issuer.signer)
    if place.state == "banned":
        raise BannedError
    place.name = coming.name
    is_host = coming.proofs.host_secret is not None or (user_id and user_id == room.host_id)
    if is_host:
        place.role = Role.HOST
    if coming.opens_at is not None and not moderates(Role(place.role)):
        raise RoomNotOpenError(f"The room opens at {coming.opens_at:%Y-%m-%d %H:%M} UTC.")
    settings = await choices.get(ctx, room)
    must_wait = not is_host and _must_wait(room, place, settings, coming.proofs, is_new=is_new)
    is_host_inside = False
    if must_wait:
        is_host_inside = await _wait(ctx, room, place, coming.live)
    else:
        await _seat(ctx, room, place, coming.live, issuer)
    if is_new:
        await places.add(place)
    seat = _answer(ctx, room, place, settings, issuer)
    return replace(seat, is_host_inside=is_host_inside)


async def leave(ctx: Context, caller: Caller) -> None:
    """Give the place back; who is inside is sent out."""
    if caller.place is not None:
        close(ctx, caller.room, caller.place, "left")


def close(ctx: Context, room: Room, place: RoomParticipant, state: str) -> None:
    """Take a place away: its tokens open nothing from now on, unless its owner only left."""
    place.state = state
    place.left_at = ctx.clock()
    place.held_until = None
    place.hand_raised_at = place.pinned_at = None
    ctx.emit(PlaceClosed(room.code, place.identity))


async def check_room(ctx: Context, room: Room, places_live: Collection[str], own: str) -> None:
    """Raise RoomFullError when every place is taken by others."""
    held = await PlaceRepository(ctx.session, room.id).list_held(ctx.clock())
    taken = {*held, *places_live} - {own}
    if len(taken) >= room.max_users:
        raise RoomFullError(f"The room has as many people as it may have ({room.max_users}).")


def held_until(now: datetime, issuer: SeatIssuer) -> datetime:
    """Return until when a place is kept for a token that may not have been used yet."""
    return now + issuer.lifetime + LEEWAY


def listed(places: Sequence[RoomParticipant]) -> dict[str, RoomParticipant]:
    """Return places by identity."""
    return {place.identity: place for place in places}


async def _place(
    ctx: Context, room: Room, coming: Coming, user_id: UUID | None, signer: Signer
) -> tuple[RoomParticipant, bool]:
    places = PlaceRepository(ctx.session, room.id)
    vouched = coming.proofs.vouched
    if vouched is not None:
        found = await places.by_identity(vouched.identity)
        vouched.check(found)
    else:
        found = await _found(places, seated(signer, room.code, coming.proofs.seat), user_id)
    if found is not None:
        return found, False
    place = RoomParticipant(
        id=uuid7(),
        room_id=room.id,
        user_id=user_id,
        identity=vouched.identity if vouched else secrets.token_urlsafe(_IDENTITY_BYTES),
        name=coming.name,
        joined_at=ctx.clock(),
        role=vouched.role if vouched else Role.PARTICIPANT,
        state="removed",
    )
    return place, True


async def _found(
    places: PlaceRepository, seat: str | None, user_id: UUID | None
) -> RoomParticipant | None:
    """Return the place that somebody has already, by their account or by the seat of this tab."""
    found = await places.by_user(user_id) if user_id else None
    if found is None and seat is not None:
        kept = await places.by_identity(seat)
        # A seat names a guest; it never opens the place of somebody with an account.
        if kept is not None and kept.user_id is None:
            kept.user_id = user_id
            found = kept
    return found


def _must_wait(
    room: Room, place: RoomParticipant, settings: RoomSettings, proofs: Proofs, *, is_new: bool
) -> bool:
    """Whether somebody waits; raises for whom not even waiting is open."""
    if place.state in {"admitted", "left"} or moderates(Role(place.role)):
        return False
    if settings.locked:
        raise RoomLockedError
    if not is_new and place.state == "denied":
        place.state = "removed"
        raise AdmissionDeniedError
    if proofs.vouched:
        return False
    if room.password_hash is not None and place.state != "waiting" and not proofs.has_password:
        raise RoomPasswordMissingError
    return settings.waiting_room


async def _wait(ctx: Context, room: Room, place: RoomParticipant, live: Collection[str]) -> bool:
    """Let somebody wait; whether anybody is inside who may let them in."""
    now = ctx.clock()
    places = PlaceRepository(ctx.session, room.id)
    # Not everybody inside: all who wait ask again every few seconds.
    moderators = tuple(await places.list_admitted_as(_MODERATING))
    if place.state != "waiting":
        if len(await places.list_waiting(now)) >= _MOST_WAITING:
            raise WaitingRoomFullError
        place.state, place.joined_at = "waiting", now
        ctx.emit(SomebodyWaits(room.code, place.identity, place.name, moderators))
    place.held_until = now + _WAITING
    return not set(moderators).isdisjoint(live)


async def _seat(
    ctx: Context,
    room: Room,
    place: RoomParticipant,
    live: Collection[str],
    issuer: SeatIssuer,
) -> None:
    await check_room(ctx, room, live, place.identity)
    place.state, place.left_at = "admitted", None
    place.held_until = held_until(ctx.clock(), issuer)


def _answer(
    ctx: Context,
    room: Room,
    place: RoomParticipant,
    settings: RoomSettings,
    issuer: SeatIssuer,
) -> Seat:
    seat = issuer.signer.sign(f"{room.code} {place.identity}")
    if place.state == "waiting":
        return Seat(place.identity, seat, Role.STRANGER)
    rights = choices.rights_of(place, settings)
    claims = Claims(
        identity=place.identity,
        name=place.name,
        attributes=choices.attributes_of(place, rights),
        video=video_grants(room.code, rights),
    )
    token = mint(
        api_key=issuer.api_key,
        secret=issuer.secret,
        claims=claims,
        clock=ctx.clock,
        lifetime=issuer.lifetime,
    )
    lifetime_s = int(issuer.lifetime.total_seconds())
    ticket = TicketOffice.beside(issuer.signer).issue(room.code, place.identity, ctx.clock())
    return Seat(place.identity, seat, role_of(place), token, ticket, lifetime_s)
