"""People in rooms: they join, leave, are listed, and raise their hands."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response
from livekit.protocol import models

from jumpa.domains.rooms.endpoints.doors import (
    ALSO_STRANGERS,
    AS_ROLE,
    AnyEntry,
    Parts,
    RoomParts,
    acts,
    guarded,
    media_url,
)
from jumpa.domains.rooms.endpoints.rooms import Cursor, Limit
from jumpa.domains.rooms.errors import (
    AdmissionDeniedError,
    BannedError,
    HostSecretWrongError,
    PlaceNotFoundError,
    RoomEndedError,
    RoomLockedError,
    RoomNotFoundError,
    RoomNotOpenError,
    RoomPasswordMissingError,
    RoomPasswordWrongError,
    VoucherInvalidError,
    WaitingRoomFullError,
)
from jumpa.domains.rooms.events import Rights
from jumpa.domains.rooms.models import MeetingHistory, RoomParticipant
from jumpa.domains.rooms.schemas import (
    PARTICIPANT,
    SOMEBODY,
    STAY,
    ParticipantRead,
    RoomJoin,
    RoomJoined,
    RoomWaiting,
    Somebody,
    StayRead,
)
from jumpa.domains.rooms.service import choices, moderation, places, presence, rooms
from jumpa.domains.rooms.service.places import Coming, Proofs
from jumpa.domains.rooms.service.roles import Action, role_of
from jumpa.kit import tables
from jumpa.kit.actor import AccessTokenExpiredError, AccessTokenInvalidError
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.http.callers import AnyVisitor, Visitor
from jumpa.kit.http.downloads import CSV, as_file
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.paging import CursorMalformedError, Page, cursor_of, read_moment_slice
from jumpa.media.errors import RoomFullError

_JOINING = (
    RoomNotFoundError,
    RoomEndedError,
    HostSecretWrongError,
    RoomLockedError,
    RoomNotOpenError,
    VoucherInvalidError,
    RoomPasswordMissingError,
    RoomPasswordWrongError,
    AdmissionDeniedError,
    BannedError,
    RoomFullError,
    WaitingRoomFullError,
    AccessTokenInvalidError,
    AccessTokenExpiredError,
)

_MOST_EXPORTED = 10_000

router = APIRouter(prefix="/rooms", tags=["rooms"])


@router.post(
    "/{code}/join",
    responses=declared(*_JOINING)
    | {202: {"model": RoomWaiting, "description": "Somebody has to let you in"}},
    response_model=RoomJoined,
    openapi_extra=acts(Action.JOIN) | ALSO_STRANGERS,
)
async def join_room(
    request: Request, parts: Parts, visitor: AnyVisitor, code: str, body: RoomJoin
) -> RoomJoined | Response:
    """Give a token to enter the room; the seat of an earlier answer keeps its identity."""
    reach(FailPoint.JOIN_RECEIVED)
    parts.joins.count(visitor.actor.address)
    with guarded(parts, visitor.actor.address):
        coming = await _coming(parts, visitor, code, body)
        async with parts.work.write(visitor.actor) as ctx:
            seat = await places.join(ctx, code, coming, parts.issuer)
            await ctx.session.flush()
            reach(FailPoint.JOIN_WRITTEN)
    reach(FailPoint.JOIN_COMMITTED)
    if not seat.token:
        waiting = RoomWaiting(
            identity=seat.identity, seat=seat.seat, is_host_inside=seat.is_host_inside
        )
        return Response(waiting.model_dump_json(), 202, media_type="application/json")
    return RoomJoined(
        url=media_url(request, parts),
        token=seat.token,
        ticket=seat.ticket,
        identity=seat.identity,
        seat=seat.seat,
        expires_in_s=seat.expires_in_s,
        role=seat.role.value,
    )


@router.post(
    "/{code}/leave",
    status_code=204,
    responses=declared(*AS_ROLE),
    openapi_extra=acts(Action.LEAVE),
)
async def leave_room(entry: AnyEntry, code: str) -> Response:
    """Give your place back; guests prove theirs with the seat as bearer token."""
    async with entry.write(code, Action.LEAVE) as (ctx, caller):
        await places.leave(ctx, caller)
    return Response(status_code=204)


@router.get(
    "/{code}/participants",
    responses=declared(*AS_ROLE) | shown([PARTICIPANT]),
    openapi_extra=acts(Action.LIST_PARTICIPANTS),
)
async def list_participants(entry: AnyEntry, code: str) -> list[ParticipantRead]:
    """List who is inside, in the order of coming."""
    inside = await entry.inside(code)
    async with entry.read(code, Action.LIST_PARTICIPANTS) as (ctx, caller):
        found = await presence.list_places(ctx, caller, [p.identity for p in inside])
        settings = await choices.get(ctx, caller.room)
    return [
        _inside(found[p.identity], choices.rights_of(found[p.identity], settings))
        if p.identity in found
        else _foreign(p)
        for p in inside
    ]


@router.get(
    "/{code}/history",
    responses=declared(*AS_ROLE, CursorMalformedError)
    | shown({"items": [STAY], "next_cursor": None}),
    openapi_extra=acts(Action.READ_HISTORY),
)
async def list_history(
    entry: AnyEntry, code: str, cursor: Cursor = None, limit: Limit = 50
) -> Page[StayRead]:
    """List who was in when, newest first."""
    before = read_moment_slice(cursor)
    async with entry.read(code, Action.READ_HISTORY) as (ctx, caller):
        found = await presence.list_history(ctx, caller, before, limit)
    last = found[-1] if len(found) == limit else None
    return Page(
        items=[_stay(stay) for stay in found],
        next_cursor=cursor_of(last.joined_at.isoformat(), last.id) if last else None,
    )


@router.get(
    "/{code}/history.csv",
    response_class=Response,
    responses=declared(*AS_ROLE) | CSV,
    openapi_extra=acts(Action.READ_HISTORY),
)
async def export_history(entry: AnyEntry, code: str) -> Response:
    """Return who was in when as a file for spreadsheets, the newest 10 000 stays."""
    async with entry.read(code, Action.READ_HISTORY) as (ctx, caller):
        found = await presence.list_history(ctx, caller, None, _MOST_EXPORTED)
    head = ("name", "user_id", "joined_at", "left_at", "duration_s")
    rows = [[getattr(stay, name) for name in head] for stay in map(_stay, found)]
    return as_file("history.csv", tables.table(head, rows))


@router.get(
    "/{code}/hands",
    responses=declared(*AS_ROLE) | shown([SOMEBODY]),
    openapi_extra=acts(Action.LIST_PARTICIPANTS),
)
async def list_hands(entry: AnyEntry, code: str) -> list[Somebody]:
    """List whose hand is up, first raised first."""
    async with entry.read(code, Action.LIST_PARTICIPANTS) as (ctx, caller):
        found = await moderation.list_hands(ctx, caller)
    return [Somebody(identity=p.identity, name=p.name, at=p.hand_raised_at) for p in found]


@router.put(
    "/{code}/participants/{identity}/hand",
    status_code=204,
    responses=declared(*AS_ROLE, PlaceNotFoundError),
    openapi_extra=acts(Action.RAISE_HAND),
)
async def raise_hand(entry: AnyEntry, code: str, identity: str) -> Response:
    """Raise your hand; everybody reads it in your attribute `hand`."""
    async with entry.write(code, Action.RAISE_HAND) as (ctx, caller):
        await moderation.raise_hand(ctx, caller, identity, is_up=True)
    return Response(status_code=204)


@router.delete(
    "/{code}/participants/{identity}/hand",
    status_code=204,
    responses=declared(*AS_ROLE, PlaceNotFoundError),
    openapi_extra=acts(Action.RAISE_HAND),
)
async def lower_hand(entry: AnyEntry, code: str, identity: str) -> Response:
    """Lower your hand; hosts and moderators lower those of others."""
    async with entry.write(code, Action.RAISE_HAND) as (ctx, caller):
        await moderation.raise_hand(ctx, caller, identity, is_up=False)
    return Response(status_code=204)


async def _coming(parts: RoomParts, visitor: Visitor, code: str, body: RoomJoin) -> Coming:
    async with parts.work.read(visitor.actor) as ctx:
        room = await rooms.get(ctx, code)
        opens_at = await parts.opens_at(ctx, room)
    has_password: bool | None = None
    if body.password is not None and room.password_hash is not None:
        await parts.guesses.take(room.id, visitor.actor.address)
        verified = await parts.passwords.verify(body.password, room.password_hash)
        if not verified.is_right:
            raise RoomPasswordWrongError
        has_password = True
    token = body.access_token
    vouched = None if token is None else parts.vouchers.read(token, room.code)
    inside = await parts.engine.list_participants(room.code)
    proofs = Proofs(body.seat, body.host_secret, has_password, vouched)
    return Coming(body.name, proofs, [p.identity for p in inside], opens_at)


def _inside(place: RoomParticipant, rights: Rights) -> ParticipantRead:
    return ParticipantRead(
        identity=place.identity,
        name=place.name,
        role=role_of(place).value,
        joined_at=place.joined_at,
        hand_raised_at=place.hand_raised_at,
        pinned_at=place.pinned_at,
        may_unmute=rights.speak,
        may_use_camera=rights.show,
        may_share=rights.share,
        may_chat=rights.chat,
        may_react=rights.react,
        may_rename=rights.rename,
    )


def _foreign(participant: models.ParticipantInfo) -> ParticipantRead:
    """Describe somebody who came with a token of another API key."""
    allowed = participant.permission
    return ParticipantRead(
        identity=participant.identity,
        name=participant.name,
        role="guest",
        joined_at=datetime.fromtimestamp(participant.joined_at, UTC),
        hand_raised_at=None,
        pinned_at=None,
        may_unmute=allowed.can_publish,
        may_use_camera=allowed.can_publish,
        may_share=allowed.can_publish,
        may_chat=allowed.can_publish_data,
        may_react=False,
        may_rename=allowed.can_update_metadata,
    )


def _stay(stay: MeetingHistory) -> StayRead:
    return StayRead(
        name=stay.name,
        user_id=str(stay.user_id) if stay.user_id else None,
        joined_at=stay.joined_at,
        left_at=stay.left_at,
        duration_s=stay.duration_s,
    )
