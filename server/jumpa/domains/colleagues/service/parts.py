"""What this domain needs besides a transaction; built once."""

from dataclasses import dataclass
from datetime import timedelta

from jumpa.domains.auth.service.parts import AuthParts


@dataclass(frozen=True, slots=True)
class ColleagueParts:
    """The tools of the domain."""

    auth: AuthParts
    invitation_lifetime: timedelta
