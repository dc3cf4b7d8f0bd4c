"""What others may hear about rooms."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoomCreated:
    """A room was created."""

    code: str


@dataclass(frozen=True, slots=True)
class RoomEnded:
    """A room was ended by its host."""

    code: str
