"""Tokens that work once, and the letters that carry them."""

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from typing import Literal
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.auth.errors import LinkSpentError
from jumpa.domains.auth.models import UserToken
from jumpa.domains.auth.repository import ProofRepository
from jumpa.kit.context import Context
from jumpa.kit.signing import fingerprint

_BYTES = 32
Purpose = Literal[
    "verify_email", "reset_password", "recovery", "passkey", "oidc", "calendar", "slack"
]


@dataclass(frozen=True, slots=True)
class OneUse:
    """What a single-use token is for; `user_id` is unset where nobody has an account yet."""

    purpose: Purpose
    organisation_id: UUID
    user_id: UUID | None = None
    data: str = ""


async def issue(ctx: Context, use: OneUse, lifetime: timedelta | None, token: str = "") -> str:
    """Keep the hash of a token, a fresh one unless given; return it."""
    chosen = token or token_urlsafe(_BYTES)
    proofs = ProofRepository(ctx.session)
    await proofs.remove_expired(ctx.clock())
    await proofs.add_token(
        UserToken(
            id=uuid7(),
            organisation_id=use.organisation_id,
            user_id=use.user_id,
            purpose=use.purpose,
            token_hash=fingerprint(chosen),
            data=use.data,
            created_at=ctx.clock(),
            expires_at=ctx.clock() + lifetime if lifetime else None,
        )
    )
    return chosen


async def find(ctx: Context, purpose: Purpose, token: str) -> UserToken:
    """Return what a token is for and leave it; raises LinkSpentError for every one that is dead."""
    row = await ProofRepository(ctx.session).token_for_update(fingerprint(token), purpose)
    now = ctx.clock()
    is_over = row is not None and row.expires_at is not None and row.expires_at <= now
    if row is None or row.used_at is not None or is_over:
        raise LinkSpentError
    return row


async def spend(ctx: Context, purpose: Purpose, token: str) -> UserToken:
    """Use a token up; raises LinkSpentError for every token that does not work."""
    row = await find(ctx, purpose, token)
    row.used_at = ctx.clock()
    return row
