"""Many people at once: the page stays quick, and who stands on another page costs nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import httpx2
import pytest
from livekit import rtc
from playwright.async_api import expect

from harness import tokens
from harness.app import Arrive, Person
from harness.barepage import until
from harness.servers import Server
from harness.sound import publish_picture

OTHERS = 13
SEEN = 11  # a page holds twelve, and oneself is one of them
# Keeps the connections of the page, and notes how long it did not answer.
WATCH = """
window.connections = [];
const Real = RTCPeerConnection;
window.RTCPeerConnection = class extends Real {
  constructor(...given) {
    super(...given);
    window.connections.push(this);
  }
};
window.longTasks = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longTasks.push(duration);
}).observe({ type: 'longtask' });
"""
# How many videos bring new bytes within two seconds.
FLOWING = """async () => {
  const read = async () => {
    const all = await Promise.all(connections.map((one) => one.getStats()));
    return new Map(all.flatMap((stats) => [...stats.values()])
      .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
      .map(({ trackIdentifier, bytesReceived }) => [trackIdentifier, bytesReceived]));
  };
  const before = await read();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const after = await read();
  return [...after].filter(([id, bytes]) => bytes > (before.get(id) ?? 0)).length;
}"""
LONGEST = """async () => {
  window.longTasks = [];
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return Math.max(0, ...window.longTasks);
}"""
PLAYING = """() => [...document.querySelectorAll('[data-participant] video')]
  .filter((video) => video.videoWidth > 0 && !video.paused).length"""


@asynccontextmanager
async def somebody(server: Server, code: str, number: int) -> AsyncIterator[None]:
    """Come in with a camera."""
    async with httpx2.AsyncClient(base_url=server.http) as http:
        joined = (
            await http.post(f"/api/v1/rooms/{code}/join", json={"name": f"Person {number:02}"})
        ).json()
    tokens.remember(joined["token"])
    tokens.remember(joined["ticket"])
    room, hold = rtc.Room(), asyncio.Event()
    async with asyncio.timeout(60):
        await room.connect(joined["url"], joined["token"], rtc.RoomOptions(auto_subscribe=False))
    showing = asyncio.create_task(publish_picture(room, hold, pictures_per_second=5))
    yield
    hold.set()
    await showing
    await room.disconnect()


@pytest.fixture
async def watcher(server: Server, arrive: Arrive) -> AsyncIterator[Person]:
    """Somebody in a meeting with thirteen others who are seen."""
    person = await arrive(0)
    await person.page.add_init_script(WATCH)
    link = await person.start_meeting(server.http)
    await person.enter(link, "Sari")
    async with AsyncExitStack() as stack:
        for number in range(OTHERS):
            await stack.enter_async_context(somebody(server, link.rpartition("/")[2], number))
        yield person
        await person.press("Leave")


class TestManyTiles:
    async def test_only_the_page_in_view_is_received_and_it_stays_quick(
        self, watcher: Person
    ) -> None:
        page = watcher.page
        await until(partial(plays, watcher, SEEN + 1), "a page full of pictures", 60)
        await until(partial(flows, watcher, SEEN), "nothing comes for the other page", 60)
        await until(partial(is_quick, watcher), "three seconds without a long task", 120)
        await watcher.press("Next page")
        await expect(page.locator("[data-participant]")).to_have_count(OTHERS + 1 - 12)
        await until(partial(flows, watcher, OTHERS - SEEN), "only the second page comes", 60)
        await watcher.press("Previous page")
        await until(partial(plays, watcher, SEEN + 1), "the first page plays again", 60)


async def plays(person: Person, count: int) -> bool:
    return int(await person.page.evaluate(PLAYING)) == count


async def flows(person: Person, count: int) -> bool:
    return int(await person.page.evaluate(FLOWING)) == count


async def is_quick(person: Person) -> bool:
    """A machine with other work stops a page too; one quiet moment shows that the page does not."""
    return float(await person.page.evaluate(LONGEST)) <= 100
