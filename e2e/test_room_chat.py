"""The chat of a room as people use it: what is written stays, and what changes is seen by all."""

import asyncio
from functools import partial

from livekit import rtc
from playwright.async_api import FilePayload, Locator, Route, expect

from harness import tokens
from harness.app import Arrive, Person, meet
from harness.barepage import until
from harness.servers import Server


async def say(person: Person, text: str) -> None:
    field = person.page.get_by_label("Write a message")
    await field.fill(text)
    await field.press("Enter")
    await expect(message(person, text)).to_have_count(1)


def message(person: Person, text: str) -> Locator:
    words = person.page.get_by_role("log").locator(".chat-words")
    return words.filter(has_text=text)


async def choose(person: Person, text: str, row: str) -> None:
    """Take one row of the menu of a message."""
    holder = person.page.locator(".chat-text").filter(has_text=text).first
    await holder.hover()
    await holder.locator(".chat-more").click()
    await holder.get_by_role("menuitem", name=row, exact=True).click()


class TestChat:
    async def test_stays_and_changes(self, server: Server, arrive: Arrive) -> None:
        link, [host, guest] = await meet(server, arrive, 2)
        for person in (host, guest):
            await person.press("Chat")

        await say(host, "Shall we begin?")
        await expect(message(guest, "Shall we begin?")).to_have_count(1)
        await say(guest, "Two minuts")
        await expect(message(host, "Two minuts")).to_have_count(1)

        await guest.page.get_by_label("Write a message").press("ArrowUp")
        await say(guest, "Two minutes")
        await expect(message(host, "Two minutes edited")).to_have_count(1)
        await expect(message(host, "Two minuts")).to_have_count(0)

        await choose(host, "Two minutes", "Reply")
        await say(host, "Take five")
        await expect(guest.page.locator(".chat-answered")).to_have_text("You Two minutes")

        await guest.page.locator(".chat-text").filter(has_text="Shall we").hover()
        await (
            guest.page.locator(".chat-text")
            .filter(has_text="Shall we")
            .locator(".chat-more")
            .click()
        )
        await guest.page.get_by_role("menuitemcheckbox", name="Like").first.click()
        await expect(host.page.get_by_role("button", name="Like, 1 person")).to_be_visible()

        await guest.page.reload()
        await guest.enter(link, "Budi")
        await guest.press("Chat")
        for text in ("Shall we begin?", "Two minutes edited", "Take five"):
            await expect(message(guest, text)).to_have_count(1)
        await expect(guest.page.get_by_role("button", name="Like, 1 person")).to_have_attribute(
            "aria-pressed", "true"
        )

        await choose(host, "Two minutes", "Delete")
        await expect(guest.page.locator(".chat-removed")).to_have_text("This message was deleted")
        await expect(message(guest, "Two minutes")).to_have_count(0)

    async def test_waits_for_a_network_that_is_gone(self, server: Server, arrive: Arrive) -> None:
        _, [host, guest] = await meet(server, arrive, 2)
        for person in (host, guest):
            await person.press("Chat")

        async def lose(route: Route) -> None:
            # The server stores it, and its answer never comes back.
            if route.request.method == "POST":
                await route.fetch()
                await route.abort()
            else:
                await route.continue_()

        await guest.page.route("**/messages", lose)
        await say(guest, "Halo semua")
        await expect(guest.page.get_by_text("Not sent yet")).to_be_visible()
        await guest.page.unroute("**/messages")
        await guest.press("Try again")

        await expect(guest.page.get_by_text("Not sent yet")).to_have_count(0)
        await expect(message(host, "Halo semua")).to_have_count(1)
        await expect(message(guest, "Halo semua")).to_have_count(1)

    async def test_older_messages_come_in_above(self, server: Server, arrive: Arrive) -> None:
        link, [host] = await meet(server, arrive, 1)
        await host.press("Chat")
        code = link.rpartition("/")[2]
        seat = await host.page.evaluate(f"sessionStorage.getItem('jumpa.seat.{code}')")
        for number in range(55):
            stored = await host.page.request.post(
                f"{server.http}/api/v1/rooms/{code}/messages",
                headers={"Authorization": f"Bearer {seat}"},
                data={"message": f"Number {number:02}"},
            )
            assert stored.status == 201
        await expect(message(host, "Number 54")).to_be_visible()

        await host.page.reload()
        await host.enter(link, "Adi")
        await host.press("Chat")
        await expect(message(host, "Number 54")).to_be_in_viewport()
        await expect(message(host, "Number 00")).to_have_count(0)
        await host.page.get_by_role("log").hover()
        await host.page.mouse.wheel(0, -20_000)
        await expect(message(host, "Number 00")).to_have_count(1)
        await expect(message(host, "Number 54")).to_have_count(1)

        await host.press("Search messages")
        await host.page.get_by_label("Words to find in the chat").fill("07")
        await host.page.keyboard.press("Enter")
        await until(partial(_found, host), "the search finds one")

    async def test_files_arrive_as_they_were(self, server: Server, arrive: Arrive) -> None:
        _, [host, guest] = await meet(server, arrive, 2)
        for person in (host, guest):
            await person.press("Chat")
        picture = await guest.page.screenshot(clip={"x": 0, "y": 0, "width": 64, "height": 64})
        chosen = [
            FilePayload(name="Halaman depan.png", mimeType="image/png", buffer=picture),
            FilePayload(name="Notulen.txt", mimeType="text/plain", buffer=b"Selesai."),
            FilePayload(name="Setup.exe", mimeType="application/octet-stream", buffer=b"MZ\0\0"),
        ]
        await guest.page.locator("input[type=file]").set_input_files(chosen)

        await expect(guest.page.get_by_text("Files of this type cannot be sent.")).to_be_visible()
        await guest.press("Discard")
        await expect(guest.page.locator(".chat-file")).to_have_count(2)
        preview = host.page.get_by_role("img", name="Picture Halaman depan.png")
        await expect(preview).to_be_visible()
        assert await preview.evaluate(
            "picture => picture.decode().then(() => picture.naturalWidth)"
        )
        for file in chosen[:2]:
            async with host.page.expect_download() as started:
                await host.press(f"Download {file['name']}")
            saved = await (await started.value).path()
            assert saved.read_bytes() == file["buffer"]
        await expect(host.page.locator(".chat-file")).to_have_count(2)

    async def test_takes_in_what_livekit_clients_write(
        self, server: Server, arrive: Arrive
    ) -> None:
        link, [host] = await meet(server, arrive, 1)
        await host.press("Chat")
        code = link.rpartition("/")[2]
        joined = await host.page.request.post(
            f"{server.http}/api/v1/rooms/{code}/join", data={"name": "Citra"}
        )
        seat = await joined.json()
        room = rtc.Room()
        async with asyncio.timeout(60):
            await room.connect(seat["url"], tokens.remember(seat["token"]))

        await room.local_participant.send_text("Halo dari SDK", topic="lk.chat")
        await expect(message(host, "Halo dari SDK")).to_have_count(1)
        await host.page.reload()
        await host.enter(link, "Adi")
        await host.press("Chat")
        await expect(message(host, "Halo dari SDK")).to_have_count(1)
        await room.local_participant.send_text("Sampai jumpa", topic="lk.chat")
        await expect(message(host, "Sampai jumpa")).to_have_count(1)
        await choose(host, "Sampai jumpa", "Delete")
        await expect(host.page.locator(".chat-removed")).to_have_count(1)
        await expect(message(host, "Sampai jumpa")).to_have_count(0)
        await room.disconnect()


async def _found(person: Person) -> bool:
    return await person.page.get_by_text("1 message found").count() == 1
