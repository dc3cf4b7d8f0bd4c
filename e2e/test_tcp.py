"""People in networks that block UDP take part over TCP, seen by LiveKit's own client."""

from functools import partial
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import WAYS, hears, until
from harness.media import LOOKS
from harness.servers import Server

# What a firewall does: no candidate that the server offers over UDP can be reached.
WITHOUT_UDP = """
const strip = (sdp) => sdp.replace(/a=candidate:\\S+ \\d+ udp [^\\r]*\\r\\n/gi, "");
const set = RTCPeerConnection.prototype.setRemoteDescription;
RTCPeerConnection.prototype.setRemoteDescription = function (description) {
  return set.call(this, { type: description.type, sdp: strip(description.sdp) });
};
"""


async def sees(page: Page) -> bool:
    seen = await page.evaluate("see()")
    return any(picture["participant"] != "?" and picture["width"] for picture in seen)


class TestBlockedUdp:
    @pytest.mark.parametrize("is_single", [False, True], ids=["two connections", "one connection"])
    async def test_media_and_data_travel_by_tcp(
        self, server: Server, people: list[Browser], *, is_single: bool
    ) -> None:
        room = f"tcp-{uuid4().hex[:6]}"
        ann, bob = [await barepage.open_page(person, server.http) for person in people[:2]]
        await ann.add_init_script(WITHOUT_UDP)
        await ann.reload()
        way = {"singlePeerConnection": is_single}
        await barepage.join(ann, server.websocket, tokens.mint(room, "person-0"), room=way)
        await barepage.join(bob, server.websocket, tokens.mint(room, "person-1"), room=way)
        await bob.evaluate("noteData()")

        await until(partial(hears, ann, "person-1", LOOKS[1].tone_hz), "it hears", seconds=60)
        await until(partial(hears, bob, "person-0", LOOKS[0].tone_hz), "it is heard", seconds=60)
        for page in (ann, bob):
            await until(partial(sees, page), "the other is seen")
        await ann.evaluate("sendData('by tcp ', 20)")
        await bob.wait_for_function("got.length === 20")

        assert set(await ann.evaluate(WAYS)) == {"tcp"}
        assert set(await bob.evaluate(WAYS)) == {"udp"}
