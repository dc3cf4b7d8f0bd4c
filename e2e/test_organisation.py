"""An administrator invites somebody, makes them one too, closes their account and reads the log."""

import csv
import io
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Browser, Locator, expect

from harness import app
from harness.app import Person
from harness.screens import BRIEF, SMALLEST, heading, look
from harness.servers import Server

DEWI, BUDI = "dewi@example.com", "budi@example.com"
NAME = ("Raden Ajeng Dewi", "Kusumaningrum Wulandari Prabaningrum")
ORGANISATION = "Rukun Warga 05 Kelurahan Sukamaju"
PHONE, LAPTOP = ("390",), ("1366",)
# What a server tells may wait for the next look, and for a machine that is busy.
SOON_MS = 30_000


@pytest.fixture
async def home(fresh_server: Callable[..., Awaitable[Server]]) -> Server:
    server = await fresh_server()
    await app.give_account(server, DEWI, NAME, "--admin")
    return server


@pytest.fixture
async def dewi(people: list[Browser], home: Server) -> AsyncIterator[Person]:
    someone = await app.open_app(people[0])
    await app.sign_in(someone, home.http, DEWI)
    await expect(heading(someone, f"Welcome, {NAME[0]}")).to_be_visible()
    yield someone
    await someone.leave()


@pytest.fixture
async def budi(people: list[Browser]) -> AsyncIterator[Person]:
    someone = await app.open_app(people[1])
    yield someone
    await someone.leave()


def row(person: Person, address: str) -> Locator:
    return person.page.get_by_role("row").filter(has_text=address)


async def choose(person: Person, address: str, deed: str) -> None:
    """Do something with somebody by their menu."""
    await row(person, address).get_by_role("button").click()
    await person.page.get_by_role("menuitem", name=deed, exact=True).click()


async def invite(dewi: Person) -> None:
    """Give the organisation a name, and write to somebody."""
    page = dewi.page
    await page.get_by_role("link", name="Organisation", exact=True).click()
    await expect(row(dewi, DEWI)).to_be_visible()
    await dewi.press("Rename")
    await page.get_by_label("Name of the organisation").fill(ORGANISATION)
    await page.keyboard.press("Enter")
    await expect(heading(dewi, ORGANISATION)).to_be_visible()
    await dewi.press("Invite people")
    await page.get_by_label("E-mail", exact=True).fill("nobody")
    await dewi.press("Send the invitation")
    await expect(page.get_by_text("Write an e-mail address")).to_be_visible()
    await look(dewi, "invite", PHONE)
    await page.get_by_label("E-mail", exact=True).fill(BUDI)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(f"An invitation was sent to {BUDI}")).to_be_visible()


async def join(budi: Person, home: Server) -> None:
    """Follow the letter."""
    page = budi.page
    link = await app.read_letter_link(home, BUDI, "join-organisation")
    await page.goto(f"{home.http}/join-organisation#{link.partition('#')[2]}")
    await expect(heading(budi, f"Join {ORGANISATION}")).to_be_visible()
    await look(budi, "join-organisation", BRIEF)
    await page.get_by_label("First name").fill("Budi")
    await page.get_by_label("Last name").fill("Hartono")
    await page.get_by_label("Password", exact=True).fill(app.PASSWORD)
    await budi.press("Create the account and sign in")
    await expect(heading(budi, "Welcome, Budi")).to_be_visible()


async def change_roles(dewi: Person, budi: Person, home: Server) -> None:
    """Make somebody an administrator and take it back while they look."""
    await choose(dewi, BUDI, "Make an administrator")
    await expect(dewi.page.get_by_text("Budi Hartono is now an administrator")).to_be_visible()
    await budi.page.goto(f"{home.http}/organisation")
    await expect(row(budi, DEWI)).to_be_visible()
    await choose(dewi, BUDI, "Make a member")
    await expect(dewi.page.get_by_text("Budi Hartono is now a member")).to_be_visible()
    await budi.page.get_by_role("link", name="Audit log", exact=True).click()
    await expect(heading(budi, "This page is for administrators")).to_be_visible(timeout=SOON_MS)
    await look(budi, "not-allowed", BRIEF)


async def close_account(dewi: Person, budi: Person, home: Server) -> None:
    """Close somebody's account: they are out without touching anything."""
    await budi.page.goto(f"{home.http}/contacts")
    await expect(heading(budi, "No contacts yet")).to_be_visible()
    await choose(dewi, BUDI, "Close the account")
    await expect(heading(dewi, "Close the account of Budi?")).to_be_visible()
    await dewi.press("Close the account")
    await expect(row(dewi, BUDI)).to_contain_text("Closed")
    ended = budi.page.get_by_text("Your session on this device has ended.")
    await expect(ended).to_be_visible(timeout=SOON_MS)
    await app.sign_in(budi, home.http, BUDI)
    await expect(budi.page.get_by_text("This account is closed.")).to_be_visible()


async def read_log(dewi: Person) -> None:
    """Read what was done, by everybody and to one person, and keep it as a file."""
    page = dewi.page
    await page.get_by_role("link", name="Audit log", exact=True).click()
    entries = page.get_by_role("listitem").filter(has=page.locator("time"))
    await expect(page.get_by_text("Account closed", exact=True)).to_be_visible()
    await look(dewi, "audit-log", (*BRIEF, *SMALLEST))
    await page.get_by_label("What", exact=True).select_option("Accounts")
    await dewi.press("Show")
    await expect(entries.filter(has_text="Signed in")).to_have_count(0)
    await expect(entries.first).to_contain_text("Account closed")
    await entries.first.get_by_role("link", name="Budi Hartono").click()
    await expect(page.get_by_text("Only about Budi Hartono")).to_be_visible()
    async with page.expect_download() as downloading:
        await dewi.press("Save as CSV")
    path = await (await downloading.value).path()
    kept = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert "user.closed" in [line[2] for line in kept]


class TestOrganisation:
    async def test_is_looked_after(self, dewi: Person, budi: Person, home: Server) -> None:
        page = dewi.page
        await invite(dewi)
        await look(dewi, "people-invited", BRIEF)
        await join(budi, home)
        await page.reload()
        await expect(row(dewi, BUDI)).to_be_visible()
        await look(dewi, "people", (*BRIEF, *SMALLEST))
        await change_roles(dewi, budi, home)
        await close_account(dewi, budi, home)
        await page.emulate_media(color_scheme="dark")
        await look(dewi, "people-dark", LAPTOP)
        await page.emulate_media(color_scheme="light")
        await read_log(dewi)
        await page.get_by_role("link", name="People", exact=True).click()
        await choose(dewi, BUDI, "Remove the account")
        await dewi.press("Remove")
        await expect(row(dewi, BUDI)).to_have_count(0)
        await page.context.set_offline(True)
        await page.get_by_role("link", name="Audit log", exact=True).click()
        await expect(page.get_by_role("button", name="Try again")).to_be_visible()
        await look(dewi, "audit-log-offline", PHONE)
