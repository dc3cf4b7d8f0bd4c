"""Choosing what one is told, where and when; and push messages to the browser."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, Response, expect

from harness import app, servers
from harness.app import Person
from harness.barepage import until
from harness.screens import BRIEF, SMALLEST, heading, look
from harness.servers import Server
from harness.sites import serving
from harness.workers import MANAGED, SHOWN, controlled, push

SOON_MS = 30_000
INVITED = {
    "type": "meeting_invited",
    "title": "Undangan: Rapat <b>kelas</b> XI",
    "body": "Gilang mengundang Anda.",
    "link": "/abc-defg-hij",
}


@dataclass
class Maker:
    """The push service of a browser's maker: takes what only the browser can read."""

    home: str = ""
    taken: list[dict[str, str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        assert await request.read()
        self.taken.append(dict(request.headers))
        return web.Response(status=201)


@pytest.fixture
async def maker() -> AsyncIterator[Maker]:
    service = Maker()
    async with serving(web.post("/send/{name}", service.take)) as port:
        service.home = f"http://localhost:{port}"
        yield service


@pytest.fixture(scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """A server that may ask push services on this machine."""
    folder: Path = tmp_path_factory.mktemp("pushing")
    environment = {**os.environ, "JUMPA_OUTBOUND__ALLOWED_HOSTS": "localhost"}
    running = await servers.start(folder / "data", environment=environment)
    yield running
    assert await running.stop() == 0


@pytest.fixture
async def person(people: list[Browser], site: Server) -> AsyncIterator[Person]:
    """Somebody who is signed in, and looks at the settings."""
    someone = await app.open_app(people[0], workers="allow")
    address = app.own_address("permata")
    await app.make_account(someone, site, site.http, address, ("Permata", "Sari"))
    await app.sign_in(someone, site.http, address)
    await expect(heading(someone, "Welcome, Permata")).to_be_visible(timeout=SOON_MS)
    yield someone
    await someone.leave()


async def open_settings(page: Page, site: Server) -> None:
    await page.goto(f"{site.http}/notification-settings")
    await expect(page.get_by_role("heading", name="Quiet hours")).to_be_visible(timeout=SOON_MS)


class TestChoices:
    async def test_are_kept_at_once(self, person: Person, site: Server) -> None:
        page = person.page
        await open_settings(page, site)
        await look(person, "notification-settings", (*BRIEF, *SMALLEST))
        await page.get_by_role("checkbox", name="Answers to your invitations: Device").uncheck()
        await page.get_by_role("switch", name="Quiet at certain hours").check()
        await page.get_by_label("Until").fill("06:30")
        await page.get_by_role("switch", name="One e-mail a day").check()
        async with page.expect_response(keeps_the_time) as keeping:
            await page.get_by_label("Sent at").fill("17:00")
            await page.get_by_label("Sent at").blur()
        assert (await keeping.value).ok
        await look(person, "notification-settings-chosen", BRIEF)

        await open_settings(page, site)
        box = page.get_by_role("checkbox", name="Answers to your invitations: Device")
        await expect(box).not_to_be_checked()
        await expect(page.get_by_label("Until")).to_have_value("06:30")
        await expect(page.get_by_label("Sent at")).to_have_value("17:00")
        assert person.complaints == []

    async def test_are_read_in_indonesian(self, person: Person, site: Server) -> None:
        page = person.page
        await page.evaluate("localStorage.setItem('jumpa.locale', 'id')")
        await page.goto(f"{site.http}/notification-settings")
        await expect(page.get_by_role("heading", name="Jam tenang")).to_be_visible(timeout=SOON_MS)
        await look(person, "notification-settings-id", (*BRIEF, *SMALLEST))
        await page.emulate_media(color_scheme="dark")
        await look(person, "notification-settings-id-dark", BRIEF)


def keeps_the_time(answer: Response) -> bool:
    """Whether this answers the last of the changes: they are kept one after another."""
    asked = answer.request
    return asked.method == "PUT" and "17:00" in (asked.post_data or "")


class TestPush:
    async def test_that_is_forbidden_is_explained(self, person: Person, site: Server) -> None:
        page = person.page
        await page.add_init_script(
            "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
        )
        await open_settings(page, site)
        await expect(page.get_by_text("This browser forbids notifications")).to_be_visible()
        await expect(page.get_by_role("button", name="Turn on for this device")).to_have_count(0)
        await look(person, "push-denied", BRIEF)

    async def test_goes_on_and_off_and_ends_with_the_session(
        self, person: Person, site: Server, maker: Maker
    ) -> None:
        page = person.page
        await page.context.grant_permissions(["notifications"], origin=site.http)
        await page.context.add_init_script(f"({MANAGED})('{maker.home}/send/1')")
        await open_settings(page, site)
        await person.press("Turn on for this device")
        await expect(page.get_by_text("On for this device.")).to_be_visible()
        await expect(page.get_by_text("This device", exact=True)).to_be_visible()
        await look(person, "push-on", BRIEF)
        await person.press("Send a test")
        await until(lambda: has_come(maker, 1), "the maker's service has the message")
        assert maker.taken[0]["Content-Encoding"] == "aes128gcm"
        assert maker.taken[0]["Authorization"].startswith("vapid ")

        await person.press("Sign out")
        await expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
        assert await page.evaluate("localStorage.getItem('jumpa.push')") is None

    async def test_is_shown_by_the_page_that_somebody_looks_at(
        self, person: Person, site: Server
    ) -> None:
        page = person.page
        await page.context.grant_permissions(["notifications"], origin=site.http)
        await controlled(page)
        await counted(page)
        await push(page, site.http, INVITED)
        await expect(page.get_by_role("status").get_by_text(INVITED["title"])).to_be_visible()
        assert await page.evaluate(SHOWN) == []

    async def test_is_shown_by_the_browser_where_nobody_looks(
        self, person: Person, site: Server
    ) -> None:
        page = person.page
        await page.context.grant_permissions(["notifications"], origin=site.http)
        await controlled(page)
        await page.goto("about:blank")
        await push(page, site.http, INVITED)
        await push(page, site.http, "no message of ours")
        await page.goto(f"{site.http}/contacts")
        await until(lambda: has_shown(page, 2), "both are shown")

        shown = sorted(await page.evaluate(SHOWN))
        assert shown == [
            ["There is a new notification", "", "/notifications"],
            [INVITED["title"], INVITED["body"], INVITED["link"]],
        ]


async def counted(page: Page) -> None:
    """Wait until the page hears of notifications."""
    await expect(page.locator(".beside [role=status]")).to_have_count(2, timeout=SOON_MS)


async def has_come(maker: Maker, count: int) -> bool:
    return len(maker.taken) >= count


async def has_shown(page: Page, count: int) -> bool:
    return len(await page.evaluate(SHOWN)) >= count
