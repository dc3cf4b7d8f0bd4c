"""LiveKit's JavaScript client, unmodified: joins, hears, sees, refuses."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.media import LOOKS
from harness.servers import Server

Joiner = Callable[..., Awaitable[Page]]
TOLERANCE_HZ = 15
BAD_TOKENS: dict[str, Callable[[], str]] = {
    "foreign secret": lambda: tokens.mint("r", "x", secret="another-secret-" * 4),
    "expired": lambda: tokens.mint("r", "x", ttl=timedelta(minutes=-5)),
    "nonsense": lambda: tokens.remember("not.a.token"),
}


@pytest.fixture
async def join(server: Server, people: list[Browser]) -> Joiner:
    """Bring the n-th person into a room."""

    async def bring(
        number: int, room: str, /, identity: str | None = None, **options: object
    ) -> Page:
        page = await barepage.open_page(people[number], server.http)
        token = tokens.mint(room, identity or f"person-{number}")
        await barepage.join(page, server.websocket, token, **options)
        return page

    return bring


async def hears(page: Page, expected: dict[str, int]) -> bool:
    heard = {ear["participant"]: ear["hz"] for ear in await page.evaluate("hear()")}
    return heard.keys() == expected.keys() and all(
        abs(heard[who] - hz) <= TOLERANCE_HZ for who, hz in expected.items()
    )


async def pictures(page: Page) -> dict[str, int]:
    return {eye["participant"]: eye["print"] for eye in await page.evaluate("see()")}


async def sees_moving(page: Page, expected: set[str]) -> bool:
    first = await pictures(page)
    await page.wait_for_timeout(300)
    second = await pictures(page)
    return first.keys() == second.keys() == expected and all(
        first[who] != second[who] for who in expected
    )


MODES = {True: "publisher-only", False: "subscriber-primary"}


class TestThreePeople:
    @pytest.mark.parametrize(
        "paths",
        [(True, True, True), (False, False, False), (True, False, True)],
        ids=["one connection", "two connections", "both kinds"],
    )
    async def test_see_and_hear_each_other(self, join: Joiner, paths: tuple[bool, ...]) -> None:
        room = f"three-{uuid4().hex[:6]}"
        pages = [
            await join(number, room, room={"singlePeerConnection": is_single})
            for number, is_single in enumerate(paths)
        ]
        modes = [await page.evaluate("room.engine.pcManager.mode") for page in pages]
        assert modes == [MODES[is_single] for is_single in paths]

        for number, page in enumerate(pages):
            others = {f"person-{n}": LOOKS[n].tone_hz for n in range(3) if n != number}
            await barepage.until(partial(hears, page, others), f"{number} hears {others}")
            await barepage.until(
                partial(sees_moving, page, set(others)), f"{number} sees {set(others)}"
            )

    async def test_two_rooms_do_not_mix(self, join: Joiner) -> None:
        here, there = (f"{name}-{uuid4().hex[:6]}" for name in ("here", "there"))
        pages = [
            await join(0, here),
            await join(1, here),
            await join(2, there),
            await join(3, there),
        ]

        for number, other in ((0, 1), (1, 0), (2, 3), (3, 2)):
            expected = {f"person-{other}": LOOKS[other].tone_hz}
            await barepage.until(
                partial(hears, pages[number], expected), f"{number} hears only {other}"
            )


class TestRefusals:
    @pytest.mark.parametrize("is_single", [True, False], ids=["one connection", "two connections"])
    @pytest.mark.parametrize("what", BAD_TOKENS)
    async def test_say_the_reason(
        self, what: str, is_single: bool, server: Server, people: list[Browser]
    ) -> None:
        page = await barepage.open_page(people[3], server.http)

        refusal = await page.evaluate(
            "([url, token, isSingle]) => refusal(url, token, isSingle)",
            [server.websocket, BAD_TOKENS[what](), is_single],
        )

        assert refusal is not None
        assert "token" in refusal["message"].lower()
