"""What tells those who were muted by whom; LiveKit's own message does not say."""

import json
from collections.abc import Sequence

from livekit.protocol import models
from livekit.protocol import room as room_messages

TOPIC = "jumpa.muted"


def told(
    room: str, identities: Sequence[str], source: str, by: str
) -> room_messages.SendDataRequest:
    """Return the packet for all of them."""
    return room_messages.SendDataRequest(
        room=room,
        data=json.dumps({"source": source, "by": by}).encode(),
        kind=models.DataPacket.Kind.RELIABLE,
        destination_identities=identities,
        topic=TOPIC,
    )
