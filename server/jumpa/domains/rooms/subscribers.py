"""What live rooms do when something happens to stored ones."""

import contextlib
import json

from livekit.protocol import models
from livekit.protocol import room as room_messages

from jumpa.domains.rooms.events import PlaceChanged, PlaceClosed, RoomEnded, SomebodyWaits
from jumpa.domains.rooms.service.grants import permission
from jumpa.media.engine import Engine
from jumpa.media.errors import LiveRoomNotFoundError, ParticipantNotFoundError

LOBBY_TOPIC = "jumpa.lobby"


async def hear(engine: Engine, event: object) -> None:
    """Bring the live room up to date at once; nobody may be inside."""
    with contextlib.suppress(LiveRoomNotFoundError, ParticipantNotFoundError):
        if isinstance(event, RoomEnded):
            await engine.delete_room(event.code)
        elif isinstance(event, PlaceClosed):
            await engine.remove_participant(event.code, event.identity)
        elif isinstance(event, PlaceChanged):
            await engine.update_participant(_update(event))
        elif isinstance(event, SomebodyWaits) and event.moderators:
            await engine.send_data(_knock(event))


def _update(event: PlaceChanged) -> room_messages.UpdateParticipantRequest:
    return room_messages.UpdateParticipantRequest(
        room=event.code,
        identity=event.identity,
        name=event.name,
        attributes={
            "role": event.role,
            "hand": event.hand,
            "pinned": event.pinned,
            "restricted": event.restricted,
        },
        permission=permission(event.rights),
    )


def _knock(event: SomebodyWaits) -> room_messages.SendDataRequest:
    told = {"type": "waiting", "identity": event.identity, "name": event.name}
    return room_messages.SendDataRequest(
        room=event.code,
        data=json.dumps(told).encode(),
        kind=models.DataPacket.Kind.RELIABLE,
        destination_identities=event.moderators,
        topic=LOBBY_TOPIC,
    )
