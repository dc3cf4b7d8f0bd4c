"""The page of a room: what is planned, what was said and sent, who was there, and its rules."""

import csv
import io

from playwright.async_api import expect

from harness.app import Arrive, Person
from harness.planning import SLOW_MS, TITLE, open_form, sign_in_as_new
from harness.screens import BRIEF, look
from harness.servers import Server


async def open_rooms(person: Person) -> None:
    navigation = person.page.get_by_role("navigation")
    await navigation.get_by_role("link", name="Rooms", exact=True).click()
    await expect(person.page.get_by_role("heading", name="Rooms")).to_be_visible()


async def open_room(person: Person) -> None:
    await open_rooms(person)
    await person.page.get_by_role("link", name=TITLE, exact=True).click()
    await expect(person.page.get_by_role("heading", name=TITLE)).to_be_visible()


async def meet(host: Person, guest: Person, home: str) -> str:
    """Hold a short meeting in which a word and a file are sent; the room's code."""
    await host.page.get_by_role("link", name="Enter the room", exact=True).click()
    await host.press("Join")
    await expect(host.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()
    code = host.page.url.rpartition("/")[2]
    await guest.enter(f"{home}/{code}", "Gita")
    await host.press("Chat")
    field = host.page.get_by_label("Write a message")
    await field.fill("Anggarannya sudah jadi")
    await field.press("Enter")
    await host.page.locator("input[type=file]").set_input_files(
        {"name": "anggaran.txt", "mimeType": "text/plain", "buffer": b"Sepuluh juta"}
    )
    await expect(host.page.get_by_text("anggaran.txt").first).to_be_visible(timeout=SLOW_MS)
    await guest.press("Leave")
    await host.press("Leave")
    await host.press("Only me")
    await expect(host.page.get_by_role("heading", name="See you")).to_be_visible()
    return code


class TestRoom:
    async def test_keeps_what_was_planned_said_and_sent(
        self, server: Server, arrive: Arrive
    ) -> None:
        host, guest = await arrive(0), await arrive(1)
        await sign_in_as_new(host, server)
        await open_rooms(host)
        await expect(host.page.get_by_text("There is no room yet")).to_be_visible()
        await look(host, "rooms-empty", BRIEF)
        await open_form(host)
        await host.page.get_by_label("Repeat").select_option("weekly")
        await host.press("Save")
        await host.page.get_by_role("link", name="Home", exact=True).click()
        await expect(host.page.get_by_role("heading", name=TITLE)).to_be_visible()
        await look(host, "home-next", BRIEF)
        await open_room(host)
        await expect(host.page.get_by_text("Whoever has the link may come in")).to_be_visible()
        await look(host, "room", BRIEF)
        await meet(host, guest, server.http)

        await host.page.goto(server.http)
        await open_room(host)
        await self._read(host)
        assert host.complaints == []

    async def _read(self, host: Person) -> None:
        await host.page.get_by_role("tab", name="Chat").click()
        await expect(host.page.get_by_text("Anggarannya sudah jadi")).to_be_visible()
        await host.page.get_by_role("tab", name="Files").click()
        async with host.page.expect_download() as downloading:
            await host.press("Download anggaran.txt")
        assert (await (await downloading.value).path()).read_bytes() == b"Sepuluh juta"
        await host.page.get_by_role("tab", name="History").click()
        await expect(host.page.get_by_text("Gita")).to_be_visible()
        await look(host, "room-history", BRIEF)
        async with host.page.expect_download() as downloading:
            await host.press("Download CSV")
        path = await (await downloading.value).path()
        visits = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        assert {"Gita"} < {row["name"] for row in visits}

    async def test_is_set_up_renamed_and_deleted(self, server: Server, arrive: Arrive) -> None:
        host, stranger = await arrive(0), await arrive(1)
        await sign_in_as_new(host, server)
        await open_form(host)
        await host.press("Save")
        await open_rooms(host)
        await expect(host.page.get_by_text("Next ")).to_be_visible()
        await look(host, "rooms", BRIEF)
        await open_room(host)
        await host.press("Set up the room")
        await host.page.get_by_role("switch", name="Waiting room").click()
        await host.press("Close")
        await expect(host.page.get_by_text("Guests wait to be let in")).to_be_visible()
        await host.press("Rename")
        await host.page.get_by_label("Name of the room").fill("Teras")
        await host.page.get_by_label("Description").fill("Rapat tiap pekan")
        await host.press("Save")
        await expect(host.page.get_by_role("heading", name="Teras")).to_be_visible()
        await expect(host.page.get_by_text("Rapat tiap pekan")).to_be_visible()

        await sign_in_as_new(stranger, server, ("Candra", "Wijaya"))
        await stranger.page.goto(host.page.url)
        await expect(stranger.page.get_by_text("You have not been in this room")).to_be_visible()
        await look(stranger, "room-strange", BRIEF)

        await host.press("Rename")
        await host.press("Delete the room")
        await host.press("Delete the room")
        await expect(host.page.get_by_text("There is no room yet")).to_be_visible()
