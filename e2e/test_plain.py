"""A page with nothing but RTCPeerConnection and WebSocket, in a meeting with the web app."""

import asyncio
import re
from functools import partial

from playwright.async_api import expect

from harness.app import NAMES, Arrive, Person
from harness.barepage import until
from harness.media import LOOKS
from harness.servers import Server


async def meet(server: Server, arrive: Arrive) -> tuple[Person, Person]:
    """One in the web app, one on the example page."""
    host, plain = await arrive(0), await arrive(1)
    link = await host.start_meeting(server.http)
    await host.enter(link, NAMES[0])
    code = link.rpartition("/")[2]
    await plain.page.goto(f"{server.http}/examples/plain.html?room={code}&name={NAMES[1]}")
    return host, plain


async def sees_a_still(person: Person) -> bool:
    first = await person.pictures()
    await asyncio.sleep(0.4)
    return first == await person.pictures() != {}


class TestPlainPage:
    async def test_both_see_and_hear_each_other(self, server: Server, arrive: Arrive) -> None:
        host, plain = await meet(server, arrive)

        await until(partial(host.hears, {LOOKS[1].tone_hz}), "the web app hears the plain page")
        await until(partial(host.sees_moving, 1), "the web app sees the plain page")
        await until(partial(plain.hears, {LOOKS[0].tone_hz}), "the plain page hears the web app")
        await until(partial(plain.sees_moving, 1), "the plain page sees the web app")
        assert plain.complaints == []

    async def test_a_third_is_seen_and_heard_as_soon_as_it_comes(
        self, server: Server, arrive: Arrive
    ) -> None:
        host, plain = await meet(server, arrive)
        guest = await arrive(2)
        await guest.enter(host.page.url, NAMES[2])

        tones = {LOOKS[0].tone_hz, LOOKS[2].tone_hz}
        await until(partial(plain.hears, tones), "the plain page hears both")
        await until(partial(plain.sees_moving, 2), "the plain page sees both")

        await guest.press("Leave")
        await until(partial(plain.sees_moving, 1), "the picture of who has left is gone")

    async def test_messages_go_both_ways_and_mute_is_shown(
        self, server: Server, arrive: Arrive
    ) -> None:
        host, plain = await meet(server, arrive)
        await until(partial(host.hears, {LOOKS[1].tone_hz}), "the web app hears the plain page")
        await host.press("Chat")

        await plain.page.get_by_label("Message").fill("Halo dari soket polos")
        await plain.page.get_by_role("button", name="Send").click()
        await expect(host.page.get_by_text("Halo dari soket polos", exact=True)).to_have_count(1)
        await host.page.get_by_label("Write a message").fill("Halo juga")
        await host.page.get_by_role("button", name="Send").click()
        await expect(plain.page.get_by_role("listitem")).to_have_text(
            ["Halo dari soket polos", "Halo juga"]
        )

        await plain.page.get_by_role("button", name="Mute").click()
        await until(partial(host.hears, set()), "the web app hears nobody")
        tile = host.page.get_by_role("figure", name=NAMES[1])
        await expect(tile).to_have_accessible_name(re.compile("microphone off"))

        await plain.page.get_by_role("button", name="Leave").click()
        await expect(tile).to_have_count(0)

    async def test_the_end_of_the_meeting_is_its_end(self, server: Server, arrive: Arrive) -> None:
        host, plain = await meet(server, arrive)
        await until(partial(plain.sees_moving, 1), "the plain page sees the web app")

        await host.press("Leave")
        await host.page.get_by_role("dialog").get_by_role("button", name="End").click()

        await until(partial(sees_a_still, plain), "nothing moves any more")
        assert plain.complaints == []
