"""No control in a meeting's dialogs does nothing, nor any over a shared screen."""

import pytest

from harness import dialog_tables
from harness.calls import Call
from harness.controls import press_each
from harness.dialog_tables import BACKGROUNDS
from harness.outcomes import opened_by, said, see, shut, turn_on_devices

MORE = opened_by("More")
LAYOUT, DATA, CHIMES, BACKGROUND, STATISTICS, SHORTCUTS = (
    opened_by(text, inside=MORE)
    for text in ("Layout", "Save data", "Sounds", "Background", "Statistics", "Shortcuts")
)
in_a_wide_window = pytest.mark.parametrize("call", ["1366-id"], indirect=True)


class TestDialogs:
    async def test_each_layout_is_kept(self, call: Call) -> None:
        await press_each(call.host, LAYOUT, dialog_tables.layout(LAYOUT))

    async def test_each_way_to_save_data_is_kept(self, call: Call) -> None:
        await press_each(call.host, DATA, dialog_tables.data(DATA))
        # Sound only turns the camera off.
        await turn_on_devices(call.host)

    async def test_each_sound_is_kept(self, call: Call) -> None:
        await press_each(call.host, CHIMES, dialog_tables.chimes(CHIMES))

    async def test_no_background_is_unknown(self, call: Call) -> None:
        # test_background.py sees what they do: to try each here would take minutes.
        await press_each(call.host, BACKGROUND, dialog_tables.DONE, beside=BACKGROUNDS)

    async def test_the_statistics_close(self, call: Call) -> None:
        await STATISTICS(call.host)
        await see(said(call.host, "You receive"))
        await press_each(call.host, STATISTICS, dialog_tables.CLOSE)

    async def test_one_is_made_quiet(self, call: Call) -> None:
        options = opened_by("Options for Budi")
        opened = opened_by("Adjust volume", "Volume of Budi", inside=options)
        await press_each(call.host, opened, dialog_tables.volume())


@in_a_wide_window
class TestWide:
    async def test_each_shortcut_takes_another_key(self, call: Call) -> None:
        await press_each(call.host, SHORTCUTS, dialog_tables.shortcuts(SHORTCUTS))

    async def test_each_control_of_the_information_acts(self, call: Call) -> None:
        opened = opened_by("About the meeting")
        await press_each(call.host, opened, dialog_tables.information())
        await shut(call.host, "About the meeting")


class TestSharedScreen:
    async def test_each_control_acts_for_those_who_watch_and_for_who_shares(
        self, call: Call
    ) -> None:
        await call.guest.use("Share screen")
        await press_each(call.host, dialog_tables.tools, dialog_tables.shared_screen(call))
        await press_each(call.guest, dialog_tables.own, dialog_tables.own_screen(call))
