"""Copies of a whole database, taken while others write and put into an empty one."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, cast
from uuid import UUID

import psycopg
import sqlalchemy
from alembic import command
from psycopg import Cursor, sql
from sqlalchemy import URL, text
from sqlalchemy.engine import Connection

from jumpa.kit.actor import SERVER
from jumpa.kit.db.database import ACTOR, READ_ONLY, check_server, connect
from jumpa.kit.db.migrating import known_revisions, migrations
from jumpa.kit.errors import JumpaError, Kind

_REVISION = "SELECT version_num FROM alembic_version"
_FILES = "SELECT id FROM room_files"
_HAS_FILES = "SELECT 1 FROM sqlite_master WHERE name = 'room_files'"
_VERSION_TABLE, _FILE_TABLE = "alembic_version", "room_files"
_PIECE_BYTES = 256 * 1024


class DatabaseNotEmptyError(JumpaError):
    """The database has tables already; name an empty one."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "database_not_empty"


class SchemaNewerError(JumpaError):
    """The backup comes from a newer version of Jumpa; install that one first."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "schema_newer"


class CopyBrokenError(JumpaError):
    """The database, or its copy in a backup, is damaged or not there."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "copy_broken"


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy is: its revision, the files it names, and its tables with their columns."""

    revision: str
    files: frozenset[UUID]
    tables: dict[str, list[str]] = field(default_factory=dict)


def copy_sqlite(source: Path, target: Path, busy_timeout_s: float) -> Copied:
    """Write what was committed into a file of its own; others read and write meanwhile."""
    try:
        with closing(sqlite3.connect(f"{source.as_uri()}?mode=rw", busy_timeout_s, uri=True)) as db:
            db.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.DatabaseError as error:
        raise CopyBrokenError(f"{source} cannot be copied: {error}.") from error
    return look_at_sqlite(target)


def look_at_sqlite(path: Path) -> Copied:
    """Return what a copy is; raises CopyBrokenError."""
    try:
        with closing(sqlite3.connect(path)) as db:
            (state,) = db.execute("PRAGMA quick_check").fetchone()
            if state != "ok" or db.execute("PRAGMA foreign_key_check").fetchone():
                raise CopyBrokenError
            (revision,) = db.execute(_REVISION).fetchone()
            has_files = db.execute(_HAS_FILES).fetchone()
            files = db.execute(_FILES).fetchall() if has_files else []
    except (sqlite3.DatabaseError, TypeError) as error:
        raise CopyBrokenError from error
    return Copied(revision, frozenset(UUID(name) for (name,) in files))


def copy_postgresql(url: URL, folder: Path, busy_timeout_s: float) -> Copied:
    """Write every table into a file, as of one moment; others read and write meanwhile."""
    options: dict[str, Any] = {
        ACTOR: SERVER,
        READ_ONLY: True,
        "isolation_level": "REPEATABLE READ",
    }
    engine = connect(url, busy_timeout_s).execution_options(**options)
    try:
        with engine.begin() as connection:
            check_server(connection)
            tables = _tables(connection)
            if _VERSION_TABLE not in sqlalchemy.inspect(connection).get_table_names():
                raise CopyBrokenError("There is nothing in the database to back up.")
            for table, columns in tables.items():
                _copy_out(connection, table, columns, folder / f"{table}.csv")
            revision: str = connection.scalar(text(_REVISION))
            files = connection.scalars(text(_FILES)).all() if _FILE_TABLE in tables else []
            return Copied(revision, frozenset(files), tables)
    finally:
        engine.dispose()


def fill_postgresql(
    url: URL, folder: Path, copied: Copied, busy_timeout_s: float, last: Callable[[], None]
) -> None:
    """Put a copy into an empty database, and bring its schema up to date.

    All in one transaction; `last` is called before it ends, and what it raises undoes all of it.
    """
    engine = connect(url, busy_timeout_s).execution_options(**{ACTOR: SERVER})
    try:
        with engine.begin() as connection:
            check_server(connection)
            if sqlalchemy.inspect(connection).get_table_names():
                raise DatabaseNotEmptyError
            command.upgrade(migrations(connection), copied.revision)
            connection.execute(text("DELETE FROM organisations"))
            for table, columns in copied.tables.items():
                _copy_in(connection, table, columns, folder / f"{table}.csv")
            command.upgrade(migrations(connection), "head")
            last()
    finally:
        engine.dispose()


def check_revision(revision: str) -> None:
    """Raise SchemaNewerError unless this program knows the revision."""
    if revision not in known_revisions():
        raise SchemaNewerError


def _tables(connection: Connection) -> dict[str, list[str]]:
    inspector = sqlalchemy.inspect(connection)
    ordered = [name for name, _ in inspector.get_sorted_table_and_fkc_names() if name]
    return {
        name: [column["name"] for column in inspector.get_columns(name)]
        for name in ordered
        if name != _VERSION_TABLE
    }


def _cursor(connection: Connection) -> Cursor[Any]:
    driver: psycopg.Connection[Any] = cast("Any", connection.connection.driver_connection)
    return driver.cursor()


def _copy_out(connection: Connection, table: str, columns: list[str], target: Path) -> None:
    # A plain COPY of a table does not ask its policies; a query does.
    statement = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT WITH (FORMAT csv)").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table)
    )
    with (
        target.open("xb") as file,
        _cursor(connection) as cursor,
        cursor.copy(statement) as copy,
    ):
        for piece in copy:
            file.write(piece)


def _copy_in(connection: Connection, table: str, columns: list[str], source: Path) -> None:
    name = sql.Identifier(table)
    statement = sql.SQL("COPY {} ({}) FROM STDIN WITH (FORMAT csv)").format(
        name, sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with _cursor(connection) as cursor, source.open("rb") as file:
        # COPY takes no rows where policies hold for the owner too.
        cursor.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(name))
        with cursor.copy(statement) as copy:
            while piece := file.read(_PIECE_BYTES):
                copy.write(piece)
        cursor.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(name))
