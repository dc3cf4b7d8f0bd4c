"""People's telephones: named, proven by a code that is sent there, and forgotten."""

import hmac
import secrets
from datetime import timedelta
from uuid import uuid4

from jumpa.domains.notifications.errors import (
    PhoneCodeSpentError,
    PhoneCodeWrongError,
    PhoneNumberNotFoundError,
)
from jumpa.domains.notifications.models import PhoneNumber
from jumpa.domains.notifications.repository import PhoneRepository
from jumpa.domains.notifications.schemas import PhoneRead, SentTextRead
from jumpa.domains.notifications.service import texting
from jumpa.domains.notifications.service.phone_book import PhoneBook
from jumpa.domains.users.service import choices as user_choices
from jumpa.domains.users.service import people
from jumpa.kit.context import Context

LIFETIME = timedelta(minutes=10)
ATTEMPTS = 5
_ENDING = 4


async def read(ctx: Context, *, is_available: bool) -> PhoneRead:
    """Return the telephone of whoever asks, and how far the last message to it came."""
    user = await people.read_own(ctx)
    phones = PhoneRepository(ctx.session)
    row = await phones.find(user.id)
    sent = await phones.last_sent(user.id) if row else None
    return PhoneRead(
        is_available=is_available,
        ending=row.ending if row else None,
        is_proven=row is not None and row.proven_at is not None,
        last=SentTextRead.model_validate({"status": sent.status, "at": sent.updated_at})
        if sent
        else None,
    )


async def add(ctx: Context, book: PhoneBook, number: str) -> None:
    """Keep a telephone in the place of any before, and send a code there."""
    user = await people.get_own(ctx)
    phones = PhoneRepository(ctx.session)
    former = await phones.find(user.id)
    if former is not None:
        await phones.remove(former)
    now, name, code = ctx.clock(), uuid4(), f"{secrets.randbelow(1_000_000):06}"
    row = PhoneNumber(
        user_id=user.id,
        organisation_id=user.organisation_id,
        name=name,
        sealed=book.seal(name, number),
        digest=book.digest(number),
        ending=number[-_ENDING:],
        code_digest=book.code_digest(name, code),
        code_expires_at=now + LIFETIME,
        attempts_left=ATTEMPTS,
        created_at=now,
        proven_at=None,
    )
    await phones.add(row)
    settings = await user_choices.get(ctx, user)
    await texting.enqueue_code(ctx, book.ring, row, settings.language, code)


async def prove(ctx: Context, book: PhoneBook, code: str) -> None:
    """Believe that a telephone is theirs who know its code; PhoneCodeWrongError and others.

    A number has one person at a time, within an organisation: whoever proved it last.
    """
    user = await people.read_own(ctx)
    phones = PhoneRepository(ctx.session)
    row = await phones.find_for_update(user.id)
    if row is None:
        raise PhoneNumberNotFoundError
    if row.proven_at is not None:
        return
    if row.attempts_left <= 0 or row.code_expires_at <= ctx.clock():
        raise PhoneCodeSpentError
    row.attempts_left -= 1
    if not hmac.compare_digest(row.code_digest, book.code_digest(row.name, code)):
        raise PhoneCodeWrongError
    row.proven_at, row.attempts_left = ctx.clock(), 0
    for other in await phones.list_by_digest(row.digest):
        if other.user_id != user.id and other.organisation_id == row.organisation_id:
            await phones.remove(other)


async def remove(ctx: Context) -> None:
    """Forget the telephone of whoever asks; raises PhoneNumberNotFoundError."""
    user = await people.read_own(ctx)
    phones = PhoneRepository(ctx.session)
    row = await phones.find(user.id)
    if row is None:
        raise PhoneNumberNotFoundError
    await phones.remove(row)
