"""What stands behind oneself is changed on the own device, and others see only the change."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from playwright.async_api import Browser, Playwright, expect

from harness import app, browsers, portraits
from harness.app import Person
from harness.barepage import until
from harness.media import LOOKS
from harness.screens import BRIEF, SCREENS, look
from harness.seats import sit_down
from harness.servers import Server
from harness.words import Words

# The model runs on WebGL, which a machine without a graphics card has in software only.
WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
# The mean colour of the upper left corner of somebody's picture.
CORNER = """(who) => {
  const video = document.querySelector(`[aria-label^="${who}"] video, video[aria-label="${who}"]`);
  if (!video?.videoWidth) return [0, 0, 0];
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d');
  const { videoWidth: width, videoHeight: height } = video;
  context.drawImage(video, 0, 0, width / 12, height / 12, 0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""
# Two megabytes to compile, on a machine that draws in software.
LOADING_S = 90
PORCH_WALL = (217, 203, 179)


@pytest.fixture(scope="module")
async def changer(
    playwright: Playwright, people: list[Browser], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Browser]:
    """A browser with WebGL, whose camera shows a drawn person."""
    folder = tmp_path_factory.mktemp("changer")
    cameras = await portraits.write_cameras(people[0], folder, (640, 360))
    camera = f"--use-file-for-fake-video-capture={cameras['bagas']}"
    started = await browsers.launch(playwright, folder, LOOKS[0], camera, *WEBGL)
    yield started
    await started.close()


async def is_porch(person: Person, who: str) -> bool:
    """Whether the wall of the porch is seen in the corner of that picture."""
    corner = await person.page.evaluate(CORNER, who)
    return all(abs(seen - drawn) < 24 for seen, drawn in zip(corner, PORCH_WALL, strict=True))


async def choose(person: Person, name: str) -> None:
    await person.press("More")
    await person.page.get_by_role("menuitem", name="Background").click()
    await person.page.get_by_text(name, exact=True).click()


class TestBackground:
    async def test_others_see_the_porch_and_then_the_room(
        self, changer: Browser, people: list[Browser], server: Server
    ) -> None:
        sari, budi = await app.open_app(changer), await app.open_app(people[1])
        link = await sari.start_meeting(server.http)
        await sari.enter(link, "Sari")
        await budi.enter(link, "Budi")
        await until(partial(budi.sees_moving, 1), "the room is seen")
        assert not await is_porch(budi, "Sari")
        await choose(sari, "Porch")
        await until(partial(is_porch, sari, "You"), "oneself stands on the porch", LOADING_S)
        await until(partial(is_porch, budi, "Sari"), "the others see it")
        await budi.page.screenshot(path=SCREENS / "background-seen.png")
        await look(sari, "background", BRIEF)
        await sari.press("Done")
        await sari.press("Turn off camera")
        await expect(budi.page.locator('[aria-label^="Sari"] video')).to_have_count(0)
        await sari.press("Turn on camera")
        await until(
            partial(is_porch, budi, "Sari"), "the camera comes back on the porch", LOADING_S
        )

        await sari.page.reload()
        await self.look_before_joining(sari)
        await sari.press("Join")
        await until(partial(is_porch, budi, "Sari"), "the browser remembers the porch", LOADING_S)
        await choose(sari, "As it is")
        await expect(sari.page.get_by_role("radio", name="As it is")).to_be_enabled()
        await sari.press("Done")
        assert not await is_porch(sari, "You")
        assert sari.complaints == []
        assert all(request.startswith((server.http, "blob:")) for request in sari.requests)
        await sari.leave()
        await budi.leave()

    async def look_before_joining(self, person: Person) -> None:
        await until(partial(is_porch, person, "Preview"), "seen before joining", LOADING_S)
        await expect(person.page.get_by_text("Background: porch")).to_be_visible()
        await person.press("Background")
        await look(person, "background-before", BRIEF)
        await person.press("Done")

    async def test_is_changed_on_a_phone_in_indonesian(
        self, changer: Browser, people: list[Browser], server: Server
    ) -> None:
        seat = await sit_down(changer, Words("id"), "390")
        budi = await app.open_app(people[1])
        link = await budi.start_meeting(server.http)
        await budi.enter(link, "Budi")
        await seat.enter(link, "Sari")
        await seat.choose("Background")
        await seat.page.get_by_text(seat.words("Porch"), exact=True).click()
        await until(partial(is_porch, budi, "Sari"), "the others see the porch", LOADING_S)
        await seat.person.leave()
        await budi.leave()
