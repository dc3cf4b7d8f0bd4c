"""A meeting in a frame of another site's page, by `<jumpa-meeting>`."""

import os
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import FrameLocator, Page, expect

from harness import app, servers, tokens
from harness.app import Arrive, Person
from harness.barepage import until
from harness.media import LOOKS
from harness.servers import Server
from harness.sites import serving

PAGE = """<!doctype html>
<title>A school</title>
<style>jumpa-meeting { width: 900px; height: 600px }</style>
<script type="module" src="%s/embed/jumpa-meeting.js"></script>
<script>
  const told = [];
  function show(attributes) {
    const meeting = document.createElement("jumpa-meeting");
    for (const [name, value] of Object.entries(attributes)) meeting.setAttribute(name, value);
    for (const name of ["joined", "left", "device-changed", "error"])
      meeting.addEventListener(name, ({ detail }) => told.push({ event: name, ...detail }));
    document.body.append(meeting);
  }
</script>
"""


class School:
    """A site of another origin, with pages that show meetings."""

    def __init__(self) -> None:
        self.origin = ""
        self.page = ""

    async def show(self, _: web.Request) -> web.Response:
        return web.Response(text=self.page, content_type="text/html")


@pytest.fixture(scope="module")
async def school() -> AsyncIterator[School]:
    site = School()
    async with serving(web.get("/", site.show)) as port:
        # Another host name, so that no cookie and no storage is shared.
        site.origin = f"http://localhost:{port}"
        yield site


@pytest.fixture(scope="module")
async def framing(
    school: School, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Server]:
    """A server that may be shown there."""
    data = tmp_path_factory.mktemp("framing") / "data"
    environment = {**os.environ, "JUMPA_SERVER__EMBEDDING_ORIGINS": school.origin}
    running = await servers.start(data, environment=environment)
    yield running
    assert await running.stop() == 0


async def told(page: Page) -> list[dict[str, Any]]:
    happenings: list[dict[str, Any]] = await page.evaluate("told")
    return happenings


async def until_told(page: Page, event: str, **detail: object) -> dict[str, Any]:
    """Wait for an event of the element with these details."""
    wanted = {"event": event, **detail}
    found = """(wanted) => told.find((one) =>
        Object.entries(wanted).every(([key, value]) => one[key] === value))"""
    handle = await page.wait_for_function(found, arg=wanted, timeout=60_000)
    happening: dict[str, Any] = await handle.json_value()
    return happening


async def visit(school: School, server: Server, person: Person, **attributes: str) -> FrameLocator:
    school.page = PAGE % server.http
    await person.page.goto(school.origin)
    await person.page.wait_for_function("customElements.get('jumpa-meeting') !== undefined")
    await person.page.evaluate("(attributes) => show(attributes)", attributes)
    return person.page.frame_locator("jumpa-meeting iframe")


async def host_meeting(framing: Server, arrive: Arrive) -> tuple[Person, str]:
    """Somebody who is inside a meeting on the server itself, and its code."""
    host = await arrive(0)
    link = await host.start_meeting(framing.http)
    await host.enter(link, app.NAMES[0])
    return host, link.rsplit("/", 1)[1]


class TestElement:
    async def test_brings_somebody_in_by_a_token_and_tells_the_page(
        self, school: School, framing: Server, arrive: Arrive
    ) -> None:
        host, code = await host_meeting(framing, arrive)
        pupil = await arrive(1)
        token = tokens.mint(code, "pupil-7")

        await visit(school, framing, pupil, room=code, token=token, name="Bagas")

        joined = await until_told(pupil.page, "joined")
        assert joined["identity"] == "pupil-7"
        await until_told(pupil.page, "device-changed", device="microphone", isOn=True)
        await until(partial(host.sees_moving, 1), "the host sees the pupil")
        await until(partial(host.hears, {LOOKS[1].tone_hz}), "the host hears the pupil")

        await pupil.page.evaluate("document.querySelector('jumpa-meeting').setMicrophone(false)")
        await until_told(pupil.page, "device-changed", device="microphone", isOn=False)
        await pupil.page.evaluate("document.querySelector('jumpa-meeting').remove()")
        await until(partial(host.sees_moving, 0), "the pupil is gone")

    async def test_lets_somebody_say_their_name_without_a_token(
        self, school: School, framing: Server, arrive: Arrive
    ) -> None:
        _, code = await host_meeting(framing, arrive)
        guest = await arrive(1)

        frame = await visit(school, framing, guest, room=code, name="Bagas", language="id")

        await frame.get_by_role("button", name="Gabung", exact=True).click()
        await until_told(guest.page, "joined", name="Bagas")
        await guest.page.evaluate("document.querySelector('jumpa-meeting').leave()")
        await until_told(guest.page, "left", reason="left")

    async def test_says_why_a_token_does_not_fit(
        self, school: School, framing: Server, arrive: Arrive
    ) -> None:
        _, code = await host_meeting(framing, arrive)
        pupil = await arrive(1)
        forged = tokens.mint(code, "pupil-7", secret="x" * 32)

        frame = await visit(school, framing, pupil, room=code, token=forged, name="Bagas")

        await expect(frame.get_by_role("button", name="Try again")).to_be_visible()
        assert not [each for each in await told(pupil.page) if each["event"] == "joined"]

    async def test_hears_only_the_page_that_shows_it(
        self, school: School, framing: Server, arrive: Arrive
    ) -> None:
        _, code = await host_meeting(framing, arrive)
        guest = await arrive(1)
        token = tokens.mint(code, "pupil-8")
        await visit(school, framing, guest, room=code, token=token)
        await until_told(guest.page, "joined")

        await guest.page.evaluate(
            """() => {
              const { contentWindow } = document.querySelector("jumpa-meeting iframe");
              contentWindow.postMessage({ type: "leave" }, "*");
              contentWindow.postMessage({ type: "jumpa-settings", token: 7 }, "*");
              postMessage({ type: "left", detail: { reason: "removed" } }, "*");
              postMessage({ type: "jumpa-ready" }, "*");
            }"""
        )
        await guest.page.evaluate("document.querySelector('jumpa-meeting').setCamera(false)")

        await until_told(guest.page, "device-changed", device="camera", isOn=False)
        assert not [each for each in await told(guest.page) if each["event"] == "left"]


class TestOtherSites:
    async def test_cannot_show_a_meeting(
        self, school: School, server: Server, arrive: Arrive
    ) -> None:
        guest = await arrive(0)
        await visit(school, server, guest, room="abc-defg-hij", name="Bagas")

        refusal = await until_told(guest.page, "error", code="not_allowed")

        assert school.origin in refusal["message"]
