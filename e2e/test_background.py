"""What stands behind oneself is changed on the own device, and others see only the change."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from playwright.async_api import Browser, Playwright, expect

from harness import app, browsers, portraits
from harness.app import Arrive, Person
from harness.barepage import until
from harness.media import LOOKS
from harness.screens import BRIEF, SCREENS, look
from harness.seats import sitting
from harness.servers import Server
from harness.words import Words

# The model runs on WebGL, which a machine without a graphics card has in software only.
WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
# Where the person begins in the drawing, and stripes behind, at which one sees a blur.
BODY = '<g filter="url(#f2)"'
STRIPES = (
    '<path d="M-200-200H120V120H-200z" fill="#8c2f39"/>'
    '<path d="M-10 60H110" stroke="#fff" stroke-width="80" stroke-dasharray="15"/>'
)
# The mean colour of the upper left corner of somebody's picture, and how much its wall varies.
SIGHT = """(who) => {
  const video = document.querySelector(`[aria-label^="${who}"] video, video[aria-label="${who}"]`);
  if (!video?.videoWidth) return null;
  const { videoWidth: width, videoHeight: height } = video;
  const pixels = (x, y, w, h, columns) => {
    const context = new OffscreenCanvas(columns, 1).getContext('2d');
    context.drawImage(video, x * width, y * height, w * width, h * height, 0, 0, columns, 1);
    return [...context.getImageData(0, 0, columns, 1).data];
  };
  const greens = pixels(0.12, 0.06, 0.13, 0.12, 64).filter((_, at) => at % 4 === 1);
  const mean = greens.reduce((sum, green) => sum + green, 0) / 64;
  const square = greens.reduce((sum, green) => sum + (green - mean) ** 2, 0) / 64;
  return { corner: pixels(0, 0, 1 / 24, 1 / 24, 1).slice(0, 3), contrast: Math.sqrt(square) };
}"""
CORNERS = {
    "As it is": (140, 47, 57),
    "Porch": (217, 203, 179),
    "Bookshelf": (86, 100, 111),
    "Garden": (231, 235, 227),
}
# Two megabytes to compile, on a machine that draws in software.
LOADING_S = 90


@pytest.fixture(scope="module")
async def changer(
    playwright: Playwright, people: list[Browser], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Browser]:
    """A browser with WebGL, whose camera shows a drawn person before a striped wall."""
    folder = tmp_path_factory.mktemp("changer")
    drawn = next(path for path in portraits.PORTRAITS if path.stem == "bagas").read_text()
    assert BODY in drawn
    portrait, camera = folder / "striped.svg", folder / "striped.y4m"
    portrait.write_text(drawn.replace(BODY, f"{STRIPES}{BODY}"))
    async with await people[0].new_page() as page:
        await portraits.write_portrait(page, portrait, camera, (640, 360))
    flag = f"--use-file-for-fake-video-capture={camera}"
    async with await browsers.launch(playwright, folder, LOOKS[0], flag, *WEBGL) as started:
        yield started


@pytest.fixture
async def sari(changer: Browser) -> AsyncIterator[Person]:
    someone = await app.open_app(changer)
    yield someone
    await someone.leave()


@pytest.fixture
async def budi(sari: Person, arrive: Arrive, server: Server) -> Person:
    """Somebody who waits in a meeting for Sari, who stands before it."""
    someone = await arrive(1)
    link = await someone.start_meeting(server.http)
    await someone.enter(link, "Budi")
    await sari.page.goto(link)
    return someone


async def enter(sari: Person, budi: Person) -> None:
    await sari.enter(budi.page.url, "Sari")
    await until(partial(is_seen, budi, "Sari", "As it is"), "the room is seen")


async def sight(person: Person, who: str) -> str:
    """What is seen behind somebody."""
    seen = await person.page.evaluate(SIGHT, who)
    if seen is None:
        return "nobody"
    corner, contrast = seen["corner"], seen["contrast"]
    behind = min(CORNERS, key=lambda name: distance(corner, CORNERS[name]))
    if behind != "As it is":
        return behind
    return "As it is" if contrast > 70 else "Light blur" if contrast > 15 else "Blur"


def distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return sum(abs(first - second) for first, second in zip(one, other, strict=True))


async def is_seen(person: Person, who: str, behind: str) -> bool:
    return await sight(person, who) == behind


async def choose(person: Person, name: str) -> None:
    """Press it in the dialog, which stays open."""
    dialog = person.page.get_by_role("dialog", name="Background")
    if await dialog.count() == 0:
        await person.press("More")
        await person.page.get_by_role("menuitem", name="Background").click()
    await dialog.get_by_text(name, exact=True).click()


async def choose_before_joining(sari: Person, name: str) -> None:
    """The camera is off, so that nothing is seen and nothing loaded yet."""
    await sari.press("Turn off camera")
    await sari.press("Background")
    await sari.page.get_by_role("dialog").get_by_text(name, exact=True).click()
    await sari.press("Done")


class TestInMeeting:
    @pytest.mark.parametrize(
        "names",
        [("Porch", "Bookshelf", "Garden"), ("Light blur", "Blur", "As it is")],
        ids=", ".join,
    )
    async def test_others_see_each(
        self, sari: Person, budi: Person, names: tuple[str, ...]
    ) -> None:
        await enter(sari, budi)

        for name in names:
            await choose(sari, name)
            await until(partial(is_seen, sari, "You", name), f"oneself sees {name}", LOADING_S)
            await until(partial(is_seen, budi, "Sari", name), f"the others see {name}")

        assert sari.complaints == []

    async def test_comes_back_with_the_camera(
        self, sari: Person, budi: Person, server: Server
    ) -> None:
        await enter(sari, budi)
        await choose(sari, "Porch")
        seen = partial(is_seen, budi, "Sari", "Porch")
        await until(seen, "the others see the porch", LOADING_S)
        await budi.page.screenshot(path=SCREENS / "background-seen.png")
        await look(sari, "background", BRIEF)
        await sari.press("Done")

        await sari.press("Turn off camera")
        await expect(budi.page.locator('[aria-label^="Sari"] video')).to_have_count(0)
        await sari.press("Turn on camera")

        await until(seen, "the camera comes back on the porch", LOADING_S)
        assert all(request.startswith((server.http, "blob:")) for request in sari.requests)

    async def test_is_changed_on_a_phone_in_indonesian(
        self, changer: Browser, budi: Person
    ) -> None:
        async with sitting(changer, Words("id"), "390") as seat:
            await seat.enter(budi.page.url, "Sari")
            await seat.choose("Background")
            await seat.page.get_by_text(seat.words("Porch"), exact=True).click()
            seen = partial(is_seen, budi, "Sari", "Porch")
            await until(seen, "the others see the porch", LOADING_S)


class TestBeforeJoining:
    async def test_is_remembered_by_the_browser(self, sari: Person, server: Server) -> None:
        await sari.start_meeting(server.http)
        await choose_before_joining(sari, "Porch")

        await sari.page.reload()

        seen = partial(is_seen, sari, "Preview", "Porch")
        await until(seen, "it is seen before joining", LOADING_S)
        await expect(sari.page.get_by_text("Background: porch")).to_be_visible()
        await sari.press("Background")
        await look(sari, "background-before", BRIEF)

    async def test_goes_into_the_meeting(self, sari: Person, budi: Person) -> None:
        await choose_before_joining(sari, "Porch")
        await sari.press("Turn on camera")

        await sari.enter(budi.page.url, "Sari")

        seen = partial(is_seen, budi, "Sari", "Porch")
        await until(seen, "the others see the porch", LOADING_S)
