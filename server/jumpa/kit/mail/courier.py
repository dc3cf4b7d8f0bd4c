"""Carries waiting letters to the mailer, again and again until they are taken."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field

from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.keyring import KeyRing, SealBrokenError
from jumpa.kit.mail import queue
from jumpa.kit.mail.letter import Letter, Mailer, MailUnavailableError
from jumpa.kit.mail.queue import QueuedLetter

logger = logging.getLogger(__name__)

_BATCH = 20
_ROUND_S = 30


@dataclass(slots=True)
class Courier:
    """Sends what is due; a letter is forgotten once it was taken, or after `attempts`."""

    work: UnitOfWork
    ring: KeyRing = field(repr=False)
    mailer: Mailer
    attempts: int
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Look again at once."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            self._wake.clear()
            try:
                while await self.deliver_due():
                    pass
            except Exception:
                # The database may be away for a while; letters wait in it.
                logger.exception("letters could not be looked up")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _ROUND_S)

    async def deliver_due(self) -> int:
        """Send some of what is due; return how many were tried."""
        async with self.work.write(SERVER) as ctx:
            due = await queue.take_due(ctx, _BATCH)
        for row in due:
            await self._deliver(row)
        return len(due)

    async def _deliver(self, row: QueuedLetter) -> None:
        reach(FailPoint.LETTER_TAKEN)
        try:
            letter = Letter.from_text(self.ring.open(row.sealed, str(row.id)))
            await self.mailer.send(letter, str(row.id))
            reach(FailPoint.LETTER_SENT)
        except MailUnavailableError as error:
            if row.attempts < self.attempts:
                logger.warning("a letter waits for another attempt: %s", error)
                return
            logger.exception("a letter is given up after %d attempts", row.attempts)
        except SealBrokenError:
            logger.exception("a letter cannot be opened and is given up")
        async with self.work.write(SERVER) as ctx:
            await queue.remove(ctx, row.id)
