"""Reactions that float by for everybody inside, kept by nobody."""

import json

from livekit.protocol import models
from livekit.protocol import room as room_messages

from jumpa.domains.rooms.errors import PlaceNotFoundError, RoleTooLowError
from jumpa.domains.rooms.models import RoomParticipant
from jumpa.domains.rooms.service import choices
from jumpa.domains.rooms.service.access import Caller
from jumpa.kit.context import Context

TOPIC = "jumpa.reaction"


async def reacting(ctx: Context, caller: Caller) -> RoomParticipant:
    """Return the place of somebody who may react now."""
    place = caller.place
    if place is None or place.state != "admitted":
        raise PlaceNotFoundError
    if not choices.rights_of(place, await choices.get(ctx, caller.room)).react:
        raise RoleTooLowError
    return place


def told(room: str, identity: str, reaction: str) -> room_messages.SendDataRequest:
    """Return the packet for everybody; it names who reacts, since the server is its sender."""
    return room_messages.SendDataRequest(
        room=room,
        data=json.dumps({"identity": identity, "reaction": reaction}).encode(),
        kind=models.DataPacket.Kind.RELIABLE,
        topic=TOPIC,
    )
