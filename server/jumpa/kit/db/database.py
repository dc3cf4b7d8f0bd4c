"""Connections and transactions: one SQLite file unless a PostgreSQL server is named."""

import asyncio
import logging
import sqlite3
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import URL, create_engine, event, make_url, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, ExecutionContext
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from jumpa.kit.actor import NOBODY, Actor
from jumpa.kit.db.scope import ScopedSession, settings_of
from jumpa.kit.db.sqlite import (
    LONG,
    SqliteConnection,
    SqliteCursor,
    SqliteModule,
    checkpoint,
    log_stamp,
)
from jumpa.kit.db.turn import Turn
from jumpa.kit.errors import JumpaError, Kind

logger = logging.getLogger(__name__)

READ_ONLY, ACTOR = "jumpa_read_only", "jumpa_actor"
_SQLITE, _POSTGRESQL = "sqlite", "postgresql"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-20000",
)
_OLDEST_POSTGRESQL = 15
_ANSWER_S = 2
# Each connection has a cache of its own: the one that was used last knows most. Opening another
# takes as long as a request, so there are few beyond those that are kept.
_KEPT = {"pool_size": 10, "max_overflow": 10, "pool_use_lifo": True}


class DatabaseUrlError(JumpaError):
    """The database URL cannot be used."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "database_url_unusable"


class DatabaseUnfitError(JumpaError):
    """The database server cannot be used."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "database_unfit"


class Database:
    """The open database; `pool_size` connections at most, `busy_timeout_s` for a lock."""

    def __init__(self, url: URL, *, busy_timeout_s: float = 10, pool_size: int = 10) -> None:
        self.engine: AsyncEngine = create_async_engine(
            _with_driver(url, "aiosqlite"), **_pool(url, pool_size)
        )
        prepare(self.engine.sync_engine, busy_timeout_s)
        # SQLite itself lets waiting writers sleep longer and longer, and in no order.
        self.turn = Turn() if url.get_backend_name() == _SQLITE else None
        self.sessions = async_sessionmaker(
            self.engine, expire_on_commit=False, sync_session_class=ScopedSession
        )

    async def answers(self) -> bool:
        """Whether the database answers within a moment."""
        try:
            async with asyncio.timeout(_ANSWER_S), self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError, TimeoutError):
            return False
        return True

    async def keep_short(self, pause_s: float = 2) -> None:
        """Keep SQLite's log short, for ever; PostgreSQL does so by itself."""
        name = self.engine.url.database
        if self.turn is None or name is None or name == ":memory:":
            return
        path, moved = Path(name), None
        while True:
            await asyncio.sleep(pause_s)
            # A server on which nothing happens should cost nothing.
            if (stamp := log_stamp(path)) == moved:
                continue
            try:
                if await asyncio.to_thread(checkpoint, path):
                    moved = stamp
            except sqlite3.Error:
                # The disk may be full for a while; nothing committed is lost by that.
                logger.exception("the database's log could not be shortened")

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def sqlite_url(path: Path | None) -> URL:
    """Return the URL of a file, or of memory."""
    return URL.create(_SQLITE, database=":memory:" if path is None else str(path))


def choose_url(given: str, path: Path) -> URL:
    """Return the URL that was given, or that of the file."""
    return parse_url(given) if given else sqlite_url(path)


def parse_url(given: str) -> URL:
    """Read a `postgresql://` URL; raises DatabaseUrlError without telling its password."""
    try:
        url = make_url(given)
    except ArgumentError:
        raise DatabaseUrlError("The database URL is not a URL.") from None
    if url.get_backend_name() not in {_POSTGRESQL, "postgres"}:
        raise DatabaseUrlError("The database URL must begin with postgresql://.")
    return url.set(drivername=_POSTGRESQL)


def connect(url: URL, busy_timeout_s: float = 10) -> Engine:
    """Return a blocking engine, for the schema's upgrades and the command line."""
    engine = create_engine(_with_driver(url, "pysqlite"))
    prepare(engine, busy_timeout_s)
    return engine


def check_server(connection: Connection) -> None:
    """Refuse an old server, and a role that would see through row-level security."""
    if connection.dialect.name != _POSTGRESQL:
        return
    major = (connection.dialect.server_version_info or (0,))[0]
    if int(major) < _OLDEST_POSTGRESQL:
        raise DatabaseUnfitError(f"PostgreSQL {_OLDEST_POSTGRESQL} or newer is needed.")
    role = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    if connection.scalar(text(role)):
        raise DatabaseUnfitError(
            "The database role bypasses row-level security;"
            " use one that has neither SUPERUSER nor BYPASSRLS."
        )


def prepare(engine: Engine, busy_timeout_s: float) -> None:
    """Make every connection and transaction of the engine begin as ours do."""
    if engine.dialect.name == _SQLITE:
        _prepare_sqlite(engine, busy_timeout_s)
    else:
        _prepare_postgresql(engine, busy_timeout_s)


def _prepare_sqlite(engine: Engine, busy_timeout_s: float) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver must not begin transactions by itself: it would take the lock too late.
        connection.isolation_level = None
        cursor = connection.cursor()
        wait_ms = int(busy_timeout_s * 1000)
        driver: object = connection
        if isinstance(driver, SqliteConnection):
            driver.wait_ms = wait_ms
            # It would wait for the disk in the middle of somebody's COMMIT; `keep_short` does it.
            cursor.execute("PRAGMA wal_autocheckpoint=0")
        else:
            # First, because changing the journal waits for other writers.
            cursor.execute(f"PRAGMA busy_timeout={wait_ms}")
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "before_cursor_execute")
    def _look(*given: object) -> None:
        # connection, cursor, statement, parameters, context, executemany
        cursor, context = given[1], given[4]
        if isinstance(cursor, SqliteCursor) and isinstance(context, ExecutionContext):
            cursor.is_long = bool(context.execution_options.get(LONG))

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options: dict[str, Any] = dict(connection.get_execution_options())
        statement = "BEGIN" if options.get(READ_ONLY) else "BEGIN IMMEDIATE"
        driver: object = connection.connection.dbapi_connection
        if isinstance(driver, SqliteConnection):
            driver.begin = statement
        else:
            connection.exec_driver_sql(statement)


def _prepare_postgresql(engine: Engine, busy_timeout_s: float) -> None:
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options: dict[str, Any] = dict(connection.get_execution_options())
        actor: Actor = options.get(ACTOR, NOBODY)
        settings = settings_of(actor) | {
            "transaction_read_only": "on" if options.get(READ_ONLY) else "off",
            "lock_timeout": f"{int(busy_timeout_s * 1000)}ms",
        }
        apply_settings(connection, settings)


def apply_settings(connection: Connection, settings: dict[str, str]) -> None:
    """Set what lasts until the transaction ends; nothing may reach the pool's next borrower."""
    if connection.dialect.name != _POSTGRESQL:
        return
    calls = ", ".join(
        f"set_config(:name{number}, :value{number}, true)" for number in range(len(settings))
    )
    values = {f"name{number}": name for number, name in enumerate(settings)}
    values |= {f"value{number}": value for number, value in enumerate(settings.values())}
    connection.execute(text(f"SELECT {calls}"), values)


def _with_driver(url: URL, sqlite_driver: str) -> URL:
    driver = sqlite_driver if url.get_backend_name() == _SQLITE else "psycopg"
    return url.set(drivername=f"{url.get_backend_name()}+{driver}")


def _pool(url: URL, size: int) -> dict[str, Any]:
    if url.get_backend_name() == _SQLITE:
        # In memory there is one connection for all, and no pool.
        own = {} if url.database in {None, "", ":memory:"} else _KEPT
        return {"module": SqliteModule(), **own}
    # Prepared statements would be lost behind a pooler that hands out sessions by transaction.
    return {
        "pool_size": size,
        "max_overflow": 0,
        "pool_pre_ping": True,
        "connect_args": {"prepare_threshold": None},
    }
