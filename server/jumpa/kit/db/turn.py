"""Whose turn it is to write, where the database has one writer at a time."""

import asyncio
from collections import deque
from contextlib import suppress
from typing import Self


class Turn:
    """A lock that whoever finds it free takes at once, even before those who were woken for it.

    Most writers are done without ever giving way to others. With `asyncio.Lock` one of them
    that did wait makes all others queue, and each of these then waits for everything else that
    the loop has to do.
    """

    def __init__(self) -> None:
        self._is_taken = False
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def __aenter__(self) -> Self:
        has_waited = False
        while self._is_taken:
            place = asyncio.get_running_loop().create_future()
            # Who was overtaken keeps the place in front.
            (self._waiting.appendleft if has_waited else self._waiting.append)(place)
            try:
                await place
            except asyncio.CancelledError:
                with suppress(ValueError):
                    self._waiting.remove(place)
                self._wake()
                raise
            has_waited = True
        self._is_taken = True
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_taken = False
        self._wake()

    def _wake(self) -> None:
        while self._waiting and not self._is_taken:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                return
