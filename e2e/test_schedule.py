"""Planning a meeting in the web app: the form, the letters, the list, and calling it off."""

from playwright.async_api import expect

from harness import app
from harness.app import Arrive, Person
from harness.screens import BRIEF, look
from harness.servers import Server

TITLE = "Rapat orang tua kelas XI"


async def sign_in_as_new(person: Person, server: Server) -> None:
    address = app.own_address("wulan")
    await app.make_account(person, server, server.http, address, ("Wulan", "Sari"))
    await app.sign_in(person, server.http, address)
    await person.page.get_by_role("link", name="Schedule", exact=True).click()


class TestSchedule:
    async def test_plans_invites_lists_and_calls_off(self, server: Server, arrive: Arrive) -> None:
        person, guest = await arrive(0), app.own_address("bimo")
        await sign_in_as_new(person, server)
        await expect(person.page.get_by_text("No meeting lies ahead")).to_be_visible()
        await look(person, "schedule-empty", BRIEF)
        await person.press("Schedule a meeting")
        await person.press("Save")
        await expect(person.page.get_by_text("Write a title")).to_be_visible()
        await person.page.get_by_label("Title").fill(TITLE)
        await person.page.get_by_label("Repeat").select_option("weekly")
        field = person.page.get_by_label("Participants").first
        await field.fill(f"{guest}, oops")
        await field.press("Enter")
        await expect(person.page.get_by_text("This is not an e-mail address.")).to_be_visible()
        await field.fill("")
        await look(person, "schedule", BRIEF)
        await person.press("Save and invite")
        await expect(person.page.get_by_text("Saved. 1 invitation sent.")).to_be_visible()
        assert await app.read_letter_link(server, guest, "invitation")
        rows = person.page.get_by_role("listitem").filter(has_text=TITLE)
        await expect(rows.first).to_be_visible()
        assert await rows.count() >= 8
        await look(person, "schedule-list", BRIEF)

        before = await rows.count()
        await rows.first.get_by_role("button", name=f"Call off {TITLE}").click()
        await person.press("Only this time")
        await expect(rows).to_have_count(before - 1)
        await rows.first.get_by_role("button", name=f"Call off {TITLE}").click()
        await person.press("All times")
        await expect(person.page.get_by_text("No meeting lies ahead")).to_be_visible()
        assert person.complaints == []
