"""What can go wrong with access and with live rooms."""

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
