"""The links of invitations, as people without an account open them."""

import pytest
from playwright.async_api import expect

from harness import app
from harness.api import Host
from harness.app import Arrive
from harness.screens import BRIEF, look
from harness.servers import Server

TITLE = "Rapat orang tua kelas XI"
PLAN = {
    "title": TITLE,
    "start": "2030-12-03T09:00",
    "end": "2030-12-03T09:30",
    "time_zone": "Asia/Jakarta",
    "rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=4",
    "agenda": "Anggaran\nKaryawisata",
    "opens_before_min": 1440,
}


@pytest.fixture
async def host(server: Server, arrive: Arrive) -> Host:
    person = await arrive(0)
    address = app.own_address("dewi")
    await app.make_account(person, server, server.http, address, ("Dewi", "Anggraini"))
    planning = Host(person, server)
    await planning.sign_in(address)
    return planning


class TestInvitation:
    async def test_is_answered_by_the_link_of_its_letter(
        self, server: Server, arrive: Arrive, host: Host
    ) -> None:
        address = app.own_address("eko")
        planned = await host.post("/meetings", PLAN | {"invited": [{"email": address}]})
        guest = await arrive(1)
        link = await app.read_letter_link(server, address, "invitation")
        await guest.page.goto(f"{server.http}/invitation#{link.partition('#')[2]}")
        await expect(guest.page.get_by_role("heading", name=TITLE)).to_be_visible()
        await expect(guest.page.get_by_text("Asia/Jakarta")).to_be_visible()
        await look(guest, "invitation", BRIEF)
        await guest.press("Yes")
        await expect(guest.page.get_by_text("The organiser knows that you come.")).to_be_visible()
        [row] = await host.get(f"/meetings/{planned['id']}/invitations")
        assert (row["email"], row["answer"]) == (address, "accepted")
        assert guest.complaints == []

    async def test_that_is_forged_opens_nothing(self, server: Server, arrive: Arrive) -> None:
        guest = await arrive(1)
        await guest.page.goto(f"{server.http}/invitation#forged")
        await expect(guest.page.get_by_text("was taken back")).to_be_visible()


class TestGuestLink:
    async def test_leads_past_the_password_into_the_meeting(
        self, server: Server, arrive: Arrive, host: Host
    ) -> None:
        room = await host.post("/rooms", {"title": TITLE, "password": "teras"})
        planned = await host.post("/meetings", PLAN | {"room_code": room["code"]})
        made = await host.post(f"/meetings/{planned['id']}/guest-links", {"label": "Pers"})
        guest = await arrive(1)
        await guest.page.goto(f"{server.http}/guest#{made['url'].partition('#')[2]}")
        await expect(guest.page.get_by_label("Your name")).to_be_visible()
        await look(guest, "guest-link", BRIEF)
        await guest.press("Go on")
        await expect(guest.page.get_by_text("Write a name")).to_be_visible()
        await guest.page.get_by_label("Your name").fill("Gita")
        await guest.press("Go on")
        await guest.press("Join")
        await expect(guest.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()
        assert guest.complaints == []
