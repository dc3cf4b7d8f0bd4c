"""The web app as a person uses it: by what is written on the buttons."""

import asyncio
import email
import email.policy
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.async_api import Browser, Page, Response, expect
from typing_extensions import override

from harness import barepage, tokens
from harness.senses import Senses
from harness.servers import ROOT, Server

PROBE = ROOT / "e2e" / "harness" / "probe.js"
PASSWORD = "serambi hijau di tepi sawah"  # opens nothing but the test's server


@dataclass
class Person(Senses):
    """Someone in front of a browser."""

    page: Page
    identity: str = ""
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def start_meeting(self, home: str, title: str = "") -> str:
        """Take the meeting that the landing page offers, or name one; its link."""
        await self.page.goto(home)
        if title:
            await self.press("Start a meeting with a name")
            await self.page.get_by_label("Meeting name").fill(title)
            await self.page.keyboard.press("Enter")
        else:
            await self.press("Start a meeting")
        await self.page.wait_for_url(re.compile(r"/[a-z]{3}-[a-z]{4}-[a-z]{3}$"))
        return self.page.url

    async def enter(self, link: str, name: str) -> None:
        """Join from the page before the meeting."""
        if self.page.url != link:
            await self.page.goto(link)
        await self.page.get_by_label("Your name").fill(name)
        await self.page.get_by_role("button", name="Join", exact=True).click()
        await expect(self.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=name, exact=True).first.click()

    @override
    async def evaluate(self, expression: str) -> Any:
        return await self.page.evaluate(expression)

    async def leave(self) -> None:
        await self.page.context.close()


NAMES = ("Adi", "Budi", "Citra", "Dewi")
Arrive = Callable[..., Awaitable[Person]]


async def meet(server: Server, arrive: Arrive, count: int) -> tuple[str, list[Person]]:
    """The first starts a meeting, the others follow the link; link and people."""
    host = await arrive(0)
    link = await host.start_meeting(server.http)
    people = [host]
    await host.enter(link, NAMES[0])
    for number in range(1, count):
        guest = await arrive(number)
        await guest.enter(link, NAMES[number])
        people.append(guest)
    return link, people


def note_token(person: Person) -> None:
    """Remember every token that the app gets, and every request that goes elsewhere."""

    async def read(response: Response) -> None:
        is_join = response.request.method == "POST" and response.url.endswith("/join")
        # 202 gives a place among those who wait, and no token yet.
        if is_join and response.status == 200:
            seat = await response.json()
            person.identity = seat["identity"]
            tokens.remember(seat["token"])
            tokens.remember(seat["ticket"])

    person.page.on("response", read)
    person.page.on("websocket", barepage.listen)


async def open_app(
    browser: Browser,
    width: int = 1366,
    height: int = 768,
    language: str = "en-GB",
    workers: Literal["allow", "block"] = "block",
) -> Person:
    """A fresh browser window as someone who has never been here.

    Service workers are for the tests of them: what they answer, no test can stand in for.
    """
    context = await browser.new_context(
        locale=language,
        viewport={"width": width, "height": height},
        service_workers=workers,
    )
    await context.add_init_script(path=PROBE)
    page = await context.new_page()
    person = Person(page)
    note_token(person)
    page.on("request", lambda request: person.requests.append(request.url))
    page.on(
        "console",
        lambda message: person.complaints.append(message.text) if message.type == "error" else None,
    )
    return person


async def read_letter_link(server: Server, recipient: str, page: str) -> str:
    """Wait for a letter with a link to this page, in the folder where letters lie; the link."""
    pattern = re.compile(rf"http://\S+/{page}#\S+")
    async with asyncio.timeout(30):
        while True:
            for path in sorted((server.data / "outbox").glob("*.eml"), reverse=True):
                letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                plain = letter.get_body(("plain",))
                found = plain and pattern.search(str(plain.get_content()))
                if letter["To"] == recipient and found:
                    return found.group()
            await asyncio.sleep(0.1)


async def register(person: Person, home: str, address: str, name: tuple[str, str]) -> None:
    """Ask for an account on the page for it."""
    await person.page.goto(f"{home}/register")
    await person.page.get_by_label("First name").fill(name[0])
    await person.page.get_by_label("Last name").fill(name[1])
    await person.page.get_by_label("E-mail").fill(address)
    await person.page.get_by_label("Password", exact=True).fill(PASSWORD)
    await person.press("Create an account")
    await expect(person.page.get_by_role("heading", name="Open your e-mail")).to_be_visible()


async def sign_in(person: Person, home: str, address: str, password: str = "") -> None:
    """Sign in on the page for it."""
    await person.page.goto(f"{home}/login")
    await person.page.get_by_label("E-mail").fill(address)
    await person.page.get_by_label("Password", exact=True).fill(password or PASSWORD)
    await person.press("Sign in")


async def give_account(server: Server, address: str, name: tuple[str, str], *options: str) -> None:
    """Make an account on the server's own machine, as whoever runs it does."""
    words = ["user", "create", "--email", address, "--first-name", name[0]]
    words += ["--last-name", name[1], "--data", str(server.data), *options]
    making = await asyncio.create_subprocess_exec(
        str(ROOT / ".venv" / "bin" / "jumpa"),
        *words,
        "--password-file",
        "/dev/stdin",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
    )
    await making.communicate(PASSWORD.encode())
    assert making.returncode == 0


_taken: Counter[str] = Counter()


def own_address(name: str) -> str:
    """Return an address that no test, and no earlier try of one, made an account with."""
    _taken[name] += 1
    return f"{name}{_taken[name] if _taken[name] > 1 else ''}@example.com"


async def make_account(
    person: Person, server: Server, home: str, address: str, name: tuple[str, str]
) -> None:
    """Register and follow the letter."""
    await register(person, home, address, name)
    link = await read_letter_link(server, address, "verify-email")
    await person.page.goto(f"{home}/verify-email#{link.partition('#')[2]}")
    await expect(
        person.page.get_by_role("heading", name="Your address is confirmed")
    ).to_be_visible()
