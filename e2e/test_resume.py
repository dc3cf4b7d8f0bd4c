"""A client that loses its signal connection goes on where it was, seen by LiveKit's own client."""

from functools import partial
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import hears, says, until
from harness.media import LOOKS
from harness.servers import Server

Call = list[Page]
STAYED = "events.every(({ name }) => !/participantDisconnected|trackUn/.test(name))"
BACK = "events.some(({ name }) => name === 'reconnected')"


async def both_hear(pages: Call) -> None:
    for number, other in ((0, 1), (1, 0)):
        tone_hz = LOOKS[other].tone_hz
        heard = partial(hears, pages[number], f"person-{other}", tone_hz)
        await until(heard, f"{number} hears {other}", seconds=60)


@pytest.fixture
async def call(server: Server, sharp_people: list[Browser], request: pytest.FixtureRequest) -> Call:
    """Two people in a call who hear each other, with one peer connection each or with two."""
    is_single = getattr(request, "param", True)
    room = f"resume-{uuid4().hex[:6]}"
    pages = []
    for number in range(2):
        page = await barepage.open_page(sharp_people[number], server.http)
        token = tokens.mint(room, f"person-{number}")
        options = {"singlePeerConnection": is_single}
        await barepage.join(page, server.websocket, token, room=options)
        await page.evaluate("noteData()")
        pages.append(page)
    await both_hear(pages)
    return pages


class TestSignalLost:
    @pytest.mark.parametrize(
        "call", [True, False], ids=["one connection", "two connections"], indirect=True
    )
    async def test_costs_neither_place_nor_media_nor_data(self, call: Call) -> None:
        ann, bob = call
        sid = await ann.evaluate("room.localParticipant.sid")
        lost = (await bob.evaluate("received()"))["lost"]

        await ann.evaluate("room.simulateScenario('signal-reconnect')")
        await bob.evaluate("sendData('while away ', 20)")
        await until(partial(says, ann, BACK), "it is back")
        await ann.evaluate("sendData('back ', 20)")

        assert await ann.evaluate("room.localParticipant.sid") == sid
        await until(partial(says, bob, "got.length >= 20"), "data of who came back arrives")
        assert await bob.evaluate("got.map(([text]) => text)") == [f"back {i}" for i in range(20)]
        await until(partial(says, ann, "got.length >= 20"), "data sent meanwhile arrives")
        said = [f"while away {i}" for i in range(20)]
        assert await ann.evaluate("got.map(([text]) => text)") == said
        for page in call:
            assert await says(page, STAYED)
        assert (await bob.evaluate("received()"))["lost"] == lost
        await both_hear(call)

    async def test_lets_tracks_change_afterwards(self, call: Call) -> None:
        ann, bob = call
        await bob.evaluate("room.simulateScenario('signal-reconnect')")
        await until(partial(says, bob, BACK), "it is back")

        await ann.evaluate("room.localParticipant.setCameraEnabled(false)")
        muted = "events.some(({ name }) => name === 'trackMuted')"
        await until(partial(says, bob, muted), "the camera is seen to be off")
        await ann.evaluate("room.localParticipant.setCameraEnabled(true)")
        unmuted = "events.some(({ name }) => name === 'trackUnmuted')"
        await until(partial(says, bob, unmuted), "the camera is seen to be on")
        await both_hear(call)

    async def test_hears_of_who_left_meanwhile(self, call: Call) -> None:
        ann, bob = call
        await ann.evaluate("room.simulateScenario('signal-reconnect', 1500)")
        await bob.evaluate("room.disconnect()")

        gone = "room.remoteParticipants.size === 0"
        await until(partial(says, ann, BACK), "it is back")
        await until(partial(says, ann, gone), "the other is gone")

    async def test_several_times_in_a_row_leaves_one_of_each(self, call: Call) -> None:
        for _ in range(3):
            for page in call:
                await page.evaluate("events.length = 0")
                await page.evaluate("room.simulateScenario('signal-reconnect')")
            for page in call:
                await until(partial(says, page, BACK), "it is back")

        for page in call:
            assert await page.evaluate("room.remoteParticipants.size") == 1
            assert await says(page, STAYED)
        await both_hear(call)
