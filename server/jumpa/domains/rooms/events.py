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


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do in a room, from role, settings and their own restrictions."""

    speak: bool
    show: bool
    share: bool
    chat: bool
    react: bool
    rename: bool


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """Somebody's role, hand, pin or rights changed; `hand` and `pinned`: since when, or empty.

    `restricted` names what the media engine does not hold back by itself. An empty `name` stays.
    """

    code: str
    identity: str
    role: str
    hand: str
    pinned: str
    restricted: str
    rights: Rights
    name: str = ""


@dataclass(frozen=True, slots=True)
class PlaceClosed:
    """Somebody left, was removed or banned."""

    code: str
    identity: str


@dataclass(frozen=True, slots=True)
class SomebodyWaits:
    """Somebody asks to come in; `moderators` are the identities that can admit them."""

    code: str
    identity: str
    name: str
    moderators: tuple[str, ...]
