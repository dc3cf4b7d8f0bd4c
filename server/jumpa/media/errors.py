"""What can go wrong with access and with live rooms."""

from enum import IntEnum
from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class AccessError(JumpaError):
    """The token does not open this door."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "access_denied"


class MissingGrantError(JumpaError):
    """The token does not grant this."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "grant_missing"


class InvalidRequestError(JumpaError):
    """The request cannot be understood."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "request_invalid"


class NotPermittedError(JumpaError):
    """The participant may not do this."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "not_permitted"


class LiveRoomNotFoundError(JumpaError):
    """Requested room does not exist."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "live_room_not_found"


class ParticipantNotFoundError(JumpaError):
    """Participant does not exist."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "participant_not_found"


class TrackNotFoundError(JumpaError):
    """Track does not exist."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "track_not_found"


class RoomFullError(JumpaError):
    """The room has as many participants as it may have."""

    kind: ClassVar = Kind.EXHAUSTED
    code: ClassVar = "room_full"


class TooManyTracksError(JumpaError):
    """The participant publishes as many tracks as it may."""

    kind: ClassVar = Kind.EXHAUSTED
    code: ClassVar = "too_many_tracks"


class MediaUnavailableError(JumpaError):
    """The media process is not running; try again in a moment."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "media_unavailable"


class TooManyRoomsError(JumpaError):
    """The server has as many live rooms as it may have."""

    kind: ClassVar = Kind.EXHAUSTED
    code: ClassVar = "too_many_rooms"


class CallFailure(IntEnum):
    """LiveKit's numbers for calls that fail before or after the method itself."""

    UNSUPPORTED_METHOD = 1400
    RECIPIENT_NOT_FOUND = 1401
    REQUEST_TOO_LARGE = 1402
    UNSUPPORTED_SERVER = 1403
    CONNECTION_TIMEOUT = 1501
    RESPONSE_TIMEOUT = 1502
    RECIPIENT_DISCONNECTED = 1503


class CallFailedError(JumpaError):
    """A call to a participant has failed; `number` is LiveKit's, or the method's own."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "call_failed"

    def __init__(self, number: int, message: str = "", data: str = "") -> None:
        self.number = number
        known = number in set(CallFailure)
        said = message or (CallFailure(number).name.replace("_", " ").lower() if known else "")
        super().__init__(": ".join(part for part in (f"RpcError {number}", said, data) if part))
