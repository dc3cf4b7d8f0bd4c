"""A whole meeting by keyboard alone, and with larger text, fewer colours and less motion."""

import re
from functools import partial

from playwright.async_api import Locator, expect

from harness.app import Arrive, Person, meet
from harness.barepage import until
from harness.screens import SCREENS, inspect
from harness.servers import Server

# For what needs the server or a device, on a machine that has much else to do.
SLOW_MS = 30_000
FOCUSED = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
# A ring that is cut off by what scrolls or hides is no ring.
RING = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
}"""
OUTSIDE = """() =>
  [...document.querySelectorAll('#controls button, .prejoin button, .prejoin input')]
  .filter((control) => control.checkVisibility())
  .map((control) => [control.ariaLabel ?? control.textContent, control.getBoundingClientRect()])
  .filter(([, box]) => box.left < -1 || box.right > innerWidth + 1)
  .map(([name]) => name)"""
MOVING = """() => document.getAnimations()
  .filter((animation) => animation.effect.getComputedTiming().duration > 10)
  .map((animation) => animation.animationName ?? animation.transitionProperty)"""


def spoken(person: Person, text: str) -> Locator:
    """What screen readers are told."""
    return person.page.locator("p[aria-live=polite]", has_text=text)


async def press(person: Person, *keys: str) -> None:
    for key in keys:
        await person.page.keyboard.press(key)


async def go_to(person: Person, name: str, *, by: str = "Tab") -> None:
    """Press a key until this has focus, and see a ring around it."""
    for _ in range(40):
        if str(await person.page.evaluate(FOCUSED)).startswith(name):
            assert await person.page.evaluate(RING), f"a ring around {name}"
            return
        await press(person, by)
    raise AssertionError(f"{name} is not reached by {by}")


async def is_focused(person: Person, name: str) -> bool:
    return str(await person.page.evaluate(FOCUSED)).startswith(name)


async def zoom_text(person: Person) -> None:
    """Text at twice its size, as somebody sets it in the browser."""
    session = await person.page.context.new_cdp_session(person.page)
    await session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})


class TestKeyboard:
    async def test_from_the_link_to_the_end(self, server: Server, arrive: Arrive) -> None:
        host = await arrive(0)
        await host.page.goto(server.http)
        await go_to(host, "Start a meeting")
        await press(host, "Enter")
        await host.page.wait_for_url(re.compile(r"/[a-z]{3}-[a-z]{4}-[a-z]{3}$"))
        await expect(host.page.get_by_label("Your name")).to_be_visible()
        await host.page.locator("input[name=name]").focus()
        await host.page.keyboard.type("Sari")
        await press(host, "Enter")
        await expect(host.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()
        guest = await arrive(1)
        await guest.enter(host.page.url, "Budi")
        await expect(host.page.locator("[data-participant]")).to_have_count(2)
        # Who comes is told some seconds later, in the place of what was said just before.
        await expect(spoken(host, "Budi joined")).to_have_count(1, timeout=SLOW_MS)

        await self.talk(host)
        await self.walk_the_bar(host)
        await self.walk_panels_and_tiles(host)
        await self.choose_a_key(host, guest)
        await self.leave(host)
        assert host.complaints == []

    async def talk(self, person: Person) -> None:
        await person.page.evaluate("document.activeElement.blur()")
        await press(person, "m")
        await expect(spoken(person, "Microphone off")).to_have_count(1, timeout=SLOW_MS)
        await person.page.keyboard.down("Space")
        await expect(spoken(person, "Microphone on while space is held")).to_have_count(
            1, timeout=SLOW_MS
        )
        await expect(person.page.get_by_role("button", name="Turn off microphone")).to_be_visible(
            timeout=SLOW_MS
        )
        await person.page.keyboard.up("Space")
        await expect(person.page.get_by_role("button", name="Turn on microphone")).to_be_visible(
            timeout=SLOW_MS
        )

    async def leave(self, person: Person) -> None:
        await go_to(person, "Leave")
        await press(person, "Enter")
        dialog = person.page.get_by_role("dialog", name="End for everyone?")
        await expect(dialog).to_be_visible()
        await press(person, "Escape")
        await until(partial(is_focused, person, "Leave"), "focus is back at its button")
        await press(person, "Enter")
        await go_to(person, "Only me")
        await press(person, "Enter")
        await expect(person.page.get_by_role("heading", name="See you, Sari")).to_be_focused()

    async def walk_the_bar(self, person: Person) -> None:
        await go_to(person, "To the meeting controls")
        await press(person, "Enter", "Tab")
        await go_to(person, "Turn on microphone")
        await go_to(person, "More", by="ArrowRight")
        await press(person, "Enter")
        await expect(person.page.get_by_role("menuitem", name="Copy link")).to_be_focused()
        await press(person, "ArrowDown")
        await expect(person.page.get_by_role("menuitem", name="Layout")).to_be_focused()
        await press(person, "Escape")
        await until(partial(is_focused, person, "More"), "focus is back at its button")
        await go_to(person, "Turn on microphone", by="ArrowLeft")
        await press(person, "Space")
        await expect(person.page.get_by_role("button", name="Turn off microphone")).to_be_focused(
            timeout=SLOW_MS
        )

    async def walk_panels_and_tiles(self, person: Person) -> None:
        await go_to(person, "Chat", by="ArrowRight")
        await press(person, "Enter")
        panel = person.page.get_by_role("complementary", name="Chat")
        await expect(panel.get_by_label("Write a message")).to_be_visible()
        await until(partial(has_focus_in, panel), "the panel has focus")
        await press(person, "Escape")
        await expect(panel).to_have_count(0)
        await until(partial(is_focused, person, "Chat"), "focus is back at its button")
        await press(person, "F2")
        await until(partial(is_focused, person, "Pin Budi"), "F2 leads to the tools of a tile")
        await press(person, "Enter")
        await expect(spoken(person, "Budi is pinned for you")).to_have_count(1, timeout=SLOW_MS)
        await press(person, "F2")
        await until(partial(is_focused, person, "Turn off microphone"), "F2 leads back to the bar")
        await press(person, "e")
        await expect(person.page.get_by_role("menuitem", name="Agree")).to_be_focused()
        await press(person, "Escape")
        await until(partial(is_focused, person, "Turn off microphone"), "focus is where it was")

    async def choose_a_key(self, person: Person, guest: Person) -> None:
        await press(person, "Shift+?")
        await expect(person.page.get_by_role("dialog", name="Shortcuts")).to_be_visible()
        await go_to(person, "Change the key for Raise hand")
        await press(person, "Enter", "p")
        await expect(person.page.get_by_text("P is already used for People")).to_be_visible()
        await press(person, "Enter", "j")
        await expect(person.page.get_by_text("Raise hand: J")).to_be_visible()
        await press(person, "Escape")
        await expect(person.page.get_by_role("dialog")).to_have_count(0)
        # Who speaks lowers their hand, and a busy machine hears a tone begin again and again.
        await press(person, "m")
        await expect(spoken(person, "Microphone off")).to_have_count(1, timeout=SLOW_MS)
        await press(person, "h")
        await press(person, "j")
        await expect(spoken(person, "Hand raised")).to_have_count(1, timeout=SLOW_MS)
        # News of hands are for who leads the meeting; everybody else is only told aloud.
        await expect(spoken(guest, "Sari raised a hand")).to_have_count(1, timeout=SLOW_MS)
        await expect(guest.page.locator(".news")).to_have_count(0)
        await expect(guest.page.get_by_role("figure", name="hand raised")).to_be_visible()


async def has_focus_in(panel: Locator) -> bool:
    return bool(await panel.evaluate("panel => panel.contains(document.activeElement)"))


class TestLargerText:
    async def test_loses_nothing_at_twice_the_size(self, server: Server, arrive: Arrive) -> None:
        _, [host, _guest] = await meet(server, arrive, 2)
        await zoom_text(host)
        await inspect(host, with_axe=True)
        assert await host.page.evaluate(OUTSIDE) == []
        await host.page.screenshot(path=SCREENS / "text-200-meeting.png")
        await host.page.get_by_role("button", name="People, 2 people").first.click()
        await inspect(host, with_axe=False)
        await host.page.screenshot(path=SCREENS / "text-200-people.png")
        await host.page.reload()
        await expect(host.page.get_by_label("Your name")).to_be_visible()
        assert await host.page.evaluate(OUTSIDE) == []
        await inspect(host, with_axe=False)
        await host.page.screenshot(path=SCREENS / "text-200-before.png")


class TestWishesOfTheSystem:
    async def test_fewer_colours_and_less_motion(self, server: Server, arrive: Arrive) -> None:
        link, [_host] = await meet(server, arrive, 1)
        guest = await arrive(1)
        await guest.page.emulate_media(forced_colors="active", reduced_motion="reduce")
        await guest.enter(link, "Budi")
        await guest.press("Chat")
        assert await guest.page.evaluate(MOVING) == []
        await guest.press("Reactions")
        await guest.page.get_by_role("menuitem", name="Love").click()
        await expect(guest.page.locator("[data-reaction=love]")).to_be_visible()
        # The system's colours are not those that axe reads.
        await inspect(guest, with_axe=False)
        await guest.page.screenshot(path=SCREENS / "forced-colours.png")
