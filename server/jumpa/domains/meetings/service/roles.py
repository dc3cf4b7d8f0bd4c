"""Who may do what with a planned meeting: one table, from which checks, tests and pages come."""

from collections.abc import Mapping
from enum import StrEnum


class Part(StrEnum):
    """What somebody is for one meeting; a stranger is not told that there is one."""

    ORGANISER = "organiser"
    COHOST = "cohost"
    ATTENDEE = "attendee"
    STRANGER = "stranger"


class Doing(StrEnum):
    """What can be done, in the words of the reference."""

    READ = "read when it is, where and what about"
    ANSWER = "say whether one comes"
    CHANGE = "change times, title and agenda, of one or of all"
    CANCEL = "cancel it as a whole"
    READ_INVITED = "read who is invited and what they answered"
    INVITE = "invite people and take invitations back"
    NAME_COHOSTS = "make somebody co-host"
    LINK_GUESTS = "give links to guests and take them back"
    READ_ATTENDANCE = "read who was there, and how long"


_RUNNING = frozenset({Part.ORGANISER, Part.COHOST})
_INVITED = frozenset({Part.COHOST, Part.ATTENDEE})
_ORGANISER = frozenset({Part.ORGANISER})

MATRIX: Mapping[Doing, frozenset[Part]] = {
    Doing.READ: _RUNNING | _INVITED,
    Doing.ANSWER: _INVITED,
    Doing.CHANGE: _RUNNING,
    Doing.CANCEL: _ORGANISER,
    Doing.READ_INVITED: _RUNNING,
    Doing.INVITE: _RUNNING,
    Doing.NAME_COHOSTS: _ORGANISER,
    Doing.LINK_GUESTS: _RUNNING,
    Doing.READ_ATTENDANCE: _RUNNING,
}


def may(part: Part, doing: Doing) -> bool:
    """Whether the table lets this part do it."""
    return part in MATRIX[doing]
