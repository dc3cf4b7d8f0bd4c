"""What the plain socket asks of the rest of the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from jumpa.kit.clock import Clock
from jumpa.media.access import Claims
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.signaling.plain.crowd import Crowd


@dataclass(frozen=True, slots=True)
class Asked:
    """Who knocks, as the address of the socket says."""

    room: str
    user: str
    token: str = field(repr=False)
    address: str = ""


class Entry(Protocol):
    """The way from a plain client to rooms and messages that last."""

    async def open(self, asked: Asked) -> Claims:
        """Return with which claims somebody enters; raises JumpaError."""

    async def write(self, claims: Claims, message: str, reply_to: UUID | None) -> None:
        """Store a message and send it to everybody; raises JumpaError."""


@dataclass(frozen=True, slots=True)
class PlainParts:
    """Handed to every connection."""

    engine: EmbeddedEngine
    entry: Entry
    crowd: Crowd
    clock: Clock
    join_timeout_s: float = 30
