"""An administrator watches a meeting with real people, ends it, and looks after the server."""

import re
from collections.abc import AsyncIterator
from functools import partial

import pytest
from playwright.async_api import Browser, Locator, expect

from harness import app
from harness.app import Arrive, Person
from harness.back_end import BackEnd, receiving, telling
from harness.barepage import until
from harness.screens import BRIEF, SARI, SMALLEST, TITLE, YOHANES, heading, look
from harness.servers import Server

ADDRESS, NAME = "ratna@example.com", ("Raden Ajeng Ratna", "Kusumaningrum Prabaningrum")
COMMENT = "Suara Pak Made putus-putus sejak menit kesepuluh, gambarnya ikut berhenti."
# What a server tells may wait for the next look, and for a machine that is busy.
SOON_MS = 30_000


@pytest.fixture
async def back_end() -> AsyncIterator[BackEnd]:
    async with receiving() as found:
        found.is_away = True
        yield found


@pytest.fixture
async def told(
    tmp_path_factory: pytest.TempPathFactory, back_end: BackEnd
) -> AsyncIterator[Server]:
    async with telling(tmp_path_factory.mktemp("told"), back_end.port) as running:
        await app.give_account(running, ADDRESS, NAME, "--admin")
        yield running


@pytest.fixture
async def administrator(people: list[Browser], told: Server) -> AsyncIterator[Person]:
    someone = await app.open_app(people[2])
    await app.sign_in(someone, told.http, ADDRESS)
    await is_inside(someone)
    yield someone
    await someone.leave()


async def is_inside(person: Person) -> None:
    way_out = person.page.get_by_role("button", name="Sign out", exact=True)
    await expect(way_out).to_be_visible(timeout=SOON_MS)


def figure(person: Person, name: str) -> Locator:
    term = person.page.get_by_role("term").filter(has_text=re.compile(f"^{name}$"))
    return term.locator("xpath=../dd")


async def open_section(person: Person, name: str) -> None:
    links = person.page.get_by_role("navigation", name="Parts of the organisation")
    await links.get_by_role("link", name=name, exact=True).click()


async def end_meeting(administrator: Person, inside: list[Person]) -> None:
    """See who is in, and send all of them out."""
    page = administrator.page
    await expect(heading(administrator, TITLE)).to_be_visible(timeout=SOON_MS)
    await expect(page.get_by_text("People inside: 2", exact=True)).to_be_visible(timeout=SOON_MS)
    await page.get_by_text("People inside: 2", exact=True).click()
    rows = page.get_by_role("table", name=f"People in {TITLE}").get_by_role("row")
    await expect(rows.filter(has_text=YOHANES)).to_contain_text(
        "Microphone and Camera", timeout=SOON_MS
    )
    await look(administrator, "meetings-now", (*BRIEF, *SMALLEST))
    await administrator.press(f"End {TITLE}")
    await expect(heading(administrator, f"End {TITLE} for everybody?")).to_be_visible()
    await administrator.press("End")
    await expect(page.get_by_text(f"{TITLE} has ended.")).to_be_visible()
    await expect(heading(administrator, "Nobody meets right now")).to_be_visible(timeout=SOON_MS)
    for person in inside:
        await expect(heading(person, "The meeting is over")).to_be_visible(timeout=SOON_MS)


async def say_how_it_was(person: Person) -> None:
    """Say it after the meeting, with a comment."""
    await person.press("Not so good")
    await person.page.get_by_label("Comment (optional)").fill(COMMENT)
    await person.press("Send")
    sent = person.page.get_by_text("Thank you, your comment was sent.")
    await expect(sent).to_be_visible(timeout=SOON_MS)


async def read_ratings(administrator: Person) -> None:
    """Read how the meeting was, and not who says so."""
    await expect(figure(administrator, "Ratings")).to_have_text("1", timeout=SOON_MS)
    await expect(figure(administrator, "Said it was good")).to_have_text("0%")
    comments = administrator.page.get_by_role("table", name="Newest comments")
    await expect(comments.get_by_role("row").filter(has_text=COMMENT)).to_contain_text(TITLE)
    await expect(comments.get_by_text(YOHANES)).to_have_count(0)


async def send_again(administrator: Person, back_end: BackEnd) -> None:
    """A delivery that was refused is taken once the receiver is there."""
    page = administrator.page
    await back_end.until_refused()
    await open_section(administrator, "Webhooks")
    row = page.get_by_role("row").filter(has_text="room_started")
    await expect(row).to_contain_text("503", timeout=SOON_MS)
    await look(administrator, "webhooks", (*BRIEF, *SMALLEST))
    back_end.is_away = False
    await row.get_by_role("button", name="Send again").click()
    await expect(page.get_by_text("is sent again now.")).to_be_visible()
    assert (await back_end.until("room_started"))[0] == "room_started"


async def letter_is_done(administrator: Person) -> bool:
    """Look once more at the one letter that there is: its file is there before its job ends."""
    page = administrator.page
    await page.reload()
    await page.get_by_label("Kind").select_option("Letter")
    rows = page.get_by_role("table", name="Work").get_by_role("row")
    await expect(rows).to_have_count(2, timeout=SOON_MS)
    return "Done" in await rows.last.inner_text()


class TestAdministration:
    async def test_watches_ends_and_mends(
        self, told: Server, administrator: Person, arrive: Arrive, back_end: BackEnd
    ) -> None:
        page = administrator.page
        await page.goto(f"{told.http}/organisation/meetings")
        nobody = heading(administrator, "Nobody meets right now")
        await expect(nobody).to_be_visible(timeout=SOON_MS)
        await look(administrator, "meetings-now-empty", BRIEF)
        inside = [await arrive(number) for number in range(2)]
        link = await inside[0].start_meeting(told.http, TITLE)
        for person, name in zip(inside, (SARI, YOHANES), strict=True):
            await person.enter(link, name)
        await end_meeting(administrator, inside)
        await say_how_it_was(inside[1])
        await send_again(administrator, back_end)
        await open_section(administrator, "Overview")
        await expect(heading(administrator, "Last 30 days")).to_be_visible(timeout=SOON_MS)
        await expect(figure(administrator, "Meetings")).to_have_text("1")
        await expect(figure(administrator, "People")).to_have_text("2")
        await read_ratings(administrator)
        await look(administrator, "usage", (*BRIEF, *SMALLEST))
        await page.get_by_text("See it as a table").click()
        await page.emulate_media(color_scheme="dark")
        await look(administrator, "usage-dark", BRIEF)

    async def test_reads_what_the_server_does(
        self, told: Server, administrator: Person, arrive: Arrive
    ) -> None:
        page = administrator.page
        await page.goto(f"{told.http}/organisation/work")
        body = {"email": ADDRESS}
        await page.request.post(f"{told.http}/api/v1/auth/forgot-password", data=body)
        await app.read_letter_link(told, ADDRESS, "reset-password")
        await until(partial(letter_is_done, administrator), "the letter is noted as done")
        await look(administrator, "work", (*BRIEF, *SMALLEST))
        await open_section(administrator, "Server settings")
        settings = heading(administrator, "What is on at this server")
        await expect(settings).to_be_visible(timeout=SOON_MS)
        webhooks = page.get_by_role("row").filter(has_text="webhook.urls")
        await expect(webhooks).to_contain_text("On")
        await look(administrator, "server-settings", (*BRIEF, *SMALLEST))
        await page.context.set_offline(True)
        await open_section(administrator, "Meetings now")
        await expect(page.get_by_role("button", name="Try again")).to_be_visible()
        await page.context.set_offline(False)
        await self._is_closed_to_others(told, await arrive(1))

    async def _is_closed_to_others(self, told: Server, member: Person) -> None:
        await app.give_account(told, "budi@example.com", ("Budi", "Hartono"))
        await app.sign_in(member, told.http, "budi@example.com")
        await is_inside(member)
        await member.page.goto(f"{told.http}/organisation/meetings")
        closed = heading(member, "This page is for administrators")
        await expect(closed).to_be_visible(timeout=SOON_MS)
