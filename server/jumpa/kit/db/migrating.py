"""The schema's upgrades, safe when several servers start at once."""

import contextlib
import logging
from collections.abc import Iterator

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from jumpa.kit.actor import SERVER
from jumpa.kit.db.database import ACTOR, DatabaseUnfitError, check_server, connect
from jumpa.kit.failpoints import FailPoint, reach

logger = logging.getLogger(__name__)

# Any number does that nothing else in this database locks.
_LOCK = 0x4A554D5041


def upgrade(url: URL, busy_timeout_s: float = 10) -> None:
    """Bring the schema to the newest revision in one transaction; waits for another upgrade."""
    engine = connect(url, busy_timeout_s).execution_options(**{ACTOR: SERVER})
    try:
        with _reached(), engine.begin() as connection:
            check_server(connection)
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            reach(FailPoint.MIGRATE_STARTED)
            if _is_newer(connection):
                logger.warning("the schema is newer than this server; it is left as it is")
            else:
                command.upgrade(migrations(connection), "head")
            reach(FailPoint.MIGRATE_WRITTEN)
        reach(FailPoint.MIGRATE_COMMITTED)
    finally:
        engine.dispose()


def revision(url: URL, busy_timeout_s: float = 10) -> tuple[str | None, str | None]:
    """Return the schema's revision and the newest one that this server knows."""
    engine = connect(url, busy_timeout_s)
    try:
        with _reached(), engine.begin() as connection:
            check_server(connection)
            found = MigrationContext.configure(connection).get_current_revision()
            scripts = ScriptDirectory.from_config(migrations(connection))
            return found, scripts.get_current_head()
    finally:
        engine.dispose()


def migrations(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = _configuration()
    config.attributes["connection"] = connection
    return config


def known_revisions() -> set[str]:
    """Return every revision that this program can work with."""
    scripts = ScriptDirectory.from_config(_configuration())
    return {script.revision for script in scripts.walk_revisions()}


def _configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", "jumpa:migrations")
    return config


@contextlib.contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        # The driver's own words: they name address and reason, and never the password.
        reason = str(error.orig).strip().splitlines()[0]
        raise DatabaseUnfitError(f"The database cannot be used: {reason}") from error


def _is_newer(connection: Connection) -> bool:
    # Revisions only add until no older server is left, so an older one can work on.
    found = MigrationContext.configure(connection).get_current_revision()
    return found is not None and found not in known_revisions()
