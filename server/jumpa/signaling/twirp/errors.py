"""What can go wrong with the server API alone."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class MalformedBodyError(JumpaError):
    """The body is no such request."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "body_malformed"


class DispatchNotFoundError(JumpaError):
    """Agent dispatch does not exist."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "dispatch_not_found"
