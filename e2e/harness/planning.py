"""Somebody with an account who plans meetings in the web app."""

from playwright.async_api import Locator, expect

from harness import app
from harness.app import Person
from harness.servers import Server

TITLE = "Rapat orang tua kelas XI"
SLOW_MS = 30_000


def place(person: Person) -> Locator:
    return person.page.get_by_role("navigation").get_by_role("link", name="Schedule", exact=True)


async def sign_in_as_new(
    person: Person, server: Server, name: tuple[str, str] = ("Wulan", "Sari")
) -> str:
    """Make an account and sign in; its address."""
    address = app.own_address(name[0].lower())
    await app.make_account(person, server, server.http, address, name)
    await app.sign_in(person, server.http, address)
    await expect(place(person)).to_be_visible(timeout=SLOW_MS)
    return address


async def open_schedule(person: Person) -> None:
    await place(person).click()
    await expect(person.page.get_by_role("heading", name="Schedule")).to_be_visible()


async def open_form(person: Person) -> None:
    """Begin to plan."""
    await open_schedule(person)
    await person.press("Schedule a meeting")
    await person.page.get_by_label("Title").fill(TITLE)


def rows(person: Person) -> Locator:
    return person.page.get_by_role("listitem").filter(has_text=TITLE)


async def choose(person: Person, row: Locator, what: str) -> None:
    await row.get_by_role("button", name=f"Choices for {TITLE}").click()
    await person.page.get_by_role("menuitem", name=what).click()
