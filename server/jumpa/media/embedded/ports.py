"""What a live room needs from the world; all of it is given, so that a test can be the world."""

import secrets
import string
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from jumpa.kit.clock import Clock
from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.settings import EmbeddedConfig
from jumpa.media.engine import EngineEvent

_SID_CHARACTERS = 12
_ALPHABET = string.ascii_letters + string.digits


class Cancellable(Protocol):
    """A call that has not happened yet."""

    def cancel(self) -> None:
        """Make it never happen."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Handed to every live room."""

    send: Callable[[sfu_pb2.Command], None]
    emit: Callable[[EngineEvent], None]
    call_later: Callable[[float, Callable[[], None]], Cancellable]
    new_sid: Callable[[str], str]
    clock: Clock
    config: EmbeddedConfig


def random_sid(prefix: str) -> str:
    """Return an identifier such as `PA_x7f…`; clients rely on the prefixes RM_, PA_ and TR_."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(_SID_CHARACTERS))
