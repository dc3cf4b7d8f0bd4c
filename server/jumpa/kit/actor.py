"""Who is asking: the one value from which both rights and visible rows follow."""

from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.languages import USUAL, Language


class AccessTokenMissingError(JumpaError):
    """Sign in first; send the access token as a bearer token."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "access_token_missing"


class AccessTokenInvalidError(JumpaError):
    """This access token is none of ours, or its session has ended."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "access_token_invalid"


class AccessTokenExpiredError(JumpaError):
    """This access token has expired; ask for another with the refresh token."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "access_token_expired"


class AdministratorNeededError(JumpaError):
    """Only administrators may do this."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "administrator_needed"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, and from where; sees the rows of one organisation, of all, or none."""

    user_id: UUID | None = None
    organisation_id: UUID | None = None
    session_id: UUID | None = None
    is_administrator: bool = False
    sees_all: bool = False
    address: str = ""
    user_agent: str = ""
    language: Language = USUAL

    def as_server(self) -> "Actor":
        """Return the same one with the server's own sight, for doors that serve everybody."""
        return replace(self, sees_all=True)

    def within(self, organisation_id: UUID) -> "Actor":
        """Return the same one with the sight of one organisation."""
        return replace(self, organisation_id=organisation_id, sees_all=False)


NOBODY = Actor()
SERVER = Actor(sees_all=True)
