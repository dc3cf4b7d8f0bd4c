"""All components in all states on one page: axe on it in both themes, and a picture to look at."""

import asyncio
import re
from collections.abc import AsyncIterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.async_api import Browser, Locator, expect

from harness import app
from harness.app import Person
from harness.screens import look
from harness.servers import ROOT

MENU = "Bagas Pramudya, menu"
SHEET = ROOT / "e2e" / "sheet"


@pytest.fixture(scope="module")
async def address() -> AsyncIterator[str]:
    """Where the built sheet is served."""
    build = await asyncio.create_subprocess_exec(ROOT / "tools" / "npm", "run", "-s", "sheet")
    assert await build.wait() == 0
    handler = partial(SimpleHTTPRequestHandler, directory=str(SHEET))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sheet.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
async def person(people: list[Browser], address: str) -> AsyncIterator[Person]:
    someone = await app.open_app(people[0])
    await someone.page.goto(address)
    yield someone
    await someone.leave()


class TestSheet:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    async def test_every_component_at_rest(self, person: Person, scheme: str) -> None:
        await person.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await look(person, f"components-{scheme}", ("1366",))

    @pytest.mark.parametrize("opener", [MENU, "Open a dialog", "Open a sheet"])
    async def test_what_opens(self, person: Person, opener: str) -> None:
        name = opener.lower().replace(",", "").replace(" ", "-")
        await look(person, name, ("1366",), opened=partial(person.press, opener))

    async def test_keys_walk_through_the_menu(self, person: Person) -> None:
        await person.page.get_by_role("button", name=MENU).focus()
        await person.page.keyboard.press("Enter")
        await expect(focused(person)).to_have_text("Mikrofon bawaan")
        for key, name in (
            ("Home", "Sematkan"),
            ("ArrowDown", re.compile("Bisukan")),
            ("End", "Keluarkan"),
            ("r", "Redam bising"),
        ):
            await person.page.keyboard.press(key)
            await expect(focused(person)).to_have_text(name)
        await person.page.keyboard.press("Escape")
        await expect(focused(person)).to_have_accessible_name(MENU)


def focused(person: Person) -> Locator:
    return person.page.locator(":focus")
