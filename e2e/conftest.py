"""Servers and browsers that several tests share."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Playwright, async_playwright

from harness import app, barepage, browsers, portraits, servers
from harness.app import Arrive, Person
from harness.calls import PLACES, Call, calling
from harness.media import LARGE, LOOKS
from harness.servers import Server


@pytest.fixture(scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """One server for all tests that leave it as it was."""
    running = await servers.start(tmp_path_factory.mktemp("server") / "data")
    yield running
    assert await running.stop() == 0


@pytest.fixture(scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as running:
        yield running


@pytest.fixture(scope="session")
async def people(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[list[Browser]]:
    """A Chromium for each look."""
    folder = tmp_path_factory.mktemp("media")
    started = [await browsers.launch(playwright, folder, look) for look in LOOKS]
    yield started
    for browser in started:
        await browser.close()


@pytest.fixture(scope="session")
async def sharp_people(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[list[Browser]]:
    """The same with larger pictures, for tests of their sizes."""
    folder = tmp_path_factory.mktemp("large")
    started = [await browsers.launch(playwright, folder, look, shape=LARGE) for look in LOOKS]
    yield started
    for browser in started:
        await browser.close()


@pytest.fixture(autouse=True)
async def bare_pages() -> AsyncIterator[None]:
    """Bare pages are closed whatever happens: a call that goes on slows all that follows."""
    yield
    await barepage.close_pages()


@pytest.fixture
async def arrive(people: list[Browser]) -> AsyncIterator[Arrive]:
    """Give the n-th person a fresh window; all leave at the end."""
    present: list[Person] = []

    async def come(number: int, width: int = 1366, height: int = 768) -> Person:
        person = await app.open_app(people[number], width, height)
        present.append(person)
        return person

    yield come
    for person in present:
        await person.leave()


@pytest.fixture
async def fresh_server(
    tmp_path: Path,
) -> AsyncIterator[Callable[..., Awaitable[Server]]]:
    """Start servers that a test may kill."""
    started: list[Server] = []

    async def start(*extra: str) -> Server:
        started.append(await servers.start(tmp_path / f"data-{len(started)}", *extra))
        return started[-1]

    yield start
    for running in started:
        if running.process.returncode is None:
            await running.kill()


@pytest.fixture(scope="module", params=PLACES, ids=str)
async def call(
    request: pytest.FixtureRequest, server: Server, people: list[Browser]
) -> AsyncIterator[Call]:
    """One meeting for the tests of a file at one size; each leaves it as it was."""
    async with calling(people, server.http, str(request.param)) as meeting:
        yield meeting


FACES = ("siti", "bagas", "ayu")


@pytest.fixture(scope="module")
async def faces(
    playwright: Playwright, people: list[Browser], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[list[Browser]]:
    """Browsers whose cameras show drawn people."""
    folder = tmp_path_factory.mktemp("faces")
    cameras = await portraits.write_cameras(people[0], folder, (640, 360))
    started = [
        await browsers.launch(
            playwright, folder, look, f"--use-file-for-fake-video-capture={cameras[face]}"
        )
        for look, face in zip(LOOKS, FACES, strict=False)
    ]
    yield started
    for browser in started:
        await browser.close()


@pytest.fixture
async def person(faces: list[Browser]) -> AsyncIterator[Person]:
    someone = await app.open_app(faces[0])
    yield someone
    await someone.leave()


@pytest.fixture
async def others(faces: list[Browser]) -> AsyncIterator[list[Person]]:
    some = [await app.open_app(browser) for browser in faces[1:]]
    yield some
    for other in some:
        await other.leave()
