"""What stands in the settings of devices, and what each control does."""

from playwright.async_api import Locator, expect

from harness.controls import SOON_MS, Opener, Outcome, press
from harness.menu_tables import VALUES, sounds
from harness.outcomes import Table, miss, opens, said, see
from harness.seats import Seat

PICTURE = ".device-picture video"
# Whether every list of devices has been read.
LISTED = """() => {
  const lists = [...document.querySelectorAll('.device-card select')];
  return lists.length === 3 && lists.every(({ value }) => value !== '');
}"""
# Whether the picture comes from this camera.
SHOWS = f"""(id) => {{
  const track = document.querySelector('{PICTURE}')?.srcObject?.getVideoTracks()[0];
  return track?.getSettings().deviceId === id;
}}"""


def picture(seat: Seat) -> Locator:
    return seat.page.locator(PICTURE)


def opened_at(home: str) -> Opener:
    """Open it as somebody who has chosen no device here."""

    async def opened(seat: Seat) -> Locator:
        await seat.page.goto(f"{home}/device-settings")
        await seat.page.evaluate("localStorage.removeItem('jumpa.devices')")
        await seat.page.reload()
        await see(picture(seat))
        await seat.page.wait_for_function(LISTED)
        return seat.page.locator(".settings-cards")

    return opened


async def turns_off_the_camera(seat: Seat, control: Locator) -> None:
    await press(control)
    await miss(picture(seat))
    await press(seat.button("Turn on camera"))
    await see(picture(seat))


async def turns_off_the_microphone(seat: Seat, control: Locator) -> None:
    silence = said(seat, "Turn on the microphone to try it.")
    await press(control)
    await see(silence)
    await press(seat.button("Turn on microphone"))
    await miss(silence)


def begins_with(device: str) -> Outcome:
    """The next time the device is off, and on again the time after."""

    async def outcome(seat: Seat, control: Locator) -> None:
        for is_on, offered in ((False, f"Turn on {device}"), (True, f"Turn off {device}")):
            await press(control)
            await seat.page.reload()
            await expect(control).to_be_checked(checked=is_on, timeout=SOON_MS)
            await see(seat.button(offered))

    return outcome


async def remembers(seat: Seat, control: Locator) -> None:
    """A switch that is as it was left when the page is opened again."""
    for is_on in (True, False):
        await press(control)
        await seat.page.reload()
        await expect(control).to_be_checked(checked=is_on, timeout=SOON_MS)


async def choose_another(control: Locator) -> str:
    """Choose a device that is not in use; its id."""
    before = await control.input_value()
    values = await control.locator("option").evaluate_all(VALUES)
    other = next(value for value in values if value != before)
    await control.select_option(other)
    return str(other)


async def selects(seat: Seat, control: Locator) -> None:
    """Another device is chosen, and still is when the page is opened again."""
    other = await choose_another(control)
    await seat.page.reload()
    await expect(control).to_have_value(other, timeout=SOON_MS)


async def selects_a_camera(seat: Seat, control: Locator) -> None:
    """The picture comes from another camera, which is still chosen afterwards."""
    other = await choose_another(control)
    await seat.page.wait_for_function(SHOWS, arg=other)
    await seat.page.reload()
    await expect(control).to_have_value(other, timeout=SOON_MS)


def cards() -> Table:
    return {
        "Turn off microphone": turns_off_the_microphone,
        "Turn off camera": turns_off_the_camera,
        "Background": opens("Background"),
        "Camera": selects_a_camera,
        "Camera on when joining": begins_with("camera"),
        "Microphone": selects,
        "Microphone on when joining": begins_with("microphone"),
        "Reduce noise": remembers,
        "Speaker": selects,
        "Play a tone": sounds,
    }
