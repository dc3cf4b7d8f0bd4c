"""What this domain needs besides a transaction; built once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.users.models import User
from jumpa.kit.context import Context

Leaving = Callable[[Context, User], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ColleagueParts:
    """The tools of the domain; `leaving` is done just before somebody is forgotten."""

    auth: AuthParts
    invitation_lifetime: timedelta
    leaving: Leaving
