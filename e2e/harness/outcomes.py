"""What follows a press, where many controls have the same kind of outcome."""

import contextlib
from collections.abc import Awaitable, Callable

from playwright.async_api import Locator, expect

from harness.calls import Call
from harness.controls import SOON_MS, Opener, Outcome, find, press
from harness.seats import Seat

Table = dict[str, Outcome]
Seen = Callable[[], Awaitable[None]]
AGAIN_MS = 2000


async def see(what: Locator) -> None:
    await expect(what).to_be_visible(timeout=SOON_MS)


async def miss(what: Locator) -> None:
    await expect(what).to_have_count(0, timeout=SOON_MS)


def named(seat: Seat, text: str) -> Locator:
    """What opens under this name: a dialog, a menu, or a panel where the window is wide."""
    name = seat.words(text)
    roles = [
        seat.page.get_by_role(role, name=name, exact=True)
        for role in ("dialog", "menu", "complementary")
    ]
    return roles[0].or_(roles[1]).or_(roles[2])


def said(seat: Seat, text: str) -> Locator:
    """A sentence, wherever it stands."""
    return seat.page.get_by_text(seat.words(text)).first


async def close(seat: Seat, root: Locator) -> None:
    """Close what lies on top; before it has the focus it does not hear the first key."""
    await seat.page.keyboard.press("Escape")
    with contextlib.suppress(AssertionError):
        await expect(root).to_be_hidden(timeout=AGAIN_MS)
        return
    await seat.page.keyboard.press("Escape")
    await expect(root).to_be_hidden(timeout=SOON_MS)


async def shut(seat: Seat, text: str) -> None:
    """Close what may lie open, by its button: the focus that a key needs may have gone."""
    root = named(seat, text)
    button = root.get_by_role("button", name=seat.words("Close"), exact=True)
    if await button.count() > 0:
        await closes(seat, button)
    elif await root.is_visible():
        await close(seat, root)


async def page(seat: Seat) -> Locator:
    """Everything; the opener of what needs none."""
    return seat.page.locator("body")


def opened_by(text: str, title: str = "", inside: Opener = page) -> Opener:
    """Open what a control leads to, unless it lies open."""

    async def opened(seat: Seat) -> Locator:
        root = named(seat, title or text)
        if not await root.is_visible():
            await press(await find(seat, await inside(seat), text))
            await see(root)
            if await root.get_attribute("role") == "menu":
                # It takes the focus a moment after it is seen, also from one of its own rows.
                await expect(root.locator(":focus")).to_have_count(1, timeout=SOON_MS)
        return root

    return opened


def more(call: Call) -> Opener:
    """Where a phone keeps what a wide window has in its bar."""
    return opened_by("More") if call.is_phone else page


def opens(text: str) -> Outcome:
    """A dialog, a menu or a panel opens."""

    async def outcome(seat: Seat, control: Locator) -> None:
        await expect(named(seat, text)).to_be_hidden(timeout=SOON_MS)
        await press(control)
        await see(named(seat, text))
        await close(seat, named(seat, text))

    return outcome


async def closes(_: Seat, control: Locator) -> None:
    """Where it stands goes, and it goes with it."""
    await press(control)
    await miss(control)


async def copies_link(seat: Seat, control: Locator) -> None:
    """The link of the meeting can be pasted elsewhere, and a sentence says so."""
    browser = seat.page.context.browser
    assert browser is not None
    async with await browser.new_page() as elsewhere:
        await elsewhere.set_content("<textarea>copied before</textarea>")
        paper = elsewhere.locator("textarea")
        await paper.press("ControlOrMeta+a")
        await paper.press("ControlOrMeta+c")
        await press(control)
        await see(said(seat, "Link copied"))
        await paper.press("ControlOrMeta+v")
        await expect(paper).to_have_value(seat.page.url, timeout=SOON_MS)


def renames(to: str, back: str) -> Outcome:
    """It is called after what a further press does."""

    async def outcome(seat: Seat, control: Locator) -> None:
        await press(control)
        await press(seat.button(to).first)
        await see(seat.button(back).first)

    return outcome


async def turns(_: Seat, control: Locator) -> None:
    """A switch that shows what is so, not what was pressed."""
    was_on = await control.is_checked()
    for is_on in (not was_on, was_on):
        await press(control)
        await expect(control).to_be_checked(checked=is_on, timeout=SOON_MS)


def keeps(opened: Opener) -> Outcome:
    """A switch that is still as it was left when its dialog is opened again."""

    async def outcome(seat: Seat, control: Locator) -> None:
        was_on = await control.is_checked()
        await press(control)
        await expect(control).to_be_checked(checked=not was_on, timeout=SOON_MS)
        await expect(control).to_be_enabled(timeout=SOON_MS)
        await close(seat, await opened(seat))
        await opened(seat)
        await expect(control).to_be_checked(checked=not was_on, timeout=SOON_MS)
        await press(control)
        await expect(control).to_be_checked(checked=was_on, timeout=SOON_MS)
        await expect(control).to_be_enabled(timeout=SOON_MS)

    return outcome


def chooses(opened: Opener, names: list[str]) -> Table:
    """Radio buttons, the first of which is chosen, and again in the end."""

    def choose(other: str) -> Outcome:
        async def outcome(seat: Seat, control: Locator) -> None:
            if await control.is_checked():
                await press(await find(seat, await opened(seat), other))
            await press(control)
            await expect(control).to_be_enabled(timeout=SOON_MS)
            await close(seat, await opened(seat))
            await opened(seat)
            await expect(control).to_be_checked(timeout=SOON_MS)

        return outcome

    first, *others = names
    return {name: choose(first) for name in others} | {first: choose(others[-1])}


async def choose_row(seat: Seat, opened: Opener, text: str) -> None:
    """Press a row of a menu, which closes by that."""
    row = await find(seat, await opened(seat), text)
    await press(row)
    await miss(row)


async def nothing_more() -> None:
    """All has been seen."""


def swaps(
    opened: Opener, back: str, *, then: Seen = nothing_more, after: Seen = nothing_more
) -> Outcome:
    """A row of a menu in whose place its contrary stands until that is pressed."""

    async def outcome(seat: Seat, control: Locator) -> None:
        await press(control)
        await miss(control)
        await then()
        await choose_row(seat, opened, back)
        await after()
        root = await opened(seat)
        await see(control)
        await close(seat, root)

    return outcome


def mutes(other: Seat) -> Outcome:
    """The other is muted, and may speak again."""

    async def outcome(_: Seat, control: Locator) -> None:
        await see(other.button("Turn off microphone"))
        await press(control)
        await press(other.button("Turn on microphone"))
        await see(other.button("Turn off microphone"))

    return outcome


async def turn_on_devices(seat: Seat) -> None:
    """Be heard and seen again, by whatever one was silenced."""
    for device in ("microphone", "camera"):
        off = seat.button(f"Turn on {device}")
        on = seat.button(f"Turn off {device}")
        await see(off.or_(on))
        if await off.count() > 0:
            await press(off)
            await see(on)
