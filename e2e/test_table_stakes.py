"""What people expect of every meeting, on a laptop and a phone, in both languages, with real media.

Captions, recording and minutes belong to later versions. One meeting stands for all tests of a
size and language, and each leaves it as it was.
"""

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import pytest
from livekit import rtc
from playwright.async_api import Browser, expect

from harness import servers, tokens
from harness.barepage import until
from harness.calls import calling
from harness.media import LOOKS
from harness.seats import Seat, sitting
from harness.senses import COUNT_SOUNDS
from harness.servers import Server

NEWS_MS = 30_000
# Each size and each language; with E2E_EVERYWHERE each in the other too, for a person who has time.
PLACES: tuple[str, ...] = ("1366-id", "390-en")
if "E2E_EVERYWHERE" in os.environ:
    PLACES += ("1366-en", "390-id")
# With the two who are there, one more than fits on a page.
CROWD, PHONE_CROWD = 11, 7
BARS = ".meter-lit"
LIT = f"document.querySelectorAll('{BARS}').length"


@dataclass
class Call:
    """A host and a guest who see and hear each other."""

    server: Server
    link: str
    host: Seat
    guest: Seat
    third: Browser


@pytest.fixture(scope="module")
async def own_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """A server whose media process may be killed."""
    running = await servers.start(tmp_path_factory.mktemp("table-stakes") / "data")
    yield running
    assert await running.stop() == 0


@pytest.fixture(scope="module", params=PLACES, ids=lambda where: where)
async def call(
    request: pytest.FixtureRequest, own_server: Server, people: list[Browser]
) -> AsyncIterator[Call]:
    async with calling(people, own_server.http, str(request.param)) as met:
        yield Call(own_server, met.link, met.host, met.guest, people[2])


@pytest.fixture
async def late(call: Call) -> AsyncIterator[Seat]:
    """Somebody who comes when the others are there."""
    async with sitting(call.third, call.host.words, call.host.size) as seat:
        yield seat


class TestEverywhere:
    async def test_page_before_joining_shows_oneself_and_who_is_inside(
        self, call: Call, late: Seat
    ) -> None:
        await late.page.goto(call.link)
        await until(partial(sees_oneself_moving, late), "the own picture moves")
        await expect(late.page.get_by_text(late.words("inside"))).to_be_visible()
        await until(partial(late.page.evaluate, f"{LIT} > 0"), "the meter shows the own voice")
        await late.press("Turn off camera")
        await expect(late.page.locator("video")).to_have_count(0)
        await late.press("Test the speaker")
        playing = late.page.get_by_label(late.words("Playing a tone"))
        await expect(playing).to_be_visible()
        await expect(late.button("Test the speaker")).to_be_enabled()
        await late.enter(call.link, "Citra")
        await expect(late.button("Turn on camera")).to_be_visible()
        await expect(call.host.tile("Citra").locator("video")).to_have_count(0)
        await late.person.leave()
        await expect(call.host.tile("Citra")).to_have_count(0, timeout=NEWS_MS)

    async def test_waiting_room_holds_until_the_host_admits(self, call: Call, late: Seat) -> None:
        await turn_waiting_room(call.host)
        await late.page.goto(call.link)
        await late.page.get_by_label(late.words("Your name")).fill("Citra")
        await late.press("Join")
        await expect(
            late.page.get_by_role("heading", name=late.words("The host knows you are here"))
        ).to_be_visible()
        news = call.host.page.get_by_text(f"Citra {late.words('is waiting outside')}")
        await expect(news.first).to_be_visible(timeout=NEWS_MS)
        panel = await call.host.open_panel("People")
        await panel.get_by_role("button", name=late.words("Admit Citra")).click()
        await late.is_inside()
        await call.host.close_panel()
        await turn_waiting_room(call.host)

    async def test_a_guest_becomes_co_host_and_participant_again(self, call: Call) -> None:
        await change_guest(call.host, "Make co-host")
        news = call.guest.page.get_by_text(call.guest.words("You are now a co-host"))
        await expect(news.first).to_be_visible(timeout=NEWS_MS)
        await call.guest.choose("Room settings")
        await (
            call.guest.page.get_by_role("dialog")
            .get_by_role("button", name=call.guest.words("Close"))
            .click()
        )
        await change_guest(call.host, "Make participant")
        news = call.guest.page.get_by_text(call.guest.words("You are now a participant"))
        await expect(news.first).to_be_visible(timeout=NEWS_MS)

    async def test_a_hand_goes_up_for_all_and_down_again(self, call: Call) -> None:
        await call.guest.press("Raise hand")
        news = call.host.page.get_by_text(f"Budi {call.host.words('raised a hand')}")
        await expect(news.first).to_be_visible(timeout=NEWS_MS)
        await expect(call.host.tile("Budi").locator(".tile-hand")).to_be_visible()
        await call.guest.press("Lower hand")
        await expect(call.host.tile("Budi").locator(".tile-hand")).to_have_count(0)

    async def test_a_reaction_rises_for_all(self, call: Call) -> None:
        if call.guest.is_phone:
            await call.guest.choose("Celebrate")
        else:
            await call.guest.press("Reactions")
            await call.guest.page.get_by_role(
                "menuitem", name=call.guest.words("Celebrate")
            ).click()
        await expect(call.host.page.locator("[data-reaction=celebrate]")).to_be_visible()

    async def test_a_message_is_read_by_the_other(self, call: Call) -> None:
        text = f"Selamat pagi dari {call.guest.size}"
        await call.guest.open_panel("Chat")
        await call.guest.page.get_by_label(call.guest.words("Write a message")).fill(text)
        await call.guest.press("Send")
        await call.host.open_panel("Chat")
        await expect(call.host.page.get_by_text(text, exact=True)).to_have_count(1)
        for seat in (call.host, call.guest):
            await seat.close_panel()

    async def test_a_shared_screen_is_seen_and_heard(self, call: Call) -> None:
        """The screen that Chromium makes up sounds as its microphone does."""
        tone = LOOKS[1].tone_hz
        await call.guest.press("Turn off microphone")
        await until(partial(is_unheard, call.host, tone), "the guest is silent")
        await call.guest.use("Share screen")
        await until(partial(sees_share_moving, call.host), "the shared screen moves")
        await until(partial(hears_also, call.host, tone), "the shared screen is heard")
        await call.guest.use("Stop sharing")
        await until(partial(is_unheard, call.host, tone), "its sound is gone")
        await expect(call.host.page.locator("[data-share]")).to_have_count(0)
        await call.guest.press("Turn on microphone")

    async def test_a_pinned_person_stands_large(self, call: Call) -> None:
        await change_guest(call.host, "Pin")
        await expect(call.host.page.get_by_label(pinned(call.host)).first).to_be_visible()
        await until(partial(is_largest, call.host, "Budi"), "who is pinned is large")
        await change_guest(call.host, "Unpin")
        await expect(call.host.page.get_by_label(pinned(call.host))).to_have_count(0)

    async def test_many_people_stand_on_pages(self, call: Call) -> None:
        crowd = [rtc.Room() for _ in range(PHONE_CROWD if call.host.is_phone else CROWD)]
        code = call.link.rsplit("/", 1)[1]
        for number, room in enumerate(crowd):
            await room.connect(call.server.websocket, tokens.mint(code, f"person {number + 1}"))
        first = re.compile(r"^1 / \d$")
        await expect(call.host.page.get_by_text(first)).to_be_visible(timeout=NEWS_MS)
        await call.host.press("Next page")
        await expect(call.host.page.get_by_text(re.compile(r"^2 / \d$"))).to_be_visible()
        await call.host.press("Previous page")
        await expect(call.host.page.get_by_text(first)).to_be_visible()
        await asyncio.gather(*(room.disconnect() for room in crowd))
        await expect(call.host.page.get_by_text(first)).to_have_count(0, timeout=NEWS_MS)

    async def test_devices_have_a_meter_a_tone_and_a_filter_for_noise(self, call: Call) -> None:
        host = call.host
        await host.press("More" if host.is_phone else "Sound devices")
        await until(partial(host.page.evaluate, f"{LIT} > 0"), "the meter shows the own voice")
        test = host.row("Test the speaker")
        await host.page.evaluate(COUNT_SOUNDS)
        await test.click()
        await until(partial(host.page.evaluate, "window.sounds > 0"), "a tone is played")
        if not host.is_phone:
            await host.press("Sound devices")
        switch = host.page.get_by_role(
            "switch" if host.is_phone else "menuitemcheckbox", name=host.words("Reduce noise")
        )
        await switch.click()
        await expect(switch).to_have_attribute("aria-checked", "true")
        await until(partial(is_unheard, call.guest, LOOKS[0].tone_hz), "the hum is taken away")
        await switch.click()
        await expect(switch).to_have_attribute("aria-checked", "false")
        await until(partial(hears_also, call.guest, LOOKS[0].tone_hz), "the hum is heard again")
        await host.page.keyboard.press("Escape")

    async def test_the_small_window_shows_the_other(self, call: Call) -> None:
        host = call.host
        await host.press("More")
        async with host.page.context.expect_page() as opening:
            await host.row("Small window").click()
        small = await opening.value
        playing = "document.querySelector('video')?.videoWidth > 0"
        await until(partial(small.evaluate, playing), "the picture is seen")
        await small.get_by_role("button", name=host.words("Turn off microphone")).click()
        await until(partial(is_unheard, call.guest, LOOKS[0].tone_hz), "the button mutes")
        await small.get_by_role("button", name=host.words("Turn on microphone")).click()
        await expect(host.button("Turn off microphone")).to_be_visible()
        await small.close()

    async def test_keys_mute_and_open_panels_and_tell_what_they_do(self, call: Call) -> None:
        host = call.host
        await host.page.evaluate("document.activeElement.blur()")
        await host.page.keyboard.press("Control+d")
        await until(partial(is_unheard, call.guest, LOOKS[0].tone_hz), "a key mutes")
        await host.page.keyboard.press("Control+d")
        await until(partial(hears_also, call.guest, LOOKS[0].tone_hz), "and unmutes")
        await host.page.keyboard.press("c")
        await expect(host.page.get_by_label(host.words("Write a message"))).to_be_visible()
        await host.close_panel()
        await host.page.keyboard.press("Shift+?")
        shortcuts = host.page.get_by_role("dialog", name=host.words("Shortcuts"))
        await expect(shortcuts).to_be_visible()
        await host.page.keyboard.press("Escape")
        await expect(shortcuts).to_have_count(0)

    async def test_controls_fit_the_window_and_the_finger(self, call: Call) -> None:
        bar = call.host.page.get_by_role("toolbar", name=call.host.words("Meeting controls"))
        for name in ("Turn off microphone", "Turn off camera", "More", "Leave"):
            box = await bar.get_by_role(
                "button", name=call.host.words(name), exact=True
            ).bounding_box()
            assert box is not None
            smallest = 44 if call.host.is_phone else 32
            assert min(box["width"], box["height"]) >= smallest, name
        count = await bar.get_by_role("button").count()
        assert (count == 5) is call.host.is_phone
        overflow = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not await call.host.page.evaluate(overflow)

    async def test_a_lost_connection_comes_back_by_itself(self, call: Call) -> None:
        await until(partial(call.host.person.sees_moving, 1), "the host sees the guest")
        before = call.server.sfu_pid()
        os.kill(before, signal.SIGKILL)
        await until(partial(has_new_sfu, call.server, before), "the media process is started anew")
        # The card shows only when it takes longer than two seconds.
        await until(partial(call.host.person.sees_moving, 1), "the guest is seen again", 60)
        await until(partial(hears_also, call.guest, LOOKS[0].tone_hz), "the host is heard again")
        card = call.host.page.get_by_text(call.host.words("Reconnecting…"))
        await expect(card).to_have_count(0)


SHARE_PRINT = """() => {
  const video = document.querySelector('[data-share] video');
  if (!video?.videoWidth) return '';
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data.join();
}"""
LARGEST = """() => {
  const area = (tile) => tile.offsetWidth * tile.offsetHeight;
  const tiles = [...document.querySelectorAll('[data-participant]')];
  return tiles.sort((left, right) => area(right) - area(left))[0]?.ariaLabel ?? '';
}"""


async def turn_waiting_room(host: Seat) -> None:
    """Turn it on, or off again."""
    await host.choose("Room settings")
    switch = host.page.get_by_role("switch", name=host.words("Waiting room"))
    was_on = await switch.is_checked()
    await switch.click()
    await expect(switch).to_be_enabled()
    await expect(switch).to_be_checked(checked=not was_on)
    await host.page.get_by_role("dialog").get_by_role("button", name=host.words("Close")).click()


async def change_guest(host: Seat, what: str) -> None:
    """Choose from the menu beside the guest in the list of people."""
    await host.open_panel("People")
    await host.press("Menu for Budi")
    await host.page.get_by_role("menuitem", name=host.words(what), exact=True).click()
    await host.close_panel()


def pinned(seat: Seat) -> re.Pattern[str]:
    return re.compile(f"Budi.*{seat.words('pinned')}")


async def has_new_sfu(server: Server, before: int) -> bool:
    with suppress(ValueError):
        return server.sfu_pid() != before
    return False


async def sees_oneself_moving(seat: Seat) -> bool:
    first = await seat.page.evaluate("see().map((eye) => eye.print).join()")
    await seat.page.wait_for_timeout(400)
    return bool(first) and first != await seat.page.evaluate("see().map((eye) => eye.print).join()")


async def sees_share_moving(seat: Seat) -> bool:
    first = await seat.page.evaluate(SHARE_PRINT)
    await seat.page.wait_for_timeout(400)
    return bool(first) and first != await seat.page.evaluate(SHARE_PRINT)


async def hears_also(seat: Seat, hz: int) -> bool:
    """Whether this tone is among what is heard."""
    return any(abs(ear["hz"] - hz) < 15 for ear in await seat.page.evaluate("hear()"))


async def is_unheard(seat: Seat, hz: int) -> bool:
    return not await hears_also(seat, hz)


async def is_largest(seat: Seat, name: str) -> bool:
    return name in str(await seat.page.evaluate(LARGEST))
