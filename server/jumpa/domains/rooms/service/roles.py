"""Who may do what in a room: one table, from which checks, tests and the reference come."""

from collections.abc import Mapping
from enum import StrEnum

from jumpa.domains.rooms.models import RoomParticipant


class Role(StrEnum):
    """What somebody is in one room; the last two have no account there."""

    HOST = "host"
    MODERATOR = "moderator"
    PARTICIPANT = "participant"
    OBSERVER = "observer"
    GUEST = "guest"
    STRANGER = "stranger"


class Action(StrEnum):
    """What can be done, in the words of the reference."""

    LOOK = "look at the room before joining"
    JOIN = "ask to come in"
    LEAVE = "leave"
    LIST_PARTICIPANTS = "see who is inside, with roles"
    LIST_MEMBERS = "see whom of the organisation the room knows"
    RAISE_HAND = "raise and lower one's own hand"
    RENAME = "change one's own name in the meeting"
    REACT = "send reactions that float by"
    RATE = "say afterwards how the meeting sounded and looked"
    LOWER_HANDS = "lower the hands of others"
    PIN = "pin somebody for everybody"
    READ_SETTINGS = "read the settings"
    CHANGE_SETTINGS = "lock, open the waiting room, choose who may do what"
    READ_HISTORY = "read who was in when"
    ADMIT = "admit and deny who waits"
    MUTE = "mute one or all"
    RESTRICT = "say of one person whether they may chat, share and unmute"
    REMOVE = "remove"
    BAN = "ban and unban"
    CHANGE_ROLES = "make somebody moderator, participant or observer"
    HAND_OVER = "hand the room over to another host"
    UPDATE = "change title, description, password and size"
    END = "end the meeting"
    DELETE = "delete the room"
    HEAR = "hear and see the others"
    SPEAK = "be heard"
    SHOW = "be seen"
    SHARE = "share the screen"
    CHAT = "chat"


_EVERYBODY = frozenset(Role)
_INSIDE = _EVERYBODY - {Role.STRANGER}
_TALKING = _INSIDE - {Role.OBSERVER}
_MODERATING = frozenset({Role.HOST, Role.MODERATOR})
_HOST = frozenset({Role.HOST})

MATRIX: Mapping[Action, frozenset[Role]] = {
    Action.LOOK: _EVERYBODY,
    Action.JOIN: _EVERYBODY,
    Action.LEAVE: _INSIDE,
    Action.LIST_PARTICIPANTS: _INSIDE,
    Action.LIST_MEMBERS: _INSIDE - {Role.GUEST},
    Action.RAISE_HAND: _TALKING,
    Action.RENAME: _INSIDE,
    Action.REACT: _TALKING,
    Action.RATE: _INSIDE,
    Action.LOWER_HANDS: _MODERATING,
    Action.PIN: _MODERATING,
    Action.READ_SETTINGS: _INSIDE,
    Action.CHANGE_SETTINGS: _MODERATING,
    Action.READ_HISTORY: _MODERATING,
    Action.ADMIT: _MODERATING,
    Action.MUTE: _MODERATING,
    Action.RESTRICT: _MODERATING,
    Action.REMOVE: _MODERATING,
    Action.BAN: _MODERATING,
    Action.CHANGE_ROLES: _HOST,
    Action.HAND_OVER: _HOST,
    Action.UPDATE: _HOST,
    Action.END: _HOST,
    Action.DELETE: _HOST,
    Action.HEAR: _INSIDE,
    Action.SPEAK: _TALKING,
    Action.SHOW: _TALKING,
    Action.SHARE: _TALKING,
    Action.CHAT: _TALKING,
}
_RANKS = {Role.HOST: 2, Role.MODERATOR: 1}


def may(role: Role, action: Action) -> bool:
    """Whether the table lets this role do it."""
    return role in MATRIX[action]


def outranks(role: Role, other: Role) -> bool:
    """Whether one may act on the other: hosts on all others, moderators on those who are none."""
    return _RANKS.get(role, 0) > _RANKS.get(other, 0)


def moderates(role: Role) -> bool:
    """Whether locks, passwords and waiting rooms do not stop this role."""
    return role in _MODERATING


def role_of(place: RoomParticipant | None) -> Role:
    """Return the role that goes with a place; who has none inside is a stranger."""
    if place is None or place.state not in {"admitted", "left"}:
        return Role.STRANGER
    if place.role == Role.PARTICIPANT and place.user_id is None:
        return Role.GUEST
    return Role(place.role)
