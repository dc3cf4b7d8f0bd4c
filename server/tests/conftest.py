"""The composed app on a real database, with a scripted media process behind it."""

from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copyfile

import httpx2
import pytest
from factories import NOW, Server, make_parts
from media.fake_sfu import FakeSfu

from jumpa.app.composition import build
from jumpa.config import Settings
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db import Database, upgrade


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the newest schema, made once and copied for each test."""
    path = tmp_path_factory.mktemp("migrated") / "jumpa.db"
    upgrade(path)
    return path


@pytest.fixture
async def database(migrated: Path, tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "jumpa.db"
    copyfile(migrated, path)
    opened = Database(path)
    yield opened
    await opened.close()


@pytest.fixture
def published() -> list[object]:
    """Every event that a unit of work published."""
    return []


@pytest.fixture
def work(database: Database, published: list[object]) -> UnitOfWork:
    async def publish(event: object) -> None:
        published.append(event)

    return UnitOfWork(database.sessions, publish, lambda: NOW)


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A built web app in small."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Jumpa</title>")
    (folder / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "assets" / "index-abc123.js").write_text("export {}\n" * 200)
    return folder


@pytest.fixture
def settings() -> Settings:
    """What the server is set to; a test class may override it."""
    return Settings()


@pytest.fixture
async def server(database: Database, static: Path, settings: Settings) -> AsyncIterator[Server]:
    sfu = FakeSfu()
    parts, now = make_parts(database, settings, sfu)
    app = build(parts, static)
    await parts.engine.start()
    transport = httpx2.ASGITransport(app.asgi, client=("192.0.2.7", 5000))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost:7880") as client:
        yield Server(app, parts, client, sfu, now)
    await parts.engine.stop()


@pytest.fixture
def client(server: Server) -> httpx2.AsyncClient:
    return server.client
