"""What can go wrong with people's accounts."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class UserNotFoundError(JumpaError):
    """There is no such person in this organisation."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "user_not_found"


class EmailTakenError(JumpaError):
    """Another account has this e-mail address."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "email_taken"


class ContactSelfError(JumpaError):
    """Nobody is their own contact."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "contact_self"


class ContactNotFoundError(JumpaError):
    """This person is not among the contacts."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "contact_not_found"


class AvatarNotFoundError(JumpaError):
    """This person has no picture."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "avatar_not_found"


class AvatarUnusableError(JumpaError):
    """This is no picture that can be read; send a PNG, JPEG, WebP or GIF."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "avatar_unusable"
