"""No row of a meeting's menus does nothing: each is pressed, and what follows is its own."""

import pytest
from playwright.async_api import FloatRect, expect

from harness import app, menu_tables
from harness.app import Arrive
from harness.barepage import until
from harness.calls import Call
from harness.controls import know_each, press_each
from harness.outcomes import opened_by, shut
from harness.servers import Server

MORE = opened_by("More")
# A phone has its devices and reactions under "More".
in_a_wide_window = pytest.mark.parametrize("call", ["1366-id"], indirect=True)

NEAR_PX = 16


def is_at(menu: FloatRect, button: FloatRect) -> bool:
    """Whether the menu ends just above the button, and lies over it."""
    gap = button["y"] - menu["y"] - menu["height"]
    middle = button["x"] + button["width"] / 2
    return 0 <= gap <= NEAR_PX and menu["x"] <= middle <= menu["x"] + menu["width"]


class TestMore:
    async def test_each_row_acts(self, call: Call) -> None:
        await press_each(call.host, MORE, menu_tables.under_more(call, MORE))
        await shut(call.host, "More")

    async def test_the_guest_has_no_row_that_is_unknown(self, call: Call) -> None:
        rows = menu_tables.under_more(call, MORE)
        await know_each(call.guest, MORE, [text for text in rows if text != "Room settings"])
        await shut(call.guest, "More")


class TestTileOptions:
    async def test_each_row_acts(self, call: Call) -> None:
        opened = opened_by("Options for Budi")
        await press_each(call.host, opened, menu_tables.tile_options(call, opened))

    async def test_the_guest_has_no_row_that_is_unknown(self, call: Call) -> None:
        await know_each(call.guest, opened_by("Options for Adi"), ["Adjust volume"])
        await shut(call.guest, "Options for Adi")


@in_a_wide_window
class TestMenusOfTheBar:
    async def test_each_reaction_is_seen(self, call: Call) -> None:
        await press_each(call.host, opened_by("Reactions"), menu_tables.reactions(call))

    async def test_each_row_of_the_sound_devices_acts(self, call: Call) -> None:
        opened = opened_by("Sound devices")
        await press_each(call.host, opened, await menu_tables.sound_devices(call.host, opened))
        await shut(call.host, "Sound devices")

    async def test_each_row_of_the_camera_devices_acts(self, call: Call) -> None:
        opened = opened_by("Camera devices")
        await press_each(call.host, opened, await menu_tables.camera_devices(call.host, opened))


@in_a_wide_window
class TestWindow:
    async def test_that_changes_its_size_keeps_the_menu_at_its_button(self, call: Call) -> None:
        menu = await opened_by("Camera devices")(call.host)
        button = call.host.button("Camera devices")

        async def stands_there() -> bool:
            low, high = await menu.bounding_box(), await button.bounding_box()
            return low is not None and high is not None and is_at(low, high)

        for width, height in ((900, 500), (1366, 768)):
            await call.host.page.set_viewport_size({"width": width, "height": height})
            await until(stands_there, f"it stands there at {width} x {height}")
        await shut(call.host, "Camera devices")


class TestSettings:
    async def test_both_menus_of_devices_lead_to_those_of_the_account(
        self, server: Server, arrive: Arrive
    ) -> None:
        host, home = await arrive(0), server.http
        address = app.own_address("ratna")
        await app.make_account(host, server, home, address, ("Ratna", "Wulandari"))
        await app.sign_in(host, home, address)
        await expect(host.page.get_by_role("heading", name="Welcome, Ratna")).to_be_visible()
        await host.enter(await host.start_meeting(home), "Ratna")
        for menu in ("Sound devices", "Camera devices"):
            await host.press(menu)
            async with host.page.context.expect_page() as opening:
                await host.page.get_by_role("menuitem", name="Settings", exact=True).click()
            settings = await opening.value
            await expect(settings).to_have_url(f"{home}/settings")
            await settings.close()
