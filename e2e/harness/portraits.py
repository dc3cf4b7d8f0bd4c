"""Cameras that show drawn people, for pictures that are looked at."""

import base64
from pathlib import Path

from playwright.async_api import Browser, Page

from harness.media import LARGE

Size = tuple[int, int]
PORTRAITS = sorted((Path(__file__).parent / "portraits").glob("*.svg"))
FRAMES = 6
# Draws one frame of a breathing portrait and gives it back as planes of YUV 4:2:0.
DRAW = """async ([svg, width, height, zoom]) => {
  const image = new Image();
  image.src = 'data:image/svg+xml;base64,' + svg;
  await image.decode();
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const [w, h] = [width * zoom, height * zoom];
  context.drawImage(image, (width - w) / 2, height - h, w, h);
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


async def write_portrait(page: Page, portrait: Path, target: Path, size: Size) -> None:
    """Make a camera picture of a drawing that moves a little."""
    width, height = size
    svg = base64.b64encode(portrait.read_bytes()).decode()
    with target.open("wb") as sink:
        sink.write(f"YUV4MPEG2 W{width} H{height} F15:1 Ip A1:1 C420mpeg2\n".encode())
        for frame in range(FRAMES):
            zoom = 1.02 + 0.004 * abs(FRAMES // 2 - frame)
            planes = await page.evaluate(DRAW, [svg, width, height, zoom])
            sink.write(b"FRAME\n" + base64.b64decode(planes))


async def write_cameras(browser: Browser, folder: Path, size: Size = LARGE[:2]) -> dict[str, Path]:
    """A camera file of that width and height for each drawn person, by the drawing's name."""
    page = await browser.new_page()
    files = {}
    for portrait in PORTRAITS:
        files[portrait.stem] = folder / f"{portrait.stem}.y4m"
        await write_portrait(page, portrait, files[portrait.stem], size)
    await page.close()
    return files
