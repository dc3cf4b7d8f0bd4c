"""Takes the picture in the README: a real meeting whose cameras show drawn people."""

import asyncio
import tempfile
from functools import partial
from pathlib import Path

from playwright.async_api import async_playwright

from harness import app, browsers, portraits, servers
from harness.barepage import until
from harness.media import LOOKS
from harness.servers import ROOT, Server

PICTURE = ROOT / "docs" / "images" / "meeting.png"
TITLE = "Harvest festival"
NAMES = ("Ayu Pertiwi", "Bagas Wiratama", "Siti Rahmawati")


async def main() -> None:
    """Start a server and take the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = await servers.start(folder / "data")
        try:
            await take(folder, server)
        finally:
            await server.stop()


async def take(folder: Path, server: Server) -> None:
    """Bring everybody in, wait until all are seen, and keep the first one's screen."""
    async with async_playwright() as playwright:
        drawing = await browsers.launch(playwright, folder, LOOKS[0])
        files = await portraits.write_cameras(drawing, folder)
        await drawing.close()
        people = []
        link = ""
        for number, name in enumerate(NAMES):
            flag = f"--use-file-for-fake-video-capture={files[number]}"
            browser = await browsers.launch(playwright, folder, LOOKS[number], flag)
            person = await app.open_app(browser)
            link = link or await person.start_meeting(server.http, TITLE)
            await person.enter(link, name)
            people.append(person)
        first = people[0]
        await until(partial(first.sees_moving, len(NAMES) - 1), "the first sees everybody")
        # Three tones at once would light every ring: only one of the others speaks.
        for person in (first, people[2]):
            await person.press("Turn off microphone")
        # The pictures begin small; give them the time to become sharp.
        await first.page.wait_for_timeout(8000)
        await first.page.screenshot(path=PICTURE)


asyncio.run(main())
