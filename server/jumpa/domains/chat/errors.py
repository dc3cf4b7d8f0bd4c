"""What can go wrong with messages."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class MessageNotFoundError(JumpaError):
    """There is no such message in this room."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "message_not_found"


class MessageTooLongError(JumpaError):
    """This message is too long."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "message_too_long"


class MessageForeignError(JumpaError):
    """Somebody else wrote this message."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "message_foreign"


class ChatNotAllowedError(JumpaError):
    """You may not write in this room now."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "chat_not_allowed"


class PlaceMissingError(JumpaError):
    """Join the room before you write in it."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "place_missing"


class TooManyReactionsError(JumpaError):
    """This message has as many kinds of reactions as it may have."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "too_many_reactions"
