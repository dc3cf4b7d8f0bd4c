"""What can go wrong on the plain socket."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class MessageMalformedError(JumpaError):
    """A message is a text frame with a JSON object that has a `type`."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "message_malformed"


class NotJoinedError(JumpaError):
    """Send join_room first."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "not_joined"


class AlreadyJoinedError(JumpaError):
    """You are in the room already."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "already_joined"


class JoinTooLateError(JumpaError):
    """No join_room came in time."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "join_too_late"


class MessagesTooFastError(JumpaError):
    """More was sent than a client may."""

    kind: ClassVar = Kind.EXHAUSTED
    code: ClassVar = "messages_too_fast"


class TicketInvalidError(JumpaError):
    """The ticket is none of ours, is too old or was used before; join again for another."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "ticket_invalid"


class SomebodyElseError(JumpaError):
    """The token is for another room or another user."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "token_of_somebody_else"
