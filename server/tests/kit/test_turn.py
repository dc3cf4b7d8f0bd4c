"""One writer at a time, and nobody forgotten."""

import asyncio

import pytest

from jumpa.kit.db.turn import Turn


async def write(turn: Turn, name: str, written: list[str], given_way: int = 0) -> None:
    async with turn:
        written.append(f"{name} begins")
        for _ in range(given_way):
            await asyncio.sleep(0)
        written.append(f"{name} ends")


class TestTurn:
    async def test_is_one_writer_s_at_a_time(self) -> None:
        turn, written = Turn(), list[str]()

        await asyncio.gather(*(write(turn, str(n), written, given_way=n) for n in range(5)))

        assert written == [f"{n} {what}" for n in range(5) for what in ("begins", "ends")]

    async def test_is_not_waited_for_while_it_is_free(self) -> None:
        turn, written = Turn(), list[str]()
        async with turn:
            waiting = asyncio.create_task(write(turn, "first", written))
            await asyncio.sleep(0)
        # The other was woken, and has not run yet.
        await write(turn, "second", written)
        await waiting

        assert written == ["second begins", "second ends", "first begins", "first ends"]

    async def test_goes_on_when_a_waiter_is_cancelled(self) -> None:
        turn, written = Turn(), list[str]()
        async with turn:
            gone, stays = (
                asyncio.create_task(write(turn, name, written)) for name in ("gone", "stays")
            )
            await asyncio.sleep(0)
            gone.cancel()
            await asyncio.wait({gone})
        await stays

        assert written == ["stays begins", "stays ends"]

    async def test_goes_on_when_who_was_woken_is_cancelled(self) -> None:
        turn, written = Turn(), list[str]()
        async with turn:
            gone, stays = (
                asyncio.create_task(write(turn, name, written)) for name in ("gone", "stays")
            )
            await asyncio.sleep(0)
        gone.cancel()
        await stays

        assert written == ["stays begins", "stays ends"]

    async def test_is_given_back_after_an_error(self) -> None:
        turn, written = Turn(), list[str]()
        with pytest.raises(LookupError):
            async with turn:
                raise LookupError

        await write(turn, "next", written)

        assert written == ["next begins", "next ends"]
