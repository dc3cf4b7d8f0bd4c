"""The web app as people use it: a link, a name, and they see and hear each other."""

import re
from functools import partial
from urllib.parse import urlsplit

from playwright.async_api import Route, expect

from harness.app import NAMES, Arrive, Person, meet
from harness.barepage import until
from harness.media import LOOKS
from harness.servers import Server


async def see_and_hear_each_other(people: list[Person], numbers: list[int]) -> None:
    for person, number in zip(people, numbers, strict=True):
        tones = {LOOKS[other].tone_hz for other in numbers if other != number}
        await until(partial(person.hears, tones), f"{number} hears {tones}")
        await until(
            partial(person.sees_moving, len(tones)), f"{number} sees {len(tones)} moving pictures"
        )


class TestMeeting:
    async def test_three_people_see_and_hear_each_other(
        self, server: Server, arrive: Arrive
    ) -> None:
        _, people = await meet(server, arrive, 3)

        await see_and_hear_each_other(people, [0, 1, 2])

        for person in people:
            hosts = {urlsplit(url).netloc for url in person.requests if url.startswith("http")}
            assert hosts == {urlsplit(server.http).netloc}
            assert person.complaints == []

    async def test_two_meetings_at_once_do_not_mix(self, server: Server, arrive: Arrive) -> None:
        _, here = await meet(server, arrive, 2)
        host = await arrive(2)
        link = await host.start_meeting(server.http)
        await host.enter(link, NAMES[2])
        guest = await arrive(3)
        await guest.enter(link, NAMES[3])

        await see_and_hear_each_other(here, [0, 1])
        await see_and_hear_each_other([host, guest], [2, 3])

    async def test_a_message_reaches_everyone_once(self, server: Server, arrive: Arrive) -> None:
        _, [host, guest] = await meet(server, arrive, 2)
        await host.press("Chat")
        await guest.press("Chat")

        await guest.page.get_by_label("Write a message").fill("Halo semua")
        await guest.page.get_by_role("button", name="Send").click()

        await expect(host.page.get_by_text("Halo semua", exact=True)).to_have_count(1)
        await expect(guest.page.get_by_text("Halo semua", exact=True)).to_have_count(1)

    async def test_a_muted_microphone_is_silent_and_shown(
        self, server: Server, arrive: Arrive
    ) -> None:
        _, [host, guest] = await meet(server, arrive, 2)
        await until(partial(host.hears, {LOOKS[1].tone_hz}), "the host hears the guest")

        await guest.page.keyboard.press("Control+d")

        await until(partial(host.hears, set()), "the host hears nobody")
        tile = host.page.get_by_role("figure", name="Budi")
        await expect(tile).to_have_accessible_name(re.compile("microphone off"))

        await guest.press("Turn on microphone")
        await until(partial(host.hears, {LOOKS[1].tone_hz}), "the host hears the guest again")

    async def test_a_camera_goes_off_and_on(self, server: Server, arrive: Arrive) -> None:
        _, [host, guest] = await meet(server, arrive, 2)
        await until(partial(host.sees_moving, 1), "the host sees the guest")

        await guest.page.keyboard.press("Control+e")
        await until(partial(host.sees_moving, 0), "the picture is gone")

        await guest.press("Turn on camera")
        await until(partial(host.sees_moving, 1), "the picture is back")

    async def test_a_shared_screen_takes_the_stage(self, server: Server, arrive: Arrive) -> None:
        _, [host, guest] = await meet(server, arrive, 2)

        await guest.press("Share screen")
        shared = host.page.get_by_role("figure", name=re.compile("Budi.s screen"))
        await expect(shared).to_be_visible()

        await guest.press("Stop sharing")
        await expect(shared).to_have_count(0)


class TestComingAndGoing:
    async def test_leaving_says_so_and_rejoining_works(
        self, server: Server, arrive: Arrive
    ) -> None:
        _, [host, guest] = await meet(server, arrive, 2)
        await until(partial(host.sees_moving, 1), "the host sees the guest")

        await guest.press("Leave")
        await expect(guest.page.get_by_role("heading", name="See you, Budi")).to_be_visible()
        await until(partial(host.sees_moving, 0), "the guest is gone")

        await guest.press("Join again")
        await guest.press("Join")
        await see_and_hear_each_other([host, guest], [0, 1])

    async def test_the_host_removes_a_guest(self, server: Server, arrive: Arrive) -> None:
        _, [host, guest] = await meet(server, arrive, 2)

        await host.page.get_by_role("button", name="People").click()
        await host.press("Menu for Budi")
        await host.page.get_by_role("menuitem", name="Remove").click()
        await host.page.get_by_role("dialog").get_by_role("button", name="Remove").click()

        await expect(
            guest.page.get_by_role("heading", name="You were removed from the meeting")
        ).to_be_visible()

    async def test_the_host_ends_the_meeting_for_everyone(
        self, server: Server, arrive: Arrive
    ) -> None:
        link, [host, guest] = await meet(server, arrive, 2)

        await host.press("Leave")
        await host.page.get_by_role("dialog").get_by_role("button", name="End").click()

        over = guest.page.get_by_role("heading", name="The meeting is over")
        await expect(over).to_be_visible()
        await guest.page.goto(link)
        await expect(over).to_be_visible()

    async def test_a_guest_has_no_way_to_end_or_remove(
        self, server: Server, arrive: Arrive
    ) -> None:
        _, [_, guest] = await meet(server, arrive, 2)

        await guest.page.get_by_role("button", name="People").click()
        await expect(guest.page.get_by_role("button", name="Menu for")).to_have_count(0)
        await guest.press("Leave")

        await expect(guest.page.get_by_role("heading", name="See you, Budi")).to_be_visible()

    async def test_an_unknown_code_says_so_and_offers_a_meeting(
        self, server: Server, arrive: Arrive
    ) -> None:
        person = await arrive(0)

        await person.page.goto(f"{server.http}/zzz-zzzz-zzz")

        await expect(person.page.get_by_text("This code does not exist yet")).to_be_visible()
        await expect(
            person.page.get_by_role("button", name="Start a meeting", exact=True)
        ).to_be_visible()

    async def test_a_spoiled_token_is_refused_with_the_reason(
        self, server: Server, arrive: Arrive
    ) -> None:
        _, [host] = await meet(server, arrive, 1)
        stranger = await arrive(3)

        async def spoil(route: Route) -> None:
            answer = await route.fetch()
            seat = await answer.json()
            head, body, signature = seat["token"].split(".")
            seat["token"] = f"{head}.{body}.{signature[::-1]}"
            await route.fulfill(response=answer, json=seat)

        await stranger.page.route("**/join", spoil)
        await stranger.page.goto(host.page.url)
        await stranger.page.get_by_label("Your name").fill("Stranger")
        await stranger.press("Join")

        await expect(stranger.page.get_by_text("token")).to_be_visible()
        await expect(host.page.get_by_role("figure", name="Stranger")).to_have_count(0)
