"""What somebody planned goes on with another organiser."""

from uuid import UUID

from jumpa.domains.meetings.repository import MeetingRepository
from jumpa.domains.users.models import User
from jumpa.kit.context import Context


async def hand_over(ctx: Context, organiser_id: UUID, heir: User) -> int:
    """Make somebody else the organiser of all that a person planned; return how many meetings."""
    return await MeetingRepository(ctx.session).hand_over(organiser_id, heir.id, heir.email)
