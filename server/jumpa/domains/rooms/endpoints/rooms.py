"""Rooms: created, listed, looked at, changed, ended and deleted."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from jumpa.domains.organisations.models import HOME
from jumpa.domains.rooms.endpoints.doors import (
    ALSO_STRANGERS,
    AS_ROLE,
    AnyEntry,
    Entry,
    Parts,
    RoomParts,
    acts,
    guarded,
)
from jumpa.domains.rooms.errors import CodeTakenError, RoomNotFoundError, RoomTooLargeError
from jumpa.domains.rooms.models import Room
from jumpa.domains.rooms.schemas import (
    MEMBER,
    ROOM,
    MemberRead,
    RoomCreate,
    RoomCreated,
    RoomDetails,
    RoomRead,
    RoomSettings,
    RoomUpdate,
)
from jumpa.domains.rooms.service import choices, members, rooms
from jumpa.domains.rooms.service.roles import Action, Role
from jumpa.domains.rooms.service.rooms import TitleTooLongError, Wanted
from jumpa.kit.actor import SERVER
from jumpa.kit.http.callers import SIGNED_IN, AnyVisitor, Person
from jumpa.kit.http.conditions import ChangedMeanwhileError, IfMatch, check_version, etag
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.http.repeats import IdempotencyKey, repeatable_of
from jumpa.kit.idempotency import IdempotencyKeyReusedError, once
from jumpa.kit.paging import LONGEST, CursorMalformedError, Page, cursor_of, read_moment_slice
from jumpa.kit.rate import site

_NAMES_SHOWN = 3
_TOO_MUCH = (TitleTooLongError, RoomTooLargeError)
Cursor = Annotated[str | None, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=LONGEST)]

router = APIRouter(prefix="/rooms", tags=["rooms"])


@router.post(
    "",
    status_code=201,
    responses=declared(*_TOO_MUCH, CodeTakenError, IdempotencyKeyReusedError, *SIGNED_IN[1:]),
    openapi_extra=ALSO_STRANGERS,
)
async def create_room(
    request: Request,
    parts: Parts,
    visitor: AnyVisitor,
    body: RoomCreate,
    key: IdempotencyKey = None,
) -> RoomCreated:
    """Create a room; who is signed in is its host, all others are told the host secret."""
    actor = visitor.actor
    parts.creations.count(actor.address)
    wanted = await _wanted(parts, body)
    asker = f"user {actor.user_id}" if actor.user_id else f"guest {site(actor.address)}"
    repeatable = await repeatable_of(request, key, asker, actor.organisation_id or HOME)

    async with parts.work.write(actor) as ctx:

        async def create() -> RoomCreated:
            room, host_secret = await rooms.create(ctx, wanted, parts.limits)
            return RoomCreated(
                code=room.code,
                title=room.title,
                host_secret=host_secret,
                url=f"{request.url.scheme}://{request.url.netloc}/{room.code}",
            )

        return await once(ctx, parts.ring, repeatable, RoomCreated, create)


@router.get(
    "",
    responses=declared(*SIGNED_IN, CursorMalformedError)
    | shown({"items": [ROOM], "next_cursor": None}),
)
async def list_rooms(
    parts: Parts, actor: Person, cursor: Cursor = None, limit: Limit = 50
) -> Page[RoomDetails]:
    """List the rooms that you host or were in, newest first."""
    before = read_moment_slice(cursor)
    async with parts.work.read(actor) as ctx:
        found = await rooms.list_own(ctx, before, limit)
    last = found[-1] if len(found) == limit else None
    return Page(
        items=[_details(room, is_host=room.host_id == actor.user_id) for room in found],
        next_cursor=cursor_of(last.created_at.isoformat(), last.id) if last else None,
    )


@router.get("/{code}", responses=declared(RoomNotFoundError), openapi_extra=acts(Action.LOOK))
async def get_room(request: Request, parts: Parts, code: str, response: Response) -> RoomRead:
    """Return a room and who is inside; its ETag is what a change may name."""
    address = request.client.host if request.client else ""
    with guarded(parts, address):
        async with parts.work.read(SERVER) as ctx:
            room = await rooms.get(ctx, code)
    inside = await parts.engine.list_participants(room.code)
    response.headers["ETag"] = etag(room.version)
    return RoomRead(
        code=room.code,
        title=room.title,
        created_at=room.created_at,
        ended=room.ended_at is not None,
        has_password=room.password_hash is not None,
        participants=[participant.name for participant in inside[:_NAMES_SHOWN]],
        participant_count=len(inside),
    )


@router.get(
    "/{code}/details",
    responses=declared(*AS_ROLE),
    openapi_extra=acts(Action.READ_SETTINGS),
)
async def get_room_details(entry: AnyEntry, code: str, response: Response) -> RoomDetails:
    """Return a room as those see it who have a place in it; its ETag is what a change may name."""
    async with entry.read(code, Action.READ_SETTINGS) as (_, caller):
        room = caller.room
    response.headers["ETag"] = etag(room.version)
    return _details(room, is_host=caller.role == Role.HOST)


@router.get(
    "/{code}/members",
    responses=declared(*AS_ROLE) | shown([MEMBER]),
    openapi_extra=acts(Action.LIST_MEMBERS),
)
async def list_members(entry: AnyEntry, code: str) -> list[MemberRead]:
    """List whom of the organisation a room knows: its host, and who was in it or is expected."""
    inside = set(await entry.live(code))
    async with entry.read(code, Action.LIST_MEMBERS) as (ctx, caller):
        found = await members.list_all(ctx, caller.room)
    return [
        MemberRead(
            user_id=one.user.id,
            first_name=one.user.first_name,
            last_name=one.user.last_name,
            role=one.role.value,
            is_inside=one.identity in inside,
        )
        for one in found
    ]


@router.patch(
    "/{code}",
    responses=declared(*AS_ROLE, *_TOO_MUCH, ChangedMeanwhileError),
    openapi_extra=acts(Action.UPDATE),
)
async def change_room(
    entry: AnyEntry, code: str, body: RoomUpdate, response: Response, if_match: IfMatch = None
) -> RoomDetails:
    """Change what is named."""
    return await _update(entry, code, body.model_dump(exclude_unset=True), response, if_match)


@router.put(
    "/{code}",
    responses=declared(*AS_ROLE, *_TOO_MUCH, ChangedMeanwhileError),
    openapi_extra=acts(Action.UPDATE),
)
async def replace_room(
    entry: AnyEntry, code: str, body: RoomUpdate, response: Response, if_match: IfMatch = None
) -> RoomDetails:
    """Replace what can be changed; what is left out goes back to its default."""
    return await _update(entry, code, body.model_dump(), response, if_match)


@router.delete(
    "/{code}",
    status_code=204,
    responses=declared(*AS_ROLE, ChangedMeanwhileError),
    openapi_extra=acts(Action.DELETE),
)
async def delete_room(entry: AnyEntry, code: str, if_match: IfMatch = None) -> Response:
    """Delete a room with its settings and history; who is inside is sent away."""
    async with entry.write(code, Action.DELETE) as (ctx, caller):
        check_version(if_match, caller.room.version)
        await entry.note(ctx, caller, "room.deleted")
        await rooms.delete(ctx, caller.room)
    return Response(status_code=204)


@router.post(
    "/{code}/end", status_code=204, responses=declared(*AS_ROLE), openapi_extra=acts(Action.END)
)
async def end_room(entry: AnyEntry, code: str) -> Response:
    """End the room for everybody."""
    async with entry.write(code, Action.END) as (ctx, caller):
        await rooms.end(ctx, caller.room)
        await entry.note(ctx, caller, "room.ended")
    return Response(status_code=204)


@router.get(
    "/{code}/settings",
    responses=declared(*AS_ROLE),
    openapi_extra=acts(Action.READ_SETTINGS),
)
async def get_room_settings(entry: AnyEntry, code: str, response: Response) -> RoomSettings:
    """Return how a room is run."""
    async with entry.read(code, Action.READ_SETTINGS) as (ctx, caller):
        settings = await choices.get(ctx, caller.room)
    response.headers["ETag"] = etag(caller.room.settings_version)
    return settings


@router.put(
    "/{code}/settings",
    responses=declared(*AS_ROLE, ChangedMeanwhileError),
    openapi_extra=acts(Action.CHANGE_SETTINGS),
)
async def update_room_settings(
    entry: AnyEntry, code: str, body: RoomSettings, response: Response, if_match: IfMatch = None
) -> RoomSettings:
    """Replace how a room is run; it holds at once for everybody inside."""
    async with entry.write(code, Action.CHANGE_SETTINGS) as (ctx, caller):
        check_version(if_match, caller.room.settings_version)
        settings = await choices.replace(ctx, caller.room, body)
        await entry.note(ctx, caller, "room.settings_changed")
    response.headers["ETag"] = etag(caller.room.settings_version)
    return settings


async def _update(
    entry: Entry, code: str, changes: dict[str, object], response: Response, if_match: str | None
) -> RoomDetails:
    parts = entry.parts
    async with entry.read(code, Action.UPDATE):
        pass
    if "password" in changes:
        password = changes.pop("password")
        changes["password_hash"] = await _hashed(parts, password)
    if "max_users" in changes:
        changes["max_users"] = changes["max_users"] or parts.limits.max_users
    async with entry.write(code, Action.UPDATE) as (ctx, caller):
        check_version(if_match, caller.room.version)
        room = await rooms.update(ctx, caller.room, changes, parts.limits)
        await entry.note(ctx, caller, "room.changed")
    response.headers["ETag"] = etag(room.version)
    return _details(room, is_host=True)


def _details(room: Room, *, is_host: bool) -> RoomDetails:
    return RoomDetails(
        code=room.code,
        title=room.title,
        description=room.description,
        created_at=room.created_at,
        scheduled_at=room.scheduled_at,
        ended_at=room.ended_at,
        max_users=room.max_users,
        has_password=room.password_hash is not None,
        is_host=is_host,
    )


async def _wanted(parts: RoomParts, body: RoomCreate) -> Wanted:
    return Wanted(
        title=body.title,
        description=body.description,
        max_users=body.max_users,
        scheduled_at=body.scheduled_at,
        password_hash=await _hashed(parts, body.password),
    )


async def _hashed(parts: RoomParts, password: object) -> str | None:
    return await parts.passwords.hash(password) if isinstance(password, str) else None
