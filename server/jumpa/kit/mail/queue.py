"""Letters that wait: a row in the transaction that asks for one, so neither is lost alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Text, select
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from jumpa.kit.context import Context
from jumpa.kit.db.tables import OrganisationTable, UtcDateTime
from jumpa.kit.keyring import KeyRing
from jumpa.kit.mail.letter import Letter

_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=6)


class QueuedLetter(OrganisationTable):
    """A letter on its way, sealed because it may hold a link that opens an account."""

    __tablename__ = "queued_letters"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


async def enqueue(ctx: Context, ring: KeyRing, letter: Letter, organisation_id: UUID) -> None:
    """Keep a letter for sending."""
    now = ctx.clock()
    name = uuid7()
    ctx.session.add(
        QueuedLetter(
            id=name,
            organisation_id=organisation_id,
            sealed=ring.seal(letter.to_text(), str(name)),
            due_at=now,
            created_at=now,
        )
    )
    ctx.emit(LetterQueued())


async def take_due(ctx: Context, count: int) -> Sequence[QueuedLetter]:
    """Take letters that are due; nobody else takes them until the pause has passed."""
    now = ctx.clock()
    due = select(QueuedLetter).where(QueuedLetter.due_at <= now).order_by(QueuedLetter.due_at)
    taken = (await ctx.session.scalars(due.limit(count).with_for_update(skip_locked=True))).all()
    for row in taken:
        row.due_at = now + pause_after(row.attempts)
        row.attempts += 1
    return taken


async def remove(ctx: Context, name: UUID) -> None:
    """Forget a letter that has left, or was given up."""
    row = await ctx.session.get(QueuedLetter, name)
    if row is not None:
        await ctx.session.delete(row)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after one more attempt that fails."""
    return min(_FIRST_PAUSE * (1 << min(attempts, 20)), _LONGEST_PAUSE)


class LetterQueued:
    """A letter waits to be sent."""
