"""The web app in calls that a LiveKit server holds."""

import os
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import expect

from harness import livekit_server, servers
from harness.app import Arrive, meet
from harness.barepage import until
from harness.livekit_server import LivekitServer
from harness.media import LOOKS
from harness.servers import KEY, SECRET, Server

# News wait for each other.
LATE_MS = 30_000


@pytest.fixture
async def port() -> int:
    return livekit_server.free_port()


@pytest.fixture
async def livekit(tmp_path: Path, port: int) -> AsyncIterator[LivekitServer]:
    hook = f"http://127.0.0.1:{port}/webhooks/livekit"
    async with livekit_server.running(tmp_path, hook) as running:
        yield running


@pytest.fixture
async def server(tmp_path: Path, port: int, livekit: LivekitServer) -> AsyncIterator[Server]:
    chosen = {
        "JUMPA_MEDIA__ENGINE": "livekit",
        "JUMPA_LIVEKIT__URL": livekit.url,
        "JUMPA_LIVEKIT__API_KEY": KEY,
        "JUMPA_LIVEKIT__API_SECRET": SECRET,
    }
    environment = {**os.environ, **chosen}
    started = await servers.start(tmp_path / "data", port=port, environment=environment)
    yield started
    assert await started.stop() == 0


class TestCall:
    async def test_is_seen_heard_and_written_in(self, server: Server, arrive: Arrive) -> None:
        _, [host, guest] = await meet(server, arrive, 2)

        await until(partial(host.hears, {LOOKS[1].tone_hz}), "the host hears the guest")
        await until(partial(guest.sees_moving, 1), "the guest sees the host")
        await host.press("Chat")
        await guest.press("Chat")
        await guest.page.get_by_label("Write a message").fill("Halo semua")
        await guest.page.get_by_role("button", name="Send").click()

        await expect(host.page.get_by_text("Halo semua", exact=True)).to_have_count(1)
        await expect(guest.page.get_by_text("Halo semua", exact=True)).to_have_count(1)
        assert (host.complaints, guest.complaints) == ([], [])
        assert server.children() == []


class TestModeration:
    async def test_reaches_who_is_in_the_call(self, server: Server, arrive: Arrive) -> None:
        link, [host, guest] = await meet(server, arrive, 2)
        people = host.page.get_by_role("complementary", name="People")
        await until(partial(host.hears, {LOOKS[1].tone_hz}), "the host hears the guest")
        await host.page.get_by_role("button", name="People, 2 people").click()

        await people.get_by_role("button", name="Mute all").click()
        await expect(guest.page.get_by_text("Adi muted you")).to_be_visible()
        await until(partial(host.hears, set()), "the guest is silent")

        await host.press("Menu for Budi")
        await host.page.get_by_role("menuitem", name="Make co-host").click()
        await expect(guest.page.get_by_text("You are now a co-host")).to_be_visible(timeout=LATE_MS)

        await host.press("Menu for Budi")
        await host.page.get_by_role("menuitem", name="Remove").click()
        await host.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        await expect(guest.page.get_by_role("heading", name="You were removed")).to_be_visible()

        await guest.page.goto(link)
        await guest.press("Join")
        await expect(guest.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()
        await host.press("Leave")
        await host.page.get_by_role("dialog").get_by_role("button", name="End").click()
        await expect(guest.page.get_by_role("heading", name="is over")).to_be_visible()


class TestDowntime:
    async def test_is_told_to_who_is_inside_and_to_who_wants_to_come(
        self, server: Server, livekit: LivekitServer, arrive: Arrive
    ) -> None:
        link, [host] = await meet(server, arrive, 1)

        await livekit.end()

        lost = host.page.get_by_role("heading", name="The connection was lost")
        await expect(lost).to_be_visible(timeout=LATE_MS)
        guest = await arrive(1)
        await guest.page.goto(link)
        await expect(guest.page.get_by_text("Sound and video are restarting")).to_be_visible()
