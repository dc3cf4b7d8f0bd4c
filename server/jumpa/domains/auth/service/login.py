"""People sign in with a password, and with a one-time code where they asked for it."""

from dataclasses import dataclass, field

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.errors import (
    AccountClosedError,
    CredentialsWrongError,
    OneTimeCodeNeededError,
    OneTimeCodeWrongError,
)
from jumpa.domains.auth.service import one_time_codes, sessions
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.auth.service.sessions import SessionTokens
from jumpa.domains.organisations.models import HOME
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.actor import Actor
from jumpa.kit.context import Context
from jumpa.kit.passwords import Verified


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody knows and holds; `code` is a one-time code or a recovery code."""

    email: str
    password: str = field(repr=False)
    code: str | None = field(default=None, repr=False)


async def log_in(parts: AuthParts, actor: Actor, given: Credentials) -> SessionTokens:
    """Begin a session; an unknown address is answered like a wrong password, and as late."""
    async with parts.work.read(actor.as_server()) as ctx:
        known = await people.find_by_email(ctx, given.email)
    kept = known.password_hash if known else None
    verified = await parts.passwords.verify(given.password, kept)
    async with parts.work.write(actor.as_server()) as ctx:
        user = await people.find_by_email(ctx, given.email)
        # Compared again: the password may have changed while it was verified.
        if not verified.is_right or user is None or user.password_hash != kept:
            await _refuse(ctx, parts, user, "password")
            raise CredentialsWrongError
        if user.status != "active":
            await _refuse(ctx, parts, user, user.status)
            raise AccountClosedError
        await _check_code(ctx, parts, user, given.code)
        _move_to_newer_hash(user, verified)
        return await sessions.begin(ctx, parts, user)


async def _check_code(ctx: Context, parts: AuthParts, user: User, code: str | None) -> None:
    if not await one_time_codes.is_on(ctx, user):
        return
    if not code:
        raise OneTimeCodeNeededError
    if not await one_time_codes.spend(ctx, parts, user, code):
        await _refuse(ctx, parts, user, "code")
        raise OneTimeCodeWrongError


async def _refuse(ctx: Context, parts: AuthParts, user: User | None, reason: str) -> None:
    organisation_id = user.organisation_id if user else HOME
    deed = Deed("login.refused", organisation_id, user.id if user else None, {"reason": reason})
    await parts.audit.record(ctx, deed)


def _move_to_newer_hash(user: User, verified: Verified) -> None:
    if verified.rehashed:
        user.password_hash = verified.rehashed
