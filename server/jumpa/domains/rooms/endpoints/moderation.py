"""What hosts and moderators do with people who are inside."""

from contextlib import suppress

from fastapi import APIRouter, Response
from livekit.protocol import models

from jumpa.domains.rooms.endpoints.doors import AS_RANK, AS_ROLE, AnyEntry, Entry, acts
from jumpa.domains.rooms.errors import PlaceNotFoundError
from jumpa.domains.rooms.schemas import (
    SOMEBODY,
    HostChange,
    Muted,
    MuteRequest,
    ParticipantUpdate,
    Somebody,
)
from jumpa.domains.rooms.service import moderation, muting
from jumpa.domains.rooms.service.roles import Action
from jumpa.kit.http.problems import declared, shown
from jumpa.media.errors import (
    LiveRoomNotFoundError,
    ParticipantNotFoundError,
    TrackNotFoundError,
)

router = APIRouter(prefix="/rooms/{code}", tags=["rooms"])
# What people call it, and the columns of a place.
_COLUMNS = {"may_unmute": "may_speak"}
_AUDIO, _VIDEO = models.TrackType.AUDIO, models.TrackType.VIDEO
# Clients that do not say what they publish mean microphone and camera.
_TRACKS = {
    "microphone": {(_AUDIO, models.TrackSource.MICROPHONE), (_AUDIO, models.TrackSource.UNKNOWN)},
    "camera": {(_VIDEO, models.TrackSource.CAMERA), (_VIDEO, models.TrackSource.UNKNOWN)},
    "screen_share": {
        (_VIDEO, models.TrackSource.SCREEN_SHARE),
        (_AUDIO, models.TrackSource.SCREEN_SHARE_AUDIO),
    },
}


@router.delete(
    "/participants/{identity}",
    status_code=204,
    responses=declared(*AS_RANK, ParticipantNotFoundError),
    openapi_extra=acts(Action.REMOVE),
)
async def remove_participant(entry: AnyEntry, code: str, identity: str) -> Response:
    """Send one participant away; they may ask to come in again."""
    has_place = True
    async with entry.write(code, Action.REMOVE) as (ctx, caller):
        room = caller.room.code
        try:
            await moderation.remove(ctx, caller, identity)
        except PlaceNotFoundError:
            # Who came with a token of another API key has no place, and can be inside.
            has_place = False
        await entry.note(ctx, caller, "participant.removed", identity)
    if not has_place:
        await entry.parts.engine.remove_participant(room, identity)
    return Response(status_code=204)


@router.patch(
    "/participants/{identity}",
    status_code=204,
    responses=declared(*AS_RANK, PlaceNotFoundError),
    openapi_extra=acts(Action.RESTRICT),
)
async def change_participant(
    entry: AnyEntry, code: str, identity: str, body: ParticipantUpdate
) -> Response:
    """Change what is named: the role (hosts only), and what the person may do."""
    named = body.model_dump(exclude_unset=True)
    changes = {_COLUMNS.get(name, name): value for name, value in named.items()}
    async with entry.write(code, Action.RESTRICT) as (ctx, caller):
        await moderation.change(ctx, caller, identity, changes)
        await entry.note(ctx, caller, "participant.changed", identity)
    return Response(status_code=204)


@router.post(
    "/participants/{identity}/mute",
    responses=declared(*AS_RANK, PlaceNotFoundError),
    openapi_extra=acts(Action.MUTE),
)
async def mute_participant(entry: AnyEntry, code: str, identity: str, body: MuteRequest) -> Muted:
    """Mute one person; they can unmute themselves unless that is forbidden."""
    return await _mute(entry, code, body, identity)


@router.post("/mute", responses=declared(*AS_ROLE), openapi_extra=acts(Action.MUTE))
async def mute_everybody(entry: AnyEntry, code: str, body: MuteRequest) -> Muted:
    """Mute everybody whose role is below yours."""
    return await _mute(entry, code, body)


@router.put(
    "/participants/{identity}/pin",
    status_code=204,
    responses=declared(*AS_ROLE, PlaceNotFoundError),
    openapi_extra=acts(Action.PIN),
)
async def pin_participant(entry: AnyEntry, code: str, identity: str) -> Response:
    """Pin one person for everybody; everybody reads it in that person's attribute `pinned`."""
    async with entry.write(code, Action.PIN) as (ctx, caller):
        await moderation.pin(ctx, caller, identity)
    return Response(status_code=204)


@router.delete(
    "/participants/{identity}/pin",
    status_code=204,
    responses=declared(*AS_ROLE, PlaceNotFoundError),
    openapi_extra=acts(Action.PIN),
)
async def unpin_participant(entry: AnyEntry, code: str, identity: str) -> Response:
    """Let go of somebody who is pinned for everybody."""
    async with entry.write(code, Action.PIN) as (ctx, caller):
        await moderation.unpin(ctx, caller, identity)
    return Response(status_code=204)


@router.get(
    "/bans", responses=declared(*AS_ROLE) | shown([SOMEBODY]), openapi_extra=acts(Action.BAN)
)
async def list_bans(entry: AnyEntry, code: str) -> list[Somebody]:
    """List who is banned."""
    async with entry.read(code, Action.BAN) as (ctx, caller):
        found = await moderation.list_banned(ctx, caller)
    return [Somebody(identity=p.identity, name=p.name, at=p.left_at) for p in found]


@router.put(
    "/bans/{identity}",
    status_code=204,
    responses=declared(*AS_RANK, PlaceNotFoundError),
    openapi_extra=acts(Action.BAN),
)
async def ban_participant(entry: AnyEntry, code: str, identity: str) -> Response:
    """Send somebody away for good."""
    async with entry.write(code, Action.BAN) as (ctx, caller):
        await moderation.ban(ctx, caller, identity)
        await entry.note(ctx, caller, "participant.banned", identity)
    return Response(status_code=204)


@router.delete(
    "/bans/{identity}",
    status_code=204,
    responses=declared(*AS_ROLE, PlaceNotFoundError),
    openapi_extra=acts(Action.BAN),
)
async def unban_participant(entry: AnyEntry, code: str, identity: str) -> Response:
    """Let somebody ask again who was banned."""
    async with entry.write(code, Action.BAN) as (ctx, caller):
        await moderation.unban(ctx, caller, identity)
        await entry.note(ctx, caller, "participant.unbanned", identity)
    return Response(status_code=204)


@router.put(
    "/host",
    status_code=204,
    responses=declared(*AS_RANK, PlaceNotFoundError),
    openapi_extra=acts(Action.HAND_OVER),
)
async def hand_over(entry: AnyEntry, code: str, body: HostChange) -> Response:
    """Make somebody else the host; the host secret opens nothing from now on."""
    async with entry.write(code, Action.HAND_OVER) as (ctx, caller):
        await moderation.hand_over(ctx, caller, body.identity)
        await entry.note(ctx, caller, "room.handed_over", body.identity)
    return Response(status_code=204)


async def _mute(entry: Entry, code: str, body: MuteRequest, only: str | None = None) -> Muted:
    live = await entry.live(code)
    async with entry.read(code, Action.MUTE) as (ctx, caller):
        room = caller.room.code
        own = caller.place.identity if caller.place else None
        by = caller.place.name if caller.place else ""
        found = await moderation.mutable(ctx, caller, live, only)
    muted = [i for i in found if i != own and await _mute_one(entry, room, i, body.source)]
    if muted and by:
        with suppress(LiveRoomNotFoundError):
            await entry.parts.engine.send_data(muting.told(room, muted, body.source, by))
    return Muted(identities=muted)


async def _mute_one(entry: Entry, room: str, identity: str, source: str) -> bool:
    """Mute what is open of this source; whoever left or stopped meanwhile needs no muting."""
    engine = entry.parts.engine
    has_muted = False
    with suppress(ParticipantNotFoundError, TrackNotFoundError):
        participant = await engine.get_participant(room, identity)
        for track in participant.tracks:
            if (track.type, track.source) in _TRACKS[source] and not track.muted:
                await engine.mute_published_track(room, identity, track.sid, muted=True)
                has_muted = True
    return has_muted
