"""Every screen at phone, laptop and large size: pictures to look at, and no serious axe finding."""

import re
from collections.abc import Awaitable, Callable
from functools import partial

from livekit import rtc
from playwright.async_api import Browser, Route, expect

from harness import app, tokens
from harness.app import Person
from harness.barepage import until
from harness.screens import (
    BRIEF,
    LAPTOP,
    SARI,
    SMALLEST,
    TITLE,
    YOHANES,
    gather,
    heading,
    look,
)
from harness.servers import Server

CODE = re.compile(r"/[a-z]{3}-[a-z]{4}-[a-z]{3}$")
DENIED = """navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));"""


class TestBefore:
    async def test_landing(self, person: Person, server: Server) -> None:
        await person.page.goto(server.http)
        await expect(
            person.page.get_by_role("button", name="Start a meeting", exact=True)
        ).to_be_visible()
        await look(person, "landing")
        await look(person, "name", opened=partial(person.press, "Start a meeting with a name"))
        await person.page.emulate_media(color_scheme="dark")
        await look(person, "landing-dark", BRIEF)

    async def test_unknown_code(self, person: Person, server: Server) -> None:
        await person.page.goto(f"{server.http}/zzz-zzzz-zzz")
        await expect(person.page.get_by_text("This code does not exist yet")).to_be_visible()
        await look(person, "unknown-code")

    async def test_what_is_read(self, person: Person, server: Server) -> None:
        await person.page.goto(server.http)
        await person.press("Dark")
        await person.page.get_by_role("link", name="Privacy").click()
        await expect(heading(person, "Privacy on this server")).to_be_visible()
        await look(person, "privacy-chosen-dark", BRIEF)
        await person.page.goto(f"{server.http}/help")
        await expect(heading(person, "Help")).to_be_visible()
        # The choice holds from the first moment of each page.
        assert await person.page.evaluate("document.documentElement.dataset.theme") == "dark"
        await person.page.evaluate("localStorage.removeItem('jumpa.theme')")
        await person.page.goto(f"{server.http}/shedule")
        await expect(person.page.get_by_role("link", name="Open the schedule")).to_be_visible()
        await look(person, "not-found", (*BRIEF, *SMALLEST))

    async def test_prejoin(self, person: Person, others: list[Person], server: Server) -> None:
        link = await others[0].start_meeting(server.http, TITLE)
        await others[0].enter(link, YOHANES)
        await person.page.goto(link)
        await person.page.get_by_label("Your name").fill(SARI)
        await until(partial(own_picture, person), "the own camera is seen")
        await expect(person.page.get_by_text("is inside")).to_be_visible()
        await look(person, "prejoin")
        await look(
            person, "prejoin-sound", BRIEF, opened=partial(person.press, "Choose a microphone")
        )
        await person.page.emulate_media(color_scheme="dark")
        await look(person, "prejoin-dark", BRIEF)

    async def test_waiting(self, person: Person, server: Server) -> None:
        """The server's two answers, since nothing of the app makes such a room."""
        link = await person.start_meeting(server.http, TITLE)
        locked = {"code": "room_password_missing", "status": 403, "detail": "It has a password."}
        wait = {"status": "waiting", "identity": "x", "seat": "x", "retry_after_s": 60}
        wait |= {"is_host_inside": True}
        answers = [(403, locked), (202, wait)]

        async def answer(route: Route) -> None:
            status, body = answers.pop(0)
            await route.fulfill(status=status, json=body)

        await person.page.route("**/join", answer)
        await person.page.goto(link)
        await person.page.get_by_label("Your name").fill(SARI)
        await person.press("Join")
        await expect(person.page.get_by_label("Password of the room")).to_be_visible()
        await look(person, "prejoin-password", BRIEF)
        await person.press("Join")
        await expect(heading(person, "The host knows you are here")).to_be_visible()
        await look(person, "waiting", BRIEF)

    async def test_denied_permission(self, person: Person, server: Server) -> None:
        await person.page.add_init_script(DENIED)
        await person.start_meeting(server.http)
        await expect(person.page.get_by_text("are not allowed yet").first).to_be_visible()
        await look(person, "prejoin-denied")
        await person.page.emulate_media(color_scheme="dark")
        await look(person, "prejoin-denied-dark", BRIEF)

    async def test_indonesian(self, faces: list[Browser], server: Server) -> None:
        person = await app.open_app(faces[0], language="id-ID")
        await person.page.goto(server.http)
        await look(person, "landing-id", BRIEF)
        await person.page.get_by_role("button", name="Mulai rapat", exact=True).click()
        await person.page.get_by_label("Nama Anda").fill(SARI)
        await until(partial(own_picture, person), "the own camera is seen")
        await look(person, "prejoin-id", BRIEF)
        await person.page.get_by_role("button", name="Gabung", exact=True).click()
        await expect(person.page.get_by_text("Hanya Anda di sini")).to_be_visible()
        await look(person, "meeting-id", BRIEF)
        await person.leave()


class TestDuring:
    async def test_alone_until_one_leaves(self, person: Person, server: Server) -> None:
        link = await person.start_meeting(server.http, TITLE)
        await person.enter(link, SARI)
        await until(partial(own_picture, person), "the own camera is seen")
        await look(person, "meeting-alone")
        await look(person, "leave-question", opened=partial(person.press, "Leave"))
        await person.press("Leave")
        await person.press("Only me")
        await expect(person.page.get_by_role("heading", name="See you, Sari")).to_be_visible()
        await look(person, "left")
        await person.press("Not so good")
        await expect(person.page.get_by_text("Thank you.")).to_be_visible()
        await look(person, "left-rated", (*BRIEF, *SMALLEST))
        await person.page.emulate_media(color_scheme="dark")
        await look(person, "left-rated-dark", BRIEF)

    async def test_menus(self, person: Person, others: list[Person], server: Server) -> None:
        await gather(server, person, others)
        await look(person, "meeting")
        await person.press("Turn on microphone")
        await look(person, "menu-sound", LAPTOP, opened=partial(person.press, "Sound devices"))
        await look(person, "menu-more", opened=partial(person.press, "More"))
        await look(person, "tooltip", LAPTOP, opened=partial(point_at, person, "Turn off camera"))
        await look(
            person, "shortcuts", LAPTOP, opened=partial(person.page.keyboard.press, "Shift+?")
        )

    async def test_panels_until_the_end(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await gather(server, person, others)
        await open_panel(person, "Chat")
        await look(person, "chat-empty")
        await say(others[0], "Good evening, everyone. The hall is ours from nine.")
        await say(others[1], "Then I bring the tables: https://example.org/tables")
        await person.page.get_by_label("Write a message").fill("Thank you both.")
        await person.page.keyboard.press("Enter")
        await look(person, "chat")
        await person.page.keyboard.press("Escape")
        await open_panel(person, "People")
        await look(person, "people")
        await person.page.emulate_media(color_scheme="dark")
        await look(person, "people-dark", BRIEF)
        await person.page.emulate_media(color_scheme="light")

        await person.press("Menu for Ayu")
        await person.page.get_by_role("menuitem", name="Remove").click()
        await look(person, "remove-question", ("1920",))
        await person.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        await expect(others[1].page.get_by_role("heading", name="You were removed")).to_be_visible()
        await look(others[1], "removed")
        await person.press("Leave")
        await person.page.get_by_role("dialog").get_by_role("button", name="End").click()
        await expect(others[0].page.get_by_role("heading", name="is over")).to_be_visible()
        await look(others[0], "ended")
        await others[0].page.emulate_media(color_scheme="dark")
        await look(others[0], "ended-dark", BRIEF)

    async def test_a_shared_screen(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await gather(server, person, others)
        await others[0].press("Share screen")
        await until(partial(sees_screen, person), "the shared screen is seen")
        await look(person, "share")
        await look(others[0], "share-own")

    async def test_reconnecting(
        self,
        person: Person,
        others: list[Person],
        fresh_server: Callable[..., Awaitable[Server]],
    ) -> None:
        server = await fresh_server()
        await gather(server, person, others)
        await server.kill()
        await expect(person.page.get_by_text("Your seat is safe")).to_be_visible(timeout=20_000)
        await look(person, "reconnecting")

    async def test_a_refusal(self, person: Person, server: Server) -> None:
        async def spoil(route: Route) -> None:
            answer = await route.fetch()
            seat = await answer.json()
            head, body, signature = seat["token"].split(".")
            seat["token"] = f"{head}.{body}.{signature[1:]}A"
            await route.fulfill(response=answer, json=seat)

        await person.page.route("**/join", spoil)
        await person.start_meeting(server.http)
        await person.page.get_by_label("Your name").fill(SARI)
        await person.press("Join")
        await expect(person.page.get_by_text("signature")).to_be_visible()
        await look(person, "refused")


class TestExtremes:
    async def test_the_smallest_window(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await person.page.goto(server.http)
        await look(person, "landing", SMALLEST)
        link = await person.start_meeting(server.http, TITLE)
        await person.page.get_by_label("Your name").fill(SARI)
        await look(person, "prejoin", SMALLEST)
        await person.enter(link, SARI)
        await look(person, "meeting-alone", SMALLEST)
        await others[0].enter(link, YOHANES)
        await until(partial(person.sees_moving, 1), "the other is seen")
        await look(person, "meeting-pair", ("320", *BRIEF))
        await look(person, "leave-question", SMALLEST, opened=partial(person.press, "Leave"))

    async def test_names_of_every_kind(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        link = await person.start_meeting(server.http, "م" * 40 + " " + "W" * 80)
        await person.enter(link, "W" * 256)
        for other, name in zip(others, ("عائشة بنت محمد 🌙", "👩🏽‍🏫🎉"), strict=True):
            await other.enter(link, name)
            await other.press("Turn off camera")
        await until(partial(person.sees_moving, 0), "the cameras of the others are off")
        await look(person, "names", BRIEF)
        await open_panel(person, "People")
        await look(person, "names-people", BRIEF)

    async def test_twice_the_size_of_text(
        self, person: Person, others: list[Person], server: Server
    ) -> None:
        await person.page.add_init_script(
            "addEventListener('DOMContentLoaded', () => "
            "document.documentElement.style.setProperty('font-size', '200%'))"
        )
        await person.page.goto(server.http)
        await look(person, "landing-large", BRIEF)
        link = await person.start_meeting(server.http, TITLE)
        await look(person, "prejoin-large", BRIEF)
        await person.enter(link, SARI)
        await look(person, "meeting-alone-large", BRIEF)
        await others[0].enter(link, YOHANES)
        await until(partial(person.sees_moving, 1), "the other is seen")
        await look(person, "meeting-large", BRIEF)

    async def test_twenty_five_people(self, person: Person, server: Server) -> None:
        link = await person.start_meeting(server.http, TITLE)
        await person.enter(link, SARI)
        crowd = [rtc.Room() for _ in range(24)]
        code = link.rsplit("/", 1)[1]
        for number, room in enumerate(crowd):
            token = tokens.mint(code, f"person {number + 1}")
            await room.connect(server.websocket, token)
        await expect(person.page.get_by_text("1 / 3")).to_be_visible()
        await look(person, "crowd")
        await person.page.set_viewport_size({"width": 1366, "height": 768})
        await person.press("Next page")
        await expect(person.page.get_by_text("2 / 3")).to_be_visible()
        await person.press("Next page")
        await expect(person.page.get_by_role("button", name="Next page")).to_be_disabled()
        await open_panel(person, "People")
        await look(person, "crowd-people", BRIEF)
        for room in crowd:
            await room.disconnect()

    async def test_keys_alone_lead_from_the_landing_page_out_again(
        self, person: Person, server: Server
    ) -> None:
        await person.page.goto(server.http)
        await press_by_key(person, "Start a meeting")
        await person.page.wait_for_url(CODE)
        await expect(person.page.get_by_label("Your name")).to_be_visible()
        await tab_to(person, "Your name")
        await person.page.keyboard.type("Sari")
        await person.page.keyboard.press("Enter")
        await expect(person.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()
        await press_by_key(person, "To the meeting controls", "Enter")
        await press_by_key(person, "Sound devices")
        menu = person.page.get_by_role("menu", name="Sound devices")
        await expect(menu).to_be_visible()
        await person.page.keyboard.press("Escape")
        await expect(menu).to_be_hidden()
        for key, name in (("c", "Chat"), ("p", "People")):
            await person.page.keyboard.press(key)
            panel = person.page.get_by_role("complementary", name=name)
            await expect(panel).to_be_focused()
            await person.page.keyboard.press("Escape")
            await expect(panel).to_have_count(0)
        await press_by_key(person, "Leave")
        await expect(person.page.get_by_role("dialog")).to_be_visible()
        await press_by_key(person, "Only me")
        await expect(person.page.get_by_role("heading", name="See you, Sari")).to_be_visible()


FOCUSED = """() => {
  const { activeElement: element } = document;
  return element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent.trim();
}"""


async def tab_to(person: Person, name: str, key: str = "Tab") -> None:
    """Move the focus with a key until it stands on the control of that name."""
    for _ in range(40):
        if await person.page.evaluate(FOCUSED) == name:
            return
        await person.page.keyboard.press(key)
    raise AssertionError(f"no key leads to {name}")


async def press_by_key(person: Person, name: str, key: str = "Enter") -> None:
    """Reach a control with Tab, or with an arrow inside a toolbar, and press it."""
    arrow = "document.activeElement.closest('dialog, [role=toolbar]')?.role === 'toolbar'"
    await tab_to(person, name, "ArrowRight" if await person.page.evaluate(arrow) else "Tab")
    await person.page.keyboard.press(key)


async def say(person: Person, text: str) -> None:
    """Write in the chat, and see it taken."""
    await person.page.get_by_role("button", name="Chat").first.click()
    await person.page.get_by_label("Write a message").fill(text)
    await person.page.keyboard.press("Enter")
    await expect(person.page.get_by_role("log").get_by_text(text[:20])).to_be_visible()


async def point_at(person: Person, name: str) -> None:
    """Hold the pointer over a control until its name is seen."""
    await person.page.get_by_role("button", name=name, exact=True).hover()
    seen = "getComputedStyle(document.querySelector('[data-tip]:hover'), '::after').opacity === '1'"
    await until(partial(person.page.evaluate, seen), "the name is seen")


async def own_picture(person: Person) -> bool:
    """Whether some video element shows something."""
    return bool(await person.page.evaluate("see().length"))


async def sees_screen(person: Person) -> bool:
    """Whether the shared screen has a picture."""
    return bool(
        await person.page.evaluate(
            "[...document.querySelectorAll('[data-share] video')].some((v) => v.videoWidth > 0)"
        )
    )


async def open_panel(person: Person, panel: str) -> None:
    """Open a panel from the bar."""
    await person.page.set_viewport_size({"width": 1366, "height": 768})
    await person.page.get_by_role("button", name=panel).first.click()
    await expect(person.page.get_by_role("complementary")).to_be_visible()
