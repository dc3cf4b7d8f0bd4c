"""Media comes back soon after a client's address has changed, seen by LiveKit's own client."""

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import hears, says, until
from harness.media import LOOKS
from harness.relay import Relay, free_port, lead_through
from harness.servers import Server

# The longest time without a packet from the other, and for how long packets have flowed since.
WATCH = """() => {
  window.flow = { count: 0, last: performance.now(), longest: 0, since: performance.now() };
  setInterval(async () => {
    const { publisher, subscriber } = room.engine.pcManager;
    const reports = [...(await (subscriber ?? publisher).getStats()).values()];
    const count = reports
      .filter((report) => report.type === "inbound-rtp")
      .reduce((sum, report) => sum + report.packetsReceived, 0);
    const now = performance.now();
    if (count === flow.count) return;
    if (now - flow.last > 400) {
      flow.longest = Math.max(flow.longest, now - flow.last);
      flow.since = now;
    }
    flow.count = count;
    flow.last = now;
  }, 20);
}"""
# A change that is noticed at once stops nothing for long, so that is asked after a while.
CHANGED = "flow.changed = performance.now()"
FLOWS_AGAIN = """performance.now() - flow.changed > 3000
  && performance.now() - flow.last < 400 && flow.last - flow.since > 1000"""
# livekit-server with its own client takes more than fifteen seconds.
SOON_MS = 5000


@pytest.fixture(params=[False, True], ids=["two-connections", "one-connection"])
async def call(
    request: pytest.FixtureRequest,
    fresh_server: Callable[..., Awaitable[Server]],
    sharp_people: list[Browser],
) -> AsyncIterator[tuple[Relay, list[Page]]]:
    """Two people in a call; the first one's media passes through the relay."""
    port = free_port()
    server = await fresh_server("--udp-port", str(port), "--tcp-port", "0")
    relay = Relay(("127.0.0.1", port))
    way_in = relay.open()
    room = f"address-{uuid4().hex[:6]}"
    pages = []
    for number in range(2):
        page = await barepage.open_page(sharp_people[number], server.http)
        if number == 0:
            await lead_through(page, way_in)
        token = tokens.mint(room, f"person-{number}")
        way = {"singlePeerConnection": request.param}
        await barepage.join(page, server.websocket, token, room=way)
        pages.append(page)
    for number, other in ((0, 1), (1, 0)):
        heard = partial(hears, pages[number], f"person-{other}", LOOKS[other].tone_hz)
        await until(heard, f"{number} hears {other}", seconds=60)
    for page in pages:
        await page.evaluate(WATCH)
    yield relay, pages
    relay.close()


async def outages_ms(pages: list[Page]) -> list[int]:
    for page in pages:
        await page.evaluate(CHANGED)
    for number, page in enumerate(pages):
        await until(partial(says, page, FLOWS_AGAIN), f"media flows to {number} again", seconds=60)
    return [round(await page.evaluate("flow.longest")) for page in pages]


class TestAddressChange:
    async def test_that_kills_the_old_address(self, call: tuple[Relay, list[Page]]) -> None:
        relay, pages = call
        sid = await pages[0].evaluate("room.localParticipant.sid")

        relay.cut()

        outages = await outages_ms(pages)
        print(f"without media for {outages} ms")  # noqa: T201  # the figure is what one looks for
        assert max(outages) < SOON_MS
        await until(partial(says, pages[0], "room.state === 'connected'"), "it is connected")
        assert await pages[0].evaluate("room.localParticipant.sid") == sid
        left = "events.some(({ name }) => name === 'participantDisconnected')"
        assert not await says(pages[1], left)

    async def test_that_the_client_does_not_notice(self, call: tuple[Relay, list[Page]]) -> None:
        relay, pages = call

        relay.forget()

        outages = await outages_ms(pages)
        print(f"without media for {outages} ms")  # noqa: T201  # the figure is what one looks for
        assert max(outages) < SOON_MS
