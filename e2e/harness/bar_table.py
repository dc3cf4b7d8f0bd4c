"""What stands in the bar and on the tiles of a call of two, and what each control does."""

import re

from playwright.async_api import Locator, expect

from harness.calls import Call
from harness.controls import SOON_MS, Outcome, press
from harness.outcomes import Table, miss, opens, renames, see
from harness.seats import Seat


async def leads_to_controls(seat: Seat, control: Locator) -> None:
    await press(control)
    bar = seat.page.get_by_role("toolbar", name=seat.words("Meeting controls"))
    await expect(bar).to_be_focused(timeout=SOON_MS)


def devices(call: Call) -> Table:
    """One's own microphone, camera and hand, as the other sees them."""
    other = call.guest
    quiet = re.compile(rf"^Adi.*{other.words('microphone off')}")
    video = other.tile("Adi").locator("video")
    raised = other.tile("Adi").locator(".tile-hand")

    async def microphone(seat: Seat, control: Locator) -> None:
        await press(control)
        await see(other.page.get_by_role("figure", name=quiet))
        await press(seat.button("Turn on microphone"))
        await miss(other.page.get_by_role("figure", name=quiet))

    async def camera(seat: Seat, control: Locator) -> None:
        await press(control)
        await miss(video)
        await press(seat.button("Turn on camera"))
        await see(video)

    async def hand(seat: Seat, control: Locator) -> None:
        # Who speaks lowers their hand.
        await press(seat.button("Turn off microphone"))
        await press(control)
        await see(raised)
        await press(seat.button("Lower hand"))
        await miss(raised)
        await press(seat.button("Turn on microphone"))

    return {
        "Turn off microphone": microphone,
        "Turn off camera": camera,
        "Raise hand": hand,
    }


def shares(other: Seat) -> Outcome:
    """The other sees the screen until it is no longer shared."""

    async def outcome(seat: Seat, control: Locator) -> None:
        await press(control)
        await see(other.page.locator("[data-share]"))
        await press(seat.button("Stop sharing").first)
        await miss(other.page.locator("[data-share]"))

    return outcome


def pins_for_all(other: Seat, back: str) -> Outcome:
    """The other learns that somebody is large for everyone, and small again."""

    async def outcome(seat: Seat, control: Locator) -> None:
        large = other.page.locator("[data-view=focus]")
        await press(control)
        await see(large)
        await press(seat.button(back))
        await miss(large)

    return outcome


async def hides_oneself(seat: Seat, control: Locator) -> None:
    own = seat.tile(seat.words("You"))
    await press(control)
    await miss(own)
    await press(seat.button("Show again"))
    await see(own)


async def moves_to_a_corner(seat: Seat, control: Locator) -> None:
    figure = seat.tile(seat.words("You"))
    before = await figure.get_attribute("style") or ""
    await press(control)
    await expect(figure).not_to_have_attribute("style", before, timeout=SOON_MS)


def stage(call: Call) -> Table:
    """What stands on the tiles of a call of two."""
    tiles = {
        "Pin Budi": renames("Unpin Budi", "Pin Budi"),
        "Options for Budi": opens("Options for Budi"),
    }
    if call.is_phone:
        return {**tiles, "Move your picture to another corner": moves_to_a_corner}
    return {
        **tiles,
        "Pin me for everyone": pins_for_all(call.guest, "Unpin me for everyone"),
        "Hide my picture": hides_oneself,
    }


def bar(call: Call) -> Table:
    outcomes: Table = {
        "To the meeting controls": leads_to_controls,
        **devices(call),
        "More": opens("More"),
        "Leave": opens("End for everyone?"),
        "People": opens("People"),
    }
    if call.is_phone:
        return outcomes
    menus = ("Sound devices", "Camera devices", "Reactions", "About the meeting", "Chat")
    return {
        **outcomes,
        **{text: opens(text) for text in (*menus, "Room settings")},
        "Share screen": shares(call.guest),
    }
