"""All components in all states: axe on each story in both themes, and pictures to look at."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.async_api import Browser, Locator, expect

from harness import app
from harness.app import Person
from harness.screens import inspect, look
from harness.servers import ROOT

MENU = "Bagas Pramudya, menu"
STORIES = ROOT / "e2e" / "stories"
EVERYTHING = "components--everything"


@pytest.fixture(scope="module")
async def address() -> AsyncIterator[str]:
    """Where the built stories are served."""
    build = await asyncio.create_subprocess_exec(
        ROOT / "tools" / "npm", "run", "-s", "stories:build"
    )
    assert await build.wait() == 0
    handler = partial(SimpleHTTPRequestHandler, directory=str(STORIES))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
async def person(people: list[Browser], address: str) -> AsyncIterator[Person]:
    someone = await app.open_app(people[0])
    await open_story(someone, address, EVERYTHING)
    yield someone
    await someone.leave()


async def open_story(person: Person, address: str, story: str) -> None:
    await person.page.goto(f"{address}/iframe.html?id={story}&viewMode=story")
    await expect(person.page.locator("#storybook-root > *").first).to_be_visible()


class TestStories:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    async def test_every_component_at_rest(self, person: Person, scheme: str) -> None:
        await person.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await look(person, f"components-{scheme}", ("1366",))

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    async def test_each_is_good_for_everybody(
        self, person: Person, address: str, scheme: str
    ) -> None:
        await person.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        stories = json.loads((STORIES / "index.json").read_text())["entries"]
        assert len(stories) > 15
        for story in stories:
            await open_story(person, address, story)
            await inspect(person, with_axe=True)

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
