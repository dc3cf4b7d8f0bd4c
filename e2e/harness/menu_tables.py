"""What the menus of a call of two hold, and the sheet that a phone has for them."""

from dataclasses import replace

from playwright.async_api import Locator, expect

from harness.bar_table import shares
from harness.calls import Call
from harness.controls import SOON_MS, Opener, Outcome, find, press
from harness.outcomes import (
    Table,
    choose_row,
    close,
    copies_link,
    keeps,
    miss,
    mutes,
    named,
    opens,
    said,
    see,
    swaps,
    turns,
)
from harness.seats import Seat
from harness.senses import COUNT_SOUNDS
from harness.words import Words

REACTIONS = {
    "Agree": "agree",
    "Love": "love",
    "Celebrate": "celebrate",
    "Laugh": "laugh",
    "Sad": "sad",
    "Thank you": "thanks",
}
# Names as the app shows them: without the numbers of the maker, and without Chromium's doubles.
LABELS = r"""async (kind) => (await navigator.mediaDevices.enumerateDevices())
  .filter((device) => device.kind === kind && !['', 'communications'].includes(device.deviceId))
  .map(({ label }) => label.replace(/\s*\([0-9a-f]{4}:[0-9a-f]{4}\)\s*$/i, '').trim())"""
VALUES = "(all) => all.map((option) => option.value)"


def reactions(call: Call) -> Table:
    """Each is seen by the other, as what it is."""

    def rises(kind: str) -> Outcome:
        async def outcome(_: Seat, control: Locator) -> None:
            risen = call.guest.page.locator(f"[data-reaction={kind}]")
            await press(control)
            await see(risen)
            await miss(risen)

        return outcome

    return {name: rises(kind) for name, kind in REACTIONS.items()}


async def floats(seat: Seat, control: Locator) -> None:
    """A small window opens, with a way out of the meeting."""
    async with seat.page.context.expect_page() as opening:
        await press(control)
    small = await opening.value
    await see(small.get_by_role("button", name=seat.words("Leave"), exact=True))
    await small.close()


def fills(opened: Opener) -> Outcome:
    """The page fills the screen, and says how to get back."""

    async def outcome(seat: Seat, control: Locator) -> None:
        await press(control)
        await seat.page.wait_for_function("document.fullscreenElement !== null")
        await press(await find(seat, await opened(seat), "Leave full screen"))
        await seat.page.wait_for_function("document.fullscreenElement === null")
        await close_sheet(seat)

    return outcome


def speaks(opened: Opener) -> Outcome:
    """Everything is said in the other language, and in this one again."""

    async def outcome(seat: Seat, control: Locator) -> None:
        html = seat.page.locator("html")
        other = replace(seat, words=Words("id" if seat.words.language == "en" else "en"))
        await press(control)
        await expect(html).to_have_attribute("lang", other.words.language, timeout=SOON_MS)
        await press(await find(other, await opened(other), "Bahasa Indonesia"))
        await expect(html).to_have_attribute("lang", seat.words.language, timeout=SOON_MS)
        await close_sheet(seat)

    return outcome


async def close_sheet(seat: Seat) -> None:
    """Close the sheet, which stays where a menu would close by itself."""
    if seat.is_phone:
        await close(seat, named(seat, "More"))


def anywhere(opened: Opener) -> Table:
    """What stands under "More" at every size."""
    dialogs = ("Layout", "Save data", "Statistics", "Sounds", "Background", "Room settings")
    return {
        "Copy link": copies_link,
        **{text: opens(text) for text in dialogs},
        "Small window": floats,
        "Full screen": fills(opened),
        "Bahasa Indonesia": speaks(opened),
    }


async def sounds(seat: Seat, control: Locator) -> None:
    await seat.page.evaluate(COUNT_SOUNDS)
    await press(control)
    await seat.page.wait_for_function("window.sounds > 0")


def selects(opened: Opener) -> Outcome:
    """Another device is chosen, and still is when the sheet is opened again."""

    async def outcome(seat: Seat, control: Locator) -> None:
        before = await control.input_value()
        values = await control.locator("option").evaluate_all(VALUES)
        other = next(value for value in values if value != before)
        for value in (other, before):
            await control.select_option(value)
            await close(seat, await opened(seat))
            await opened(seat)
            await expect(control).to_have_value(value, timeout=SOON_MS)

    return outcome


def sheet(call: Call, opened: Opener) -> Table:
    """What a phone has under "More"."""
    return {
        **reactions(call),
        **anywhere(opened),
        "Chat": opens("Chat"),
        "Share screen": shares(call.guest),
        "Microphone": selects(opened),
        "Speaker": selects(opened),
        "Test the speaker": sounds,
        "Reduce noise": keeps(opened),
    }


def menu(opened: Opener) -> Table:
    """What a wide window has under "More"."""
    return {**anywhere(opened), "Shortcuts": opens("Shortcuts")}


def under_more(call: Call, opened: Opener) -> Table:
    return sheet(call, opened) if call.is_phone else menu(opened)


async def labels(seat: Seat, kind: str) -> list[str]:
    """Return the names of the devices of a kind."""
    found: list[str] = await seat.page.evaluate(LABELS, kind)
    return found


def picks(opened: Opener, names: list[str]) -> Table:
    """One of these devices is in use, and in the end the first again."""

    def pick(other: str) -> Outcome:
        async def outcome(seat: Seat, control: Locator) -> None:
            if await control.is_checked() and len(names) > 1:
                await choose_row(seat, opened, other)
                await opened(seat)
            await press(control)
            await miss(control)
            root = await opened(seat)
            await expect(control).to_be_checked(timeout=SOON_MS)
            await close(seat, root)

        return outcome

    first, *others = names
    return {name: pick(first) for name in others} | {first: pick(names[-1])}


async def sound_devices(seat: Seat, opened: Opener) -> Table:
    return {
        **picks(opened, await labels(seat, "audioinput")),
        **picks(opened, await labels(seat, "audiooutput")),
        "Test the speaker": sounds,
        "Reduce noise": turns,
    }


async def camera_devices(seat: Seat, opened: Opener) -> Table:
    return picks(opened, await labels(seat, "videoinput"))


def tile_options(call: Call, opened: Opener) -> Table:
    """What a host may do with the tile of the guest."""
    return {
        "Adjust volume": opens("Volume of Budi"),
        "Pin for everyone": pins(call, opened),
        "Mute for everyone": mutes(call.guest),
    }


def pins(call: Call, opened: Opener) -> Outcome:
    """The guest learns that everyone sees them large, and that it is over."""

    async def is_told() -> None:
        await see(said(call.guest, "Everyone sees you large"))

    async def is_told_again() -> None:
        await see(said(call.guest, "You are no longer pinned for everyone"))

    return swaps(opened, "Unpin for everyone", then=is_told, after=is_told_again)
