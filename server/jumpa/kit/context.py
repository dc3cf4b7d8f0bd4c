"""What every service function is handed, and the one place that commits."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from jumpa.kit.actor import NOBODY, Actor
from jumpa.kit.clock import Clock, system_clock
from jumpa.kit.db.database import ACTOR, READ_ONLY, apply_settings
from jumpa.kit.db.reading import share
from jumpa.kit.db.scope import set_actor, settings_of
from jumpa.kit.db.turn import Turn
from jumpa.kit.errors import JumpaError

Sessions = async_sessionmaker[AsyncSession]
Publish = Callable[[object], Awaitable[None]]


class WrittenByReaderError(RuntimeError):
    """A unit of work that only reads was about to write: a bug, never a wrong request."""


@dataclass(slots=True)
class Context:
    """Handed to every service function, whichever edge the call came in by."""

    session: AsyncSession
    clock: Clock = system_clock
    actor: Actor = NOBODY
    events: list[object] = field(default_factory=list)

    def emit(self, event: object) -> None:
        """Publish the event once the transaction has committed."""
        self.events.append(event)

    async def enter(self, organisation_id: UUID) -> None:
        """See one organisation from now on, for a door that had to look through all of them."""
        self.actor = self.actor.within(organisation_id)
        set_actor(self.session.sync_session, self.actor)
        if self.session.get_bind().dialect.name == "postgresql":
            connection = await self.session.connection()
            await connection.run_sync(apply_settings, settings_of(self.actor))


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """Opens contexts; what they change is committed whole or not at all.

    Who writes waits for their `turn`, where the database itself has one writer at a time. What
    happened is `keep`'s to store in the same transaction.
    """

    sessions: Sessions
    publish: Publish
    clock: Clock = system_clock
    turn: Turn | None = None
    keep: "Callable[[Context], Awaitable[None]] | None" = None

    def write(self, actor: Actor = NOBODY) -> AbstractAsyncContextManager[Context]:
        """Open a context that may change something; waits for other writers."""
        return self._open(actor, read_only=False)

    def read(self, actor: Actor = NOBODY) -> AbstractAsyncContextManager[Context]:
        """Open a context that only reads and waits for nobody."""
        return self._open(actor, read_only=True)

    @asynccontextmanager
    async def _open(self, actor: Actor, *, read_only: bool) -> AsyncIterator[Context]:
        refusal: JumpaError | None = None
        turn = nullcontext() if read_only or self.turn is None else self.turn
        async with _closed(self.sessions()) as session, turn:
            set_actor(session.sync_session, actor)
            options = {READ_ONLY: read_only, ACTOR: actor}
            connection = await session.connection(execution_options=options)
            share(session, connection, read_only=read_only)
            context = Context(session, self.clock, actor)
            try:
                yield context
            except JumpaError as error:
                if not error.keeps_changes:
                    raise
                refusal = error
            if self.keep is not None and context.events:
                await self.keep(context)
            await _end(session, read_only=read_only)
        for event in context.events:
            await self.publish(event)
        if refusal is not None:
            raise refusal


async def _end(session: AsyncSession, *, read_only: bool) -> None:
    # Who only read has nothing to keep: closing the session ends the transaction.
    if not read_only:
        await session.commit()
    elif session.new or session.dirty or session.deleted:
        raise WrittenByReaderError("Something was changed by somebody who only reads.")


@asynccontextmanager
async def _closed(session: AsyncSession) -> AsyncIterator[AsyncSession]:
    # The session's own way out is a task for each, and everybody would wait for another round of
    # the loop; what it shields from is done already when the transaction has ended.
    try:
        yield session
    finally:
        await session.close()
