"""The methods of livekit.RoomService: each checks its grant, then asks the backs.engine."""

from google.protobuf.message import Message
from livekit.protocol import room

from jumpa.media.access import Claims
from jumpa.signaling.twirp.methods import Backs, Method, require, require_admin


async def _create_room(backs: Backs, claims: Claims, request: room.CreateRoomRequest) -> Message:
    require(granted=claims.video.room_create, name="roomCreate")
    return await backs.engine.create_room(request)


async def _list_rooms(backs: Backs, claims: Claims, request: room.ListRoomsRequest) -> Message:
    require(granted=claims.video.room_list, name="roomList")
    return room.ListRoomsResponse(rooms=await backs.engine.list_rooms(request.names))


async def _delete_room(backs: Backs, claims: Claims, request: room.DeleteRoomRequest) -> Message:
    require(granted=claims.video.room_create, name="roomCreate")
    await backs.engine.delete_room(request.room)
    return room.DeleteRoomResponse()


async def _list_participants(
    backs: Backs, claims: Claims, request: room.ListParticipantsRequest
) -> Message:
    require_admin(claims, request.room)
    participants = await backs.engine.list_participants(request.room)
    return room.ListParticipantsResponse(participants=participants)


async def _get_participant(
    backs: Backs, claims: Claims, request: room.RoomParticipantIdentity
) -> Message:
    require_admin(claims, request.room)
    return await backs.engine.get_participant(request.room, request.identity)


async def _remove_participant(
    backs: Backs, claims: Claims, request: room.RoomParticipantIdentity
) -> Message:
    require_admin(claims, request.room)
    await backs.engine.remove_participant(request.room, request.identity)
    return room.RemoveParticipantResponse()


async def _update_participant(
    backs: Backs, claims: Claims, request: room.UpdateParticipantRequest
) -> Message:
    require_admin(claims, request.room)
    return await backs.engine.update_participant(request)


async def _mute_published_track(
    backs: Backs, claims: Claims, request: room.MuteRoomTrackRequest
) -> Message:
    require_admin(claims, request.room)
    track = await backs.engine.mute_published_track(
        request.room, request.identity, request.track_sid, muted=request.muted
    )
    return room.MuteRoomTrackResponse(track=track)


async def _update_subscriptions(
    backs: Backs, claims: Claims, request: room.UpdateSubscriptionsRequest
) -> Message:
    require_admin(claims, request.room)
    await backs.engine.update_subscriptions(request)
    return room.UpdateSubscriptionsResponse()


async def _update_room_metadata(
    backs: Backs, claims: Claims, request: room.UpdateRoomMetadataRequest
) -> Message:
    require_admin(claims, request.room)
    return await backs.engine.update_room_metadata(request.room, request.metadata)


async def _send_data(backs: Backs, claims: Claims, request: room.SendDataRequest) -> Message:
    require_admin(claims, request.room)
    await backs.engine.send_data(request)
    return room.SendDataResponse()


async def _perform_rpc(backs: Backs, claims: Claims, request: room.PerformRpcRequest) -> Message:
    require_admin(claims, request.room)
    return room.PerformRpcResponse(payload=await backs.engine.perform_rpc(request))


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
    "PerformRpc": Method(room.PerformRpcRequest, _perform_rpc),
    "SendData": Method(room.SendDataRequest, _send_data),
}
