"""Connections to PostgreSQL are kept and used again, and are never more than was said."""

import asyncio

from sqlalchemy import URL, text

from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.database import Database


async def _nobody_listens(event: object) -> None:
    """Publish to nobody."""


class TestPool:
    async def test_serves_many_over_a_few_connections(self, migrated_server: URL) -> None:
        database = Database(migrated_server, pool_size=2)
        work = UnitOfWork(database.sessions, _nobody_listens)

        async def served_by() -> int:
            async with work.read(SERVER) as ctx:
                return int(await ctx.session.scalar(text("SELECT pg_backend_pid()")) or 0)

        served = await asyncio.gather(*(served_by() for _ in range(20)))

        assert len(served) == 20
        assert len(set(served)) <= 2
        await database.close()
