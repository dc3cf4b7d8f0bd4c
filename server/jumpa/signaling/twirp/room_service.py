"""The methods of livekit.RoomService: each checks its grant, then asks the engine."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message
from livekit.protocol import room

from jumpa.media.access import Claims
from jumpa.media.engine import Engine
from jumpa.media.errors import MissingGrantError


@dataclass(frozen=True, slots=True)
class Method:
    """One Twirp method."""

    request: type[Message]
    call: Callable[[Engine, Claims, Any], Awaitable[Message]]


async def _create_room(engine: Engine, claims: Claims, request: room.CreateRoomRequest) -> Message:
    _require(granted=claims.video.room_create, name="roomCreate")
    return await engine.create_room(request)


async def _list_rooms(engine: Engine, claims: Claims, request: room.ListRoomsRequest) -> Message:
    _require(granted=claims.video.room_list, name="roomList")
    return room.ListRoomsResponse(rooms=await engine.list_rooms(request.names))


async def _delete_room(engine: Engine, claims: Claims, request: room.DeleteRoomRequest) -> Message:
    _require(granted=claims.video.room_create, name="roomCreate")
    await engine.delete_room(request.room)
    return room.DeleteRoomResponse()


async def _list_participants(
    engine: Engine, claims: Claims, request: room.ListParticipantsRequest
) -> Message:
    _require_admin(claims, request.room)
    participants = await engine.list_participants(request.room)
    return room.ListParticipantsResponse(participants=participants)


async def _get_participant(
    engine: Engine, claims: Claims, request: room.RoomParticipantIdentity
) -> Message:
    _require_admin(claims, request.room)
    return await engine.get_participant(request.room, request.identity)


async def _remove_participant(
    engine: Engine, claims: Claims, request: room.RoomParticipantIdentity
) -> Message:
    _require_admin(claims, request.room)
    await engine.remove_participant(request.room, request.identity)
    return room.RemoveParticipantResponse()


async def _update_participant(
    engine: Engine, claims: Claims, request: room.UpdateParticipantRequest
) -> Message:
    _require_admin(claims, request.room)
    return await engine.update_participant(request)


async def _mute_published_track(
    engine: Engine, claims: Claims, request: room.MuteRoomTrackRequest
) -> Message:
    _require_admin(claims, request.room)
    track = await engine.mute_published_track(
        request.room, request.identity, request.track_sid, muted=request.muted
    )
    return room.MuteRoomTrackResponse(track=track)


async def _update_subscriptions(
    engine: Engine, claims: Claims, request: room.UpdateSubscriptionsRequest
) -> Message:
    _require_admin(claims, request.room)
    await engine.update_subscriptions(request)
    return room.UpdateSubscriptionsResponse()


async def _update_room_metadata(
    engine: Engine, claims: Claims, request: room.UpdateRoomMetadataRequest
) -> Message:
    _require_admin(claims, request.room)
    return await engine.update_room_metadata(request.room, request.metadata)


async def _send_data(engine: Engine, claims: Claims, request: room.SendDataRequest) -> Message:
    _require_admin(claims, request.room)
    await engine.send_data(request)
    return room.SendDataResponse()


METHODS: dict[str, Method] = {
    "CreateRoom": Method(room.CreateRoomRequest, _create_room),
    "ListRooms": Method(room.ListRoomsRequest, _list_rooms),
    "DeleteRoom": Method(room.DeleteRoomRequest, _delete_room),
    "ListParticipants": Method(room.ListParticipantsRequest, _list_participants),
    "GetParticipant": Method(room.RoomParticipantIdentity, _get_participant),
    "RemoveParticipant": Method(room.RoomParticipantIdentity, _remove_participant),
    "UpdateParticipant": Method(room.UpdateParticipantRequest, _update_participant),
    "UpdateSubscriptions": Method(room.UpdateSubscriptionsRequest, _update_subscriptions),
    "UpdateRoomMetadata": Method(room.UpdateRoomMetadataRequest, _update_room_metadata),
    "MutePublishedTrack": Method(room.MuteRoomTrackRequest, _mute_published_track),
    "SendData": Method(room.SendDataRequest, _send_data),
}


def _require(*, granted: bool, name: str) -> None:
    if not granted:
        raise MissingGrantError(f"the token does not grant {name}")


def _require_admin(claims: Claims, name: str) -> None:
    _require(granted=claims.video.room_admin, name="roomAdmin")
    if not name or claims.video.room != name:
        raise MissingGrantError("the token grants roomAdmin for another room")
