"""Statements that run on the event loop, or in a thread at once, behave as they always did."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from jumpa.kit.db.database import Database, sqlite_url
from jumpa.kit.db.sqlite import LONG, checkpoint, log_stamp

NUMBERS = text("INSERT INTO numbers (number) VALUES (:number)")
COUNT = text("SELECT count(*) FROM numbers")
ENDLESS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)"
    " INSERT INTO numbers SELECT i FROM n"
)
HIGHEST = text(
    "SELECT max(i) FROM (WITH RECURSIVE n(i) AS"
    " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT i FROM n)"
)
HERE = text("SELECT here()")


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


class TestPlaces:
    async def test_short_statements_run_where_they_are_asked_for(self, file: Database) -> None:
        assert await thread_of(file, is_long=False) == threading.get_ident()

    async def test_statements_that_say_so_run_elsewhere(self, file: Database) -> None:
        assert await thread_of(file, is_long=True) != threading.get_ident()

    async def test_a_search_that_turns_out_long_lets_others_go_on(self, file: Database) -> None:
        went_on = 0

        async def go_on() -> None:
            nonlocal went_on
            while True:
                await asyncio.sleep(0)
                went_on += 1

        async with file.engine.connect() as connection:
            await connection.execute(COUNT)
            others = asyncio.create_task(go_on())
            highest = await connection.scalar(HIGHEST)
            others.cancel()

        assert highest == 300_000
        assert went_on > 1

    async def test_a_lock_is_waited_for_elsewhere(self, tmp_path: Path) -> None:
        path = tmp_path / "numbers.db"
        file = Database(sqlite_url(path), busy_timeout_s=60)
        async with file.engine.begin() as connection:
            await connection.execute(text("CREATE TABLE numbers (number INTEGER PRIMARY KEY)"))
        stranger = sqlite3.connect(path, isolation_level=None)
        stranger.execute("BEGIN IMMEDIATE")

        async def write() -> None:
            async with file.engine.begin() as connection:
                await connection.execute(NUMBERS, {"number": 1})

        writing = asyncio.create_task(write())
        await asyncio.sleep(0)
        # Only a loop that goes on gets here while the other waits.
        assert not writing.done()
        stranger.execute("COMMIT")
        await writing
        stranger.close()

        assert await count(file) == 1
        await file.close()


async def thread_of(file: Database, *, is_long: bool) -> int:
    async with file.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        await raw.driver_connection.create_function("here", 0, threading.get_ident)
        return int(await connection.scalar(HERE.execution_options(**{LONG: is_long})) or 0)


def kept(path: Path, copy: Path) -> int:
    """Count what the file itself holds, without its log."""
    copy.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        return int(connection.execute(str(COUNT)).fetchone()[0])


async def until_kept(path: Path, number: int) -> None:
    """Wait until the file itself holds so many."""
    async with asyncio.timeout(30):
        while True:
            # It may be copied in the middle of a change.
            with suppress(sqlite3.DatabaseError):
                if kept(path, path.with_name("copy.db")) == number:
                    return
            await asyncio.sleep(0.01)


class TestLog:
    async def test_is_moved_into_the_file(self, file: Database, tmp_path: Path) -> None:
        path = tmp_path / "numbers.db"
        async with file.engine.begin() as connection:
            await connection.execute(NUMBERS, {"number": 1})
        assert checkpoint(path)
        async with file.engine.begin() as connection:
            await connection.execute(NUMBERS, {"number": 2})
        assert kept(path, tmp_path / "before.db") == 1

        assert checkpoint(path)

        assert kept(path, tmp_path / "after.db") == 2

    async def test_is_moved_as_far_as_nobody_reads_it(self, file: Database, tmp_path: Path) -> None:
        path = tmp_path / "numbers.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute(str(COUNT)).fetchone()
            async with file.engine.begin() as connection:
                await connection.execute(NUMBERS, {"number": 1})

            assert not checkpoint(path)

        assert checkpoint(path)

    async def test_is_stamped_anew_by_whoever_writes(self, file: Database, tmp_path: Path) -> None:
        path = tmp_path / "numbers.db"
        before = log_stamp(path)
        assert await count(file) == 0
        assert log_stamp(path) == before

        async with file.engine.begin() as connection:
            await connection.execute(NUMBERS, {"number": 1})

        assert log_stamp(path) != before
        assert log_stamp(tmp_path / "no.db") is None

    async def test_is_kept_short_for_as_long_as_the_server_runs(
        self, file: Database, tmp_path: Path
    ) -> None:
        path = tmp_path / "numbers.db"
        keeping = asyncio.create_task(file.keep_short(pause_s=0))
        try:
            for number in (1, 2):
                async with file.engine.begin() as connection:
                    await connection.execute(NUMBERS, {"number": number})
                await until_kept(path, number)
        finally:
            keeping.cancel()
