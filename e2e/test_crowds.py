"""Quick visits to a crowd are told to none of LiveKit's clients, who stays to all of them."""

import os
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from livekit import rtc
from livekit.protocol import rtc as messages
from playwright.async_api import Browser, Page
from websockets.asyncio.client import connect

from harness import agents, barepage, go, robots, servers, tokens
from harness.barepage import says, until
from harness.servers import Server

pytestmark = pytest.mark.skipif(
    not go.is_there(), reason="Go is not on the PATH, and the client is built with it"
)

# So many are a crowd here.
CROWD = {"JUMPA_MEDIA__LIMITS__PROMPTLY_ANNOUNCED": "2"}
GUEST = "guest"
VISITS = 3
CAME = """events.filter(({ name }) => name === "participantConnected").map(({ what }) => what[0])"""


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """A server to which few people are a crowd."""
    started = await servers.start(tmp_path / "data", environment={**os.environ, **CROWD})
    yield started
    assert await started.stop() == 0


async def open_pages(server: Server, people: list[Browser], name: str) -> list[Page]:
    """Two in browsers, one over two connections and one over one."""
    pages = []
    for number, browser in enumerate(people[:2]):
        page = await barepage.open_page(browser, server.http)
        token, way = tokens.mint(name, f"page-{number}"), {"singlePeerConnection": number == 1}
        await barepage.join(page, server.websocket, token, publish=False, room=way)
        pages.append(page)
    return pages


async def visit(server: Server, name: str, number: int) -> None:
    """Come, and leave as soon as one is let in."""
    token = tokens.mint(name, f"visitor-{number}")
    leave = messages.LeaveRequest(action=messages.LeaveRequest.DISCONNECT)
    async with connect(f"{server.websocket}/rtc?access_token={token}&protocol=16") as socket:
        await socket.recv()
        await socket.send(messages.SignalRequest(leave=leave).SerializeToString())
        await socket.wait_closed()


class TestQuickVisit:
    async def test_is_told_to_no_client_and_that_of_who_stays_to_all(
        self, server: Server, people: list[Browser]
    ) -> None:
        met: list[str] = []
        agent_met: list[str] = []

        def told(packet: rtc.DataPacket) -> None:
            if packet.topic == "came":
                agent_met.append(packet.data.decode())

        async with agents.working(server), agents.call(server) as (room, _):
            assert room.name is not None
            pages = await open_pages(server, people, room.name)
            async with go.joined(server, room.name) as gopher:
                room.on("participant_connected", lambda somebody: met.append(somebody.identity))
                room.on("data_received", told)
                for number in range(VISITS):
                    await visit(server, room.name, number)

                async with robots.joined(server, room.name, GUEST):
                    for page in pages:
                        known = partial(says, page, f"{CAME}.includes('{GUEST}')")
                        await until(known, "a browser knows the guest")
                    await gopher.until("came", lambda fact: fact["identity"] == GUEST)
                    for told_to in (met, agent_met):
                        await until(partial(knows, told_to), "a client knows the guest")

                gopher_met = [fact for fact in gopher.kept if fact["event"] == "came"]
                everybody = [*met, *agent_met, *(str(fact["identity"]) for fact in gopher_met)]
                for page in pages:
                    everybody += await page.evaluate(CAME)
                    await page.evaluate("room.disconnect()")
                assert [who for who in everybody if who.startswith("visitor")] == []


async def knows(met: list[str]) -> bool:
    return GUEST in met
