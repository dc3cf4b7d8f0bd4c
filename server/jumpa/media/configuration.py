"""What a token says of the room that it opens (LiveKit's `roomConfig` claim)."""

from google.protobuf import json_format
from livekit.protocol import room

from jumpa.media.access import Claims
from jumpa.media.errors import InvalidRequestError

_CLAIM = "roomConfig"


def room_of(claims: Claims) -> room.CreateRoomRequest:
    """Return how to open the room of these claims; raises InvalidRequestError."""
    said = (claims.model_extra or {}).get(_CLAIM) or {}
    configuration = room.RoomConfiguration()
    if not isinstance(said, dict):
        raise InvalidRequestError(f"the token's {_CLAIM} is malformed")
    try:
        json_format.ParseDict(said, configuration, ignore_unknown_fields=True)
    except (json_format.ParseError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidRequestError(f"the token's {_CLAIM} is malformed") from error
    return room.CreateRoomRequest(
        name=claims.video.room,
        empty_timeout=configuration.empty_timeout,
        departure_timeout=configuration.departure_timeout,
        max_participants=configuration.max_participants,
        metadata=configuration.metadata,
        agents=configuration.agents,
    )
