"""What can go wrong when administrators look after people."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class LastAdministratorError(JumpaError):
    """Without this person nobody could administrate; make somebody else an administrator first."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "last_administrator"


class OwnAccountError(JumpaError):
    """This is your own account; another administrator has to do it."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "own_account"


class ColleagueInvitationNotFoundError(JumpaError):
    """There is no such invitation to this organisation."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "colleague_invitation_not_found"
