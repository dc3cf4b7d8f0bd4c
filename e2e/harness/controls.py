"""Presses every control of what lies open and sees what each does; none may be unknown."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Locator, expect

from harness.barepage import until
from harness.seats import Seat

# For news from the other browser, on a machine that has much else to do.
SOON_MS = 30_000
# Roles of what can be pressed or set; fields of text are for tests of what is written in them.
ROLES = (
    *("button", "link", "switch", "checkbox", "radio", "combobox", "slider", "tab"),
    *("menuitem", "menuitemradio", "menuitemcheckbox"),
)
# What can be set has its hint in its name, and a hint is a sentence.
SET = ("switch", "checkbox", "radio")
NAME = r'"(?P<name>(?:[^"\\]|\\.)*)"'
LINE = re.compile(rf"^\s*- '?(?P<role>{'|'.join(ROLES)})(?: {NAME})?(?=[ :'\[]|$)", re.MULTILINE)
# News come and go by themselves, with what stands in them.
NEWS = re.compile(r"^( *)- status:\n(?:\1 +.*\n?)+", re.MULTILINE)

Outcome = Callable[[Seat, Locator], Awaitable[None]]
Opener = Callable[[Seat], Awaitable[Locator]]


@dataclass(frozen=True)
class Control:
    """What a screen reader calls it."""

    role: Any  # One of Playwright's own literals.
    name: str

    def is_called(self, text: str) -> bool:
        """Whether this is what stands on it."""
        # A count may follow, whose it is, or which key.
        after = "[,:] .*| [A-Z].*" if self.role in SET else "[,:] .*"
        return re.fullmatch(rf"{re.escape(text)}(?:{after})?", self.name) is not None


async def list_controls(root: Locator) -> list[Control]:
    """Return every control that is there now, seen as a screen reader sees it."""
    snapshot = NEWS.sub("", await root.aria_snapshot())
    return [
        Control(found["role"], (found["name"] or "").replace(r"\"", '"'))
        for found in LINE.finditer(snapshot)
    ]


async def find(seat: Seat, root: Locator, text: str) -> Locator:
    """Wait until one is called so."""
    name = seat.words(text)
    found: list[Control] = []

    async def is_there() -> bool:
        there = await list_controls(root)
        found[:] = [one for one in there if one.is_called(name)]
        return bool(found)

    await until(is_there, f"{text} is there")
    best = next((one for one in found if one.name == name), found[0])
    return root.get_by_role(best.role, name=best.name, exact=True).first


async def press(control: Locator) -> None:
    """Press by key, so that no toast, tooltip or moving tile comes between."""
    await expect(control).to_be_visible(timeout=SOON_MS)
    await expect(control).to_be_enabled(timeout=SOON_MS)
    await control.press(
        "Space" if await control.evaluate("(it) => it.matches('input')") else "Enter"
    )


async def know_each(seat: Seat, opened: Opener, texts: list[str]) -> None:
    """Wait until these controls are there and no other."""
    strangers: list[str] = []
    missing: list[str] = []
    wanted = [seat.words(text) for text in texts]
    # What has to happen first may take longer than all that follows.
    await opened(seat)

    async def are_known() -> bool:
        there = await list_controls(await opened(seat))
        strangers[:] = [
            f"{one.role} {one.name!r}" for one in there if not any(map(one.is_called, wanted))
        ]
        missing[:] = [text for text in wanted if not any(one.is_called(text) for one in there)]
        return not strangers and not missing

    try:
        await until(are_known, "every control is known")
    except AssertionError as error:
        error.add_note(f"nobody knows what these do: {strangers}; these are not there: {missing}")
        raise


async def press_each(
    seat: Seat, opened: Opener, outcomes: Mapping[str, Outcome], *, beside: Iterable[str] = ()
) -> None:
    """Open it anew for each control, press the control, and see its own outcome.

    What stands beside these is known, and is for another test.
    """
    await know_each(seat, opened, [*outcomes, *beside])
    for text, outcome in outcomes.items():
        try:
            await outcome(seat, await find(seat, await opened(seat), text))
        except Exception as error:
            error.add_note(f"pressed: {text}")
            raise
