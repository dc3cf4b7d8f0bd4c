"""A publisher sends no layer that nobody wants, seen by LiveKit's own client."""

from functools import partial
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import until
from harness.servers import Server

LAYERS = """async () => {
  const { track } = [...room.localParticipant.videoTrackPublications.values()][0];
  const sent = {};
  for (const report of (await track.getRTCStatsReport()).values()) {
    if (report.type === "outbound-rtp") sent[report.rid] = report.active;
  }
  return sent;
}"""
WIDTH = "() => Math.max(0, ...[...document.querySelectorAll('video')].map((v) => v.videoWidth))"
ASK = """(quality) => {
  for (const person of room.remoteParticipants.values())
    for (const publication of person.videoTrackPublications.values())
      publication.setVideoQuality(LivekitClient.VideoQuality[quality]);
}"""


async def sends(page: Page, rids: set[str]) -> bool:
    layers: dict[str, bool] = await page.evaluate(LAYERS)
    return {rid for rid, active in layers.items() if active} == rids


async def sees(page: Page, width: int) -> bool:
    return bool(await page.evaluate(WIDTH) == width)


class TestDynacast:
    @pytest.mark.parametrize("is_single", [True, False], ids=["one connection", "two connections"])
    async def test_follows_what_is_looked_at(
        self, server: Server, sharp_people: list[Browser], is_single: bool
    ) -> None:
        room = f"layers-{uuid4().hex[:6]}"
        ann, bob = [await barepage.open_page(person, server.http) for person in sharp_people[:2]]
        token = tokens.mint(room, "ann")
        way = {"singlePeerConnection": is_single}
        await barepage.join(ann, server.websocket, token, room={"dynacast": True, **way})
        token = tokens.mint(room, "bob")
        await barepage.join(bob, server.websocket, token, publish=False, room=way)
        await until(partial(sees, bob, 1280), "the largest layer is seen")

        await bob.evaluate(ASK, "LOW")
        await until(partial(sends, ann, {"q"}), "only the smallest layer is sent")
        await until(partial(sees, bob, 320), "the smallest layer is seen")

        await bob.evaluate(ASK, "HIGH")
        await until(partial(sends, ann, {"q", "h", "f"}), "every layer is sent again")
        await until(partial(sees, bob, 1280), "the largest layer is seen again")

        await bob.evaluate("room.disconnect()")
        await until(partial(sends, ann, set()), "nothing is sent to nobody")
