"""A page with nothing but LiveKit's own JavaScript client, unmodified."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from livekit.protocol import rtc
from playwright.async_api import Browser, BrowserContext, Page, Route, WebSocket

from harness import tokens
from harness.servers import ROOT

TOLERANCE_HZ = 15
HERE = Path(__file__).parent
CLIENT = ROOT / "web/node_modules/livekit-client/dist"
FILES = {
    "/bare/": HERE / "bare.html",
    "/bare/probe.js": HERE / "probe.js",
    "/bare/livekit-client.umd.js": CLIENT / "livekit-client.umd.js",
    "/bare/livekit-client.e2ee.worker.js": CLIENT / "livekit-client.e2ee.worker.js",
}

# Over which transports the media of a page travels.
WAYS = """async () => {
  const ways = [];
  const { publisher, subscriber } = room.engine.pcManager;
  for (const transport of [publisher, subscriber].filter(Boolean)) {
    const reports = [...(await transport.getStats()).values()];
    const chosen = reports.filter((r) => r.type === "candidate-pair" && r.nominated);
    for (const pair of chosen) {
      ways.push(reports.find((r) => r.id === pair.localCandidateId).protocol);
    }
  }
  return ways;
}"""


def note_refreshed_token(frame: str | bytes) -> None:
    """Remember a token that the server itself sends."""
    if isinstance(frame, bytes):
        response = rtc.SignalResponse.FromString(frame)
        if response.refresh_token:
            tokens.remember(response.refresh_token)


def listen(socket: WebSocket) -> None:
    """Read what the server says on a signalling socket."""
    if "/rtc" in socket.url:
        socket.on("framereceived", note_refreshed_token)


_contexts: list[BrowserContext] = []


async def close_pages() -> None:
    """Close every page that was opened; also those of a test that failed."""
    while _contexts:
        await _contexts.pop().close()


async def open_page(browser: Browser, http: str) -> Page:
    """Open the bare page as if the server at `http` had served it."""
    context: BrowserContext = await browser.new_context(locale="en-GB")
    _contexts.append(context)
    page = await context.new_page()
    page.on("websocket", listen)

    async def serve(route: Route) -> None:
        path = "/bare/" + route.request.url.split("/bare/")[1]
        await route.fulfill(path=FILES[path])

    await page.route("**/bare/**", serve)
    await page.goto(f"{http}/bare/")
    return page


async def join(page: Page, websocket: str, token: str, **options: Any) -> str:  # noqa: ANN401  # LiveKit's own options as JSON
    """Connect and publish microphone and camera; the participant's sid."""
    sid: str = await page.evaluate(
        "([url, token, options]) => join(url, token, options)", [websocket, token, options]
    )
    return sid


async def says(page: Page, expression: str) -> bool:
    """Whether an expression is true in the page."""
    return bool(await page.evaluate(expression))


async def hears(page: Page, who: str, hz: int) -> bool:
    """Whether somebody's tone is heard in the page."""
    heard: dict[str, int] = {ear["participant"]: ear["hz"] for ear in await page.evaluate("hear()")}
    return abs(heard.get(who, 0) - hz) < TOLERANCE_HZ


async def until(what: Callable[[], Awaitable[bool]], described: str, seconds: float = 30) -> None:
    """Wait until a condition of the real world holds."""
    try:
        async with asyncio.timeout(seconds):
            while not await what():
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise AssertionError(f"never came true in {seconds} s: {described}") from None
