"""Fills a database past the product's own code, which would take hours."""

import itertools
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from bench.api import world
from bench.api.world import BEGAN, World
from jumpa.domains.organisations.models import HOME
from jumpa.kit.db.database import sqlite_url
from jumpa.kit.db.migrating import revision, upgrade

_FAR = BEGAN + timedelta(days=3650)
_HOME = HOME.hex
_SEARCHED = (
    "INSERT INTO message_search_rows (message_id) SELECT id FROM room_messages ORDER BY id",
    """
    INSERT INTO message_search (rowid, room, message)
    SELECT rows.id, m.room_id, m.message
    FROM message_search_rows rows JOIN room_messages m ON m.id = rows.message_id
    """,
)

Row = dict[str, Any]


def filled(folder: Path, whole: World) -> Path:
    """Return a database with all of it, made at the first run and after every migration."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "fresh.db"
    fresh.unlink(missing_ok=True)
    upgrade(sqlite_url(fresh))
    newest = revision(sqlite_url(fresh))[1]
    sizes = f"{whole.users}-{whole.rooms}-{whole.members}-{whole.messages}"
    path = folder / f"filled-{newest}-{sizes}.db"
    if not path.exists():
        for older in folder.glob("filled-*"):
            older.unlink()
        began_s = time.monotonic()
        _fill(fresh, whole)
        fresh.rename(path)
        print(f"filled {path.name} in {time.monotonic() - began_s:.0f} s", flush=True)
    return path


def _fill(path: Path, whole: World) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            database.execute(f"PRAGMA {pragma}")
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = triggers.fetchall()
        for name, _ in kept:
            database.execute(f"DROP TRIGGER {name}")
        database.execute("BEGIN")
        _insert(database, "users", _users(whole))
        _insert(database, "user_sessions", _sessions(whole))
        _insert(database, "user_contacts", _contacts(whole))
        _insert(database, "rooms", _rooms(whole))
        _insert(database, "room_participants", _places(whole))
        _insert(database, "room_messages", _messages(whole))
        for statement in _SEARCHED:
            database.execute(statement)
        database.execute("COMMIT")
        for _, statement in kept:
            database.execute(statement)
        # As after a few months of work, when segments of the index were merged long ago.
        database.execute("INSERT INTO message_search (message_search) VALUES ('optimize')")
        database.execute("PRAGMA journal_mode=WAL")


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    many = iter(rows)
    first = next(many)
    names = ", ".join(first)
    statement = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(first))})"  # noqa: S608  # our own names
    database.executemany(statement, (tuple(row.values()) for row in itertools.chain([first], many)))


def _users(whole: World) -> Iterator[Row]:
    for number in range(whole.users):
        first, last = world.name(number)
        yield {
            "id": world.user_id(number).hex,
            "organisation_id": _HOME,
            "email": f"person{number}@example.com",
            "first_name": first,
            "last_name": last,
            "search_name": f"{first} {last}".casefold(),
            "status": "active",
            "role": "member",
            "email_verified": 1,
            "created_at": _text(BEGAN),
            "updated_at": _text(BEGAN),
            "version": 1,
            "settings_version": 1,
        }


def _sessions(whole: World) -> Iterator[Row]:
    for number in range(whole.users):
        yield {
            "id": world.session_id(number).hex,
            "organisation_id": _HOME,
            "user_id": world.user_id(number).hex,
            "expires_at": _text(_FAR),
            "last_used_at": _text(BEGAN),
            "created_at": _text(BEGAN),
            "ip_address": "192.0.2.7",
            "user_agent": "",
        }


def _contacts(whole: World) -> Iterator[Row]:
    for number in range(whole.users):
        for step in range(1, 11):
            yield {
                "organisation_id": _HOME,
                "user_id": world.user_id(number).hex,
                "contact_id": world.user_id((number + step * 37) % whole.users).hex,
                "created_at": _text(BEGAN),
            }


def _rooms(whole: World) -> Iterator[Row]:
    for number in range(whole.rooms):
        yield {
            "id": world.room_id(number).hex,
            "organisation_id": _HOME,
            "code": world.code(number),
            "title": f"Weekly {world.word(number)}",
            "host_secret_hash": "",
            "host_id": world.user_id(whole.member(number, 0)).hex,
            "max_users": 100,
            "created_at": _text(BEGAN + timedelta(minutes=number)),
            "updated_at": _text(BEGAN + timedelta(minutes=number)),
        }


def _places(whole: World) -> Iterator[Row]:
    for room, place in itertools.product(range(whole.rooms), range(whole.members)):
        yield {
            "id": UUID(int=world.room_id(room).int + place + 1).hex,
            "organisation_id": _HOME,
            "room_id": world.room_id(room).hex,
            "user_id": world.user_id(whole.member(room, place)).hex,
            "joined_at": _text(BEGAN),
            "left_at": None,
            "role": "participant" if place else "host",
            "identity": world.identity(room, place),
            "name": world.name(whole.member(room, place))[0],
            "state": "admitted",
        }


def _messages(whole: World) -> Iterator[Row]:
    chance = Random(1)  # noqa: S311  # made-up talk
    words, weights = world.vocabulary()
    cumulated = list(itertools.accumulate(weights))
    for number in range(whole.messages):
        room, place = whole.room_of(number), whole.writer_place(number)
        message_id = world.message_id(number)
        yield {
            "id": message_id.hex,
            "organisation_id": _HOME,
            "room_id": world.room_id(room).hex,
            "user_id": world.user_id(whole.member(room, place)).hex,
            "identity": world.identity(room, place),
            "name": world.name(whole.member(room, place))[0],
            "stream_id": str(message_id),
            "message": world.text(chance, words, cumulated),
            "message_type": "text",
            "created_at": _text(world.message_time(number)),
        }


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
