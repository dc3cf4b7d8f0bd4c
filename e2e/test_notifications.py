"""Notifications in the web app: they come while one looks, and stay to be read."""

import re

import pytest
from playwright.async_api import Locator, Page, WebSocket, expect

from harness import app
from harness.api import Host
from harness.app import Arrive, Person
from harness.barepage import until
from harness.screens import BRIEF, SMALLEST, heading, look
from harness.servers import Server

TITLE = "Rapat orang tua kelas XI"
MARKUP = "<img src=x onerror=alert(1)>"
LONG = "Musyawarah_pertanggungjawaban_ketidakterselenggaraan_" * 2
PLAN = {
    "title": TITLE,
    "start": "2030-12-03T09:00",
    "end": "2030-12-03T09:30",
    "time_zone": "Asia/Jakarta",
}
# News come with the next round of the server's worker.
SOON_MS = 30_000


def bell(page: Page) -> Locator:
    """The bell, by what it says: a button, or on a phone a link."""
    return page.locator(".bell")


async def counts(page: Page, count: int) -> None:
    """Wait until the bell says that so many are unread."""
    said = "Notifications" if count == 0 else f"Notifications, {count} unread"
    await expect(bell(page)).to_have_accessible_name(said, timeout=SOON_MS)


async def is_closed(socket: WebSocket) -> bool:
    return socket.is_closed()


class Reader:
    """Somebody who reads, and the host who invites them."""

    def __init__(self, person: Person, host: Host, address: str) -> None:
        self.person = person
        self.page = person.page
        self.address = address
        self._host = host

    async def is_invited(self, title: str) -> str:
        """Be invited to a meeting; its code."""
        invited = [{"email": self.address}]
        planned = await self._host.post("/meetings", PLAN | {"title": title, "invited": invited})
        code: str = planned["room_code"]
        return code


@pytest.fixture
async def reader(server: Server, arrive: Arrive) -> Reader:
    planner, person = await arrive(0), await arrive(1)
    addresses = app.own_address("gilang"), app.own_address("intan")
    await app.make_account(planner, server, server.http, addresses[0], ("Gilang", "Pratama"))
    await app.make_account(person, server, server.http, addresses[1], ("Intan", "Permata"))
    host = Host(planner, server)
    await host.sign_in(addresses[0])
    await app.sign_in(person, server.http, addresses[1])
    await expect(heading(person, "Welcome, Intan")).to_be_visible(timeout=SOON_MS)
    return Reader(person, host, addresses[1])


class TestCentre:
    async def test_shows_what_comes_in_every_tab(self, reader: Reader, server: Server) -> None:
        page = reader.page
        other = await page.context.new_page()
        await other.goto(f"{server.http}/contacts")
        await counts(other, 0)
        await page.bring_to_front()
        code = await reader.is_invited(TITLE)
        await counts(page, 1)
        await counts(other, 1)
        await expect(page).to_have_title("(1) Welcome, Intan · Jumpa")
        await expect(other).to_have_title("(1) Contacts · Jumpa")
        await page.get_by_role("status").get_by_role("button", name="Open").click()
        await expect(page).to_have_url(f"{server.http}/{code}")
        await counts(other, 0)
        await expect(other).to_have_title("Contacts · Jumpa")
        assert reader.person.complaints == []

    async def test_is_a_panel_on_a_laptop(self, reader: Reader) -> None:
        page = reader.page
        await bell(page).click()
        panel = page.get_by_role("dialog", name="Notifications")
        await expect(panel.get_by_text("No notifications yet")).to_be_visible()
        await look(reader.person, "news-panel-empty", ("1366",))
        for title in (TITLE, MARKUP, LONG):
            await reader.is_invited(title)
        await expect(panel.get_by_role("listitem")).to_have_count(3, timeout=SOON_MS)
        await expect(panel.get_by_text(f"Invitation: {MARKUP}")).to_be_visible()
        # Whoever looks at the list is told nothing twice.
        await expect(page.get_by_role("button", name="Open", exact=True)).to_have_count(0)
        await look(reader.person, "news-panel", ("1366", "1920"))
        await page.emulate_media(color_scheme="dark")
        await look(reader.person, "news-panel-dark", ("1366",))
        await panel.get_by_role("button", name=f"Remove Invitation: {MARKUP}").click()
        await expect(panel.get_by_role("listitem")).to_have_count(2)
        await counts(page, 2)
        await panel.get_by_role("button", name="Mark all as read").click()
        await counts(page, 0)
        await panel.get_by_role("button", name="Unread", exact=True).click()
        await expect(panel.get_by_text("Everything is read")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(panel).to_be_hidden()
        await expect(bell(page)).to_be_focused()
        assert reader.person.complaints == []

    async def test_is_a_page_on_a_phone(self, reader: Reader) -> None:
        page = reader.page
        await page.set_viewport_size({"width": 390, "height": 844})
        await reader.is_invited(TITLE)
        await counts(page, 1)
        await look(reader.person, "news-toast", BRIEF)
        await page.set_viewport_size({"width": 390, "height": 844})
        await bell(page).click()
        await expect(heading(reader.person, "Notifications")).to_be_visible()
        await reader.is_invited(LONG)
        await expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(
            2, timeout=SOON_MS
        )
        await look(reader.person, "notifications", (*BRIEF, *SMALLEST))
        await page.get_by_role("link", name=re.compile(TITLE)).click()
        await page.go_back()
        await counts(page, 1)

    async def test_says_when_it_cannot_be_had(self, reader: Reader, server: Server) -> None:
        page = reader.page
        await page.route("**/api/v1/notifications?*", lambda route: route.abort())
        await page.goto(f"{server.http}/notifications")
        await expect(page.get_by_role("button", name="Try again")).to_be_visible()
        await look(reader.person, "notifications-failed", BRIEF)
        await page.unroute("**/api/v1/notifications?*")
        await page.get_by_role("button", name="Try again").click()
        await expect(page.get_by_text("No notifications yet")).to_be_visible()

    async def test_comes_back_after_the_socket_was_lost(self, reader: Reader) -> None:
        page = reader.page
        await counts(page, 0)
        await page.context.set_offline(True)
        await reader.is_invited(TITLE)
        await page.context.set_offline(False)
        await counts(page, 1)

    async def test_ends_with_the_session(self, reader: Reader) -> None:
        page = reader.page
        await reader.is_invited(TITLE)
        await counts(page, 1)
        async with page.expect_event(
            "websocket", lambda socket: socket.url.endswith("/ws/notifications"), timeout=SOON_MS
        ) as opened:
            await page.reload()
        socket = await opened.value
        await counts(page, 1)
        await reader.person.press("Sign out")
        await expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
        await until(lambda: is_closed(socket), "the socket is closed")
        await expect(page).to_have_title(re.compile(r"^[^(]"))
