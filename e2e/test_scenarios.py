"""LiveKit's client comes through every scenario that it can ask a server to play."""

from collections.abc import AsyncIterator
from functools import partial
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import WAYS, hears, says, until
from harness.media import LOOKS
from harness.servers import Server

BACK = "events.some(({ name }) => name === 'reconnected') && room.state === 'connected'"
SPEAKS = "room.activeSpeakers.some(({ identity }) => identity === 'person-0')"


@pytest.fixture
async def pair(server: Server, people: list[Browser]) -> AsyncIterator[list[Page]]:
    """Two pages that are closed whatever happens: a call that goes on slows all that follows."""
    pages = [await barepage.open_page(person, server.http) for person in people[:2]]
    yield pages
    for page in pages:
        await page.context.close()


class TestScenario:
    @pytest.mark.parametrize("is_single", [False, True], ids=["two-connections", "one-connection"])
    async def test_is_survived(self, server: Server, pair: list[Page], *, is_single: bool) -> None:
        room = f"scenario-{uuid4().hex[:6]}"
        ann, bob = pair
        for number, page in enumerate((ann, bob)):
            token = tokens.mint(room, f"person-{number}")
            way = {"singlePeerConnection": is_single}
            await barepage.join(page, server.websocket, token, room=way)
        for scenario in (
            "force-tls",
            "node-failure",
            "migration",
            "server-leave",
            "leave-full-reconnect",
            "disconnect-signal-on-resume",
            "disconnect-signal-on-resume-no-messages",
            "force-tcp",
        ):
            await ann.evaluate("events.length = 0")
            await ann.evaluate(f"room.simulateScenario('{scenario}')")
            await until(partial(says, ann, BACK), f"back after {scenario}", seconds=60)
            for page, other in ((ann, 1), (bob, 0)):
                heard = partial(hears, page, f"person-{other}", LOOKS[other].tone_hz)
                await until(heard, f"person-{other} is heard after {scenario}", seconds=60)
        assert set(await ann.evaluate(WAYS)) == {"tcp"}
        assert set(await bob.evaluate(WAYS)) == {"udp"}
        await ann.evaluate("room.localParticipant.setMicrophoneEnabled(false)")
        await ann.evaluate("room.simulateScenario('speaker')")
        await until(partial(says, bob, SPEAKS), "the other seems to speak")
