"""What changes while people are in a room, by LiveKit's JavaScript client on either path."""

from dataclasses import dataclass
from functools import partial
from uuid import uuid4

import pytest
from livekit import api
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import says, until
from harness.media import LOOKS
from harness.servers import KEY, SECRET, Server

ANN = "[...room.remoteParticipants.values()].find(({ identity }) => identity === 'ann')"
TAKE_FILES = """() => {
  window.files = [];
  room.registerByteStreamHandler("files", async (reader) => {
    const chunks = await reader.readAll();
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    files.push([reader.info.name, reader.info.mimeType, bytes, chunks.at(-1).at(-1)]);
  });
}"""
SEND_FILE = """async () => {
  const writer = await room.localParticipant.streamBytes(
    { name: "a file.bin", topic: "files", mimeType: "application/x-test" });
  await writer.write(new Uint8Array(100_000).fill(7));
  await writer.close();
}"""


@dataclass
class Call:
    """Ann speaks and Bob listens; `name` is the room's."""

    name: str
    ann: Page
    bob: Page


async def eventually(page: Page, expression: str, seconds: float = 60) -> None:
    await until(partial(says, page, expression), expression, seconds)


PACKETS = """async () => {
  const { publisher, subscriber } = room.engine.pcManager;
  const reports = [...(await (subscriber ?? publisher).getStats()).values()];
  const coming = reports.filter(({ type }) => type === "inbound-rtp");
  return coming.reduce((sum, report) => sum + report.packetsReceived, 0);
}"""


async def hears_ann(page: Page) -> bool:
    heard: dict[str, int] = {ear["participant"]: ear["hz"] for ear in await page.evaluate("hear()")}
    return abs(heard.get("ann", 0) - LOOKS[0].tone_hz) < 15


@pytest.fixture(params=[True, False], ids=["one connection", "two connections"])
async def call(server: Server, people: list[Browser], request: pytest.FixtureRequest) -> Call:
    name, way = f"changes-{uuid4().hex[:6]}", {"singlePeerConnection": request.param}
    pages = [await barepage.open_page(browser, server.http) for browser in people[:2]]
    grants = api.VideoGrants(room_join=True, room=name, can_update_own_metadata=True)
    for page, identity in zip(pages, ("ann", "bob"), strict=True):
        token = tokens.mint(name, identity, grants=grants)
        publish = identity == "ann"
        await barepage.join(page, server.websocket, token, publish=publish, room=way)
    call = Call(name, *pages)
    await until(partial(hears_ann, call.bob), "bob hears ann", 60)
    return call


class TestProfile:
    async def test_name_metadata_and_attributes_are_read(self, call: Call) -> None:
        me = "room.localParticipant"
        await call.ann.evaluate(f"{me}.setAttributes({{ mood: 'calm' }})")
        await call.ann.evaluate(f"{me}.setMetadata('made of tin')")
        await call.ann.evaluate(f"{me}.setName('Tin')")

        told = f"(({{ name, metadata, attributes }}) => [name, metadata, attributes.mood])({ANN})"
        await eventually(call.bob, f"String({told}) === 'Tin,made of tin,calm'")


class TestBytes:
    async def test_arrive_whole_with_name_and_type(self, call: Call) -> None:
        await call.bob.evaluate(TAKE_FILES)
        await call.ann.evaluate(SEND_FILE)

        await eventually(call.bob, "files.length > 0")
        files = await call.bob.evaluate("files")
        assert files == [["a file.bin", "application/x-test", 100_000, 7]]


class TestPermission:
    async def test_taken_away_ends_what_is_published(self, server: Server, call: Call) -> None:
        permission = api.ParticipantPermission(can_subscribe=True, can_publish=False)
        request = api.UpdateParticipantRequest(
            room=call.name, identity="ann", permission=permission
        )
        async with api.LiveKitAPI(server.http, KEY, SECRET) as client:
            await client.room.update_participant(request)

        await eventually(call.bob, f"{ANN}.trackPublications.size === 0")
        await eventually(call.ann, "room.localParticipant.permissions.canPublish === false")


class TestPermissionToSubscribe:
    async def test_is_taken_from_all_and_given_to_one(self, call: Call) -> None:
        permit = "room.localParticipant.setTrackSubscriptionPermissions"

        async def receives_nothing() -> bool:
            before = await call.bob.evaluate(PACKETS)
            await call.bob.wait_for_timeout(500)
            return bool(await call.bob.evaluate(PACKETS) == before)

        await call.ann.evaluate(f"{permit}(false)")
        await eventually(call.bob, "hear().length === 0 && see().length === 0")
        await until(receives_nothing, "bob receives nothing", 60)

        await call.ann.evaluate(
            f"{permit}(false, [{{ participantIdentity: 'eve', allowAll: true }}])"
        )
        assert await receives_nothing()

        await call.ann.evaluate(
            f"{permit}(false, [{{ participantIdentity: 'bob', allowAll: true }}])"
        )
        await until(partial(hears_ann, call.bob), "bob hears ann again", 60)
        await eventually(call.bob, "see().length === 1")


class TestScenario:
    @pytest.mark.parametrize("scenario", ["full-reconnect", "server-leave", "node-failure"])
    async def test_is_played_and_got_over(self, call: Call, scenario: str) -> None:
        await call.ann.evaluate(f"room.simulateScenario('{scenario}')")

        await eventually(call.ann, "events.some(({ name }) => name === 'reconnected')")
        await until(partial(hears_ann, call.bob), "bob hears ann again", 60)
