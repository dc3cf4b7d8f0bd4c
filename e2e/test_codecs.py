"""Every codec that clients may publish is decoded at the far side, seen by LiveKit's own client."""

from functools import partial
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import until
from harness.media import LOOKS
from harness.servers import Server

PUBLISH = """async ([video, audio]) => {
  await room.localParticipant.setCameraEnabled(true, undefined, video);
  await room.localParticipant.setMicrophoneEnabled(true, undefined, audio);
}"""
CODECS = """async () => {
  const pc = room.engine.pcManager.subscriber ?? room.engine.pcManager.publisher;
  const reports = [...(await pc.getStats()).values()];
  const received = reports.filter((r) => r.type === "inbound-rtp" && r.packetsReceived > 0);
  return received.map((r) => reports.find((other) => other.id === r.codecId)?.mimeType);
}"""
WIDTH = "() => Math.max(0, ...[...document.querySelectorAll('video')].map((v) => v.videoWidth))"
ASK = """(quality) => {
  for (const person of room.remoteParticipants.values())
    for (const publication of person.videoTrackPublications.values())
      publication.setVideoQuality(LivekitClient.VideoQuality[quality]);
}"""
SMALL = """async (video) => {
  const size = { width: 640, height: 360, frameRate: 10 };
  await room.localParticipant.setCameraEnabled(true, { resolution: size }, video);
}"""
# What a client does that cannot decode a codec: it is in none of its descriptions.
CANNOT_DECODE = """(mime) => {
  for (const name of ["createOffer", "createAnswer"]) {
    const made = RTCPeerConnection.prototype[name];
    RTCPeerConnection.prototype[name] = function (...options) {
      const all = RTCRtpReceiver.getCapabilities("video").codecs;
      const able = all.filter((codec) => codec.mimeType !== mime);
      for (const one of this.getTransceivers())
        if (one.receiver.track.kind === "video" && !["stopped", "sendonly"].includes(one.direction))
          one.setCodecPreferences(able);
      return made.apply(this, options);
    };
  }
}"""
MIMES = """() => [...room.remoteParticipants.values()].flatMap((person) =>
  [...person.trackPublications.values()].map((publication) => publication.mimeType)).sort()"""


async def sees(page: Page, width: int) -> bool:
    return bool(await page.evaluate(WIDTH) == width)


async def moves(page: Page) -> bool:
    before = await page.evaluate("see()")
    await page.wait_for_timeout(400)
    after = await page.evaluate("see()")
    return bool(before and after and before[0]["print"] != after[0]["print"])


async def is_of(page: Page, mime: str) -> bool:
    """Whether what is received is of this codec and no other."""
    return bool(await page.evaluate(CODECS) == [mime])


async def hears(page: Page, who: str, hz: int) -> bool:
    heard: dict[str, int] = {ear["participant"]: ear["hz"] for ear in await page.evaluate("hear()")}
    return abs(heard.get(who, 0) - hz) < 15


async def pair(
    server: Server, sharp_people: list[Browser], *, is_single: bool = True
) -> tuple[Page, Page]:
    room = f"codec-{uuid4().hex[:6]}"
    ann, bob = [await barepage.open_page(person, server.http) for person in sharp_people[:2]]
    for number, page in enumerate((ann, bob)):
        token = tokens.mint(room, f"person-{number}")
        way = {"singlePeerConnection": is_single}
        await barepage.join(page, server.websocket, token, publish=False, room=way)
    return ann, bob


class TestCodec:
    @pytest.mark.parametrize("is_single", [False, True], ids=["two-connections", "one-connection"])
    @pytest.mark.parametrize(
        ("video", "mime"),
        [
            ({"videoCodec": "vp8"}, "video/VP8"),
            ({"videoCodec": "h264"}, "video/H264"),
            ({"videoCodec": "vp9", "backupCodec": False}, "video/VP9"),
            ({"videoCodec": "vp9", "backupCodec": False, "scalabilityMode": "L1T3"}, "video/VP9"),
        ],
        ids=["vp8", "h264", "vp9-svc", "vp9-one-size"],
    )
    async def test_is_decoded(
        self,
        server: Server,
        sharp_people: list[Browser],
        video: dict[str, object],
        mime: str,
        *,
        is_single: bool,
    ) -> None:
        ann, bob = await pair(server, sharp_people, is_single=is_single)

        await ann.evaluate(PUBLISH, [video, {"red": True}])

        await until(partial(sees, bob, 1280), f"{mime} is seen in full size", seconds=60)
        await until(partial(moves, bob), "the picture moves")
        await until(partial(hears, bob, "person-0", LOOKS[0].tone_hz), "the voice is heard")
        assert mime in await bob.evaluate(CODECS)
        assert await bob.evaluate(MIMES) == ["audio/red", mime]

    @pytest.mark.parametrize("is_single", [False, True], ids=["two-connections", "one-connection"])
    async def test_with_several_sizes_in_one_stream_follows_what_is_asked_for(
        self, server: Server, sharp_people: list[Browser], *, is_single: bool
    ) -> None:
        ann, bob = await pair(server, sharp_people, is_single=is_single)
        await ann.evaluate(PUBLISH, [{"videoCodec": "vp9", "backupCodec": False}, {}])
        await until(partial(sees, bob, 1280), "the largest size is seen", seconds=60)

        for quality, width in (("LOW", 320), ("MEDIUM", 640), ("HIGH", 1280), ("LOW", 320)):
            await bob.evaluate(ASK, quality)
            await until(partial(sees, bob, width), f"{quality} is seen")
            await until(partial(moves, bob), "the picture moves")

    async def test_av1_in_layers_follows_what_is_asked_for(
        self, server: Server, sharp_people: list[Browser]
    ) -> None:
        ann, bob = await pair(server, sharp_people, is_single=False)
        # Chromium makes two sizes of so small a picture, whatever it has announced.
        await ann.evaluate(SMALL, {"videoCodec": "av1", "backupCodec": False})
        await until(partial(sees, bob, 640), "the largest size is seen", seconds=90)
        assert "video/AV1" in await bob.evaluate(CODECS)

        for quality, width in (("LOW", 320), ("HIGH", 640)):
            await bob.evaluate(ASK, quality)
            await until(partial(sees, bob, width), f"{quality} is seen", seconds=60)
            await until(partial(moves, bob), "the picture moves", seconds=60)

    async def test_av1_without_the_descriptor_is_seen_in_its_smallest_size(
        self, server: Server, sharp_people: list[Browser]
    ) -> None:
        ann, bob = await pair(server, sharp_people, is_single=True)
        await ann.evaluate(SMALL, {"videoCodec": "av1", "backupCodec": False})

        await until(partial(sees, bob, 320), "the smallest size is seen", seconds=90)
        await until(partial(moves, bob), "the picture moves", seconds=60)
        assert "video/AV1" in await bob.evaluate(CODECS)


@pytest.mark.timeout(300)
class TestBackup:
    @pytest.mark.parametrize("is_single", [False, True], ids=["two-connections", "one-connection"])
    async def test_is_seen_by_who_cannot_decode_the_first_codec(
        self, server: Server, sharp_people: list[Browser], *, is_single: bool
    ) -> None:
        room = f"backup-{uuid4().hex[:6]}"
        pages = [await barepage.open_page(person, server.http) for person in sharp_people[:3]]
        ann, bob, eve = pages
        await bob.evaluate(CANNOT_DECODE, "video/VP9")
        for number, page in enumerate(pages):
            way = {"singlePeerConnection": is_single, "dynacast": True}
            token = tokens.mint(room, f"person-{number}")
            await barepage.join(page, server.websocket, token, publish=False, room=way)

        await ann.evaluate(SMALL, {"videoCodec": "vp9", "backupCodec": {"codec": "vp8"}})

        for page, mime in ((eve, "video/VP9"), (bob, "video/VP8")):
            # Two encoders at once: a busy machine sends a smaller picture, and that is no fault.
            await until(partial(moves, page), f"{mime} is seen to move", seconds=70)
            await until(partial(is_of, page, mime), f"it is {mime}")
            assert await page.evaluate(MIMES) == ["video/VP9"]
