"""No button of a meeting does nothing: each is pressed, and what follows is its own.

Every control of the bar and of the tiles has to stand in the table; a new one fails until it does.
What opens is seen to open under its name; what stands in it is pressed by the tests of menus,
people, chat and dialogs.
"""

from harness import bar_table
from harness.calls import Call
from harness.controls import know_each, press_each
from harness.outcomes import page


class TestBar:
    async def test_each_control_acts(self, call: Call) -> None:
        await press_each(call.host, page, {**bar_table.bar(call), **bar_table.stage(call)})

    async def test_the_guest_has_no_control_that_is_unknown(self, call: Call) -> None:
        tiles = (
            ["Pin Adi", "Options for Adi", "Move your picture to another corner"]
            if call.is_phone
            else ["Pin Adi", "Options for Adi", "Hide my picture"]
        )
        controls = [text for text in bar_table.bar(call) if text != "Room settings"]
        await know_each(call.guest, page, [*controls, *tiles])
