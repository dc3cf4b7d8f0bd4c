"""LiveKit's client comes through every scenario that it can ask a server to play."""

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
# Less than a voice takes, which is sent nevertheless: nothing is left for the smallest picture.
NARROW_BITS_PER_S = 50_000
VIDEO = "[...room.remoteParticipants.values()][0].videoTrackPublications.values().next().value"
SENT = """async () => {
  const { track } = room.localParticipant.videoTrackPublications.values().next().value;
  const reports = [...(await track.getRTCStatsReport()).values()];
  const layers = reports.filter((report) => report.type === "outbound-rtp");
  const flowing = layers.filter(({ framesPerSecond }) => framesPerSecond > 0);
  return Math.max(0, ...flowing.map(({ frameWidth }) => frameWidth));
}"""
SEEN = """async () => {
  const reports = [...((await VIDEO?.track?.getRTCStatsReport()) ?? new Map()).values()];
  const picture = reports.find((report) => report.type === "inbound-rtp");
  return picture?.framesPerSecond > 0 ? picture.frameWidth : 0;
}""".replace("VIDEO", VIDEO)


async def sees_all_of(viewer: Page, sender: Page) -> bool:
    """Whether the picture is as large as the largest that is sent, which a busy browser varies."""
    sent: int = await sender.evaluate(SENT)
    return 0 < sent <= int(await viewer.evaluate(SEEN))


@pytest.fixture
async def pair(server: Server, sharp_people: list[Browser]) -> list[Page]:
    return [await barepage.open_page(person, server.http) for person in sharp_people[:2]]


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


class TestNarrowBandwidth:
    @pytest.mark.parametrize("is_single", [False, True], ids=["two-connections", "one-connection"])
    async def test_costs_the_picture_until_it_ends(
        self, server: Server, pair: list[Page], *, is_single: bool
    ) -> None:
        room = f"narrow-{uuid4().hex[:6]}"
        ann, bob = pair
        for number, page in enumerate((ann, bob)):
            token = tokens.mint(room, f"person-{number}")
            way = {"singlePeerConnection": is_single}
            await barepage.join(page, server.websocket, token, room=way)
        await until(partial(sees_all_of, ann, bob), "the picture is whole", seconds=90)

        await ann.evaluate(f"room.simulateScenario('subscriber-bandwidth', {NARROW_BITS_PER_S})")
        paused = partial(says, ann, f"{VIDEO}.track.streamState === 'paused'")
        await until(paused, "the picture is paused", seconds=60)
        heard = partial(hears, ann, "person-1", LOOKS[1].tone_hz)
        await until(heard, "the sound goes on", seconds=60)

        await ann.evaluate("room.simulateScenario('subscriber-bandwidth', 0)")
        active = partial(says, ann, f"{VIDEO}.track.streamState === 'active'")
        await until(active, "the picture is back", seconds=60)
        await until(partial(sees_all_of, ann, bob), "the picture is whole again", seconds=90)
        await until(partial(sees_all_of, bob, ann), "the other side is untouched", seconds=90)
