"""Takes the picture in the README: a real meeting whose cameras show drawn people."""

import asyncio
import base64
import tempfile
from functools import partial
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from harness import app, browsers, servers
from harness.barepage import until
from harness.media import HEIGHT, LOOKS, WIDTH
from harness.servers import ROOT, Server

PORTRAITS = sorted((ROOT / "web/src/features/landing/portraits").glob("*.svg"))
PICTURE = ROOT / "docs" / "images" / "meeting.png"
NAMES = ("Ayu Pertiwi", "Bagas Wiratama", "Siti Rahmawati")
FRAMES = 6
# Draws one frame of a breathing portrait and gives it back as planes of YUV 4:2:0.
DRAW = """async ([svg, width, height, zoom]) => {
  const image = new Image();
  image.src = 'data:image/svg+xml;base64,' + svg;
  await image.decode();
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const scale = (Math.max(width / image.width, height / image.height)) * zoom;
  const [w, h] = [image.width * scale, image.height * scale];
  context.drawImage(image, (width - w) / 2, (height - h) * 0.35, w, h);
  const { data } = context.getImageData(0, 0, width, height);
  const planes = new Uint8Array(width * height * 1.5);
  const [u, v] = [width * height, width * height * 1.25];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = (y * width + x) * 4;
      const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
      planes[y * width + x] = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
      if (x % 2 || y % 2) continue;
      const at = (y / 2) * (width / 2) + x / 2;
      planes[u + at] = 128 - 0.148 * r - 0.291 * g + 0.439 * b;
      planes[v + at] = 128 + 0.439 * r - 0.368 * g - 0.071 * b;
    }
  }
  let text = '';
  for (let i = 0; i < planes.length; i += 8192)
    text += String.fromCharCode(...planes.subarray(i, i + 8192));
  return btoa(text);
}"""


async def write_portrait(page: Page, portrait: Path, target: Path) -> None:
    """Make a camera picture of a drawing that moves a little."""
    svg = base64.b64encode(portrait.read_bytes()).decode()
    with target.open("wb") as sink:
        sink.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F15:1 Ip A1:1 C420mpeg2\n".encode())
        for frame in range(FRAMES):
            zoom = 1.02 + 0.004 * abs(FRAMES // 2 - frame)
            planes = await page.evaluate(DRAW, [svg, WIDTH, HEIGHT, zoom])
            sink.write(b"FRAME\n" + base64.b64decode(planes))


async def cameras(browser: Browser, folder: Path) -> list[Path]:
    """One camera file for each name."""
    page = await browser.new_page()
    files = []
    for number in range(len(NAMES)):
        files.append(folder / f"camera-{number}.y4m")
        await write_portrait(page, PORTRAITS[number % len(PORTRAITS)], files[-1])
    await page.close()
    return files


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
        files = await cameras(drawing, folder)
        people = []
        link = ""
        for number, camera in enumerate(files):
            flag = f"--use-file-for-fake-video-capture={camera}"
            browser = await browsers.launch(playwright, folder, LOOKS[number], flag)
            person = await app.open_app(browser)
            link = link or await person.start_meeting(server.http)
            await person.enter(link, NAMES[number])
            people.append(person)
        first = people[0]
        await until(partial(first.sees_moving, len(NAMES) - 1), "the first sees everybody")
        # The pictures begin small; give them the time to become sharp.
        await first.page.wait_for_timeout(8000)
        await first.page.screenshot(path=PICTURE)


asyncio.run(main())
