"""How people look at a meeting: layouts, pins, volumes, shared screens."""

from functools import partial

from playwright.async_api import Locator, expect

from harness.app import Person
from harness.barepage import until
from harness.media import LOOKS
from harness.screens import BRIEF, LAPTOP, SCREENS, gather, look
from harness.servers import Server

LARGEST = """() => {
  const area = (tile) => tile.offsetWidth * tile.offsetHeight;
  const tiles = [...document.querySelectorAll('[data-participant]')];
  const [first, second] = tiles.sort((left, right) => area(right) - area(left));
  return first && second && area(first) > area(second) * 2 ? first.getAttribute('aria-label') : '';
}"""
VOLUMES = "[...document.querySelectorAll('audio')].map((audio) => audio.volume).sort()"


def tile(person: Person, name: str) -> Locator:
    return person.page.get_by_role("figure", name=name)


async def is_large(person: Person, name: str) -> bool:
    """Whether that person stands alone above the others."""
    return name in await person.page.evaluate(LARGEST)


async def choose_layout(person: Person, name: str) -> None:
    await person.press("More")
    await person.page.get_by_role("menuitem", name="Layout").click()
    await person.page.get_by_role("radio", name=name).check()
    await person.press("Done")


class TestLayouts:
    async def test_who_speaks_is_large_until_somebody_is_pinned(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await gather(server, person, others)
        await choose_layout(person, "Speaker")
        await until(partial(is_large, person, "Yohanes"), "who speaks is large")
        await look(person, "layout-speaker")
        await choose_layout(person, "Sidebar")
        await look(person, "layout-sidebar")

        await tile(person, "Ni Luh Ayu").hover()
        await tile(person, "Ni Luh Ayu").get_by_role("button", name="Pin Ayu").click()
        await until(partial(is_large, person, "Ayu"), "who is pinned is large")
        await look(person, "pinned", LAPTOP)
        await tile(person, "Ni Luh Ayu").get_by_role("button", name="Unpin Ayu").click()
        await until(partial(is_large, person, "Yohanes"), "who speaks is large again")

        await person.page.reload()
        await person.press("Join")
        await until(partial(is_large, person, "Yohanes"), "the browser remembers the layout")

    async def test_dialogs_and_tools(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await gather(server, person, others)
        await look(person, "tile-tools", LAPTOP, opened=partial(tile(person, "Ayu").hover))
        await tile(person, "Ayu").hover()
        await person.press("Options for Ayu")
        await person.page.get_by_role("menuitem", name="Hide from me").click()
        await expect(tile(person, "Ayu")).to_have_count(0)
        await person.press("Show again")
        await expect(tile(person, "Ayu")).to_be_visible()
        await person.press("More")
        await person.page.get_by_role("menuitem", name="Layout").click()
        await look(person, "layout-dialog", BRIEF)
        await person.page.get_by_role("switch", name="My picture on the stage").click()
        await person.press("Done")
        await expect(tile(person, "You")).to_have_count(0)
        await person.page.keyboard.press("w")
        await until(partial(is_large, person, "Yohanes"), "the key changes the layout")
        await person.page.keyboard.press("F2")
        focused = person.page.locator("main :focus")
        await expect(focused).to_have_count(1)
        await person.page.keyboard.press("F2")
        await expect(person.page.locator("#controls :focus")).to_have_count(1)


class TestInfo:
    async def test_link_and_network_in_words(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await gather(server, person, others)
        await person.press("About the meeting")
        panel = person.page.get_by_role("complementary", name="About the meeting")
        await expect(panel.get_by_text("Good")).to_be_visible()
        await look(person, "info", LAPTOP)
        await panel.get_by_role("button", name="Copy link").click()
        await expect(panel.get_by_text("Link copied")).to_be_visible()
        await person.page.keyboard.press("Escape")
        await expect(panel).to_have_count(0)
        await person.press("More")
        await person.page.get_by_role("menuitem", name="Sounds").click()
        await look(person, "sounds", BRIEF)
        await person.page.get_by_role("switch", name="New message").click()
        assert await person.page.evaluate("localStorage['jumpa.chime.message']") == "on"


class TestVolume:
    async def test_one_person_is_turned_down_for_oneself(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await gather(server, person, others)
        await until(partial(loud, person, 2), "two are heard at full volume")
        await person.page.get_by_role("button", name="People, 3").click()
        await person.press("Menu for Yohanes")
        await person.page.get_by_role("menuitem", name="Adjust volume").click()
        slider = person.page.get_by_role("slider")
        await slider.fill("0")
        await look(person, "volume", BRIEF)
        assert await person.page.evaluate(VOLUMES) == [0, 1]
        await person.page.get_by_role("dialog").get_by_role("button", name="Done").click()
        await expect(tile(person, "silenced for you")).to_be_visible()


class TestSharedScreens:
    async def test_two_at_once_and_zoom(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await gather(server, person, others)
        await others[0].press("Share screen")
        large = person.page.get_by_role("toolbar", name="Tools for Yohanes")
        await expect(large).to_be_visible()
        await large.get_by_role("button", name="Zoom in").click()
        await large.get_by_role("button", name="Zoom in").click()
        view = person.page.locator(".shared-view")
        assert await view.evaluate("view => view.scrollWidth > view.clientWidth * 1.9")
        await look(person, "share-zoom", BRIEF)
        await large.get_by_role("button", name="Full screen").click()
        filled = "document.fullscreenElement?.dataset.share !== undefined"
        await until(partial(person.page.evaluate, filled), "the shared screen fills the window")
        await large.get_by_role("button", name="Leave full screen").click()
        await until(partial(person.page.evaluate, f"!({filled})"), "the meeting is back")
        await large.get_by_role("button", name="Turn off the screen").click()
        await until(partial(has_silent, person, 1), "the screen is silent, and nobody else")
        await large.get_by_role("button", name="Turn on the screen").click()
        await until(partial(has_silent, person, 0), "the screen is heard again")
        await point(person, large)
        pointer = others[1].page.locator("[data-pointer]")
        await expect(pointer).to_contain_text("Sari")
        await look(others[1], "share-pointer", ("1366",), opened=partial(point, person, large))
        await others[0].press("Hide pointers")
        await expect(large.get_by_role("button", name="Point at the screen")).to_have_count(0)
        await expect(pointer).to_have_count(0)
        await others[1].press("Share screen")
        await expect(person.page.get_by_role("toolbar", name="Tools for Ayu")).to_be_visible()
        await look(person, "share-two")
        await person.page.get_by_role("button", name="Enlarge Yohanes").click()
        await expect(large).to_be_visible()


async def has_silent(person: Person, count: int) -> bool:
    volumes = await person.page.evaluate(VOLUMES)
    return len(volumes) == 3 and volumes.count(0) == count


async def point(person: Person, tools: Locator) -> None:
    """Move the pointer over the middle of the shared screen."""
    button = tools.get_by_role("button", name="Point at the screen")
    if await button.get_attribute("aria-pressed") == "false":
        await button.click()
    place = await person.page.locator(".pointer-area").bounding_box()
    assert place is not None
    for step in range(4):
        await person.page.mouse.move(
            place["x"] + place["width"] / 2 + step, place["y"] + place["height"] / 2
        )


async def loud(person: Person, count: int) -> bool:
    return bool(await person.page.evaluate(VOLUMES) == [1] * count)


class TestReactions:
    async def test_rise_at_the_tile_of_who_sent_them(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await gather(server, person, others)
        await look(person, "reactions", ("1366",), opened=partial(person.press, "Reactions"))
        await others[0].press("Reactions")
        await others[0].page.get_by_role("menuitem", name="Celebrate").click()
        floating = person.page.locator("[data-reaction=celebrate]")
        await expect(floating).to_be_visible()
        await expect(floating).to_contain_text("Yohanes")
        await person.page.screenshot(path=SCREENS / "reaction-1366.png")
        await expect(floating).to_have_count(0)

        await others[1].page.set_viewport_size({"width": 390, "height": 844})
        await others[1].press("More")
        await others[1].press("Love")
        await expect(person.page.locator("[data-reaction=love]")).to_contain_text("Ayu")


class TestSmallWindow:
    async def test_shows_who_speaks_and_mutes(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await gather(server, person, others)
        await person.press("More")
        async with person.page.context.expect_page() as opening:
            await person.page.get_by_role("menuitem", name="Small window").click()
        small = await opening.value
        shown = small.get_by_role("figure", name="Yohanes")
        await expect(shown.locator("video")).to_have_count(1)
        playing = "document.querySelector('video').videoWidth > 0"
        await until(partial(small.evaluate, playing), "the picture is seen")
        await small.screenshot(path=SCREENS / "small-window.png")
        await small.get_by_role("button", name="Turn on microphone").click()
        await expect(small.get_by_role("button", name="Turn off microphone")).to_be_visible()
        await expect(person.page.get_by_role("button", name="Turn off microphone")).to_be_visible()
        await small.get_by_role("button", name="Leave").click()
        await expect(person.page.get_by_role("heading", name="See you, Sari")).to_be_visible()
        assert person.complaints == []

    async def test_floats_one_picture_where_the_browser_has_no_such_window(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await person.page.add_init_script("delete window.documentPictureInPicture")
        await gather(server, person, others)
        await person.press("More")
        await person.page.get_by_role("menuitem", name="Small window").click()
        floating = "document.pictureInPictureElement?.closest('[aria-label^=Yohanes]') != null"
        await until(partial(person.page.evaluate, floating), "who speaks floats")


class TestSavingData:
    async def test_pictures_are_left_out_and_come_back(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await gather(server, person, others)
        await choose_data(person, "One video at a time")
        await until(partial(has_tiles_with_video, person, 2), "who speaks and oneself")
        await look(person, "data-saving")
        await person.press("More")
        await person.page.get_by_role("menuitem", name="Save data").click()
        await person.page.get_by_role("radio", name="Sound only").check()
        await look(person, "data-dialog", BRIEF)
        await person.press("Done")
        await until(partial(has_tiles_with_video, person, 0), "nobody is seen")
        await expect(tile(person, "Yohanes").get_by_text("Video paused")).to_be_visible()
        await expect(person.page.get_by_role("button", name="Turn on camera")).to_be_visible()
        await until(partial(person.hears, {LOOKS[1].tone_hz}), "who speaks is still heard")
        await person.press("Turn on camera")
        await until(partial(has_tiles_with_video, person, 1), "the camera can be turned on")
        await choose_data(person, "All video")
        await until(partial(person.sees_moving, 2), "everybody is seen again")

    async def test_statistics_in_words(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await gather(server, person, others)
        await person.press("More")
        await person.page.get_by_role("menuitem", name="Statistics").click()
        received = person.page.get_by_role("region", name="You receive")
        await expect(received.get_by_text("Yohanes, Camera")).to_be_visible()
        await expect(received.get_by_text("MB an hour")).to_be_visible()
        await expect(person.page.get_by_text("Your network: Good")).to_be_visible()
        await look(person, "statistics", BRIEF)


async def choose_data(person: Person, name: str) -> None:
    await person.press("More")
    await person.page.get_by_role("menuitem", name="Save data").click()
    await person.page.get_by_role("radio", name=name).check()
    await person.press("Done")


async def has_tiles_with_video(person: Person, count: int) -> bool:
    return await person.page.locator("[data-participant] video").count() == count
