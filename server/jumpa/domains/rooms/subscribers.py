"""What live rooms do when something happens to stored ones."""

import contextlib

from jumpa.domains.rooms.events import RoomEnded
from jumpa.media.engine import Engine
from jumpa.media.errors import LiveRoomNotFoundError


async def close_live_room(engine: Engine, event: RoomEnded) -> None:
    """Send everybody away; nobody may be inside."""
    with contextlib.suppress(LiveRoomNotFoundError):
        await engine.delete_room(event.code)
