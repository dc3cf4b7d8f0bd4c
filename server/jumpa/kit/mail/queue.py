"""Letters that wait: jobs, sealed because they may hold a link that opens an account."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.kit.context import Context
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.keyring import KeyRing, SealBrokenError
from jumpa.kit.mail.letter import Letter, Mailer
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job
from jumpa.kit.work.worker import GiveUpError, Trade

KIND = "letter"


async def enqueue(  # three of them are usual
    ctx: Context,
    ring: KeyRing,
    letter: Letter,
    organisation_id: UUID,
    key: str | None = None,
    due_at: datetime | None = None,
) -> None:
    """Keep a letter for sending, once for each key and not before it is due."""
    name = uuid7()
    sealed = ring.seal(letter.to_text(), str(name))
    await jobs.enqueue(ctx, jobs.Wanted(KIND, sealed, organisation_id, key, due_at, name))


@dataclass(frozen=True, slots=True)
class Courier:
    """Hands letters to the mailer."""

    ring: KeyRing = field(repr=False)
    mailer: Mailer

    def trade(self, attempts: int) -> Trade:
        """Return how letters are done."""
        return Trade(KIND, attempts, errand=self.deliver)

    async def deliver(self, job: Job) -> None:
        """Send one letter; the job's id is its name at each attempt."""
        reach(FailPoint.LETTER_TAKEN)
        try:
            text = self.ring.open(job.payload, str(job.id))
        except SealBrokenError as error:
            raise GiveUpError("The letter cannot be opened: its key is missing.") from error
        await self.mailer.send(Letter.from_text(text), str(job.id))
        reach(FailPoint.LETTER_SENT)
