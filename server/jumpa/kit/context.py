"""What every service function is handed, and the one place that commits."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from jumpa.kit.clock import Clock, system_clock
from jumpa.kit.db import READ_ONLY

Sessions = async_sessionmaker[AsyncSession]
Publish = Callable[[object], Awaitable[None]]


@dataclass(slots=True)
class Context:
    """Handed to every service function, whichever edge the call came in by."""

    session: AsyncSession
    clock: Clock = system_clock
    events: list[object] = field(default_factory=list)

    def emit(self, event: object) -> None:
        """Publish the event once the transaction has committed."""
        self.events.append(event)


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """Opens contexts; what they change is committed whole or not at all."""

    sessions: Sessions
    publish: Publish
    clock: Clock = system_clock

    def write(self) -> AbstractAsyncContextManager[Context]:
        """Open a context that may change something; waits for other writers."""
        return self._open(read_only=False)

    def read(self) -> AbstractAsyncContextManager[Context]:
        """Open a context that only reads and waits for nobody."""
        return self._open(read_only=True)

    @asynccontextmanager
    async def _open(self, *, read_only: bool) -> AsyncIterator[Context]:
        async with self.sessions() as session, session.begin():
            _ = await session.connection(execution_options={READ_ONLY: read_only})
            context = Context(session, self.clock)
            yield context
        for event in context.events:
            await self.publish(event)
