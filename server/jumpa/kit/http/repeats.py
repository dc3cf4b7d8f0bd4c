"""Idempotency keys (IETF draft): a client that heard no answer may ask again."""

import hashlib
from typing import Annotated
from uuid import UUID

from fastapi import Header, Request

from jumpa.kit.idempotency import Repeatable

# Short keys could be guessed, and an answer may hold a secret.
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=16,
        max_length=255,
        description="Random text; the same one gets the same answer for a day.",
    ),
]


async def repeatable_of(
    request: Request, key: str | None, asker: str, organisation_id: UUID
) -> Repeatable | None:
    """Return what makes this request the same as another, or None without a key."""
    if key is None:
        return None
    asked = f"{request.method} {request.url.path}\n".encode() + await request.body()
    return Repeatable(asker, key, hashlib.sha256(asked).hexdigest(), organisation_id)
