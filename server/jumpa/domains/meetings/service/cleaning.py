"""Rooms of meetings to which nobody came are closed once the meeting is over."""

from datetime import timedelta

from jumpa.domains.meetings.repository import MeetingRepository
from jumpa.domains.meetings.service import planning
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork

_AFTER = timedelta(hours=1)
_BATCH = 100


async def sweep(work: UnitOfWork) -> int:
    """Note meetings that nobody came to and close their rooms; return how many."""
    async with work.write(SERVER) as ctx:
        before = ctx.clock() - _AFTER
        missed = await MeetingRepository(ctx.session).list_missed(before, _BATCH)
        for meeting in missed:
            meeting.status = "missed"
            meeting.version += 1
            meeting.updated_at = ctx.clock()
            await ctx.session.flush()
            await planning.close_room(ctx, meeting)
        return len(missed)
