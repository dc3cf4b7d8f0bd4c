"""End-to-end encryption of LiveKit's JavaScript client passes the server untouched."""

from collections.abc import Awaitable, Callable
from functools import partial
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import hears, says, until
from harness.media import LOOKS
from harness.servers import Server

Joiner = Callable[..., Awaitable[Page]]
KEY = "what the server never hears"
PUBLISH = """async (videoCodec) => {
  const resolution = { width: 640, height: 360, frameRate: 15 };
  await room.localParticipant.setMicrophoneEnabled(true);
  const options = { videoCodec, backupCodec: false };
  await room.localParticipant.setCameraEnabled(true, { resolution }, options);
}"""
DECODED = """async (mime) => {
  const pc = room.engine.pcManager.subscriber ?? room.engine.pcManager.publisher;
  const reports = [...(await pc.getStats()).values()];
  const video = reports.find((r) => r.type === "inbound-rtp" && r.kind === "video");
  const codec = reports.find((report) => report.id === video?.codecId)?.mimeType;
  return codec === mime && video.framesDecoded > 20;
}"""
FAILED = "events.some(({ name }) => name === 'encryptionError')"
# The picture's colour: what the first person's camera shows is much redder than green.
COLOUR = "see().some(({ mean: [red, green] }) => red - green > 60)"


@pytest.fixture
async def join(server: Server, people: list[Browser], request: pytest.FixtureRequest) -> Joiner:
    """Bring the n-th person into the room, with a passphrase or without one."""
    name = f"secret-{uuid4().hex[:6]}"
    way = {"singlePeerConnection": getattr(request, "param", True)}

    async def bring(number: int, **options: object) -> Page:
        page = await barepage.open_page(people[number], server.http)
        token = tokens.mint(name, f"person-{number}")
        await barepage.join(page, server.websocket, token, publish=False, room=way, **options)
        await page.evaluate("noteData()")
        return page

    return bring


class TestEncryption:
    @pytest.mark.parametrize(
        ("join", "codec"),
        [(False, "vp8"), (True, "vp8"), (True, "h264"), (True, "vp9")],
        ids=["two-connections-vp8", "one-connection-vp8", "one-connection-h264", "vp9"],
        indirect=["join"],
    )
    async def test_who_has_the_key_hears_and_sees(self, join: Joiner, codec: str) -> None:
        ann, bob = await join(0, passphrase=KEY), await join(1, passphrase=KEY)

        await ann.evaluate(PUBLISH, codec)

        heard = partial(hears, bob, "person-0", LOOKS[0].tone_hz)
        await until(heard, "the voice is heard", seconds=60)
        mime = f"video/{codec.upper()}"

        async def is_decoded() -> bool:
            return bool(await bob.evaluate(DECODED, mime))

        await until(is_decoded, f"{mime} is decoded", seconds=60)
        await until(partial(says, bob, COLOUR), "the picture is the right one")
        assert not await says(bob, FAILED)

    @pytest.mark.parametrize("join", [False, True], ids=["two", "one"], indirect=True)
    async def test_nobody_else_hears_sees_or_reads(self, join: Joiner) -> None:
        ann, bob = await join(0, passphrase=KEY), await join(1, passphrase=KEY)
        eve, mal = await join(2, passphrase="another one"), await join(3)

        await ann.evaluate(PUBLISH, "vp8")
        await until(partial(hears, bob, "person-0", LOOKS[0].tone_hz), "it is heard", seconds=60)
        await until(partial(says, bob, COLOUR), "it is seen", seconds=60)
        await ann.evaluate("sendData('between us ', 3)")
        await until(partial(says, bob, "got.length === 3"), "it is read")

        await until(partial(says, eve, FAILED), "the other key does not fit", seconds=60)
        for page in (eve, mal):

            async def has_it(page: Page = page) -> bool:
                return int((await page.evaluate("received()"))["packets"]) > 300

            await until(has_it, "they receive it all the same", seconds=60)
            assert not await hears(page, "person-0", LOOKS[0].tone_hz)
            assert not await says(page, COLOUR)
            assert await page.evaluate("got") == []
