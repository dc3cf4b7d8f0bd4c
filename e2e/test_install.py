"""The app as one that is installed: it opens without a network, and updates when told to."""

import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, Playwright, expect

from harness import app, browsers
from harness.app import Person
from harness.screens import BRIEF, heading, look
from harness.servers import LOOPBACK, ROOT, Server
from harness.sites import serving
from harness.workers import CACHED, controlled

BUILT = ROOT / "server" / "jumpa" / "static"
SOON_MS = 30_000
IN_MEETING = """() => {
  navigator.locks.request('jumpa.meeting', { mode: 'shared' }, () => new Promise(() => undefined));
}"""
KEEPS_NEWER = """async () => {
  const { active, installing } = await navigator.serviceWorker.getRegistration();
  const page = await (await caches.match('/')).text();
  return installing === null && active.state === 'activated' && page.includes('-newer.css');
}"""
LOOK_FOR_UPDATE = (
    "() => navigator.serviceWorker.ready.then((worker) => worker.update()).then(() => 0)"
)


@dataclass
class Site:
    """The built app alone, which can be built anew."""

    folder: Path
    home: str = ""
    asked: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        path = self.folder / request.path.lstrip("/")
        if request.path.startswith("/api/"):
            return web.json_response({"code": "not_found", "detail": ""}, status=404)
        found = path if path.is_file() else self.folder / "index.html"
        return web.FileResponse(found, headers={"Cache-Control": "no-cache"})

    def is_built_anew(self) -> None:
        """From now on there is a newer version, whose page has other styles."""
        page = self.folder / "index.html"
        styles = re.findall(r"/assets/[^\"]+\.css", page.read_text())
        for name in styles:
            newer = name.replace(".css", "-newer.css")
            shutil.copy(self.folder / name[1:], self.folder / newer[1:])
            for part in (page, self.folder / "sw.js"):
                part.write_text(part.read_text().replace(name, newer))


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    built = Site(tmp_path / "static")
    shutil.copytree(BUILT, built.folder)
    async with serving(web.get("/{path:.*}", built.answer)) as port:
        built.home = f"http://{LOOPBACK}:{port}"
        yield built


@pytest.fixture
async def person(people: list[Browser]) -> AsyncIterator[Person]:
    someone = await app.open_app(people[0], workers="allow")
    yield someone
    await someone.leave()


class TestInstall:
    async def test_is_offered_by_the_browser(
        self, playwright: Playwright, server: Server, tmp_path: Path
    ) -> None:
        context = await playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=browsers.executable(), args=list(browsers.FLAGS)
        )
        page = await context.new_page()
        await page.goto(server.http)
        await controlled(page)
        session = await context.new_cdp_session(page)
        manifest = await session.send("Page.getAppManifest")
        errors = await session.send("Page.getInstallabilityErrors")
        await context.close()

        assert manifest["errors"] == []
        assert '"display": "standalone"' in manifest["data"]
        assert errors["installabilityErrors"] == []


class TestOffline:
    async def test_opens_pages_and_says_what_is_missing(
        self, person: Person, fresh_server: Callable[..., Awaitable[Server]]
    ) -> None:
        server, page = await fresh_server(), person.page
        await page.goto(server.http)
        await controlled(page)
        await page.reload()
        await server.stop()

        await page.goto(f"{server.http}/")
        await page.get_by_role("button", name="Start a meeting", exact=True).click()
        await expect(page.get_by_text("The server is not answering.")).to_be_visible()
        await look(person, "offline-landing", BRIEF)
        await page.goto(f"{server.http}/abc-defg-hij")
        await expect(page.get_by_text("The server is not answering.")).to_be_visible()
        await look(person, "offline-room", BRIEF)

    async def test_keeps_nothing_that_is_anybodys_own(self, person: Person, server: Server) -> None:
        page, address = person.page, app.own_address("lestari")
        await app.make_account(person, server, server.http, address, ("Lestari", "Putri"))
        await app.sign_in(person, server.http, address)
        await expect(heading(person, "Welcome, Lestari")).to_be_visible(timeout=SOON_MS)
        await controlled(page)
        for name in ("contacts", "settings", "notifications", "notification-settings"):
            await page.goto(f"{server.http}/{name}")
            await expect(page.get_by_role("heading", level=1)).to_be_visible()

        kept = set(await page.evaluate(CACHED))
        assert {path for path in kept if not path.startswith("/assets/")} == {"/"}


class TestElsewhere:
    async def test_is_asked_once(self, person: Person, site: Site) -> None:
        page, address = person.page, "/api/v1/auth/oidc/callback"
        await page.goto(site.home)
        await controlled(page)

        await page.goto(f"{site.home}{address}?code=1")

        assert site.asked.count(address) == 1


class TestUpdate:
    async def test_comes_when_it_is_wanted(self, person: Person, site: Site) -> None:
        page = person.page
        await page.goto(site.home)
        await controlled(page)
        site.is_built_anew()
        await page.evaluate("window.isOld = true")
        await page.evaluate(LOOK_FOR_UPDATE)
        await expect(page.get_by_text("A new version of Jumpa is ready.")).to_be_visible(
            timeout=SOON_MS
        )
        await look(person, "update", BRIEF)
        assert await page.evaluate("window.isOld")
        await person.press("Load again")
        await page.wait_for_function("window.isOld === undefined")
        await page.wait_for_function(
            "async () => (await navigator.serviceWorker.getRegistration()).waiting === null"
        )
        await expect(page.get_by_text("A new version of Jumpa is ready.")).to_have_count(0)

    async def test_is_not_told_of_to_whom_has_it(self, person: Person, site: Site) -> None:
        page = person.page
        await page.goto(site.home)
        await controlled(page)
        site.is_built_anew()
        await page.reload()
        await page.wait_for_function(KEEPS_NEWER)
        await page.wait_for_function(
            "async () => (await navigator.serviceWorker.getRegistration()).waiting === null"
        )
        await expect(page.get_by_text("A new version of Jumpa is ready.")).to_have_count(0)

    async def test_waits_for_a_meeting_in_another_tab(self, person: Person, site: Site) -> None:
        page = person.page
        await page.goto(site.home)
        await controlled(page)
        other = await page.context.new_page()
        await other.goto(site.home)
        await other.evaluate(IN_MEETING)
        site.is_built_anew()
        await page.evaluate("window.isOld = true")
        await page.evaluate(LOOK_FOR_UPDATE)
        await person.press("Load again")
        await expect(page.get_by_text("Another tab is in a meeting.")).to_be_visible()
        assert await page.evaluate("window.isOld")
        await other.close()
        await person.press("Load again")
        await page.wait_for_function("window.isOld === undefined")
