"""Takes the picture in the README: a real meeting whose cameras show drawn people."""

import asyncio
import tempfile
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import async_playwright, expect

from harness import app, browsers, portraits, servers
from harness.app import Person
from harness.barepage import until
from harness.media import LOOKS
from harness.servers import ROOT, Server

PICTURE = ROOT / "docs" / "images" / "meeting.png"
TITLE = "Harvest festival"
PEOPLE = {"ayu": "Ayu Pertiwi", "bagas": "Bagas Wiratama", "siti": "Siti Rahmawati"}
TALK = (
    (1, "The tents are up. Who brings the lanterns?"),
    (2, "I do, twelve of them."),
    (0, "Then we start at five."),
)
# Colours in steps of two: nobody sees it, and the picture weighs a quarter less.
STEPS = [min(255, (value + 1) & ~1) for value in range(256)]


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
        people: list[Person] = []
        link = ""
        for number, (face, name) in enumerate(PEOPLE.items()):
            flag = f"--use-file-for-fake-video-capture={files[face]}"
            browser = await browsers.launch(playwright, folder, LOOKS[number], flag)
            person = await app.open_app(browser)
            link = link or await person.start_meeting(server.http, TITLE)
            await person.enter(link, name)
            people.append(person)
        first = people[0]
        await until(partial(first.sees_moving, len(PEOPLE) - 1), "the first sees everybody")
        # Three tones at once would light every ring: only one of the others speaks.
        for person in (first, people[2]):
            await person.press("Turn off microphone")
        await talk(people)
        # The pictures begin small; give them the time to become sharp.
        await first.page.wait_for_timeout(8000)
        picture = Image.open(BytesIO(await first.page.screenshot())).convert("RGB")
        picture.point(STEPS * 3).save(PICTURE, optimize=True)


async def talk(people: list[Person]) -> None:
    """Write what stands in the chat, and leave the pointer nowhere."""
    await open_chat(people[0])
    for number, text in TALK:
        person = people[number]
        await open_chat(person)
        await person.page.get_by_label("Write a message").fill(text)
        await person.page.keyboard.press("Enter")
        await expect(people[0].page.get_by_text(text).first).to_be_visible()
    await people[0].page.evaluate("document.activeElement.blur()")
    await people[0].page.mouse.move(0, 0)


async def open_chat(person: Person) -> None:
    """Open the chat where it is closed."""
    if await person.page.get_by_role("complementary").count() == 0:
        await person.page.get_by_role("button", name="Chat").first.click()


asyncio.run(main())
