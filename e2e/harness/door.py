"""Citra and Dewi, who wait in front of a meeting: when one has gone, another comes."""

from dataclasses import dataclass, field

from playwright.async_api import Browser, Locator, expect

from harness.calls import Call
from harness.controls import SOON_MS, Opener, Outcome, press
from harness.outcomes import Table, said, see
from harness.seats import Seat, sit_down

NAMES = ("Citra", "Dewi")


@dataclass
class Door:
    """Who waits now, by name."""

    call: Call
    browsers: dict[str, Browser]
    waiting: dict[str, Seat] = field(default_factory=dict)

    async def fill(self) -> None:
        """See that both wait."""
        for name, browser in self.browsers.items():
            if name not in self.waiting:
                late = await sit_down(browser, self.call.host.words, self.call.host.size)
                self.waiting[name] = late
                await late.page.goto(self.call.link)
                await late.page.get_by_label(late.words("Your name")).fill(name)
                await late.press("Join")
                await see(said(late, "The host knows you are here"))

    async def send_away(self, *names: str) -> None:
        """These leave; the next time others come by their names."""
        for name in names:
            await self.waiting.pop(name).person.leave()

    def filled(self, opened: Opener) -> Opener:
        """Open the list while both wait."""

        async def opened_then(seat: Seat) -> Locator:
            await self.fill()
            return await opened(seat)

        return opened_then

    def admits(self, *names: str) -> Outcome:
        async def outcome(_: Seat, control: Locator) -> None:
            await press(control)
            for name in names:
                await expect(self.waiting[name].button("Leave")).to_be_visible(timeout=SOON_MS)
            await self.send_away(*names)

        return outcome

    def declines(self, name: str) -> Outcome:
        async def outcome(_: Seat, control: Locator) -> None:
            await press(control)
            await see(said(self.waiting[name], "The host did not open the door this time."))
            await self.send_away(name)

        return outcome

    def table(self) -> Table:
        """What the list of people has more while both wait."""
        return {
            "Decline Citra": self.declines("Citra"),
            "Decline Dewi": self.declines("Dewi"),
            "Admit Citra": self.admits("Citra"),
            "Admit Dewi": self.admits("Dewi"),
            "Admit all": self.admits(*NAMES),
        }
