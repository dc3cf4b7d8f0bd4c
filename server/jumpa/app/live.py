"""Tells a server that runs on this machine what a command has done to a live room."""

import http.client
import json
from pathlib import Path
from urllib.parse import urlsplit

from jumpa.app.keys import own_key
from jumpa.app.running import ADDRESSES_FILE
from jumpa.config import Settings
from jumpa.kit import storage
from jumpa.kit.clock import system_clock
from jumpa.media.access import Claims, VideoGrants, mint

_DELETE_ROOM = "/twirp/livekit.RoomService/DeleteRoom"
_ANSWER_S = 5


def close_live_room(settings: Settings, code: str) -> bool:
    """Send everybody out of a live room; False when no server runs. Blocks."""
    folder = storage.open_folder(settings.storage.data)
    address = _address(folder / ADDRESSES_FILE)
    if address is None:
        return False
    key = own_key(storage.read_secret(folder))
    claims = Claims(identity="jumpa room", video=VideoGrants(room_create=True))
    token = mint(api_key=key.name, secret=key.secret, claims=claims, clock=system_clock)
    host, port = address
    connection = http.client.HTTPConnection(host, port, timeout=_ANSWER_S)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        connection.request("POST", _DELETE_ROOM, json.dumps({"room": code}), headers)
        connection.getresponse().read()
    except OSError:
        # What a killed server left still tells of it.
        return False
    finally:
        connection.close()
    return True


def _address(told: Path) -> tuple[str, int] | None:
    try:
        parts = urlsplit(json.loads(told.read_text())["http"])
    except (OSError, ValueError, KeyError):
        return None
    return (parts.hostname or "", parts.port or 80)
