"""Every page of accounts at phone, laptop and large size: pictures to look at, and axe."""

import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, expect

from harness import app
from harness.api import Host
from harness.app import Person
from harness.screens import ALL, BRIEF, SMALLEST, heading, look
from harness.servers import Server

LONG_TITLE = "Musyawarah panitia Ramadan dan pertanggungjawaban keuangan"
NAME = ("Raden Ajeng Ratna Kusumaningrum", "Wulandari Prabaningrum")


@pytest.fixture
async def person(people: list[Browser]) -> AsyncIterator[Person]:
    someone = await app.open_app(people[0])
    yield someone
    await someone.leave()


@pytest.fixture
async def other(people: list[Browser]) -> AsyncIterator[Person]:
    someone = await app.open_app(people[1])
    yield someone
    await someone.leave()


async def become_contact(person: Person, home: str, address: str, search: str, name: str) -> None:
    """Sign in, find somebody and add them."""
    await app.sign_in(person, home, address)
    await expect(heading(person, "Welcome, Budi")).to_be_visible()
    await person.page.goto(f"{home}/contacts")
    await expect(heading(person, "No contacts yet")).to_be_visible()
    await person.page.get_by_label("Find people").fill(search)
    await person.page.keyboard.press("Enter")
    await person.press(f"Add {name} to your contacts")
    await expect(person.page.get_by_text("Your contact", exact=True)).to_be_visible()


async def read_in_wide_letters(person: Person) -> None:
    """The widest of the letters fit as well, and are there from the first moment of each page."""
    await person.page.get_by_label("Typeface").select_option("opendyslexic")
    await look(person, "settings-wide-letters", (*BRIEF, *SMALLEST))
    await person.page.reload(wait_until="commit")
    await person.page.wait_for_function("document.documentElement.dataset.typeface")
    await person.page.get_by_label("Typeface").select_option("usual")


async def take_data(person: Person, home: str) -> None:
    """Ask for one's own data in the section of security, and download it."""
    await person.page.goto(f"{home}/security")
    await expect(person.page.get_by_text("This device", exact=True)).to_be_visible()
    await person.press("Ask for my data")
    await expect(person.page.get_by_text("Ready: ")).to_be_visible(timeout=30_000)
    async with person.page.expect_download() as coming:
        await person.press("Download")
    with zipfile.ZipFile(await (await coming.value).path()) as export:
        assert "messages.json" in export.namelist()


async def hold_meetings(person: Person, server: Server, address: str, room: str) -> None:
    """Plan what is over by now, in a room that somebody is in."""
    host = Host(person, server)
    await host.sign_in(address)
    now = datetime.now(UTC)
    for title, ago_h in (("Parents of class XI", 1), (LONG_TITLE, 5), ("Choir", 26)):
        ends = now - timedelta(hours=ago_h)
        times = {"start": wall(ends - timedelta(minutes=75)), "end": wall(ends)}
        plan = {"title": title, "time_zone": "UTC", "room_code": room, **times}
        await host.post("/meetings", plan)


def wall(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


class TestAccounts:
    async def test_signing_up(self, person: Person, server: Server) -> None:
        await person.page.goto(f"{server.http}/register")
        await expect(heading(person, "Create an account")).to_be_visible()
        await look(person, "sign-up")
        await person.press("Create an account")
        await look(person, "sign-up-wrong", (*BRIEF, *SMALLEST))
        await app.register(person, server.http, "yohanes@example.com", ("Yohanes", "Krisna"))
        await look(person, "letter-sent", BRIEF)
        await person.page.goto(f"{server.http}/verify-email#forged")
        await expect(heading(person, "This link cannot be used")).to_be_visible()
        await look(person, "link-spent", BRIEF)

    async def test_signing_in(self, person: Person, server: Server) -> None:
        await app.sign_in(person, server.http, "nobody@example.com")
        await expect(person.page.get_by_text("do not match")).to_be_visible()
        await look(person, "sign-in", (*ALL, *SMALLEST))
        await person.page.emulate_media(color_scheme="dark")
        await look(person, "sign-in-dark", BRIEF)
        await person.page.goto(f"{server.http}/forgot-password")
        await expect(heading(person, "Forgot your password?")).to_be_visible()
        await look(person, "forgot-password", BRIEF)
        await person.page.goto(f"{server.http}/reset-password#token")
        await expect(heading(person, "Choose a new password")).to_be_visible()
        await look(person, "reset-password", BRIEF)

    async def test_start(self, person: Person, server: Server) -> None:
        home, page = server.http, person.page
        ratna = app.own_address("ratna")
        await app.make_account(person, server, home, ratna, NAME)
        await look(person, "verified", BRIEF)
        await app.sign_in(person, home, ratna)
        await expect(heading(person, f"Welcome, {NAME[0]}")).to_be_visible()
        await look(person, "home-empty", BRIEF)
        link = await person.start_meeting(home, "Parents of class XI")
        await person.enter(link, NAME[0])
        await hold_meetings(person, server, ratna, link.rpartition("/")[2])
        await page.goto(home)
        await expect(heading(person, "Your rooms")).to_be_visible()
        await expect(page.get_by_text("1 person came").first).to_be_visible()
        await look(person, "home", (*ALL, *SMALLEST))

    async def test_indonesian(self, person: Person, server: Server) -> None:
        home, page = server.http, person.page
        kartika = app.own_address("kartika")
        await app.make_account(person, server, home, kartika, NAME)
        await app.sign_in(person, home, kartika)
        await expect(heading(person, f"Welcome, {NAME[0]}")).to_be_visible()
        await page.goto(f"{home}/settings")
        await person.press("ID, Bahasa Indonesia")
        await expect(heading(person, "Pengaturan")).to_be_visible()
        await look(person, "settings-id", BRIEF)
        await page.get_by_role("link", name="Perangkat", exact=True).click()
        await expect(page.get_by_text("Bicaralah")).to_be_visible()
        await look(person, "devices-id", (*ALL, *SMALLEST))
        await page.get_by_role("link", name="Keamanan", exact=True).click()
        await expect(page.get_by_text("Perangkat ini", exact=True)).to_be_visible()
        await look(person, "security-id", BRIEF)
        await page.get_by_role("link", name="Kontak", exact=True).click()
        await expect(heading(person, "Belum ada kontak")).to_be_visible()
        await look(person, "contacts-id", BRIEF)
        await person.press("Keluar")
        await page.get_by_role("link", name="Masuk", exact=True).click()
        await expect(heading(person, "Selamat datang lagi")).to_be_visible()
        await look(person, "sign-in-id", (*BRIEF, *SMALLEST))

    async def test_by_keys(self, person: Person, server: Server) -> None:
        """Everything that signing in needs comes in the order in which it is needed."""
        keys = person.page.keyboard
        await person.page.goto(f"{server.http}/login")
        await expect(heading(person, "Welcome back")).to_be_focused()
        await keys.press("Tab")
        await keys.type("nobody@example.org")
        await keys.press("Tab")
        await keys.type("not the password")
        await keys.press("Tab")
        await expect(person.page.get_by_role("button", name="Show password")).to_be_focused()
        await keys.press("Tab")
        await keys.press("Tab")
        await expect(person.page.get_by_role("button", name="Sign in", exact=True)).to_be_focused()
        await keys.press("Enter")
        await expect(person.page.get_by_text("do not match")).to_be_visible()

    async def test_inside(self, person: Person, other: Person, server: Server) -> None:
        home, page = server.http, person.page
        budi, dewi = app.own_address("budi"), app.own_address("dewi")
        await app.make_account(other, server, home, budi, ("Budi", "Hartono"))
        await app.make_account(person, server, home, dewi, NAME)
        await app.sign_in(person, home, dewi)
        await expect(heading(person, f"Welcome, {NAME[0]}")).to_be_visible()
        await page.goto(f"{home}/contacts")
        await expect(heading(person, "No contacts yet")).to_be_visible()
        await look(person, "contacts-empty", BRIEF)
        await page.get_by_label("Find people").fill(budi)
        await page.keyboard.press("Enter")
        await person.press("Add Budi Hartono to your contacts")
        await expect(page.get_by_text("Your contact", exact=True)).to_be_visible()
        # Others of the same name are there, and only the address is hers alone.
        await become_contact(other, home, budi, dewi, " ".join(NAME))
        await page.reload()
        await expect(page.get_by_text("Available", exact=True)).to_be_visible()
        await look(person, "contacts", (*ALL, *SMALLEST))
        await page.goto(f"{home}/settings")
        await expect(heading(person, "Photo")).to_be_visible()
        await look(person, "settings", (*ALL, *SMALLEST))
        await read_in_wide_letters(person)
        await take_data(person, home)
        await look(person, "security", (*ALL, *SMALLEST))
        await page.emulate_media(color_scheme="dark")
        await look(person, "security-dark", BRIEF)
        await page.context.set_offline(True)
        await expect(page.get_by_text("You are offline.")).to_be_visible()
        await page.get_by_role("link", name="Contacts", exact=True).click()
        await expect(page.get_by_role("button", name="Try again")).to_be_visible()
        await look(person, "contacts-offline", BRIEF)

    async def test_session_ended_elsewhere(self, person: Person, server: Server) -> None:
        home, page = server.http, person.page
        tuti = app.own_address("tuti")
        await app.make_account(person, server, home, tuti, ("Tuti", "Lestari"))
        await app.sign_in(person, home, tuti)
        await expect(heading(person, "Welcome, Tuti")).to_be_visible()
        await page.context.clear_cookies()
        await page.goto(f"{home}/contacts")
        await expect(page.get_by_text("Your session on this device has ended.")).to_be_visible()
        await look(person, "session-ended", (*BRIEF, *SMALLEST))

    async def test_unreached(self, person: Person, server: Server) -> None:
        await person.page.add_init_script("localStorage.setItem('jumpa.signed-in', 'yes')")
        await person.page.route("**/api/v1/auth/refresh", lambda route: route.abort())
        await person.page.goto(server.http)
        await expect(heading(person, "Your account cannot be opened yet")).to_be_visible()
        await look(person, "unreached", BRIEF)
