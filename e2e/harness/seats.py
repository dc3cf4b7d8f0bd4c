"""Somebody in a meeting, at a window of some size, reading some language."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from playwright.async_api import Browser, Locator, Page, expect

from harness import app
from harness.app import Person
from harness.barepage import until
from harness.screens import SIZES
from harness.words import Words


@dataclass
class Seat:
    """A person, and how the buttons are reached where they sit."""

    person: Person
    words: Words
    size: str

    @property
    def page(self) -> Page:
        return self.person.page

    @property
    def is_phone(self) -> bool:
        return self.size == "390"

    async def enter(self, link: str, name: str) -> None:
        """Join from the page before the meeting."""
        if self.page.url != link:
            await self.page.goto(link)
        await self.page.get_by_label(self.words("Your name")).fill(name)
        await self.press("Join")
        await self.is_inside()

    async def is_inside(self) -> None:
        leave = self.page.get_by_role("button", name=self.words("Leave"), exact=True)
        await expect(leave).to_be_visible()

    async def press(self, text: str) -> None:
        await self.button(text).first.click()

    def button(self, text: str) -> Locator:
        return self.page.get_by_role("button", name=self.words(text), exact=True)

    def row(self, text: str) -> Locator:
        """What an open menu has, or a phone's sheet."""
        if self.is_phone:
            sheet = self.page.get_by_role("dialog")
            return sheet.get_by_role("button", name=self.words(text), exact=True)
        return self.page.get_by_role("menuitem", name=self.words(text))

    async def choose(self, text: str) -> None:
        """Press what stands under "More"."""
        await self.press("More")
        await self.row(text).click()

    async def use(self, text: str) -> None:
        """Press what a phone keeps under "More" and a wide window has in its bar."""
        await (self.choose(text) if self.is_phone else self.press(text))

    async def open_panel(self, text: str) -> Locator:
        """Open people or chat by its button, whatever count stands in its name."""
        if self.is_phone and text == "Chat":
            # The hand has its place in the bar.
            more = re.compile(rf"^{self.words('More')}(,|$)")
            await self.page.get_by_role("button", name=more).click()
        name = re.compile(rf"^{self.words(text)}(,|$)")
        await self.page.get_by_role("button", name=name).first.click()
        panel = self.page.get_by_role("dialog" if self.is_phone else "complementary")
        await expect(panel).to_be_visible()
        return panel

    async def close_panel(self) -> None:
        await self.press("Close")
        await expect(
            self.page.get_by_role("dialog" if self.is_phone else "complementary")
        ).to_have_count(0)

    def tile(self, name: str) -> Locator:
        return self.page.get_by_role("figure", name=re.compile(f"^{name}"))


async def sit_down(browser: Browser, words: Words, size: str) -> Seat:
    """Open a fresh window."""
    width, height = SIZES[size]
    return Seat(await app.open_app(browser, width, height, words.tag), words, size)


@asynccontextmanager
async def sitting(browser: Browser, words: Words, size: str) -> AsyncIterator[Seat]:
    """Open a fresh window until the block ends, however it ends."""
    seat = await sit_down(browser, words, size)
    try:
        yield seat
    finally:
        await seat.person.leave()


async def meet_at(host: Seat, guest: Seat, home: str) -> str:
    """Adi starts a meeting and Budi follows the link, until they see each other; the link."""
    await host.page.goto(home)
    await host.press("Start a meeting")
    await host.page.wait_for_url(re.compile(r"/[a-z]{3}-[a-z]{4}-[a-z]{3}$"))
    link = host.page.url
    await host.enter(link, "Adi")
    await guest.enter(link, "Budi")
    await until(partial(host.person.sees_moving, 1), "the host sees the guest")
    return link
