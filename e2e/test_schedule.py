"""Planning a meeting in the web app: the form, the letters, changes, answers, and who was there."""

import csv
import io
from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from harness import app
from harness.app import Arrive, Person
from harness.planning import TITLE, choose, open_form, open_schedule, rows, sign_in_as_new
from harness.screens import BRIEF, look
from harness.servers import Server


class TestSchedule:
    async def test_plans_invites_lists_and_calls_off(self, server: Server, arrive: Arrive) -> None:
        person, guest = await arrive(0), app.own_address("bimo")
        await sign_in_as_new(person, server)
        await open_schedule(person)
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
        await expect(rows(person).first).to_be_visible()
        before = await rows(person).count()
        assert before >= 8
        await look(person, "schedule-list", BRIEF)

        await self._call_off(person, before)
        assert person.complaints == []

    async def _call_off(self, person: Person, before: int) -> None:
        await choose(person, rows(person).first, "Call off")
        await person.press("Call off")
        await expect(rows(person)).to_have_count(before - 1)
        await choose(person, rows(person).nth(2), "Call off")
        await person.page.get_by_label("This time and later ones").check()
        await person.press("Call off")
        await expect(rows(person)).to_have_count(2)
        await choose(person, rows(person).first, "Call off")
        await person.page.get_by_label("All times").check()
        await person.press("Call off")
        await expect(person.page.get_by_text("No meeting lies ahead")).to_be_visible()

    async def test_names_calendar_addresses_once(self, server: Server, arrive: Arrive) -> None:
        person = await arrive(0)
        await sign_in_as_new(person, server)
        await open_schedule(person)
        await person.press("Make an address")
        address = person.page.get_by_text("/api/v1/calendars/feed?key=")
        feed = await person.page.request.get(str(await address.text_content()))
        assert (await feed.text()).startswith("BEGIN:VCALENDAR")
        await person.press("Take the address back: All your meetings")
        await expect(person.page.get_by_text("There is no address yet.")).to_be_visible()
        gone = await person.page.request.get(feed.url)
        assert gone.status == 404
        assert person.complaints == []


class TestSeries:
    async def test_is_changed_and_answered_one_time_at_a_time(
        self, server: Server, arrive: Arrive
    ) -> None:
        host, colleague, guest = await arrive(0), await arrive(1), app.own_address("eka")
        await sign_in_as_new(colleague, server, ("Bagas", "Pramudya"))
        await sign_in_as_new(host, server)
        await self._plan_weekly(host, guest)

        second = rows(host).nth(1)
        await second.get_by_role("link", name=TITLE, exact=True).click()
        await expect(host.page.get_by_text("2 without an answer")).to_be_visible()
        await look(host, "meeting-page", BRIEF)
        await host.press("Change the meeting")
        await look(host, "meeting-edit", BRIEF)
        await host.page.get_by_label("Title").fill("Rapat luar biasa")
        await host.press("Save the change")
        await expect(host.page.get_by_role("heading", name="Rapat luar biasa")).to_be_visible()

        await self._answer_by_letter(server, colleague, guest)
        await host.page.reload()
        await expect(host.page.get_by_text("1 comes · 0 maybe · 0 not · 1 without")).to_be_visible()

        await open_schedule(colleague)
        await rows(colleague).first.get_by_role("link", name=TITLE, exact=True).click()
        await colleague.press("Maybe")
        await expect(colleague.page.get_by_text("knows that you may come")).to_be_visible()
        await colleague.page.reload()
        pressed = colleague.page.get_by_role("button", name="Maybe", pressed=True)
        await expect(pressed).to_be_visible()
        await look(colleague, "meeting-invited", BRIEF)

        await open_schedule(host)
        await rows(host).first.get_by_role("link", name=TITLE, exact=True).click()
        await expect(host.page.get_by_text("1 comes · 1 maybe · 0 not · 0 without")).to_be_visible()
        assert host.complaints == []

    async def _plan_weekly(self, host: Person, guest: str) -> None:
        await open_form(host)
        await host.page.get_by_label("Repeat").select_option("weekly")
        field = host.page.get_by_label("Participants").first
        await field.fill("bagas")
        await host.page.get_by_role("option", name="Bagas Pramudya").last.click()
        await field.fill(guest)
        await field.press("Enter")
        await host.press("Save and invite")
        await expect(host.page.get_by_text("Saved. 2 invitations sent.")).to_be_visible()

    async def _answer_by_letter(self, server: Server, somebody: Person, address: str) -> None:
        link = await app.read_letter_link(server, address, "invitation")
        page = await somebody.page.context.new_page()
        await page.goto(f"{server.http}/invitation#{link.partition('#')[2]}")
        await page.get_by_role("button", name="Yes", exact=True).click()
        await expect(page.get_by_text("The organiser knows that you come.")).to_be_visible()
        await page.close()

    async def test_tells_kindly_that_somebody_else_changed_it(
        self, server: Server, arrive: Arrive
    ) -> None:
        host = await arrive(0)
        await sign_in_as_new(host, server)
        await open_form(host)
        await host.press("Save")
        await rows(host).first.get_by_role("link", name=TITLE, exact=True).click()
        await host.press("Change the meeting")
        other = await host.page.context.new_page()
        await other.goto(host.page.url)
        await other.get_by_role("button", name="Change the meeting").click()
        await other.get_by_label("Agenda").fill("Anggaran")
        await other.get_by_role("button", name="Save the change").click()
        await expect(other.get_by_text("Anggaran")).to_be_visible()

        await host.page.get_by_label("Title").fill("Rapat komite")
        await host.press("Save the change")
        await expect(host.page.get_by_text("Somebody else just changed")).to_be_visible()
        await host.press("Save the change")
        await expect(host.page.get_by_role("heading", name="Rapat komite")).to_be_visible()
        await expect(host.page.get_by_text("Anggaran")).to_be_visible()


class TestAttendance:
    async def test_is_a_table_and_a_file_after_a_meeting(
        self, server: Server, arrive: Arrive
    ) -> None:
        host, guest = await arrive(0), await arrive(1)
        await sign_in_as_new(host, server)
        await self._plan_for_now(host)
        await rows(host).first.get_by_role("link", name=TITLE, exact=True).click()
        meeting = host.page.url
        await expect(host.page.get_by_text("Nobody was there yet.")).to_be_visible()
        await host.page.get_by_label("For whom").fill("Pers")
        await host.press("Make a link")
        link = str(await host.page.get_by_text("/guest#").text_content())

        await self._meet(server, host, guest, link)

        await host.page.goto(meeting)
        table = host.page.get_by_role("table")
        await expect(table.get_by_role("row", name="Gita")).to_be_visible()
        await expect(table.get_by_role("row", name="Wulan")).to_be_visible()
        await look(host, "meeting-attendance", BRIEF)
        async with host.page.expect_download() as downloading:
            await host.press("Download CSV")
        path = await (await downloading.value).path()
        attended = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        assert {row["name"].split()[0] for row in attended} == {"Gita", "Wulan"}
        await host.press("Take back Pers")
        await expect(host.page.get_by_text("There is no guest link yet.")).to_be_visible()

    async def _plan_for_now(self, host: Person) -> None:
        await open_form(host)
        begin = datetime.now(UTC) - timedelta(minutes=1)
        await host.page.get_by_label("Time zone").select_option("UTC")
        await host.page.get_by_label("Date").fill(begin.strftime("%Y-%m-%d"))
        await host.page.get_by_label("Begins").fill(begin.strftime("%H:%M"))
        await host.page.get_by_label("Ends").fill((begin + timedelta(hours=1)).strftime("%H:%M"))
        await host.press("Save")

    async def _meet(self, server: Server, host: Person, guest: Person, link: str) -> None:
        await guest.page.goto(f"{server.http}/guest#{link.partition('#')[2]}")
        await guest.page.get_by_label("Your name").fill("Gita")
        await guest.press("Go on")
        await guest.press("Join")
        await expect(guest.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()
        await host.page.get_by_role("link", name="Enter the room").click()
        await host.press("Join")
        await expect(host.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()
        await guest.press("Leave")
        await expect(guest.page.get_by_role("heading", name="See you")).to_be_visible()
