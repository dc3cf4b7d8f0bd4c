"""A server's data for tests of backups: somebody with an account, and a file that was sent."""

import asyncio
import hashlib
import io
import json
import tarfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import UUID, uuid4

import sqlalchemy
from people import PASSWORD

from jumpa.app.offline import opened
from jumpa.config import Settings, StorageSettings
from jumpa.domains.auth.service import administration
from jumpa.domains.organisations.models import HOME
from jumpa.domains.users.service import people
from jumpa.domains.users.service.people import NewUser
from jumpa.kit import objects
from jumpa.kit.actor import SERVER
from jumpa.kit.db.database import ACTOR, connect, parse_url
from jumpa.kit.paging import Slice

Run = Callable[..., tuple[int, str]]
ROOM = (
    "INSERT INTO rooms (id, organisation_id, code, title, host_secret_hash, created_at)"
    " VALUES (:room, :home, 'abc-defg-hjk', 'Tea', '', :now)"
)
MESSAGE = (
    "INSERT INTO room_messages (id, organisation_id, room_id, message, message_type, created_at)"
    " VALUES (:message, :home, :room, 'Teh, \"manis\"\n', 'file', :now)"
)
FILE = (
    "INSERT INTO room_files (id, organisation_id, room_id, message_id, name, media_type, size,"
    " created_at, stored_at) VALUES (:file, :home, :room, :message, 'a.txt', 'text/plain', 3,"
    " :now, :now)"
)


def new() -> Settings:
    """Return the settings of where backups are restored."""
    return Settings(storage=StorageSettings(data=Path("new")))


async def add(settings: Settings, email: str) -> None:
    async with opened(settings) as parts:
        await administration.create(parts, NewUser(email, "Ayu", "Lestari", HOME), PASSWORD)


async def everybody(settings: Settings) -> list[str]:
    async with opened(settings) as parts, parts.work.read(SERVER) as ctx:
        return [user.email for user in await people.list_all(ctx, Slice(None, 100))]


def database_of(settings: Settings) -> sqlalchemy.Engine:
    named = settings.database.url
    if named:
        url = parse_url(named.get_secret_value())
    else:
        url = sqlalchemy.URL.create("sqlite", database=str(settings.storage.data / "jumpa.db"))
    return connect(url).execution_options(**{ACTOR: SERVER})


def send_file(settings: Settings, content: bytes = b"Teh") -> UUID:
    """Store a file with its message, as a server does."""
    file = uuid4()
    values: dict[str, object] = {
        "file": file.hex,
        "room": uuid4().hex,
        "message": uuid4().hex,
        "home": HOME.hex,
        "now": "2026-11-21 09:00:00",
    }
    engine = database_of(settings)
    with engine.begin() as connection:
        for statement in (ROOM, MESSAGE, FILE):
            connection.execute(sqlalchemy.text(statement), values)
    engine.dispose()
    put(settings.storage.data, file, content)
    return file


def put(data: Path, file: UUID, content: bytes) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield content

    asyncio.run(objects.on_disk(data / "objects").put(file, chunks()))


def read(data: Path, file: UUID) -> bytes:
    async def everything() -> bytes:
        store = objects.on_disk(data / "objects")
        return b"".join([piece async for piece in await store.read(file, 0, 3)])

    return asyncio.run(everything())


async def files(data: Path) -> list[UUID]:
    return [name async for name in objects.on_disk(data / "objects").names()]


def names(data: Path) -> set[str]:
    return {path.name for path in data.iterdir()}


def members(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        return {m.name: tar.extractfile(m).read() for m in tar}  # type: ignore[union-attr]  # files


def write(archive: Path, contents: dict[str, bytes], *more: tarfile.TarInfo) -> None:
    with tarfile.open(archive, "w:gz") as tar:
        for member in more:
            tar.addfile(member, io.BytesIO())
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


def told(contents: dict[str, bytes], **facts: object) -> dict[str, bytes]:
    """Return the members with a manifest that agrees with them."""
    manifest = json.loads(contents["manifest.json"]) | facts
    files = {name: content for name, content in contents.items() if name != "manifest.json"}
    manifest["files"] = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    }
    return {**files, "manifest.json": json.dumps(manifest).encode()}
