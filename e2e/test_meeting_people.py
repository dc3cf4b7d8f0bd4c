"""No control in the list of people does nothing, nor any that it opens."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from harness import people_tables
from harness.calls import Call
from harness.controls import SOON_MS, find, know_each, press, press_each
from harness.door import NAMES, Door
from harness.outcomes import closes, more, opened_by, opens, shut, turn_on_devices
from harness.people_tables import PEOPLE

MENU = opened_by("Menu for Budi", inside=PEOPLE)
OWN_MENU = opened_by("Menu for Adi", inside=PEOPLE)


@pytest.fixture
async def door(call: Call, people: list[Browser]) -> AsyncIterator[Door]:
    """A door at which both wait until the host answers."""
    await turn_waiting_room(call)
    door = Door(call, dict(zip(NAMES, people[2:], strict=True)))
    yield door
    await door.send_away(*door.waiting)
    await shut(call.host, "People")
    await turn_waiting_room(call)


class TestPanel:
    async def test_each_control_acts(self, call: Call) -> None:
        await press_each(call.host, PEOPLE, people_tables.panel(call))

    async def test_each_hand_is_lowered(self, call: Call) -> None:
        # Who speaks lowers their hand.
        for seat in (call.host, call.guest):
            await seat.press("Turn off microphone")
        opened = people_tables.with_hands_up(call, PEOPLE)
        known = people_tables.panel(call)
        await press_each(call.host, opened, people_tables.hands(call), beside=known)
        await shut(call.host, "People")
        for seat in (call.host, call.guest):
            await seat.press("Turn on microphone")

    # Six times somebody comes to the door.
    @pytest.mark.timeout(400)
    async def test_each_answer_at_the_door_acts(self, call: Call, door: Door) -> None:
        known = people_tables.panel(call)
        await press_each(call.host, door.filled(PEOPLE), door.table(), beside=known)


class TestMenuOfAPerson:
    async def test_each_row_acts(self, call: Call) -> None:
        await press_each(call.host, MENU, people_tables.menu(call, MENU))
        await shut(call.host, "People")

    async def test_the_guest_has_no_row_that_is_unknown(self, call: Call) -> None:
        await know_each(call.guest, OWN_MENU, ["Pin", "Adjust volume"])
        await shut(call.guest, "Menu for Adi")
        await shut(call.guest, "People")

    @pytest.mark.parametrize("row", people_tables.QUESTIONS)
    async def test_each_answer_acts(self, call: Call, row: str) -> None:
        opened = opened_by(row, people_tables.QUESTIONS[row], inside=MENU)
        answer = people_tables.answers(call)[row]
        await press_each(call.host, opened, {"Back": closes, row: answer})
        await shut(call.host, "People")


class TestOwnMenu:
    async def test_each_row_acts(self, call: Call) -> None:
        await press_each(call.host, OWN_MENU, {"Change name": opens("Change name")})
        await shut(call.host, "People")

    async def test_the_guest_has_no_row_that_is_unknown(self, call: Call) -> None:
        await know_each(call.guest, MENU, ["Change name"])
        await shut(call.guest, "Menu for Budi")
        await shut(call.guest, "People")

    async def test_each_answer_acts(self, call: Call) -> None:
        opened = opened_by("Change name", inside=OWN_MENU)
        await press_each(call.host, opened, people_tables.naming(call))
        await shut(call.host, "People")


class TestRoomSettings:
    async def test_each_control_acts(self, call: Call) -> None:
        opened = opened_by("Room settings", inside=more(call))
        await press_each(call.host, opened, people_tables.settings(opened))
        # The right to use the camera was taken for a moment.
        await turn_on_devices(call.guest)


async def turn_waiting_room(call: Call) -> None:
    """Turn it on, or off again."""
    opened = opened_by("Room settings", inside=more(call))
    switch = await find(call.host, await opened(call.host), "Waiting room")
    was_on = await switch.is_checked()
    await press(switch)
    await expect(switch).to_be_checked(checked=not was_on, timeout=SOON_MS)
    await expect(switch).to_be_enabled(timeout=SOON_MS)
    await shut(call.host, "Room settings")
