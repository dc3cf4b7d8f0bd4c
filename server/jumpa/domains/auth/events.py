"""What others may hear about sessions."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SessionsEnded:
    """Sessions of a person ended: their tokens are refused from now on."""

    user_id: UUID
    session_ids: tuple[UUID, ...]
