"""One run: a server, a publisher, and people who come, see and come back."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from livekit import api
from playwright.async_api import Browser, Page, Route

from bench import servers
from bench.errors import BenchError

HERE = Path(__file__).parent
CLIENT = servers.ROOT / "web/node_modules/livekit-client/dist/livekit-client.umd.js"
FILES = {"/bench/": HERE / "page.html", "/bench/livekit-client.umd.js": CLIENT}
ROOM = "timed"
LARGEST, SMALLEST = "HIGH", "LOW"
# Nobody chooses twice in a moment, and libwebrtc ignores requests for keyframes within 300 ms.
# Both servers ask for one a second at most: without a rest between two visits, the server that
# shows the large picture sooner would have to wait longer for the next keyframe.
REST_S = 1.5

Delays = dict[str, list[float]]


@dataclass(slots=True)
class Run:
    """Delays in ms by what they are of, on one server with one generation of the protocol."""

    browser: Browser
    server: servers.Running
    single: bool
    delays: Delays = field(default_factory=lambda: defaultdict(list))

    async def measure(self, joins: int, changes: int) -> Delays:
        """Return everything there is to measure."""
        async with AsyncExitStack() as stack:
            publisher = await self._page(stack)
            await self._call(publisher, "publish", "publisher", {"dynacast": False})
            for number in range(joins):
                async with AsyncExitStack() as visit:
                    await self._watch(await self._page(visit), f"visitor-{number}")
                await asyncio.sleep(REST_S)
            watcher = await self._page(stack)
            await self._watch(watcher, "watcher")
            for _ in range(changes):
                self.delays["longest gap in a resume"].append(await watcher.evaluate("resume()"))
                await watcher.evaluate("until(isLarge)")
                await self._change(watcher, "smaller layer", SMALLEST)
                await asyncio.sleep(REST_S)
                await self._change(watcher, "larger layer", LARGEST)
        async with AsyncExitStack() as stack:
            await self._measure_dynacast(stack)
        return self.delays

    async def _measure_dynacast(self, stack: AsyncExitStack) -> None:
        publisher, watcher = await self._page(stack), await self._page(stack)
        await self._call(publisher, "publish", "publisher", {"dynacast": True})
        await self._call(watcher, "watch", "watcher", {})
        began_s = time.monotonic()
        await self._change(watcher, "", SMALLEST)
        await publisher.evaluate("until(async () => !(await isSent('f')))")
        self.delays["unwanted layer ends"].append((time.monotonic() - began_s) * 1000)
        await self._change(watcher, "paused layer comes back", LARGEST)

    async def _watch(self, page: Page, identity: str) -> None:
        taken = await self._call(page, "watch", identity, {})
        self.delays["connected"].append(taken["connect"])
        self.delays["first frame"].append(taken["frame"])
        self.delays["first large frame"].append(taken["large"])

    async def _change(self, page: Page, kind: str, layer: str) -> None:
        taken = await page.evaluate("(layer) => change(layer)", layer)
        if kind:
            self.delays[kind].append(taken)

    async def _call(self, page: Page, name: str, identity: str, options: dict[str, Any]) -> Any:  # noqa: ANN401  # the page's own answer
        grants = api.VideoGrants(room_join=True, room=ROOM)
        token = api.AccessToken(servers.KEY, servers.SECRET).with_identity(identity)
        token = token.with_grants(grants).with_ttl(timedelta(hours=1))
        options = options | {"singlePeerConnection": self.single}
        given = [self.server.url, token.to_jwt(), options]
        return await page.evaluate(f"(given) => {name}(...given)", given)

    async def _page(self, stack: AsyncExitStack) -> Page:
        context = await self.browser.new_context()
        stack.push_async_callback(context.close)
        page = await context.new_page()
        await page.route("**/bench/**", _serve)
        await page.goto(f"{self.server.url.replace('ws://', 'http://', 1)}/bench/")
        return page


Serve = Callable[[Route], Awaitable[None]]


async def _serve(route: Route) -> None:
    path = "/bench/" + route.request.url.split("/bench/")[1]
    if path not in FILES:
        raise BenchError(f"The page asked for {path}.")
    await route.fulfill(path=FILES[path])
