"""A contact who is here is called from the start page, and hears of it wherever they are."""

import re

from playwright.async_api import expect

from harness import planning
from harness.api import Host
from harness.app import Arrive, Person
from harness.screens import BRIEF, look
from harness.servers import Server

ROOM = re.compile(r"/[a-z]{3}-[a-z]{4}-[a-z]{3}$")
SLOW_MS = 30_000


async def arrive_with_api(
    person: Person, server: Server, name: tuple[str, str]
) -> tuple[Host, str]:
    """Make an account and sign in, in the app and by the API; the id of the account too."""
    address = await planning.sign_in_as_new(person, server, name)
    host = Host(person, server)
    await host.sign_in(address)
    profile = await host.get("/users/profile")
    return host, profile["id"]


class TestCall:
    async def test_leads_both_into_one_meeting(self, server: Server, arrive: Arrive) -> None:
        caller, called = await arrive(0), await arrive(1)
        wulan, wulan_id = await arrive_with_api(caller, server, ("Wulan", "Sari"))
        bagas, bagas_id = await arrive_with_api(called, server, ("Bagas", "Pramudya"))
        await wulan.post("/users/contacts", {"user_id": bagas_id})
        await bagas.post("/users/contacts", {"user_id": wulan_id})
        await caller.page.reload()
        call = caller.page.get_by_role("button", name="Start a meeting with Bagas Pramudya")
        await expect(call).to_be_visible(timeout=SLOW_MS)
        await look(caller, "home-contacts", BRIEF)

        await call.click()

        await caller.page.wait_for_url(ROOM)
        await expect(called.page.get_by_text("Invitation: Wulan & Bagas")).to_be_visible(
            timeout=SLOW_MS
        )
        await called.press("Open")
        await called.page.wait_for_url(caller.page.url)
        assert [caller.complaints, called.complaints] == [[], []]
