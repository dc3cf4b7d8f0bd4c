"""What can go wrong with rooms."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class RoomNotFoundError(JumpaError):
    """There is no room with this code."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "room_not_found"


class RoomEndedError(JumpaError):
    """This room has ended."""

    kind: ClassVar = Kind.GONE
    code: ClassVar = "room_ended"


class CodeTakenError(JumpaError):
    """Another room has this code."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "code_taken"


class HostSecretMissingError(JumpaError):
    """Only the host may do this; send the host secret as a bearer token."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "host_secret_missing"


class HostSecretWrongError(JumpaError):
    """This is not the host secret of the room."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "host_secret_wrong"
