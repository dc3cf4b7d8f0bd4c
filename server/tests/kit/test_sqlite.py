"""Connections that are visited once for a statement behave as they did with four visits."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from jumpa.kit.db.database import Database, sqlite_url

NUMBERS = text("INSERT INTO numbers (number) VALUES (:number)")
COUNT = text("SELECT count(*) FROM numbers")
ENDLESS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)"
    " INSERT INTO numbers SELECT i FROM n"
)


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(sqlite_url(tmp_path / "numbers.db"), busy_timeout_s=0.01)
    async with opened.engine.begin() as connection:
        await connection.execute(text("CREATE TABLE numbers (number INTEGER PRIMARY KEY)"))
    yield opened
    await opened.close()


async def count(file: Database) -> int:
    async with file.engine.connect() as connection:
        return int(await connection.scalar(COUNT) or 0)


class TestStatements:
    async def test_are_kept_together_or_not_at_all(self, file: Database) -> None:
        async def write_twice() -> None:
            async with file.engine.begin() as connection:
                await connection.execute(NUMBERS, {"number": 1})
                await connection.execute(NUMBERS, {"number": 1})

        with pytest.raises(IntegrityError):
            await write_twice()

        assert await count(file) == 0

    async def test_may_be_many(self, file: Database) -> None:
        async with file.engine.begin() as connection:
            done = await connection.execute(NUMBERS, [{"number": n} for n in range(5)])
            assert done.rowcount == 5

        assert await count(file) == 5

    async def test_can_be_taken_back_to_a_point(self, file: Database) -> None:
        async with file.engine.begin() as connection:
            await connection.execute(NUMBERS, {"number": 1})
            with pytest.raises(IntegrityError):
                async with connection.begin_nested():
                    await connection.execute(NUMBERS, {"number": 1})
            await connection.execute(NUMBERS, {"number": 2})

        assert await count(file) == 2


class TestTransactions:
    async def test_lock_others_out_from_the_first_statement(self, file: Database) -> None:
        async with file.engine.begin() as first, file.engine.connect() as second:
            await first.execute(COUNT)
            with pytest.raises(OperationalError, match="locked"):
                await second.execute(COUNT)

    async def test_of_nothing_lock_nobody_out(self, file: Database) -> None:
        async with file.engine.begin(), file.engine.begin() as second:
            await second.execute(NUMBERS, {"number": 1})

        assert await count(file) == 1

    async def test_leave_no_lock_when_they_are_cancelled(self, file: Database) -> None:
        async def write() -> None:
            async with file.engine.begin() as connection:
                await connection.execute(ENDLESS)

        writing = asyncio.create_task(write())
        await asyncio.wait({writing}, timeout=0.05)
        writing.cancel()
        await asyncio.wait({writing})

        async with asyncio.timeout(30):
            while True:
                try:
                    async with file.engine.begin() as connection:
                        await connection.execute(NUMBERS, {"number": 1})
                    break
                except OperationalError:
                    continue
        assert await count(file) == 1
