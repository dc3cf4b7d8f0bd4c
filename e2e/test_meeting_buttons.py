"""No button of a meeting does nothing: each is pressed, and what follows is its own.

Every control of the bar and of the tiles has to stand in the table; a new one fails until it does.
What opens is seen to open under its name.
"""

from collections.abc import AsyncIterator
from typing import cast

import pytest
from playwright.async_api import Browser, Locator

from harness import bar_table
from harness.bar_table import Call
from harness.controls import know_each, press_each
from harness.seats import Seat, meet_at
from harness.servers import Server
from harness.words import Language, Words

PLACES = ("1366-id", "390-en")


@pytest.fixture(scope="module", params=PLACES, ids=lambda where: where)
async def call(
    request: pytest.FixtureRequest, server: Server, people: list[Browser]
) -> AsyncIterator[Call]:
    """One meeting for all tests of a size; each leaves it as it was."""
    size, language = str(request.param).split("-")
    _, seats = await meet_at(people[:2], server.http, Words(cast("Language", language)), size)
    yield Call(*seats)
    for seat in seats:
        await seat.person.leave()


async def whole(seat: Seat) -> Locator:
    return seat.page.locator("body")


class TestBar:
    async def test_each_control_acts(self, call: Call) -> None:
        await press_each(call.host, whole, {**bar_table.bar(call), **bar_table.stage(call)})

    async def test_the_guest_has_no_control_that_is_unknown(self, call: Call) -> None:
        tiles = (
            ["Pin Adi", "Options for Adi", "Move your picture to another corner"]
            if call.is_phone
            else ["Pin Adi", "Options for Adi", "Hide my picture"]
        )
        controls = [text for text in bar_table.bar(call) if text != "Room settings"]
        await know_each(call.guest, whole, [*controls, *tiles])
