"""The composed app on a real database, with a scripted media process behind it."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import mkdtemp

import httpx2
import postgresql
import pytest
from factories import NOW, Server, emptying, make_parts
from killing.site import Site, SiteOnPostgresql, Warm
from media.fake_sfu import FakeSfu
from people import SignedIn, make_organisation, sign_in
from postgresql import Cluster
from proof import Proof
from sqlalchemy import URL

from jumpa.app.composition import Parts, build
from jumpa.config import Settings
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.database import Database, sqlite_url
from jumpa.kit.db.migrating import upgrade


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Proof(), "proof")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the newest schema, made once and copied for each test."""
    path = tmp_path_factory.mktemp("migrated") / "jumpa.db"
    upgrade(sqlite_url(path))
    return path


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server, started when the first test needs it."""
    with postgresql.cluster() as running:
        yield running


@pytest.fixture(scope="session")
def migrated_server(cluster: Cluster) -> URL:
    """A database with the newest schema on it, emptied before each test."""
    url = cluster.create("migrated")
    upgrade(url)
    return url


@pytest.fixture(scope="session")
def sweep(cluster: Cluster, migrated_server: URL) -> Iterator[Callable[[], None]]:
    """Leave no row of an earlier test on the server."""
    with cluster.connection(migrated_server.database or "") as connection:
        statements = emptying()
        yield lambda: connection.exec_driver_sql(statements).close()


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: a test's database waits for no disk."""
    memory = Path("/dev/shm")
    folder = Path(mkdtemp(prefix="jumpa-tests-", dir=memory if memory.is_dir() else None))
    yield folder
    rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, quick_folder: Path) -> URL:
    """An empty database with the newest schema, of every kind that is supported."""
    if request.param == "sqlite":
        path = Path(mkdtemp(dir=quick_folder)) / "jumpa.db"
        copyfile(request.getfixturevalue("migrated"), path)
        return sqlite_url(path)
    request.getfixturevalue("sweep")()
    url: URL = request.getfixturevalue("migrated_server")
    return url


@pytest.fixture
async def database(database_url: URL) -> AsyncIterator[Database]:
    opened = Database(database_url)
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
    (folder / "sw.js").write_text("self.skipWaiting();")
    (folder / "manifest.webmanifest").write_text('{"name": "Jumpa"}')
    (folder / "assets" / "index-abc123.js").write_text("export {}\n" * 200)
    return folder


@pytest.fixture
def settings() -> Settings:
    """What the server is set to; a test class may override it."""
    return Settings()


@pytest.fixture
def arranged() -> Callable[[Parts], Parts]:
    """Exchange a part of the app before it is built; a folder of tests may override it."""
    return lambda parts: parts


@pytest.fixture
async def server(
    database: Database,
    static: Path,
    settings: Settings,
    arranged: Callable[[Parts], Parts],
) -> AsyncIterator[Server]:
    sfu = FakeSfu()
    made, now, clock = make_parts(database, settings, sfu)
    parts = arranged(made)
    app = build(parts, static)
    await parts.engine.start()
    transport = httpx2.ASGITransport(app.asgi, client=("192.0.2.7", 5000))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost:7880") as client:
        yield Server(app, parts, client, sfu, now, clock)
    await parts.engine.stop()
    await app.watch.settled()


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    process = Warm()
    yield process
    process.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, warm: Warm, tmp_path: Path) -> Site:
    """Servers of one data folder that are killed, on either database."""
    if request.param == "sqlite":
        return Site(warm, tmp_path)
    request.getfixturevalue("sweep")()
    cluster, url = (request.getfixturevalue(name) for name in ("cluster", "migrated_server"))
    return SiteOnPostgresql(warm, tmp_path, cluster, url)


@pytest.fixture
def client(server: Server) -> httpx2.AsyncClient:
    return server.client


@pytest.fixture
async def administrator(server: Server) -> SignedIn:
    return await sign_in(server, "dewi@example.com", role="administrator")


@pytest.fixture
async def member(server: Server) -> SignedIn:
    return await sign_in(server)


@pytest.fixture
async def elsewhere(server: Server) -> SignedIn:
    """An administrator of another organisation."""
    organisation = await make_organisation(server)
    return await sign_in(
        server, "rahayu@example.net", role="administrator", organisation_id=organisation
    )
