"""No button does nothing: each of every screen is pressed, and something follows."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from playwright.async_api import Browser, Playwright, expect

from harness import app, browsers, buttons, controls, device_tables
from harness.app import Person
from harness.seats import Seat, sitting
from harness.servers import Server
from harness.words import Words

# A file would be one camera: with two there is another to choose.
TWO_CAMERAS = "--use-fake-device-for-media-stream=device-count=2"
BESIDE = "<button id=dead type=button>Does nothing</button>"


@pytest.fixture
async def person(people: list[Browser]) -> AsyncIterator[Person]:
    someone = await app.open_app(people[0])
    await buttons.watch(someone)
    yield someone
    await someone.leave()


@pytest.fixture
async def member(person: Person, server: Server) -> Person:
    """Somebody who is signed in."""
    await sign_in(person, server)
    return person


async def sign_in(person: Person, server: Server) -> None:
    """Make an account, and use it."""
    address = app.own_address("tina")
    await app.make_account(person, server, server.http, address, ("Tina", "Maharani"))
    await app.sign_in(person, server.http, address)
    await expect(person.page.get_by_role("heading", name="Welcome, Tina")).to_be_visible()


async def open_page(person: Person, address: str) -> None:
    """Open a page, and wait until it stands."""
    await person.page.goto(address)
    await expect(person.page.get_by_role("heading", level=1).first).to_be_visible()
    await person.page.wait_for_load_state("networkidle")


class TestProbe:
    async def test_finds_a_button_that_does_nothing(self, person: Person, server: Server) -> None:
        async def with_a_dead_one() -> None:
            await open_page(person, f"{server.http}/login")
            await person.page.evaluate(
                "(html) => document.querySelector('main').insertAdjacentHTML('beforeend', html)",
                BESIDE,
            )

        assert await buttons.press_each(person, with_a_dead_one) == ["Does nothing"]


# It leads to where one is.
BRAND = "Jumpa, to the front page"
# They are pressed on the first of the pages that have them; the last would end the session.
EVERYWHERE = frozenset({BRAND, "Home", "Schedule", "Rooms", "Contacts", "Settings", "Sign out"})


class TestSignedOut:
    @pytest.mark.parametrize(
        "path", ["register", "login", "forgot-password", "reset-password#token", "zzz-zzzz-zzz"]
    )
    async def test_each_button_acts(self, person: Person, server: Server, path: str) -> None:
        opened = partial(open_page, person, f"{server.http}/{path}")
        assert await buttons.press_each(person, opened) == []

    async def test_each_button_of_the_front_page_acts(self, person: Person, server: Server) -> None:
        opened = partial(open_page, person, server.http)
        assert await buttons.press_each(person, opened, frozenset({BRAND})) == []

    async def test_each_button_before_a_meeting_acts(self, person: Person, server: Server) -> None:
        link = await person.start_meeting(server.http)
        assert await buttons.press_each(person, partial(open_page, person, link)) == []


class TestSignedIn:
    async def test_each_button_acts(self, member: Person, server: Server) -> None:
        opened = partial(open_page, member, server.http)
        left_out = frozenset({BRAND, "Sign out"})
        assert await buttons.press_each(member, opened, left_out) == []

    @pytest.mark.parametrize("path", ["contacts", "schedule", "settings", "security"])
    async def test_each_button_of_its_own_acts(
        self, member: Person, server: Server, path: str
    ) -> None:
        opened = partial(open_page, member, f"{server.http}/{path}")
        assert await buttons.press_each(member, opened, EVERYWHERE) == []


class TestDeviceSettings:
    @pytest.fixture
    async def seat(self, playwright: Playwright, server: Server) -> AsyncIterator[Seat]:
        """Somebody who is signed in and has another camera to choose."""
        flags = [*browsers.FLAGS, TWO_CAMERAS]
        path = browsers.executable()
        async with (
            await playwright.chromium.launch(executable_path=path, args=flags) as browser,
            sitting(browser, Words("en"), "1366") as someone,
        ):
            await sign_in(someone.person, server)
            yield someone

    async def test_each_control_acts(self, seat: Seat, server: Server) -> None:
        opened = device_tables.opened_at(server.http)
        await controls.press_each(seat, opened, device_tables.cards())
