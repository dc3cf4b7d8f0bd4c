"""A person connects a calendar in the settings, and it shows the meetings that they plan."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from integrations.google_service import Google
from integrations.graph_service import Graph
from integrations.standing import settings_of, standing
from playwright.async_api import expect

from harness import app, servers
from harness.app import Arrive, Person
from harness.screens import BRIEF, look
from harness.servers import Server

SLOW_MS = 30_000
TITLE = "Rapat orang tua kelas XI"


@asynccontextmanager
async def serving(folder: Path, google: Google, graph: Graph) -> AsyncIterator[Server]:
    """Serve with both services set up, and commands from Slack."""
    with standing(google, graph) as origin:
        groups = settings_of(origin)
        variables = {
            f"JUMPA_{group}__{name}".upper(): value
            for group in ("google", "microsoft")
            for name, value in groups[group].items()
        }
        more = {
            "JUMPA_OUTBOUND__ALLOWED_HOSTS": "localhost",
            "JUMPA_SLACK__SIGNING_SECRET": "a signing secret",
        }
        environment = {**os.environ, **variables, **more}
        running = await servers.start(folder / "data", environment=environment)
        yield running
        assert await running.stop() == 0


async def open_settings(person: Person, server: Server) -> str:
    """Sign up and open the settings; return the address under which services know the server."""
    home = server.http.replace("127.0.0.1", "localhost")
    address = app.own_address("wulan")
    await app.make_account(person, server, home, address, ("Wulan", "Sari"))
    await app.sign_in(person, home, address)
    await expect(person.page.get_by_role("heading", name="Welcome, Wulan")).to_be_visible()
    await person.page.goto(f"{home}/settings")
    await expect(person.page.get_by_text("Connected services")).to_be_visible(timeout=SLOW_MS)
    return home


async def look_at(person: Person, name: str) -> None:
    """Keep pictures of the settings with the card of services in them."""

    async def scroll() -> None:
        cards = person.page.get_by_role("region")
        card = cards.filter(has_text="Google").first
        await card.evaluate("card => card.scrollIntoView({ block: 'center' })")

    await look(person, name, BRIEF, scroll)


async def plan(person: Person, home: str) -> None:
    await person.page.goto(f"{home}/schedule")
    await person.press("Schedule a meeting")
    await person.page.get_by_label("Title").fill(TITLE)
    await person.press("Save")
    await expect(person.page.get_by_text("Saved.").first).to_be_visible()


async def wait_for(person: Person, seen: str, google: Google) -> None:
    """Wait until the calendar shows what it is to show."""
    for _ in range(300):
        if [event["summary"] for event in google.shown] == ([seen] if seen else []):
            return
        await person.page.wait_for_timeout(100)
    pytest.fail(f"the calendar shows {google.shown}")


class TestCalendars:
    async def test_shows_what_is_planned_until_it_is_disconnected(
        self, arrive: Arrive, tmp_path: Path
    ) -> None:
        google, graph, person = Google(), Graph(), await arrive(0)
        async with serving(tmp_path, google, graph) as server:
            home = await open_settings(person, server)
            page = person.page
            card = page.get_by_role("region", name="Connected services")
            await look_at(person, "services")
            await person.press("Connect Google Calendar")
            await expect(card.get_by_text("Connected as")).to_be_visible(timeout=SLOW_MS)
            assert page.url == f"{home}/settings"

            await plan(person, home)
            await wait_for(person, TITLE, google)
            await page.goto(f"{home}/settings")
            await expect(card.get_by_text("Last written")).to_be_visible(timeout=SLOW_MS)
            await look_at(person, "services-connected")
            await page.emulate_media(color_scheme="dark")
            await look_at(person, "services-connected-dark")
            await person.press("Disconnect Google Calendar")

            await expect(card.get_by_text("What stands there stays")).to_be_visible()
            await expect(card.get_by_text("Not connected yet")).to_have_count(2)
            for _ in range(300):
                if google.revoked:
                    break
                await page.wait_for_timeout(100)
            assert len(google.revoked) == 1
            assert len(google.shown) == 1
            assert person.complaints == []

    async def test_follows_a_consent_that_was_taken_back(
        self, arrive: Arrive, tmp_path: Path
    ) -> None:
        google, graph, person = Google(), Graph(), await arrive(0)
        async with serving(tmp_path, google, graph) as server:
            home = await open_settings(person, server)
            card = person.page.get_by_role("region", name="Connected services")
            await person.press("Connect Google Calendar")
            await expect(card.get_by_text("Connected as")).to_be_visible(timeout=SLOW_MS)
            google.end_access()

            await plan(person, home)

            await person.page.goto(f"{home}/notifications")
            told = person.page.get_by_text("Google Calendar is not connected any more")
            await expect(told.first).to_be_visible(timeout=SLOW_MS)
            await person.page.goto(f"{home}/settings")
            await expect(card.get_by_text("does not let us in")).to_be_visible(timeout=SLOW_MS)
            await person.press("ID, Bahasa Indonesia")
            await look_at(person, "services-ended-id")
