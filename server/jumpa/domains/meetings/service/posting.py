"""Letters to those who are invited, kept with the change that they tell of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from jumpa.domains.auth.service.parts import Site
from jumpa.domains.meetings.models import Invitation, Meeting, MeetingException
from jumpa.domains.meetings.service import answering, letters, occurrences
from jumpa.domains.meetings.service.answering import Mine
from jumpa.domains.meetings.service.calendars import Planned
from jumpa.domains.meetings.service.letters import Kind
from jumpa.domains.meetings.service.occurrences import Occurrence
from jumpa.domains.rooms.service import rooms
from jumpa.domains.users.service import people
from jumpa.kit.context import Context
from jumpa.kit.keyring import KeyRing
from jumpa.kit.mail import queue
from jumpa.kit.signing import Signer

_ANSWER_PAGE = "{url}/invitation#{token}"


@dataclass(frozen=True, slots=True)
class Post:
    """What letters need besides a transaction; `signer` signs nothing but invitations."""

    ring: KeyRing = field(repr=False)
    site: Site
    signer: Signer

    async def tell(
        self,
        ctx: Context,
        kind: Kind,
        meeting: Meeting,
        exceptions: Sequence[MeetingException],
        to: Sequence[Invitation] | None = None,
        about: Occurrence | None = None,
    ) -> None:
        """Write to those who are invited, or to some of them."""
        said = await answering.of_meeting(ctx, meeting.id) if to is None else [*map(Mine, to)]
        if not said:
            return
        planned = await self.planned(ctx, meeting, exceptions)
        found = about or next_of(ctx.clock(), meeting, exceptions)
        for mine in said:
            url = self.answer_url(mine.invited.id)
            letter = letters.written(kind, planned, mine, found, url)
            await queue.enqueue(ctx, self.ring, letter, meeting.organisation_id)

    async def planned(
        self, ctx: Context, meeting: Meeting, exceptions: Sequence[MeetingException]
    ) -> Planned:
        """Return a meeting with what calendars read of it."""
        organiser = await people.get(ctx, meeting.organiser_id)
        room = await rooms.by_id(ctx, meeting.room_id)
        name = f"{organiser.first_name} {organiser.last_name}"
        return Planned(meeting, exceptions, name, organiser.email, self.room_url(room.code))

    def room_url(self, code: str) -> str:
        """Return where people come in."""
        return f"{self.site.url}/{code}"

    def token(self, invitation_id: UUID) -> str:
        """Return what answers for one invitation, and opens nothing else."""
        return self.signer.sign(f"invitation {invitation_id}")

    def answer_url(self, invitation_id: UUID) -> str:
        """Return where somebody answers without an account."""
        return _ANSWER_PAGE.format(url=self.site.url, token=self.token(invitation_id))

    def read(self, token: str) -> UUID | None:
        """Return the invitation that a token answers for, or None when it is not ours."""
        purpose, _, name = (self.signer.read(token) or "").partition(" ")
        return UUID(name) if purpose == "invitation" else None


def next_of(now: datetime, meeting: Meeting, exceptions: Sequence[MeetingException]) -> Occurrence:
    """Return the next time, or the last one when all are over."""
    ahead = next(occurrences.between(meeting, exceptions, now, meeting.last_at), None)
    if ahead is not None:
        return ahead
    everything = occurrences.between(meeting, exceptions, meeting.first_at, meeting.last_at)
    return max(everything, key=lambda found: found.starts_at, default=occurrences.nominal(meeting))
