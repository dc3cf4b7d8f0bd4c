"""The methods of livekit.AgentDispatchService."""

from google.protobuf.message import Message
from livekit.protocol import agent_dispatch
from livekit.protocol import room as room_messages

from jumpa.media.access import Claims
from jumpa.media.errors import InvalidRequestError, LiveRoomNotFoundError
from jumpa.signaling.agents.dispatching import RoomAgents
from jumpa.signaling.twirp.errors import DispatchNotFoundError
from jumpa.signaling.twirp.methods import Backs, Method, require_admin

_METADATA_BYTES = 512 * 1024
_ATTRIBUTES_BYTES = 64 * 1024


async def _create(
    backs: Backs, claims: Claims, request: agent_dispatch.CreateAgentDispatchRequest
) -> Message:
    require_admin(claims, request.room)
    attributes = request.attributes.items()
    attributes_bytes = sum(len(name.encode()) + len(value.encode()) for name, value in attributes)
    if len(request.metadata.encode()) > _METADATA_BYTES or attributes_bytes > _ATTRIBUTES_BYTES:
        raise InvalidRequestError("the metadata or the attributes are too long")
    await backs.engine.create_room(room_messages.CreateRoomRequest(name=request.room))
    wish = agent_dispatch.RoomAgentDispatch(
        agent_name=request.agent_name,
        metadata=request.metadata,
        restart_policy=request.restart_policy,
        deployment=request.deployment,
        attributes=request.attributes,
    )
    return backs.dispatcher.add(_room(backs, request.room), wish)


async def _delete(
    backs: Backs, claims: Claims, request: agent_dispatch.DeleteAgentDispatchRequest
) -> Message:
    require_admin(claims, request.room)
    deleted = backs.dispatcher.delete(_room(backs, request.room), request.dispatch_id)
    if deleted is None:
        raise DispatchNotFoundError
    return deleted


async def _list(
    backs: Backs, claims: Claims, request: agent_dispatch.ListAgentDispatchRequest
) -> Message:
    require_admin(claims, request.room)
    found = [
        dispatch.told()
        for dispatch in _room(backs, request.room).dispatches.values()
        if request.dispatch_id in ("", dispatch.info.id)
    ]
    return agent_dispatch.ListAgentDispatchResponse(agent_dispatches=found)


METHODS = {
    "CreateDispatch": Method(agent_dispatch.CreateAgentDispatchRequest, _create),
    "DeleteDispatch": Method(agent_dispatch.DeleteAgentDispatchRequest, _delete),
    "ListDispatch": Method(agent_dispatch.ListAgentDispatchRequest, _list),
}


def _room(backs: Backs, name: str) -> RoomAgents:
    room = backs.dispatcher.find_room(name)
    if room is None:
        raise LiveRoomNotFoundError
    return room
