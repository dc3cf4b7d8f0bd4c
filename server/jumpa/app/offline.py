"""What is done with the data of a server that need not run: accounts, schema, log, keys."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from jumpa.app.accounts import auth_parts, counters
from jumpa.app.running import DATABASE_FILE
from jumpa.config import Settings
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.kit import storage
from jumpa.kit.clock import Clock, system_clock
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.database import Database, choose_url
from jumpa.kit.db.migrating import revision, upgrade
from jumpa.kit.keyring import KeyRing, read_ring
from jumpa.kit.passwords import Passwords
from jumpa.kit.quotas import Counters


@dataclass(frozen=True, slots=True)
class _Foundation:
    settings: Settings
    secret: bytes = field(repr=False)
    clock: Clock
    ring: KeyRing
    passwords: Passwords
    counters: Counters


@dataclass(frozen=True, slots=True)
class Migrated:
    """The schema's revision before and after; None means that there was no schema."""

    before: str | None
    after: str | None


def migrate(settings: Settings) -> Migrated:
    """Bring the schema to the newest revision; blocks."""
    folder = storage.open_folder(settings.storage.data)
    url = choose_url(_named(settings), folder / DATABASE_FILE)
    before, _ = revision(url, settings.storage.busy_timeout_s)
    upgrade(url, settings.storage.busy_timeout_s)
    return Migrated(before, revision(url, settings.storage.busy_timeout_s)[0])


def schema_revision(settings: Settings) -> Migrated:
    """Return the schema's revision and the one it would be brought to; blocks."""
    folder = storage.open_folder(settings.storage.data)
    url = choose_url(_named(settings), folder / DATABASE_FILE)
    return Migrated(*revision(url, settings.storage.busy_timeout_s))


@asynccontextmanager
async def opened(settings: Settings, ring: KeyRing | None = None) -> AsyncIterator[AuthParts]:
    """Open the data; the schema is brought up to date first."""
    folder = storage.open_folder(settings.storage.data)
    url = choose_url(_named(settings), folder / DATABASE_FILE)
    busy_timeout_s = settings.storage.busy_timeout_s
    await asyncio.to_thread(upgrade, url, busy_timeout_s)
    database = Database(url, busy_timeout_s=busy_timeout_s, pool_size=1)
    passwords = Passwords(1)
    try:
        foundation = _Foundation(
            settings=settings,
            secret=storage.read_secret(folder),
            clock=system_clock,
            ring=ring or read_ring(folder),
            passwords=passwords,
            counters=counters(settings.rates, time.monotonic),
        )
        yield auth_parts(foundation, UnitOfWork(database.sessions, _drop, system_clock))
    finally:
        passwords.close()
        await database.close()


def data_folder(settings: Settings) -> Path:
    """Return the data folder, made if it was not there."""
    return storage.open_folder(settings.storage.data)


async def _drop(_event: object) -> None:
    """Nobody listens to a command: letters wait for the server, ended sessions are in the data."""


def _named(settings: Settings) -> str:
    return settings.database.url.get_secret_value() if settings.database.url else ""
