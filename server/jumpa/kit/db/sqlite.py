"""Short statements run where they are asked for: a trip to a thread costs more than they do.

SQLAlchemy's adapter goes to the thread of a connection to make a cursor, to execute, to fetch and
to close; here all of that is one piece of work, BEGIN comes with the first statement, and what
never began is not ended. What may take longer than a moment still goes to the thread: statements
that say so (LONG), many rows at once, whoever has to wait for a lock, and whatever SELECT turns out
to be long. COMMIT only appends to the log; what it appended is moved by `checkpoint`.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from typing_extensions import override

LONG: Final = "jumpa_long"
"""Execution option of a statement that is never to run on the event loop."""

_SHORT = ("SELECT", "INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE", "ROLLBACK")
# Steps of SQLite's machine, a millisecond or two: a page of messages takes a tenth of it.
_MOST_STEPS = 25_000
_GO_AWAY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_INTERRUPT}


Execute = Callable[[sqlite3.Connection], sqlite3.Cursor]
Given = Sequence[object] | Mapping[str, object]


class SqliteModule(AsyncAdapt_aiosqlite_dbapi):
    """What SQLAlchemy takes for the driver."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    @override
    def connect(self, *words: object, **options: object) -> "SqliteConnection":
        # The loop and the thread take turns at it, and the loop never waits for a lock.
        own = options | {"check_same_thread": False, "timeout": 0}
        return SqliteConnection(self, super().connect(*words, **own).driver_connection)


@dataclass(frozen=True, slots=True)
class Finished:
    """What is left of a cursor when it comes back."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: Sequence[tuple[object, ...]] = ()

    def close(self) -> None:
        """Do nothing: it was closed where it was made."""


class SqliteCursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor that is made and closed where its statement runs."""

    __slots__ = ("is_long",)

    _awaitable_cursor_close = False

    @override
    def _make_new_cursor(self, connection: object) -> Any:
        self.is_long = False
        return Finished()

    @override
    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    @override
    async def _execute_async(self, operation: str, parameters: Any) -> None:
        adapted: Any = self._adapt_connection
        self._keep(await adapted.run(operation, parameters or (), is_long=self.is_long))

    @override
    async def _executemany_async(self, operation: str, seq_of_parameters: Any) -> None:
        adapted: Any = self._adapt_connection
        self._keep(
            await adapted.travel(lambda driver: driver.executemany(operation, seq_of_parameters))
        )

    def _keep(self, finished: Finished) -> None:
        self._cursor: Any = finished
        self._rows = deque(finished.rows)


class SqliteConnection(AsyncAdapt_aiosqlite_connection):
    """A connection; `begin` is the statement that comes before the next one.

    A statement that finds the database locked waits `wait_ms` for it, in the connection's thread.
    """

    __slots__ = ("begin", "is_away", "wait_ms")

    _cursor_cls: Any = SqliteCursor

    def __init__(self, module: SqliteModule, connection: object) -> None:
        super().__init__(module, cast("Any", connection))
        self.begin = ""
        self.is_away = False
        self.wait_ms = 0

    @property
    def raw(self) -> sqlite3.Connection:
        """What the driver itself sends to its thread."""
        driver: Any = self._connection
        return cast("sqlite3.Connection", driver._conn)  # noqa: SLF001  # to use it right here

    @property
    def is_free(self) -> bool:
        """Whether nothing of it is in the thread, not even what was cancelled."""
        return not (self.is_away or self._execute_mutex.locked())

    @override
    def commit(self) -> None:
        is_free = self.is_free
        if self._has_begun():
            self.raw.commit() if is_free else super().commit()

    @override
    def rollback(self) -> None:
        is_free = self.is_free
        if self._has_begun():
            self.raw.rollback() if is_free else super().rollback()

    async def run(self, operation: str, parameters: Given, *, is_long: bool) -> Finished:
        """Run one statement, right here if that may take a moment only."""
        if self.is_free and not is_long and operation.startswith(_SHORT):
            try:
                return self._run_here(operation, parameters)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode not in _GO_AWAY:
                    raise
        return await self.travel(lambda driver: driver.execute(operation, parameters))

    def _run_here(self, operation: str, parameters: Given) -> Finished:
        driver = self.raw
        if self.begin:
            driver.execute(self.begin).close()
            self.begin = ""
        # Only reading can be broken off and asked again: a broken-off change undoes all before it.
        is_reading = operation.startswith("SELECT")
        if is_reading:
            driver.set_progress_handler(_stop, _MOST_STEPS)
        try:
            return _finished(driver.execute(operation, parameters))
        finally:
            if is_reading:
                driver.set_progress_handler(None, 0)

    async def travel(self, execute: Execute) -> Finished:
        """Do it in the connection's thread, where it may wait for a lock."""
        driver = self.raw

        def run() -> Finished:
            driver.execute(f"PRAGMA busy_timeout={self.wait_ms}").close()
            try:
                if begin:
                    driver.execute(begin).close()
                return _finished(execute(driver))
            finally:
                driver.execute("PRAGMA busy_timeout=0").close()

        thread: Any = self._connection
        async with self._execute_mutex:
            begin, self.begin = self.begin, ""
            self.is_away = True
            finished: Finished = await thread._execute(run)  # noqa: SLF001  # its own methods call no other
            self.is_away = False
        return finished

    def _has_begun(self) -> bool:
        # Whoever was cancelled left a statement behind that may still begin a transaction.
        driver: Any = self._connection
        is_open = driver._connection is not None  # noqa: SLF001  # it would raise instead of saying
        begun = is_open and (self.is_away or driver.in_transaction)
        self.begin, self.is_away = "", False
        return bool(begun)


def checkpoint(path: Path) -> bool:
    """Move what was committed from the log into the file, or as much of it as nobody still reads.

    Readers and writers go on meanwhile. Returns whether all was moved.
    """
    with closing(sqlite3.connect(path)) as connection:
        _, logged, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return bool(logged == moved)


def log_stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes when the database at `path` is written to; None when it has no log."""
    try:
        found = path.with_name(f"{path.name}-wal").stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size


def _finished(cursor: sqlite3.Cursor) -> Finished:
    rows = cursor.fetchall() if cursor.description else ()
    cursor.close()
    return Finished(cursor.description, cursor.rowcount, cursor.lastrowid, rows)


def _stop() -> bool:
    return True
