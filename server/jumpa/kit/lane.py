"""Work that is done one piece after another, beside whoever gave it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Piece = TypeVar("Piece")


class Lane(Generic[Piece]):
    """Does one piece after another in a task of its own, which is there only while there is work.

    `work` answers for its own errors: one that gets out ends the lane until the next piece.
    """

    def __init__(self, work: Callable[[Piece], Awaitable[None]], most: int = 0) -> None:
        """`most` pieces may wait, any number of them when it is 0."""
        self._work = work
        self._pieces: asyncio.Queue[Piece] = asyncio.Queue(most)
        self._task: asyncio.Task[None] | None = None

    def put(self, piece: Piece) -> bool:
        """Do this too, after what waits; False when too much waits already."""
        try:
            self._pieces.put_nowait(piece)
        except asyncio.QueueFull:
            return False
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        return True

    async def settled(self) -> None:
        """Return once everything given so far is done."""
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while not self._pieces.empty():
            await self._work(self._pieces.get_nowait())
