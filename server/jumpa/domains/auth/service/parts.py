"""What proving needs besides a transaction; built once."""

from dataclasses import dataclass, field
from datetime import timedelta

from jumpa.domains.audit.service import AuditLog
from jumpa.kit.access_tokens import AccessTokens
from jumpa.kit.context import UnitOfWork
from jumpa.kit.keyring import KeyRing
from jumpa.kit.passwords import Passwords


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long things are believed."""

    refresh: timedelta = timedelta(days=7)
    session: timedelta = timedelta(days=30)
    refresh_grace: timedelta = timedelta(seconds=10)
    verification: timedelta = timedelta(days=1)
    reset: timedelta = timedelta(minutes=30)
    ceremony: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class PasswordRule:
    """Which new passwords are taken."""

    characters: int = 8
    score: int = 2


@dataclass(slots=True)
class Site:
    """Where people meet this server: `url` in letters, `name` in authenticator apps.

    A server on a free port learns its own only after everything was joined.
    """

    url: str
    name: str = "Jumpa"


@dataclass(frozen=True, slots=True)
class AuthParts:
    """The tools of this domain."""

    work: UnitOfWork
    passwords: Passwords = field(repr=False)
    tokens: AccessTokens
    ring: KeyRing
    audit: AuditLog
    site: Site
    lifetimes: Lifetimes = Lifetimes()
    rule: PasswordRule = PasswordRule()
    is_open: bool = True
