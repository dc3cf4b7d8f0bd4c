"""No way out of a meeting leads nowhere, nor any way back in."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, expect

from harness.calls import PLACES, Call, calling
from harness.controls import SOON_MS, press, press_each
from harness.outcomes import Table, closes, opened_by, said, see
from harness.seats import Seat
from harness.servers import Server

LEAVE = opened_by("Leave", "End for everyone?")


@pytest.fixture(params=PLACES, ids=str)
async def call(
    request: pytest.FixtureRequest, server: Server, people: list[Browser]
) -> AsyncIterator[Call]:
    """A meeting that a test may end."""
    async with calling(people, server.http, str(request.param)) as meeting:
        yield meeting


def heading(seat: Seat, text: str) -> Locator:
    return seat.page.get_by_role("heading", name=seat.words(text), exact=True)


def after(text: str, seat: Seat) -> Locator:
    """The page that says so."""
    return seat.page.get_by_role("main").filter(has=heading(seat, text))


async def comes_back(seat: Seat, control: Locator) -> None:
    """Back in by the page before the meeting."""
    await press(control)
    await press(seat.button("Join"))
    await expect(seat.button("Leave")).to_be_visible(timeout=SOON_MS)


async def goes_home(seat: Seat, control: Locator) -> None:
    await press(control)
    await see(seat.button("Start a meeting"))


async def begins_anew(seat: Seat, control: Locator) -> None:
    """A meeting of one's own, before which one stands."""
    over = seat.page.url
    await press(control)
    await see(seat.button("Join"))
    assert seat.page.url != over


async def is_pressed(control: Locator) -> None:
    await expect(control).to_have_attribute("aria-pressed", "true", timeout=SOON_MS)


async def was_good(seat: Seat, control: Locator) -> None:
    """The server has it, and asks nothing more."""
    await press(control)
    await is_pressed(control)
    await see(said(seat, "Thank you"))
    await see(seat.button("Write a comment"))


async def was_not_so_good(seat: Seat, control: Locator) -> None:
    """What was wrong can be said, and arrives."""
    await press(control)
    await is_pressed(control)
    field = seat.page.get_by_label(seat.words("Comment (optional)"), exact=True)
    await field.fill("Suaranya putus-putus")
    await press(seat.button("Send"))
    await see(said(seat, "your comment was sent"))


RATING: Table = {"Good": was_good, "Not so good": was_not_so_good}


class TestLeaving:
    async def test_each_way_on_of_who_left_acts(self, call: Call) -> None:
        async def left(seat: Seat) -> Locator:
            if await seat.button("Leave").count() > 0:
                await press(seat.button("Leave"))
            await see(after("See you, Budi", seat))
            return after("See you, Budi", seat)

        ways: Table = {**RATING, "Join again": comes_back, "To the front page": goes_home}
        await press_each(call.guest, left, ways)

    async def test_each_answer_of_the_host_acts(self, call: Call) -> None:
        async def leaves(seat: Seat, control: Locator) -> None:
            await press(control)
            page = after("See you, Adi", seat)
            again = page.get_by_role("button", name=seat.words("Join again"), exact=True)
            await comes_back(seat, again)

        async def ends(seat: Seat, control: Locator) -> None:
            await press(control)
            for one in (seat, call.guest):
                await see(heading(one, "The meeting is over"))

        await press_each(call.host, LEAVE, {"Back": closes, "Only me": leaves, "End": ends})

        async def over(seat: Seat) -> Locator:
            return after("The meeting is over", seat)

        for seat in (call.host, call.guest):
            await press_each(seat, over, {**RATING, "Start a meeting": begins_anew})
