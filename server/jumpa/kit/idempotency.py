"""Answers kept with the work that they tell of, so that a repeated request is answered again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import String, Text, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from jumpa.kit.context import Context
from jumpa.kit.db.tables import OrganisationTable, UtcDateTime
from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.keyring import KeyRing

LIFETIME = timedelta(days=1)
Answer = TypeVar("Answer", bound=BaseModel)


class IdempotencyKeyReusedError(JumpaError):
    """This idempotency key came with another request before."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "idempotency_key_reused"


class KeptAnswer(OrganisationTable):
    """What was answered to one key of one person; sealed, since answers may hold secrets."""

    __tablename__ = "kept_answers"
    __table_args__ = (UniqueConstraint("asker", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    asker: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(255))
    request_hash: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


@dataclass(frozen=True, slots=True)
class Repeatable:
    """One request that may come again: who asks, with which key, and what was asked."""

    asker: str
    key: str
    request_hash: str
    organisation_id: UUID


async def once(
    ctx: Context,
    ring: KeyRing,
    request: Repeatable | None,
    model: type[Answer],
    make: Callable[[], Awaitable[Answer]],
) -> Answer:
    """Return what was answered before, or make the answer and keep it in the same transaction."""
    if request is None:
        return await make()
    await _wait_for_others(ctx, request)
    kept = await find(ctx, ring, request)
    if kept is not None:
        return model.model_validate_json(kept)
    answer = await make()
    await keep(ctx, ring, request, answer.model_dump_json())
    return answer


async def find(ctx: Context, ring: KeyRing, request: Repeatable) -> str | None:
    """Return the earlier answer, or None; raises IdempotencyKeyReusedError."""
    kept = await ctx.session.scalar(
        select(KeptAnswer).where(
            KeptAnswer.asker == request.asker,
            KeptAnswer.key == request.key,
            KeptAnswer.created_at > ctx.clock() - LIFETIME,
        )
    )
    if kept is None:
        return None
    if kept.request_hash != request.request_hash:
        raise IdempotencyKeyReusedError
    return ring.open(kept.sealed, str(kept.id))


async def is_kept(ctx: Context, asker: str, key: str) -> bool:
    """Whether there is an earlier answer to this key, whatever was asked."""
    kept = select(KeptAnswer.id).where(
        KeptAnswer.asker == asker,
        KeptAnswer.key == key,
        KeptAnswer.created_at > ctx.clock() - LIFETIME,
    )
    return await ctx.session.scalar(kept) is not None


async def keep(ctx: Context, ring: KeyRing, request: Repeatable, answer: str) -> None:
    """Keep the answer with the work that it tells of."""
    now = ctx.clock()
    await forget(ctx)
    name = uuid7()
    row = KeptAnswer(
        id=name,
        organisation_id=request.organisation_id,
        asker=request.asker,
        key=request.key,
        request_hash=request.request_hash,
        sealed=ring.seal(answer, str(name)),
        created_at=now,
    )
    ctx.session.add(row)
    await ctx.session.flush()


async def forget(ctx: Context) -> None:
    """Forget answers whose time has passed."""
    old = delete(KeptAnswer).where(KeptAnswer.created_at <= ctx.clock() - LIFETIME)
    await ctx.session.execute(old)


async def _wait_for_others(ctx: Context, request: Repeatable) -> None:
    # SQLite has one writer; on PostgreSQL the second of two would make the work twice.
    connection = await ctx.session.connection()
    if connection.dialect.name == "postgresql":
        key = func.hashtextextended(f"{request.asker} {request.key}", 0)
        await connection.execute(select(func.pg_advisory_xact_lock(key)))
