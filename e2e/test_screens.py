"""Every screen at phone, laptop and large size: pictures to look at, and no serious axe finding."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from harness import app
from harness.app import Person
from harness.servers import OUT, ROOT, Server

SIZES = {"390": (390, 844), "1366": (1366, 768), "1920": (1920, 1080)}
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


@pytest.fixture(params=SIZES)
async def person(request: pytest.FixtureRequest, people: list[Browser]) -> AsyncIterator[Person]:
    width, height = SIZES[request.param]
    someone = await app.open_app(people[0], width, height)
    yield someone
    await someone.leave()


async def look(person: Person, name: str) -> None:
    """Keep a picture of the screen at rest and ask axe about it."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    await person.page.evaluate(REST)
    width = (person.page.viewport_size or {"width": 0})["width"]
    await person.page.screenshot(path=SCREENS / f"{name}-{width}.png")
    await person.page.evaluate(AXE.read_text())
    result: dict[str, Any] = await person.page.evaluate("axe.run({ resultTypes: ['violations'] })")
    serious = [
        (finding["id"], [node["html"][:200] for node in finding["nodes"]])
        for finding in result["violations"]
        if finding["impact"] in ("serious", "critical")
    ]
    assert serious == []
    overflow = await person.page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    assert not overflow


class TestScreens:
    async def test_before_and_after_a_meeting(self, person: Person, server: Server) -> None:
        await person.page.goto(server.http)
        await expect(
            person.page.get_by_role("button", name="Start a meeting", exact=True)
        ).to_be_visible()
        await look(person, "landing")

        await person.page.goto(f"{server.http}/zzz-zzzz-zzz")
        await expect(person.page.get_by_text("This code does not exist yet")).to_be_visible()
        await look(person, "unknown-code")

        link = await person.start_meeting(server.http)
        await expect(person.page.get_by_label("Your name")).to_be_visible()
        await look(person, "prejoin")

        await person.enter(link, "Sari Wulandari")
        await look(person, "meeting-alone")
        await person.press("Leave")
        dialog = person.page.get_by_role("dialog")
        await look(person, "leave-question")
        await dialog.get_by_role("button", name="Only me").click()
        await expect(person.page.get_by_role("heading", name="See you, Sari")).to_be_visible()
        await look(person, "left")

    async def test_in_a_meeting(
        self, person: Person, server: Server, people: list[Browser]
    ) -> None:
        link = await person.start_meeting(server.http)
        await person.enter(link, "Sari Wulandari")
        others = [await app.open_app(browser) for browser in people[1:3]]
        names = ("Yohanes Krisna Adiwijaya Putra", "Ni Luh Ayu")
        for other, name in zip(others, names, strict=True):
            await other.enter(link, name)
        for name in names:
            await expect(person.page.get_by_role("figure", name=name)).to_be_visible()
        await look(person, "meeting")

        await person.page.keyboard.press("Control+d")
        for panel in ("Chat", "People"):
            await open_panel(person, panel)
            await look(person, panel.lower())
            await person.page.keyboard.press("Escape")

        for other in others:
            await other.leave()


async def open_panel(person: Person, panel: str) -> None:
    """Open a panel from the bar, or on a phone from the menu behind *More*."""
    button = person.page.get_by_role("button", name=panel)
    if not await button.first.is_visible():
        await person.press("More")
    await button.or_(person.page.get_by_role("menuitem", name=panel)).first.click()
    await expect(
        person.page.get_by_role("complementary").or_(person.page.get_by_role("dialog")).first
    ).to_be_visible()
