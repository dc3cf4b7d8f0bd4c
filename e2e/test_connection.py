"""The connection test tells what works and what does not, in words and in a report."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, expect

from harness import app
from harness.app import Person
from harness.screens import ALL, BRIEF, heading, look
from harness.servers import Server
from test_tcp import WITHOUT_UDP

# All of it takes half a minute, and longer on a machine that does much else.
LONG_MS = 150_000
STEPS = 8


@pytest.fixture
async def person(people: list[Browser]) -> AsyncIterator[Person]:
    someone = await app.open_app(people[0])
    yield someone
    await someone.leave()


def step(person: Person, name: str) -> Locator:
    return person.page.get_by_role("listitem").filter(has_text=name)


async def try_all(person: Person, home: str) -> None:
    await person.page.goto(f"{home}/connection-test")
    await expect(heading(person, "Connection test")).to_be_visible()
    await person.press("Start")
    copy = person.page.get_by_role("button", name="Copy report")
    await expect(copy).to_be_visible(timeout=LONG_MS)


class TestConnection:
    async def test_finds_that_all_is_well(self, person: Person, server: Server) -> None:
        await person.page.goto(f"{server.http}/connection-test")
        await look(person, "connection-test", ALL)
        await try_all(person, server.http)

        assert await person.page.get_by_role("listitem").count() == STEPS
        for name, said in (
            ("Server", "It answers"),
            ("Messages", "Open"),
            ("(UDP)", "Connected. (directly from this device)"),
            ("Sending sound", "The sound of your microphone arrives"),
            ("Sending a picture", "The picture of your camera arrives"),
            ("Speed", " ms"),
            ("Reconnecting", "A short break does not take you out"),
            ("(TCP)", "Available"),
        ):
            await expect(step(person, name)).to_contain_text(said)
        await look(person, "connection-test-done", BRIEF)

    async def test_says_that_udp_is_held_back(self, person: Person, server: Server) -> None:
        await person.page.add_init_script(WITHOUT_UDP)
        await person.page.context.clear_permissions()
        await try_all(person, server.http)

        await expect(person.page.get_by_text("You can take part, with a note")).to_be_visible()
        await expect(step(person, "(UDP)")).to_contain_text("This network holds UDP back")
        await expect(step(person, "(UDP)")).to_contain_text("allow UDP to this server")
        await expect(step(person, "(TCP)")).to_contain_text("Available")
        async with person.page.expect_download() as saved:
            await person.press("Download report")
        path = await (await saved.value).path()
        report = path.read_text()
        assert "holds UDP back" in report
        assert not re.search(r"\d+\.\d+\.\d+\.\d+(?!:\d)", report.replace("127.0.0.1", "", 1))
        await person.press("Copy report")
        await expect(person.page.get_by_text("Report copied")).to_be_visible()

    async def test_says_that_the_server_is_away(self, person: Person, server: Server) -> None:
        await person.page.route("**/connection-tests", lambda route: route.abort())
        await try_all(person, server.http)

        await expect(person.page.get_by_text("You cannot take part from here yet")).to_be_visible()
        await expect(step(person, "Server")).to_contain_text("does not answer")
        await expect(step(person, "Sending sound")).to_contain_text("not tried")
        await look(person, "connection-test-failed", BRIEF)
