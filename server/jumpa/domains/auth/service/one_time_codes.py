"""One-time codes from an app (TOTP, RFC 6238), and recovery codes for when it is lost."""

import hmac
import io
from dataclasses import dataclass, field
from datetime import datetime
from secrets import choice

import pyotp
import segno

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.errors import (
    AuthenticatorExistsError,
    AuthenticatorNotFoundError,
    CodeWrongError,
    LinkSpentError,
)
from jumpa.domains.auth.models import Authenticator
from jumpa.domains.auth.repository import ProofRepository
from jumpa.domains.auth.service import links
from jumpa.domains.auth.service.links import OneUse
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.context import Context

_STEP_S = 30
_DIGITS = 6
_RECOVERY_CODES = 10
_RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_RECOVERY_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app is given."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)

    @property
    def picture(self) -> str:
        """The uri as a QR code, in SVG."""
        drawn = io.BytesIO()
        segno.make_qr(self.uri).save(drawn, kind="svg", xmldecl=False, scale=4, light="#fff")
        return drawn.getvalue().decode()


async def begin(ctx: Context, parts: AuthParts) -> Enrolment:
    """Give a new secret; it counts for nothing until a code of it is confirmed."""
    user = await people.get_own(ctx)
    proofs = ProofRepository(ctx.session)
    kept = await proofs.authenticator(user.id)
    if kept is not None and kept.confirmed_at is not None:
        raise AuthenticatorExistsError
    await proofs.remove_authenticator(user.id)
    secret = pyotp.random_base32()
    await proofs.add_authenticator(
        Authenticator(
            user_id=user.id,
            sealed_secret=parts.ring.seal(secret, str(user.id)),
            created_at=ctx.clock(),
            last_counter=0,
        )
    )
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=parts.site.name)
    return Enrolment(secret, uri)


async def confirm(ctx: Context, parts: AuthParts, code: str) -> list[str]:
    """Turn one-time codes on; return recovery codes, which are told only now."""
    user = await people.get_own(ctx)
    proofs = ProofRepository(ctx.session)
    kept = await proofs.authenticator(user.id)
    if kept is None:
        raise AuthenticatorNotFoundError
    if kept.confirmed_at is not None:
        raise AuthenticatorExistsError
    if not _use(parts, kept, code, ctx.clock()):
        raise CodeWrongError
    kept.confirmed_at = ctx.clock()
    deed = Deed("authenticator.added", user.organisation_id, user.id)
    await parts.audit.record(ctx, deed)
    await proofs.remove_tokens(user.id, "recovery")
    codes = [_recovery_code() for _ in range(_RECOVERY_CODES)]
    use = OneUse("recovery", user.organisation_id, user.id)
    for each in codes:
        await links.issue(ctx, use, None, _bound(user, each))
    return codes


async def turn_off(ctx: Context, parts: AuthParts, user: User) -> None:
    """Forget the authenticator and its recovery codes."""
    proofs = ProofRepository(ctx.session)
    if await proofs.authenticator(user.id) is None:
        raise AuthenticatorNotFoundError
    await proofs.remove_authenticator(user.id)
    await proofs.remove_tokens(user.id, "recovery")
    deed = Deed("authenticator.removed", user.organisation_id, user.id)
    await parts.audit.record(ctx, deed)


async def is_on(ctx: Context, user: User) -> bool:
    """Whether a person needs a code to sign in."""
    return await ProofRepository(ctx.session).is_confirmed(user.id)


async def count_recovery_codes(ctx: Context, user: User) -> int:
    """Return how many recovery codes a person has left."""
    return await ProofRepository(ctx.session).count_unused(user.id, "recovery")


async def spend(ctx: Context, parts: AuthParts, user: User, code: str) -> bool:
    """Use up a one-time code or a recovery code; False when it is neither."""
    kept = await ProofRepository(ctx.session).authenticator(user.id)
    if kept is not None and _use(parts, kept, code, ctx.clock()):
        return True
    try:
        row = await links.spend(ctx, "recovery", _bound(user, _normal(code)))
    except LinkSpentError:
        return False
    deed = Deed("recovery_code.used", user.organisation_id, user.id)
    await parts.audit.record(ctx, deed)
    return row.user_id == user.id


async def reseal_all(ctx: Context, parts: AuthParts) -> int:
    """Seal every secret with the current key; return how many were sealed with another."""
    rows = await ProofRepository(ctx.session).list_authenticators()
    older = [row for row in rows if not parts.ring.is_current(row.sealed_secret)]
    for row in older:
        secret = parts.ring.open(row.sealed_secret, str(row.user_id))
        row.sealed_secret = parts.ring.seal(secret, str(row.user_id))
    return len(older)


def _use(parts: AuthParts, kept: Authenticator, code: str, now: datetime) -> bool:
    secret = pyotp.TOTP(parts.ring.open(kept.sealed_secret, str(kept.user_id)), digits=_DIGITS)
    current = int(now.timestamp()) // _STEP_S
    # One step to either side, because clocks differ; never the same or an older one again.
    for counter in (current - 1, current, current + 1):
        is_right = hmac.compare_digest(secret.generate_otp(counter).encode(), code.encode())
        if is_right and counter > kept.last_counter:
            kept.last_counter = counter
            return True
    return False


def _recovery_code() -> str:
    return "".join(choice(_RECOVERY_LETTERS) for _ in range(_RECOVERY_CHARACTERS))


def _normal(code: str) -> str:
    return code.replace("-", "").replace(" ", "").lower()


def _bound(user: User, code: str) -> str:
    # Codes are typed, so they are short; whose they are is part of what is hashed.
    return f"{user.id} {code}"
