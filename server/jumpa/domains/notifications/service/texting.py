"""Takes messages to telephones, and notes what became of them."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from uuid_utils.compat import uuid7

from jumpa.domains.notifications.models import PhoneNumber, SentText
from jumpa.domains.notifications.repository import PhoneRepository
from jumpa.domains.notifications.service.phone_book import PhoneBook
from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context, UnitOfWork
from jumpa.kit.errors import JumpaError
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.keyring import KeyRing, SealBrokenError
from jumpa.kit.languages import Language
from jumpa.kit.text_messages.message import (
    Purpose,
    Receipt,
    Reply,
    Status,
    TextMessage,
    TextMessages,
    TextRefusedError,
)
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job, Wanted
from jumpa.kit.work.worker import GiveUpError, Trade

logger = logging.getLogger(__name__)

TEXT = "text"
_ORDER = [*Status]
_TAKEN = {Status.SENT, Status.DELIVERED, Status.READ}
# Whoever writes one of these back wants no more.
_STOPS = {"stop", "berhenti"}
_LATE = "The service took it too late."


class _Kept(BaseModel):
    user_id: UUID
    purpose: Purpose
    language: Language
    words: tuple[str, ...]
    until: datetime
    # A code is for the telephone that it was made for, and for no later one.
    phone: UUID | None = None


@dataclass(frozen=True, slots=True)
class TextNews:
    """News and its link for a telephone; not before `due_at`, and not any more after `until`."""

    language: Language
    words: tuple[str, str]
    due_at: datetime
    until: datetime


async def enqueue_news(
    ctx: Context, ring: KeyRing, row: PhoneNumber, news: TextNews, key: str
) -> None:
    """Keep news for a telephone, once for each key."""
    kept = _Kept(
        user_id=row.user_id,
        purpose=Purpose.NEWS,
        language=news.language,
        words=news.words,
        until=news.until,
    )
    await _enqueue(ctx, ring, row, kept, key, news.due_at)


async def enqueue_code(
    ctx: Context, ring: KeyRing, row: PhoneNumber, language: Language, code: str
) -> None:
    """Keep a code for the telephone that it is to prove."""
    kept = _Kept(
        user_id=row.user_id,
        purpose=Purpose.CODE,
        language=language,
        words=(code,),
        until=row.code_expires_at,
        phone=row.name,
    )
    await _enqueue(ctx, ring, row, kept)


async def note(ctx: Context, book: PhoneBook, told: Iterable[Receipt | Reply]) -> None:
    """Keep what the service tells: how far messages came, and who wants no more."""
    for one in told:
        if isinstance(one, Receipt):
            await _note_receipt(ctx, one)
        elif one.text.strip().casefold() in _STOPS:
            phones = PhoneRepository(ctx.session)
            for row in await phones.list_by_digest(book.digest(one.number)):
                await phones.remove(row)
                logger.info("a telephone takes messages no longer")


async def forget(ctx: Context, before: datetime) -> None:
    """Forget what was sent before this moment."""
    await PhoneRepository(ctx.session).forget_sent(before)


@dataclass(frozen=True, slots=True)
class Texter:
    """Hands messages to the service."""

    work: UnitOfWork
    book: PhoneBook
    service: TextMessages
    attempts: int

    def trade(self) -> Trade:
        """Return how messages to telephones are done."""
        return Trade(TEXT, self.attempts, errand=self.deliver)

    async def deliver(self, job: Job) -> None:
        """Send one message to whatever telephone its reader has now."""
        try:
            kept = _Kept.model_validate_json(self.book.ring.open(job.payload, str(job.id)))
            number = await self._begin(job, kept)
        except SealBrokenError as error:
            raise GiveUpError("The message cannot be opened: its key is missing.") from error
        if number is None:
            return
        message = TextMessage(number, kept.purpose, kept.language, kept.words)
        try:
            await self.service.send(message, str(job.id))
        except TextRefusedError as error:
            await self._note(Receipt(str(job.id), Status.FAILED, str(error)))
            raise GiveUpError(str(error)) from error
        except JumpaError as error:
            if job.attempts >= self.attempts:
                await self._note(Receipt(str(job.id), Status.FAILED, str(error)))
            raise
        reach(FailPoint.TEXT_SENT)
        await self._note(Receipt(str(job.id), Status.ACCEPTED))

    async def _begin(self, job: Job, kept: _Kept) -> str | None:
        """Return the number, or None for what is not to be sent, or was."""
        async with self.work.write(SERVER) as ctx:
            phones, now = PhoneRepository(ctx.session), ctx.clock()
            row = await phones.find(kept.user_id)
            sent = await phones.sent_for_update(job.id)
            if row is None or now >= kept.until or not _is_for(row, kept):
                if sent is not None and sent.status == Status.SENDING:
                    sent.status, sent.failure, sent.updated_at = Status.FAILED, _LATE, now
                return None
            if sent is not None and sent.status in _TAKEN:
                # The attempt before was cut short after the service had it.
                return None
            if sent is None:
                sent = SentText(id=job.id, user_id=row.user_id, created_at=now, failure="")
                sent.organisation_id = row.organisation_id
            sent.status, sent.updated_at = Status.SENDING, now
            await phones.add(sent)
            return self.book.open(row)

    async def _note(self, receipt: Receipt) -> None:
        async with self.work.write(SERVER) as ctx:
            await _note_receipt(ctx, receipt)


def _is_for(row: PhoneNumber, kept: _Kept) -> bool:
    return row.proven_at is not None if kept.phone is None else row.name == kept.phone


async def _enqueue(  # the last two are usual for jobs
    ctx: Context,
    ring: KeyRing,
    row: PhoneNumber,
    kept: _Kept,
    key: str | None = None,
    due_at: datetime | None = None,
) -> None:
    name = uuid7()
    sealed = ring.seal(kept.model_dump_json(), str(name))
    await jobs.enqueue(ctx, Wanted(TEXT, sealed, row.organisation_id, key, due_at, name))


async def _note_receipt(ctx: Context, receipt: Receipt) -> None:
    """Move a message forward; receipts come in any order, and more than once."""
    try:
        name = UUID(receipt.name)
    except ValueError:
        return
    sent = await PhoneRepository(ctx.session).sent_for_update(name)
    if sent is None or _ORDER.index(Status(sent.status)) >= _ORDER.index(receipt.status):
        return
    if receipt.status is Status.FAILED and sent.status in {Status.DELIVERED, Status.READ}:
        return
    sent.status, sent.failure, sent.updated_at = receipt.status, receipt.failure, ctx.clock()
