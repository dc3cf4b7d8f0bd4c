"""A picture gives way to sound on a narrow network and comes back, seen by LiveKit's own client."""

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

# Enough for a voice, and not for the smallest picture beside it.
NARROW_BYTES_PER_S = 16_000
VIDEO = "[...room.remoteParticipants.values()][0].videoTrackPublications.values().next().value"
NOTE = """() => {
  window.states = [];
  room.on("trackStreamStateChanged", (_, state) => states.push(state));
}"""
PLAYS = """async () => {
  const counts = [];
  for (let i = 0; i < 2; i += 1) {
    const reports = [...(await VIDEO.track.getRTCStatsReport()).values()];
    counts.push(reports.find(({ type }) => type === "inbound-rtp")?.framesDecoded ?? 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return counts[1] > counts[0];
}""".replace("VIDEO", VIDEO)


@pytest.fixture(params=[False, True], ids=["two-connections", "one-connection"])
async def call(
    request: pytest.FixtureRequest,
    fresh_server: Callable[..., Awaitable[Server]],
    sharp_people: list[Browser],
) -> AsyncIterator[tuple[Relay, Page]]:
    """Somebody who only listens and watches, through a relay, and somebody to be heard and seen."""
    port = free_port()
    server = await fresh_server("--udp-port", str(port), "--tcp-port", "0")
    relay = Relay(("127.0.0.1", port))
    way_in = relay.open()
    room = f"narrow-{uuid4().hex[:6]}"
    speaker, listener = [
        await barepage.open_page(person, server.http) for person in sharp_people[:2]
    ]
    await lead_through(listener, way_in)
    await barepage.join(speaker, server.websocket, tokens.mint(room, "speaker"))
    way = {"singlePeerConnection": request.param}
    token = tokens.mint(room, "listener")
    await barepage.join(listener, server.websocket, token, room=way, publish=False)
    await until(partial(says, listener, f"!!{VIDEO}?.track"), "the picture is there", seconds=60)
    await until(partial(says, listener, PLAYS), "the picture moves", seconds=60)
    yield relay, listener
    relay.close()


class TestNarrowNetwork:
    async def test_costs_the_picture_and_not_the_sound(self, call: tuple[Relay, Page]) -> None:
        relay, listener = call
        await listener.evaluate(NOTE)

        relay.narrow(NARROW_BYTES_PER_S)

        paused = partial(says, listener, f"{VIDEO}.track.streamState === 'paused'")
        await until(paused, "the picture is paused", seconds=60)
        heard = partial(hears, listener, "speaker", LOOKS[0].tone_hz)
        await until(heard, "the sound goes on", seconds=60)
        relay.narrow(0)
        active = f"{VIDEO}.track.streamState === 'active'"
        await until(partial(says, listener, active), "the picture is back", seconds=90)
        await until(partial(says, listener, PLAYS), "the picture moves again", seconds=60)
        assert (await listener.evaluate("states"))[0] == "paused"
