"""The chat and the tools of hosts at every size: pictures to look at, and axe."""

from functools import partial

from playwright.async_api import FilePayload, expect

from harness.app import Arrive, Person, meet
from harness.screens import BRIEF, SMALLEST, look
from harness.servers import Server

WIDE = ("1366",)
LONG = "Raden Ajeng Ratna Kusumaningrum Wulandari Prabaningrum"


async def say(person: Person, text: str) -> None:
    field = person.page.get_by_label("Write a message")
    await field.fill(text)
    await field.press("Enter")
    await expect(person.page.get_by_role("log").get_by_text(text[:20]).first).to_be_visible()


async def open_menu_of(person: Person, text: str) -> None:
    holder = person.page.locator(".chat-text").filter(has_text=text).first
    await holder.hover()
    await holder.locator(".chat-more").click()


class TestRoom:
    async def test_chat(self, server: Server, arrive: Arrive) -> None:
        _, [host, guest] = await meet(server, arrive, 2)
        for person in (host, guest):
            await person.press("Chat")
        await say(guest, "Shall we begin? The hall is ours from nine, and the tables come at ten.")
        await say(host, "Yes.")
        await open_menu_of(host, "Shall we begin?")
        await host.page.get_by_role("menuitem", name="Reply").first.click()
        await look(host, "room-chat-reply", BRIEF)
        await say(host, "Then I bring the tables: https://example.org/tables")
        await open_menu_of(guest, "Then I bring")
        await guest.page.get_by_role("menuitemcheckbox", name="Celebrate").last.click()
        picture = await guest.page.screenshot()
        await guest.page.locator("input[type=file]").set_input_files(
            [
                FilePayload(name="Halaman depan.png", mimeType="image/png", buffer=picture),
                FilePayload(name="Rincian anggaran 2026.txt", mimeType="text/plain", buffer=b"x"),
                FilePayload(name="Setup.exe", mimeType="application/x-exe", buffer=b"MZ"),
            ]
        )
        await expect(guest.page.get_by_text("Files of this type cannot be sent.")).to_be_visible()
        await expect(host.page.get_by_role("img", name="Picture Halaman")).to_be_visible()
        await look(guest, "room-chat", (*BRIEF, *SMALLEST))
        await host.page.emulate_media(color_scheme="dark")
        await look(host, "room-chat-dark", WIDE)
        await look(host, "room-chat-menu", WIDE, opened=partial(open_menu_of, host, "Yes."))
        await host.press("Search messages")
        await host.page.get_by_label("Words to find in the chat").fill("tables")
        await host.page.keyboard.press("Enter")
        await expect(host.page.get_by_text("2 messages found")).to_be_visible()
        await look(host, "room-chat-search", WIDE)

    async def test_people(self, server: Server, arrive: Arrive) -> None:
        link, [host, guest] = await meet(server, arrive, 2)
        await guest.press("Raise hand")
        await host.press("Raise hand")
        await host.press("More")
        await host.page.get_by_role("menuitem", name="Room settings").click()
        waiting_room = host.page.get_by_role("switch", name="Waiting room")
        await waiting_room.click()
        await expect(waiting_room).to_be_checked()
        await expect(waiting_room).to_be_enabled()
        await look(host, "room-settings", (*BRIEF, *SMALLEST))
        await host.page.get_by_role("dialog").get_by_role("button", name="Close").click()
        others = [await arrive(2), await arrive(3)]
        for other, name in zip(others, (LONG, "Citra"), strict=True):
            await other.page.goto(link)
            await other.page.get_by_label("Your name").fill(name)
            await other.press("Join")
        # News come one by one, and that of the raised hand may show for twelve seconds before.
        news = host.page.get_by_text("are waiting outside")
        await expect(news).to_be_visible(timeout=30_000)
        await look(host, "room-waiting-news", BRIEF)
        await host.press("Show")
        await expect(host.page.get_by_text("Waiting outside · 2")).to_be_visible()
        await look(host, "room-people", (*BRIEF, *SMALLEST))
        await look(host, "room-person-menu", WIDE, opened=partial(app_menu, host))
        await host.page.emulate_media(color_scheme="dark")
        await look(host, "room-people-dark", WIDE)

    async def test_large_text_in_indonesian(self, server: Server, arrive: Arrive) -> None:
        host = await arrive(0)
        await host.page.add_init_script("localStorage.setItem('jumpa.locale', 'id')")
        await host.page.goto(server.http)
        await host.press("Mulai rapat")
        await host.page.get_by_label("Nama Anda").fill(LONG)
        await host.press("Gabung")
        await expect(host.page.get_by_role("button", name="Keluar", exact=True)).to_be_visible()
        await host.page.evaluate("document.documentElement.style.fontSize = '200%'")
        await host.press("Obrolan")
        field = host.page.get_by_label("Tulis pesan")
        await field.fill("Selamat pagi")
        await field.press("Enter")
        await expect(host.page.get_by_role("log").get_by_text("Selamat pagi")).to_be_visible()
        await look(host, "room-chat-large", SMALLEST)
        await host.page.keyboard.press("Escape")
        await host.page.get_by_role("button", name="Peserta, 1 orang").first.click()
        await look(host, "room-people-large", SMALLEST)
        await look(
            host,
            "room-settings-large",
            SMALLEST,
            opened=partial(host.press, "Pengaturan ruang"),
        )


async def app_menu(person: Person) -> None:
    await person.press("Menu for Budi")
