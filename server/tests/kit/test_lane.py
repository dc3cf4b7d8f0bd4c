"""Work beside whoever gave it, in its order."""

import asyncio

import pytest

from jumpa.kit.lane import Lane


class TestPut:
    async def test_does_one_after_another(self) -> None:
        done: list[str] = []

        async def work(piece: int) -> None:
            done.append(f"{piece} begun")
            await asyncio.sleep(0)
            done.append(f"{piece} done")

        lane = Lane(work)
        lane.put(1)
        lane.put(2)
        await lane.settled()

        assert done == ["1 begun", "1 done", "2 begun", "2 done"]

    async def test_refuses_when_too_much_waits(self) -> None:
        done: list[int] = []

        async def work(piece: int) -> None:
            done.append(piece)

        lane = Lane(work, most=2)

        assert [lane.put(piece) for piece in range(3)] == [True, True, False]
        await lane.settled()
        assert done == [0, 1]

    async def test_goes_on_after_work_that_failed(self) -> None:
        done: list[int] = []

        async def work(piece: int) -> None:
            if piece == 1:
                raise LookupError
            done.append(piece)

        lane = Lane(work)
        lane.put(1)
        with pytest.raises(LookupError):
            await lane.settled()
        lane.put(2)
        await lane.settled()

        assert done == [2]


class TestSettled:
    async def test_returns_at_once_when_nothing_was_given(self) -> None:
        await Lane(asyncio.sleep).settled()
