"""What stands in the dialogs of a meeting, in its information, and over a shared screen."""

import re

from playwright.async_api import Locator, expect

from harness.calls import Call
from harness.controls import SOON_MS, Opener, Outcome, press
from harness.menu_tables import floats
from harness.outcomes import Table, chooses, closes, copies_link, keeps, miss, opens, see
from harness.seats import Seat

LAYOUTS = ["Grid", "Speaker", "Sidebar"]
BACKGROUNDS = ["As it is", "Light blur", "Blur", "Porch", "Bookshelf", "Garden"]
FAMILIES = {
    "atkinson": "Atkinson Hyperlegible Next",
    "lexend": "Lexend",
    "opendyslexic": "OpenDyslexic",
}
IS_WRITTEN_IN = """(family) => {
  const first = (names) => names.split(',')[0].replaceAll('"', '');
  const loaded = [...document.fonts].filter((font) => font.status === 'loaded');
  return first(getComputedStyle(document.body).fontFamily) === family
    && loaded.some((font) => first(font.family) === family);
}"""
CHIMES = ("Somebody waits outside", "Raised hand", "New message", "Somebody comes in")
VOLUMES = "[...document.querySelectorAll('audio')].map((audio) => audio.volume)"
ACTS = (
    *("Microphone", "Talk while held", "Camera", "Share screen", "Raise hand"),
    *("Reactions", "Chat", "People"),
    *("Layout", "Full screen", "List of shortcuts"),
)
FREE_KEY = "j"
# What is only read.
CLOSE: Table = {"Close": closes}
DONE: Table = {"Done": closes}


def layout(opened: Opener) -> Table:
    return {
        **chooses(opened, LAYOUTS),
        "My picture on the stage": keeps(opened),
        "Typeface": changes_the_letters,
        **DONE,
    }


async def changes_the_letters(seat: Seat, control: Locator) -> None:
    """The letters come over the network and are those of the page."""
    for value, family in FAMILIES.items():
        await control.select_option(value)
        await seat.page.wait_for_function(IS_WRITTEN_IN, arg=family)
    await control.select_option("usual")
    await seat.page.wait_for_function(IS_WRITTEN_IN, arg="Plus Jakarta Sans Variable")


def data(opened: Opener) -> Table:
    modes = ["All video", "One video at a time", "Sound only"]
    return {**chooses(opened, modes), **DONE}


def chimes(opened: Opener) -> Table:
    return {
        **{text: keeps(opened) for text in (*CHIMES, "Read reactions aloud")},
        **DONE,
    }


def volume() -> Table:
    async def is_less(seat: Seat, control: Locator) -> None:
        await control.press("Home")
        await seat.page.wait_for_function(f"{VOLUMES}.includes(0)")
        await control.press("End")
        await seat.page.wait_for_function(f"{VOLUMES}.every((volume) => volume === 1)")

    return {"Only for you, during this meeting.": is_less, **DONE}


def shortcuts(opened: Opener) -> Table:
    return {
        **{f"Change the key for {act}": takes_a_key for act in ACTS},
        "Single-key shortcuts": keeps(opened),
        "Close": closes,
    }


async def takes_a_key(seat: Seat, control: Locator) -> None:
    """It has another key, and the one of before when all are reset."""
    await press(control)
    asking = seat.page.locator(".shortcut-key:focus")
    await expect(asking).to_have_attribute("aria-pressed", "true", timeout=SOON_MS)
    await seat.page.keyboard.press(FREE_KEY)
    await expect(asking).to_have_text(FREE_KEY.upper(), timeout=SOON_MS)
    await press(seat.button("Reset all"))
    await see(control)


def information() -> Table:
    return {"Copy link": copies_link, "Statistics": opens("Statistics"), "Close": closes}


async def tools(seat: Seat) -> Locator:
    """The tools over the screen of the guest."""
    return seat.page.get_by_role("toolbar", name=re.compile("Budi"))


async def own(seat: Seat) -> Locator:
    """What stands in the place of one's own screen."""
    return seat.page.get_by_role("figure", name=seat.words("Your screen"))


def shared_screen(call: Call) -> Table:
    """What somebody who watches has over the screen of the guest."""
    return {
        "Point at the screen": points(call.guest),
        "Turn off the screen\u2019s sound for me": silences,
        "Zoom in": zooms,
        "Zoom out": zooms_out,
        "Full screen": fills_with_it,
    }


def points(other: Seat) -> Outcome:
    """The pointer is seen by the one whose screen it is."""

    async def outcome(seat: Seat, control: Locator) -> None:
        await press(control)
        await expect(control).to_have_attribute("aria-pressed", "true", timeout=SOON_MS)
        await seat.page.locator(".pointer-area").hover()
        await see(other.page.locator("[data-pointer]"))
        await press(control)
        await miss(other.page.locator("[data-pointer]"))

    return outcome


async def silences(seat: Seat, control: Locator) -> None:
    """The sound of the screen goes, and no other."""
    await press(control)
    await seat.page.wait_for_function(f"{VOLUMES}.filter((volume) => volume === 0).length === 1")
    await press(seat.button("Turn on the screen\u2019s sound for me"))
    await seat.page.wait_for_function(f"{VOLUMES}.every((volume) => volume === 1)")


def sheet_of(seat: Seat) -> Locator:
    return seat.page.locator(".shared-sheet")


async def zooms(seat: Seat, control: Locator) -> None:
    before = await sheet_of(seat).get_attribute("style") or ""
    await press(control)
    await expect(sheet_of(seat)).not_to_have_attribute("style", before, timeout=SOON_MS)
    await press(seat.button("Zoom out"))
    await expect(sheet_of(seat)).to_have_attribute("style", before, timeout=SOON_MS)


async def zooms_out(seat: Seat, control: Locator) -> None:
    await expect(control).to_be_disabled()
    await press(seat.button("Zoom in"))
    await expect(control).to_be_enabled(timeout=SOON_MS)
    await press(control)
    await expect(control).to_be_disabled(timeout=SOON_MS)


async def fills_with_it(seat: Seat, control: Locator) -> None:
    """It alone fills the screen."""
    await press(control)
    await seat.page.wait_for_function("document.fullscreenElement?.dataset.share !== undefined")
    await press(seat.button("Leave full screen").first)
    await seat.page.wait_for_function("document.fullscreenElement === null")


def own_screen(call: Call) -> Table:
    """What stands in the place of the own screen."""

    async def hides_pointers(seat: Seat, control: Locator) -> None:
        pointing = call.host.button("Point at the screen")
        await see(pointing)
        await press(control)
        await miss(pointing)
        await press(seat.button("Let others point"))
        await see(pointing)

    async def stops(_: Seat, control: Locator) -> None:
        await press(control)
        await miss(call.host.page.locator("[data-share]"))

    return {
        "People in a small window": floats,
        "Hide pointers": hides_pointers,
        "Stop sharing": stops,
    }
