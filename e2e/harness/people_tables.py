"""What stands in the list of people, in the menu of one, and in the settings of the room."""

from playwright.async_api import Locator, expect

from harness.calls import Call
from harness.controls import SOON_MS, Opener, Outcome, find, press
from harness.menu_tables import pins
from harness.outcomes import (
    Table,
    choose_row,
    closes,
    copies_link,
    keeps,
    more,
    mutes,
    named,
    opened_by,
    opens,
    said,
    see,
    shut,
    swaps,
    turn_on_devices,
)
from harness.seats import Seat

SWITCHES = (
    "Lock the room",
    "Waiting room",
    "Everyone may write in the chat",
    "Everyone may send files in the chat",
    "Everyone may share a screen",
    "Everyone may unmute",
    "Everyone may turn on the camera",
    "Everyone may send reactions",
    "Everyone may change their name",
)
# The rows that ask before they act, and what they ask.
QUESTIONS = {
    "Hand over the room": "Hand the room over to Budi?",
    "Remove": "Remove Budi from the meeting?",
    "Ban": "Ban Budi from this room?",
}
PEOPLE = opened_by("People")
REMOVED = "You were removed from the meeting"


def panel(call: Call) -> Table:
    return {
        "Copy link": copies_link,
        "Room settings": opens("Room settings"),
        "Mute all": mutes(call.guest),
        "Menu for Budi": opens("Menu for Budi"),
        "Menu for Adi": opens("Menu for Adi"),
        "Close": closes,
    }


def hands(call: Call) -> Table:
    """What the list has more while both hands are up."""

    def lowers(*seats: Seat, kept: Seat | None = None) -> Outcome:
        async def outcome(_: Seat, control: Locator) -> None:
            await press(control)
            for lowered in seats:
                await see(lowered.button("Raise hand"))
            if kept is not None:
                await see(kept.button("Lower hand").first)

        return outcome

    return {
        "Lower all": lowers(call.host, call.guest),
        "Lower hand: Budi": lowers(call.guest, kept=call.host),
        "Lower hand: Adi": lowers(call.host, kept=call.guest),
    }


def with_hands_up(call: Call, opened: Opener) -> Opener:
    """Both raise their hands first; a phone's list lies over the button."""

    async def opened_anew(seat: Seat) -> Locator:
        for one in (call.host, call.guest):
            down = one.button("Raise hand")
            if await down.count() > 0:
                await shut(one, "People")
                await press(down)
                await see(one.button("Lower hand").first)
        return await opened(seat)

    return opened_anew


def menu(call: Call, opened: Opener) -> Table:
    """What a host may do with the guest."""
    return {
        "Pin": swaps(opened, "Unpin"),
        "Adjust volume": opens("Volume of Budi"),
        "Pin for everyone": pins(call, opened),
        "Mute": mutes(call.guest),
        "Make co-host": becomes(call, opened, "You are now a co-host"),
        "Make observer": becomes(call, opened, "You are now an observer"),
        **{row: opens(question) for row, question in QUESTIONS.items()},
    }


def naming(call: Call) -> Table:
    """The question for another name for oneself."""

    async def saves(seat: Seat, control: Locator) -> None:
        field = named(seat, "Change name").get_by_label(seat.words("Your name"))
        await field.fill("Arif")
        await press(control)
        await see(call.guest.tile("Arif"))
        again = opened_by("Change name", inside=opened_by("Menu for Arif", inside=PEOPLE))
        await again(seat)
        await field.fill("Adi")
        await press(control)
        await see(call.guest.tile("Adi"))

    return {"Back": closes, "Save": saves}


def becomes(call: Call, opened: Opener, told: str) -> Outcome:
    """The guest learns what they are now; then they are a participant again, seen and heard."""

    async def is_told() -> None:
        await see(said(call.guest, told))

    async def is_told_again() -> None:
        await see(said(call.guest, "You are now a participant"))
        await turn_on_devices(call.guest)

    return swaps(opened, "Make participant", then=is_told, after=is_told_again)


def answers(call: Call) -> dict[str, Outcome]:
    """What follows when it is meant; all is then taken back."""

    async def hand_over(_: Seat, control: Locator) -> None:
        await press(control)
        await see(said(call.guest, "You are now the host"))
        await hand_back(call)

    async def remove(_: Seat, control: Locator) -> None:
        await press(control)
        await come_back(call)

    async def ban(seat: Seat, control: Locator) -> None:
        await press(control)
        await see(was_removed(call.guest))
        await shut(seat, "People")
        opened = opened_by("Room settings", inside=more(call))
        lift = await find(seat, await opened(seat), "Lift the ban on Budi")
        await closes(seat, lift)
        await shut(seat, "Room settings")
        await come_back(call)

    return {"Hand over the room": hand_over, "Remove": remove, "Ban": ban}


def was_removed(guest: Seat) -> Locator:
    return guest.page.get_by_role("heading", name=guest.words(REMOVED))


async def come_back(call: Call) -> None:
    """The guest is outside, told so, and comes in again."""
    await see(was_removed(call.guest))
    await call.guest.page.reload()
    await call.guest.enter(call.link, "Budi")
    await see(call.host.tile("Budi"))


async def hand_back(call: Call) -> None:
    """The guest makes the host what they were, and is made a participant again."""
    theirs = opened_by("Menu for Adi", inside=PEOPLE)
    await choose_row(call.guest, theirs, "Hand over the room")
    asking = named(call.guest, "Hand the room over to Adi?")
    await press(await find(call.guest, asking, "Hand over the room"))
    await see(said(call.host, "You are now the host"))
    await shut(call.guest, "People")
    await choose_row(call.host, opened_by("Menu for Budi", inside=PEOPLE), "Make participant")
    await see(said(call.guest, "You are now a participant"))


def settings(opened: Opener) -> Table:
    """How the room is run."""
    return {
        **{text: keeps(opened) for text in SWITCHES},
        "Show password": shows_password,
        "Set the password": sets_password,
        "Close": closes,
    }


async def shows_password(seat: Seat, control: Locator) -> None:
    field = seat.page.get_by_label(seat.words("Password of the room"))
    await expect(field).to_have_attribute("type", "password")
    await press(control)
    await expect(field).to_have_attribute("type", "text", timeout=SOON_MS)
    await press(seat.button("Hide password"))
    await expect(field).to_have_attribute("type", "password", timeout=SOON_MS)


async def sets_password(seat: Seat, control: Locator) -> None:
    await seat.page.get_by_label(seat.words("Password of the room")).fill("teh hangat")
    await press(control)
    await see(said(seat, "The password is set."))
    await press(seat.button("Remove the password"))
    await see(said(seat, "This room has no password."))
