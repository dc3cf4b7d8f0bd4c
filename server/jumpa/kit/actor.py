"""Who is asking: the one value from which both rights and visible rows follow."""

from dataclasses import dataclass, replace
from uuid import UUID


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

    def as_server(self) -> "Actor":
        """Return the same one with the server's own sight, for doors that serve everybody."""
        return replace(self, sees_all=True)

    def within(self, organisation_id: UUID) -> "Actor":
        """Return the same one with the sight of one organisation."""
        return replace(self, organisation_id=organisation_id, sees_all=False)


NOBODY = Actor()
SERVER = Actor(sees_all=True)
