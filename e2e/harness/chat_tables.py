"""What stands in the chat of a call of two, and in the menu of a message."""

from playwright.async_api import FilePayload, Locator, expect

from harness.calls import Call
from harness.controls import SOON_MS, Outcome, find, press
from harness.outcomes import Table, close, closes, miss, named, opens, said, see
from harness.seats import Seat

FIRST, SECOND = "Selamat pagi", "Sampai besok"
OWN = "Menu for the message of You"
MINUTES = FilePayload(name="Notulen.txt", mimeType="text/plain", buffer=b"Selesai.")
# Some have other names at a message than as a reaction of the meeting.
SIGNS = {
    "en": ("Like", "Love", "Laugh", "Celebrate", "Thanks", "Dislike"),
    "id": ("Suka", "Cinta", "Tertawa", "Rayakan", "Terima kasih", "Tidak suka"),
}


def field(seat: Seat) -> Locator:
    return seat.page.get_by_label(seat.words("Write a message"))


def words(seat: Seat, text: str) -> Locator:
    """A message of this text."""
    return seat.page.get_by_role("log").locator(".chat-words").filter(has_text=text)


async def write(seat: Seat, text: str) -> None:
    await field(seat).fill(text)
    await field(seat).press("Enter")
    await see(words(seat, text).last)


def panel(call: Call) -> Table:
    """What is there once one message is."""
    other = call.guest

    async def sends(seat: Seat, control: Locator) -> None:
        await expect(control).to_be_disabled()
        await field(seat).fill(SECOND)
        await press(control)
        await see(words(other, SECOND))

    async def attaches(seat: Seat, control: Locator) -> None:
        async with seat.page.expect_file_chooser() as asking:
            await press(control)
        await (await asking.value).set_files(MINUTES)
        async with other.page.expect_download() as saving:
            await press(await find(other, named(other, "Chat"), "Download Notulen.txt"))
        assert (await (await saving.value).path()).read_bytes() == MINUTES["buffer"]

    return {
        OWN: opens(OWN),
        "Search messages": searches,
        "Send": sends,
        "Attach a file": attaches,
        "Close": closes,
    }


async def searches(seat: Seat, control: Locator) -> None:
    await press(control)
    found = seat.page.get_by_label(seat.words("Words to find in the chat"))
    await found.fill(FIRST)
    await found.press("Enter")
    await see(said(seat, "1 message found"))
    await press(seat.button("Close search"))
    await miss(found)


def own_menu(call: Call) -> Table:
    return {**signs(call), "Reply": replies, "Edit": edits(call), "Delete": deletes(call)}


def others_menu(call: Call) -> list[str]:
    """The names of what stands at a message of somebody else."""
    return [*SIGNS[call.guest.words.language], "Reply"]


def signs(call: Call) -> Table:
    """Each stands below the message for both, until it is taken back there."""

    def gives(name: str) -> Outcome:
        async def outcome(seat: Seat, control: Locator) -> None:
            await press(control)
            given = await find(call.guest, named(call.guest, "Chat"), name)
            await close(seat, named(seat, OWN))
            own = await find(seat, named(seat, "Chat"), name)
            await expect(own).to_have_attribute("aria-pressed", "true", timeout=SOON_MS)
            await press(own)
            await miss(given)
            await miss(own)

        return outcome

    return {name: gives(name) for name in SIGNS[call.host.words.language]}


async def replies(seat: Seat, control: Locator) -> None:
    await press(control)
    await see(said(seat, "Replying to You"))
    await press(seat.button("Cancel"))
    await miss(seat.button("Cancel"))


def edits(call: Call) -> Outcome:
    """The same message says something else, also for the other."""

    async def outcome(seat: Seat, control: Locator) -> None:
        await press(control)
        await see(said(seat, "Editing your message"))
        await field(seat).fill(SECOND)
        await press(seat.button("Save"))
        await see(words(call.guest, SECOND))
        await miss(words(call.guest, FIRST))

    return outcome


def deletes(call: Call) -> Outcome:
    async def outcome(_: Seat, control: Locator) -> None:
        await press(control)
        await see(said(call.guest, "This message was deleted"))
        await miss(words(call.guest, SECOND))

    return outcome
