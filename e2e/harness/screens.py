"""Pictures of a screen at rest, and what is wrong with it at each size."""

import os
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Literal

from playwright.async_api import Locator

from harness.app import Person
from harness.barepage import until
from harness.servers import OUT, ROOT, Server

TITLE = "Parents of class XI"
SARI, YOHANES, AYU = "Sari Wulandari", "Yohanes Krisna Adiwijaya Putra", "Ni Luh Ayu"
SIZES = {"390": (390, 844), "1366": (1366, 768), "1920": (1920, 1080), "320": (320, 568)}
ALL = ("390", "1366", "1920")
LAPTOP = ("1366", "1920")
BRIEF = ("390", "1366")
SMALLEST = ("320",)
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = OUT / "screens"
# Waits until fonts and pictures are there and every animation that ends has ended.
REST = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const moving = () => document.getAnimations().filter((animation) =>
    animation.playState === 'running' &&
    Number.isFinite(animation.effect.getComputedTiming().endTime));
  await document.fonts.ready;
  await Promise.allSettled([...document.images].map((image) => image.decode()));
  await frame();
  await frame();
  for (let left = moving(); left.length > 0; left = moving()) {
    await Promise.allSettled(left.map((animation) => animation.finished));
    await frame();
  }
}"""
# Lists controls that are smaller than a finger; what lies hidden or under a dialog does not count.
SMALL = """() => [...document.querySelectorAll('button, a[href], input, select, textarea')]
  .map((control) => control.closest('label, .compose') ?? control)
  .filter((control) => control.checkVisibility({ visibilityProperty: true }))
  .filter((control) => !control.closest('.skip-link, .sr-only, .chat-text'))
  .map((control) => [control.ariaLabel ?? control.textContent, control.getBoundingClientRect()])
  .filter(([, { width, height }]) => Math.min(width, height) < 43.9)
  .map(([name, { width, height }]) => `${name}: ${width} x ${height}`)"""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# What a tab hears when the language was chosen in another one.
TELL_LOCALE = """(locale) =>
  dispatchEvent(new StorageEvent('storage', { key: 'jumpa.locale', newValue: locale }))"""
Opener = Callable[[], Awaitable[None]]


async def gather(server: Server, person: Person, others: list[Person]) -> None:
    """Three people inside, of whom one speaks and all are seen."""
    link = await person.start_meeting(server.http, TITLE)
    await person.enter(link, SARI)
    for other, name in zip(others, (YOHANES, AYU), strict=True):
        await other.enter(link, name)
    await until(partial(person.sees_moving, 2), "everybody is seen")
    for silent in (person, others[1]):
        await silent.press("Turn off microphone")
        await silent.page.mouse.move(0, 0)


def heading(person: Person, name: str) -> Locator:
    return person.page.get_by_role("heading", name=name, exact=True)


async def look(
    person: Person, name: str, sizes: tuple[str, ...] = ALL, opened: Opener | None = None
) -> None:
    """Keep a picture of the screen at rest for each size, and ask axe about it.

    A wide window has the same elements as a laptop's, so axe looks at one of the two.
    """
    SCREENS.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        width, height = SIZES[size]
        await person.page.set_viewport_size({"width": width, "height": height})
        await person.page.evaluate(REST)
        if opened is not None:
            await opened()
            await person.page.evaluate(REST)
        await person.page.screenshot(path=SCREENS / f"{name}-{size}.png")
        await inspect(person, with_axe=size != "1920")
        if width < 760:
            small = await person.page.evaluate(SMALL)
            assert small == [], small
        if "E2E_GALLERY" in os.environ:
            await keep_variants(person, f"{name}-{size}")
        if opened is not None:
            await person.page.keyboard.press("Escape")
            await person.page.evaluate("document.activeElement.blur()")


async def keep_variants(person: Person, name: str) -> None:
    """Keep the same moment in both languages, light and dark."""
    page = person.page
    language = await page.evaluate("document.documentElement.lang")
    was_dark = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for locale in ("id", "en"):
        await page.evaluate(TELL_LOCALE, locale)
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            await page.evaluate(REST)
            await page.screenshot(path=SCREENS / f"{name}.{locale}-{scheme}.png")
    await page.emulate_media(color_scheme="dark" if was_dark else "light")
    await page.evaluate(TELL_LOCALE, language)
    await page.evaluate(REST)


async def inspect(person: Person, *, with_axe: bool) -> None:
    """Nothing that scrolls sideways, and no serious finding of axe."""
    overflow = await person.page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    assert not overflow
    if not with_axe:
        return
    if not await person.page.evaluate("'axe' in window"):
        await person.page.evaluate(AXE.read_text())
    result: dict[str, Any] = await person.page.evaluate("axe.run({ resultTypes: ['violations'] })")
    serious = [
        (finding["id"], [node["html"][:200] for node in finding["nodes"]])
        for finding in result["violations"]
        if finding["impact"] in ("serious", "critical")
    ]
    assert serious == [], serious
