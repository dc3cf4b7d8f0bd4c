"""Fewer trips to the thread of a SQLite connection: they cost more than most statements.

SQLAlchemy's adapter goes there to make a cursor, to execute, to fetch and to close; here all of
that is one trip, BEGIN travels with the first statement, and what never began is not ended.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from typing_extensions import override


class SqliteModule(AsyncAdapt_aiosqlite_dbapi):
    """What SQLAlchemy takes for the driver."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    @override
    def connect(self, *words: object, **options: object) -> "SqliteConnection":
        return SqliteConnection(self, super().connect(*words, **options).driver_connection)


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
    """A cursor that stays on the connection's thread."""

    __slots__ = ()

    _awaitable_cursor_close = False

    @override
    def _make_new_cursor(self, connection: object) -> Any:
        return Finished()

    @override
    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    @override
    async def _execute_async(self, operation: str, parameters: Any) -> None:
        await self._travel(lambda driver: driver.execute(operation, parameters or ()))

    @override
    async def _executemany_async(self, operation: str, seq_of_parameters: Any) -> None:
        await self._travel(lambda driver: driver.executemany(operation, seq_of_parameters))

    async def _travel(self, execute: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> None:
        adapted: Any = self._adapt_connection
        connection: Any = self._connection

        def run() -> Finished:
            if begin:
                connection._conn.execute(begin).close()  # noqa: SLF001  # nobody else may send it there
            cursor = execute(connection._conn)  # noqa: SLF001  # the same
            rows = cursor.fetchall() if cursor.description else ()
            cursor.close()
            return Finished(cursor.description, cursor.rowcount, cursor.lastrowid, rows)

        async with adapted._execute_mutex:  # noqa: SLF001  # as the method that this one replaces
            begin, adapted.begin = adapted.begin, ""
            adapted.is_away = True
            finished = await connection._execute(run)  # noqa: SLF001  # its own methods call no other
            adapted.is_away = False
        self._cursor = finished
        self._rows = deque(finished.rows)


class SqliteConnection(AsyncAdapt_aiosqlite_connection):
    """A connection; `begin` is the statement that travels before the next one."""

    __slots__ = ("begin", "is_away")

    _cursor_cls: Any = SqliteCursor

    def __init__(self, module: SqliteModule, connection: object) -> None:
        super().__init__(module, cast("Any", connection))
        self.begin = ""
        self.is_away = False

    @override
    def commit(self) -> None:
        if self._has_begun():
            super().commit()

    @override
    def rollback(self) -> None:
        if self._has_begun():
            super().rollback()

    def _has_begun(self) -> bool:
        # Whoever was cancelled left a statement behind that may still begin a transaction.
        driver: Any = self._connection
        is_open = driver._connection is not None  # noqa: SLF001  # it would raise instead of saying
        begun = is_open and (self.is_away or driver.in_transaction)
        self.begin, self.is_away = "", False
        return bool(begun)
