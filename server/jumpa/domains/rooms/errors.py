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


class ConnectionTestOverError(JumpaError):
    """The time of this connection test is up; begin another one."""

    kind: ClassVar = Kind.GONE
    code: ClassVar = "connection_test_over"


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


class RoleTooLowError(JumpaError):
    """Your role in this room does not let you do this."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "role_too_low"


class RankTooLowError(JumpaError):
    """You can act only on people whose role in this room is below yours."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "rank_too_low"


class PlaceNotFoundError(JumpaError):
    """Nobody with this identity has a place in the room."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "place_not_found"


class NeverInsideError(JumpaError):
    """Only who was in the meeting can say how it was."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "never_inside"


class NotWaitingError(JumpaError):
    """Nobody with this identity waits."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "not_waiting"


class RoomLockedError(JumpaError):
    """The room is locked; nobody new can come in."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "room_locked"


class RoomPasswordMissingError(JumpaError):
    """The room has a password; send it to come in."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "room_password_missing"


class RoomPasswordWrongError(JumpaError):
    """This is not the password of the room."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "room_password_wrong"


class AdmissionDeniedError(JumpaError):
    """The host did not let you in."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "admission_denied"
    # It is told once; whoever asks again waits again.
    keeps_changes: ClassVar = True


class BannedError(JumpaError):
    """You cannot come into this room any more."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "banned"


class PlaceClosedError(JumpaError):
    """This token's place is closed; join again."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "place_closed"


class VoucherInvalidError(JumpaError):
    """The access token vouches for nobody who could come into this room."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "voucher_invalid"


class RoomNotOpenError(JumpaError):
    """The room opens later, before the meeting that it was made for."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "room_not_open"


class WaitingRoomFullError(JumpaError):
    """Too many people wait already; try again in a moment."""

    kind: ClassVar = Kind.EXHAUSTED
    code: ClassVar = "waiting_room_full"


class RoomTooLargeError(JumpaError):
    """A room of this server cannot have so many people."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "room_too_large"
