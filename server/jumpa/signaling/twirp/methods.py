"""What every method of the server API is made of."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message

from jumpa.media.access import Claims
from jumpa.media.engine import Engine
from jumpa.media.errors import MissingGrantError
from jumpa.signaling.agents.dispatching import Dispatcher


@dataclass(frozen=True, slots=True)
class Backs:
    """What stands behind the methods."""

    engine: Engine
    dispatcher: Dispatcher


@dataclass(frozen=True, slots=True)
class Method:
    """One Twirp method."""

    request: type[Message]
    call: Callable[[Backs, Claims, Any], Awaitable[Message]]


def require(*, granted: bool, name: str) -> None:
    """Raise MissingGrantError unless it is granted."""
    if not granted:
        raise MissingGrantError(f"the token does not grant {name}")


def require_admin(claims: Claims, name: str) -> None:
    """Raise MissingGrantError unless the token is for administrators of this very room."""
    require(granted=claims.video.room_admin, name="roomAdmin")
    if not name or claims.video.room != name:
        raise MissingGrantError("the token grants roomAdmin for another room")
