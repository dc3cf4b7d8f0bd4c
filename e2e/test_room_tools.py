"""What hosts do with a room and the people in it, by the buttons of the web app."""

import re
from functools import partial

from playwright.async_api import Locator, expect

from harness import app
from harness.app import Arrive, Person, meet
from harness.barepage import until
from harness.media import LOOKS
from harness.servers import Server

# For news, on a machine that has much else to do.
LATE_MS = 30_000


def panel(person: Person) -> Locator:
    return person.page.get_by_role("complementary", name="People")


async def turn(person: Person, switch: str) -> None:
    """Turn one switch of the room's settings, and see it taken."""
    control = person.page.get_by_role("switch", name=re.compile(switch))
    was_on = await control.is_checked()
    await control.click()
    await expect(control).to_be_enabled()
    await expect(control).to_be_checked(checked=not was_on)


async def set_up(person: Person) -> None:
    await person.press("More")
    await person.page.get_by_role("menuitem", name="Room settings").click()


async def close(person: Person) -> None:
    await person.page.get_by_role("dialog").get_by_role("button", name="Close").click()


async def ask_to_come_in(person: Person, link: str, name: str) -> None:
    await person.page.goto(link)
    await person.page.get_by_label("Your name").fill(name)
    await person.press("Join")


class TestDoor:
    async def test_waiting_room_and_lock(self, server: Server, arrive: Arrive) -> None:
        link, [host] = await meet(server, arrive, 1)
        await set_up(host)
        await turn(host, "Waiting room")
        await close(host)

        guest = await arrive(1)
        await ask_to_come_in(guest, link, "Budi")
        await expect(guest.page.get_by_role("heading", name="knows you are here")).to_be_visible()
        await expect(host.page.get_by_text("Budi is waiting outside")).to_be_visible()
        await host.press("People, 1 person, 1 waiting")
        await panel(host).get_by_role("button", name="Admit Budi").click()
        await expect(guest.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()
        await expect(panel(host).get_by_text("Waiting outside")).to_have_count(0)

        await panel(host).get_by_role("button", name="Room settings").click()
        await turn(host, "Lock the room")
        await close(host)
        other = await arrive(2)
        await ask_to_come_in(other, link, "Citra")
        await expect(other.page.get_by_text("The host locked this room.")).to_be_visible()

    async def test_password(self, server: Server, arrive: Arrive) -> None:
        link, [host] = await meet(server, arrive, 1)
        await set_up(host)
        await host.page.get_by_label("Password of the room").fill("teh hangat")
        await host.press("Set the password")
        await expect(host.page.get_by_text("The password is set.")).to_be_visible()

        guest = await arrive(1)
        await ask_to_come_in(guest, link, "Budi")
        await guest.page.get_by_label("Password of the room").fill("kopi")
        await guest.press("Join")
        await expect(guest.page.get_by_text("This is not the password")).to_be_visible()
        await guest.page.get_by_label("Password of the room").fill("teh hangat")
        await guest.press("Join")
        await expect(guest.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()


class TestPeople:
    async def test_hands_mute_and_who_may_speak(self, server: Server, arrive: Arrive) -> None:
        _, [host, guest] = await meet(server, arrive, 2)
        # Beginning to speak lowers a hand, and a busy machine hears a tone begin again and again.
        await guest.press("Turn off microphone")
        await guest.press("Raise hand")
        await expect(host.page.get_by_text("Budi raised a hand")).to_be_visible()
        await host.page.get_by_role("button", name="People, 2 people").click()
        await panel(host).get_by_role("button", name="Lower hand: Budi").click()
        await expect(guest.page.get_by_role("button", name="Raise hand")).to_be_visible()
        await guest.press("Turn on microphone")
        await until(partial(host.hears, {LOOKS[1].tone_hz}), "the guest is heard")

        await panel(host).get_by_role("button", name="Mute all").click()
        await expect(guest.page.get_by_text("Adi muted you")).to_be_visible()

        await set_up(host)
        await turn(host, "Everyone may unmute")
        await turn(host, "Everyone may share")
        await turn(host, "Everyone may write")
        held = guest.page.get_by_role("button", name="Only hosts may speak right now")
        await expect(held).to_be_disabled()
        await expect(guest.page.get_by_role("button", name="Share screen")).to_have_count(0)
        await guest.press("Chat")
        await expect(guest.page.get_by_text("Only the host and moderators can")).to_be_visible()

    async def test_cameras_are_held_back_and_come_back(
        self, server: Server, arrive: Arrive
    ) -> None:
        _, [host, guest] = await meet(server, arrive, 2)
        shown = host.page.locator("[data-participant] video")
        await expect(shown).to_have_count(2, timeout=LATE_MS)
        await set_up(host)
        await turn(host, "Everyone may turn on the camera")
        await expect(guest.page.get_by_text("Your camera is held back")).to_be_visible()
        held = guest.page.get_by_role("button", name="Only hosts may turn on the camera")
        await expect(held).to_be_disabled()
        await expect(shown).to_have_count(1, timeout=LATE_MS)

        await turn(host, "Everyone may turn on the camera")
        await guest.press("Turn on camera")
        await expect(shown).to_have_count(2, timeout=LATE_MS)

    async def test_reactions_are_held_back_and_come_back(
        self, server: Server, arrive: Arrive
    ) -> None:
        _, [host, guest] = await meet(server, arrive, 2)
        await set_up(host)
        await turn(host, "Everyone may send reactions")
        await expect(guest.page.get_by_role("button", name="Reactions")).to_have_count(0)
        await turn(host, "Everyone may write")
        await turn(host, "Everyone may send reactions")
        await guest.press("Reactions")
        await guest.page.get_by_role("menuitem", name="Love").click()
        await expect(host.page.locator("[data-reaction=love]")).to_be_visible()

    async def test_a_new_name_is_seen_by_all_where_the_room_lets_one(
        self, server: Server, arrive: Arrive
    ) -> None:
        _, [host, guest] = await meet(server, arrive, 2)
        await guest.page.get_by_role("button", name="People, 2 people").click()
        await guest.press("Menu for Budi")
        await guest.page.get_by_role("menuitem", name="Change name").click()
        await guest.page.get_by_role("dialog").get_by_label("Your name").fill("Budi Santoso")
        await guest.press("Save")
        renamed = host.page.get_by_role("figure", name=re.compile("^Budi Santoso"))
        await expect(renamed).to_be_visible(timeout=LATE_MS)
        await expect(panel(guest).get_by_text("Budi Santoso")).to_be_visible()

        await set_up(host)
        await turn(host, "Everyone may change their name")
        await expect(guest.page.get_by_role("button", name="Menu for Budi")).to_have_count(0)

    async def test_roles_and_ban(self, server: Server, arrive: Arrive) -> None:
        link, [host, guest, other] = await meet(server, arrive, 3)
        await host.page.get_by_role("button", name="People, 3 people").click()
        await host.press("Menu for Budi")
        await host.page.get_by_role("menuitem", name="Make co-host").click()
        await expect(guest.page.get_by_text("You are now a co-host")).to_be_visible()

        await guest.page.get_by_role("button", name="People, 3 people").click()
        await guest.press("Menu for Citra")
        await guest.page.get_by_role("menuitem", name="Ban").click()
        await guest.page.get_by_role("dialog").get_by_role("button", name="Ban").click()
        await expect(other.page.get_by_role("heading", name="You were removed")).to_be_visible()
        await other.page.goto(link)
        await other.press("Join")
        await expect(other.page.get_by_text("closed your access to this room")).to_be_visible()
        await set_up(guest)
        await guest.press("Lift the ban on Citra")
        await expect(guest.page.get_by_text("Banned from this room")).to_have_count(0)
        await close(guest)
        await other.press("Join")
        await expect(other.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()

        await host.press("Menu for Budi")
        await host.page.get_by_role("menuitem", name="Hand over the room").click()
        await host.page.get_by_role("dialog").get_by_role("button", name="Hand over").click()
        await expect(guest.page.get_by_text("You are now the host")).to_be_visible()
        await expect(host.page.get_by_text("You are now a co-host")).to_be_visible()
        await guest.press("Leave")
        await guest.page.get_by_role("dialog").get_by_role("button", name="End").click()
        await expect(host.page.get_by_role("heading", name="is over")).to_be_visible()

    async def test_one_is_pinned_for_all_also_for_who_comes_late(
        self, server: Server, arrive: Arrive
    ) -> None:
        link, [host, guest, other] = await meet(server, arrive, 3)
        await host.page.get_by_role("button", name="People, 3 people").click()
        await host.press("Menu for Budi")
        await host.page.get_by_role("menuitem", name="Pin for everyone").click()
        told = guest.page.get_by_text("Everyone sees you large")
        await expect(told).to_be_visible(timeout=LATE_MS)
        await until(partial(is_large, other, "Budi"), "the others see the pinned one large")

        late = await arrive(3)
        await late.enter(link, "Dewi")
        await until(partial(is_large, late, "Budi"), "who comes late sees it as well")
        await late.page.get_by_role("button", name="People, 4 people").click()
        await late.press("Menu for Budi")
        alone = late.page.get_by_role("menuitem", name="Pin", exact=True)
        await expect(alone).to_be_visible()
        await expect(late.page.get_by_role("menuitem", name="Pin for everyone")).to_have_count(0)

        await host.press("Menu for Budi")
        await host.page.get_by_role("menuitem", name="Unpin for everyone").click()
        told = guest.page.get_by_text("no longer pinned for everyone")
        await expect(told).to_be_visible(timeout=LATE_MS)
        view = late.page.locator(".stage-area")
        await expect(view).to_have_attribute("data-view", "grid", timeout=LATE_MS)

    async def test_a_host_with_an_account(self, server: Server, arrive: Arrive) -> None:
        """The account has the place, so that no seat of the tab opens it."""
        host = await arrive(0)
        home = server.http
        address = app.own_address("host")
        await app.make_account(host, server, home, address, ("Ratna", "Wulandari"))
        await app.sign_in(host, home, address)
        await expect(host.page.get_by_role("heading", name="Welcome, Ratna")).to_be_visible()
        link = await host.start_meeting(home)
        await host.enter(link, "Ratna")
        await host.press("Chat")
        field = host.page.get_by_label("Write a message")
        await field.fill("From my account")
        await field.press("Enter")
        await expect(host.page.get_by_label("Being sent")).to_have_count(0)
        await expect(host.page.get_by_text("Not sent yet")).to_have_count(0)
        await set_up(host)
        await turn(host, "Lock the room")
        await close(host)
        await host.press("Raise hand")
        await until(partial(has_hand_up, host), "the hand is up")


async def is_large(person: Person, name: str) -> bool:
    """Whether this one stands large while everybody else stands in the strip."""
    large = person.page.locator("[data-view=focus] .placed-tile")
    return await large.count() == 1 and name in (await large.get_attribute("aria-label") or "")


async def has_hand_up(person: Person) -> bool:
    return await person.page.get_by_role("button", name="Lower hand").count() == 1
