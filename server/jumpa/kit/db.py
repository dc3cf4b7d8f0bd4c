"""SQLite through SQLAlchemy: connections, transactions and the schema's upgrades."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, MetaData, create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

READ_ONLY = "jumpa_read_only"
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "temp_store=MEMORY")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Table(DeclarativeBase):
    """Parent of every table."""

    metadata = metadata


class Database:
    """One SQLite file, or memory when `path` is None."""

    def __init__(self, path: Path | None, busy_timeout_s: float = 10) -> None:
        self.engine: AsyncEngine = create_async_engine(_url(path, "sqlite+aiosqlite"))
        _prepare(self.engine.sync_engine, busy_timeout_s)
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def upgrade(path: Path, busy_timeout_s: float = 10) -> None:
    """Bring the file's schema to the newest revision; blocks, and waits for other writers."""
    engine = create_engine(_url(path, "sqlite"))
    _prepare(engine, busy_timeout_s)
    try:
        with engine.begin() as connection:
            command.upgrade(migrations(connection), "head")
    finally:
        engine.dispose()


def migrations(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", "jumpa:migrations")
    config.attributes["connection"] = connection
    return config


def _url(path: Path | None, driver: str) -> URL:
    return URL.create(driver, database=":memory:" if path is None else str(path))


def _prepare(engine: Engine, busy_timeout_s: float) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver must not begin transactions by itself: it would take the lock too late.
        connection.isolation_level = None
        cursor = connection.cursor()
        # First, because changing the journal waits for other writers.
        cursor.execute(f"PRAGMA busy_timeout={int(busy_timeout_s * 1000)}")
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options: dict[str, Any] = dict(connection.get_execution_options())
        connection.exec_driver_sql("BEGIN" if options.get(READ_ONLY) else "BEGIN IMMEDIATE")
