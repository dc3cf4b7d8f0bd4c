"""Does a step again and again: at once while it finds something, otherwise when woken."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Rounds:
    """`step` returns how much it did; after none the next one comes `pause_s` later, or by wake."""

    step: Callable[[], Awaitable[int]]
    pause_s: float
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Look again at once."""
        self._wake.set()

    async def run(self) -> None:
        """Go round until cancelled."""
        while True:
            self._wake.clear()
            done = 0
            try:
                done = await self.step()
            except Exception:
                # The database may be away for a while; what is to be done waits in it.
                logger.exception("a round of work could not be done")
            with contextlib.suppress(TimeoutError):
                # After something was done too: others have their turn at loop and database.
                await asyncio.wait_for(self._wake.wait(), 0 if done else self.pause_s)
