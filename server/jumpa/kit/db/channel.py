"""Short words from one server to the others of the same PostgreSQL (LISTEN and NOTIFY).

They arrive once the transaction has committed, and never when it has not. SQLite has one server.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import psycopg
from psycopg import sql
from sqlalchemy import URL, func, select
from sqlalchemy.ext.asyncio import AsyncSession

logger = logging.getLogger(__name__)

# PostgreSQL takes less than 8000 bytes.
MOST_BYTES = 7900
_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 30.0


async def notify(session: AsyncSession, channel: str, word: str) -> None:
    """Tell all who listen, when this transaction commits."""
    if session.get_bind().dialect.name == "postgresql":
        connection = await session.connection()
        await connection.execute(select(func.pg_notify(channel, word)))


@dataclass(frozen=True, slots=True)
class Channel:
    """Listens on a connection of its own; `begin` is called whenever words may have been missed."""

    url: URL
    name: str
    hear: Callable[[str], Awaitable[None]]
    begin: Callable[[], Awaitable[None]]
    pause_s: float = _PAUSE_S

    async def run(self) -> None:
        """Listen until cancelled, also after the server was away."""
        pause_s = self.pause_s
        while True:
            try:
                async with await self._connected() as connection:
                    pause_s = self.pause_s
                    await self.begin()
                    async for notice in connection.notifies():
                        await self._heard(notice.payload)
            except Exception as error:  # noqa: BLE001  # the database may be away for a while
                logger.warning("no news of other servers: %s", type(error).__name__)
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    async def _connected(self) -> psycopg.AsyncConnection:
        where = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await psycopg.AsyncConnection.connect(where, autocommit=True)
        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self.name)))
        return connection

    async def _heard(self, word: str) -> None:
        try:
            await self.hear(word)
        except Exception:
            # One that cannot be heard keeps nobody from hearing the next.
            logger.exception("news of another server could not be told")
