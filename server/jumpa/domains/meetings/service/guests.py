"""Links by which people without an account come in, until they expire."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.meetings.errors import (
    GuestLinkExpiryUnusableError,
    GuestLinkNotFoundError,
    TooManyGuestLinksError,
)
from jumpa.domains.meetings.models import GuestLink, Meeting
from jumpa.domains.meetings.repository import InvitationRepository, MeetingRepository
from jumpa.domains.meetings.service import access
from jumpa.domains.rooms.service import reserving
from jumpa.kit.context import Context
from jumpa.kit.signing import Signer, fingerprint

MOST = 50
_LONGEST = timedelta(days=366)
_SECRET_BYTES = 32


async def create(
    ctx: Context, meeting: Meeting, label: str, expires_at: datetime | None
) -> tuple[GuestLink, str]:
    """Make a link; unless it says otherwise it ends with the meeting, within a year."""
    now = ctx.clock()
    ends = expires_at or min(meeting.last_at, now + _LONGEST)
    if not now < ends <= now + _LONGEST:
        raise GuestLinkExpiryUnusableError
    if len(await list_all(ctx, meeting)) >= MOST:
        raise TooManyGuestLinksError
    token = secrets.token_urlsafe(_SECRET_BYTES)
    link = GuestLink(
        id=uuid7(),
        organisation_id=meeting.organisation_id,
        meeting_id=meeting.id,
        label=label,
        token_hash=fingerprint(token),
        created_at=now,
        expires_at=ends,
    )
    await MeetingRepository(ctx.session).add(link)
    return link, token


async def list_all(ctx: Context, meeting: Meeting) -> Sequence[GuestLink]:
    """Return the links of a meeting, oldest first."""
    return await InvitationRepository(ctx.session).list_links(meeting.id)


async def remove(ctx: Context, meeting: Meeting, link_id: UUID) -> None:
    """Take a link back; raises GuestLinkNotFoundError."""
    for link in await list_all(ctx, meeting):
        if link.id == link_id:
            await MeetingRepository(ctx.session).remove(link)
            return
    raise GuestLinkNotFoundError


async def enter(ctx: Context, token: str, name: str, seats: Signer) -> tuple[str, str]:
    """Return the room's code and a seat in it, which opens it without waiting or password.

    Raises GuestLinkNotFoundError, MeetingCancelledError and RoomEndedError.
    """
    link = await InvitationRepository(ctx.session).link_by_hash(fingerprint(token))
    if link is None or link.expires_at <= ctx.clock():
        raise GuestLinkNotFoundError
    await ctx.enter(link.organisation_id)
    meeting = await MeetingRepository(ctx.session).by_id(link.meeting_id)
    if meeting is None:
        raise GuestLinkNotFoundError
    access.check_on(meeting)
    room, identity = await reserving.seat_guest(ctx, meeting.room_id, name)
    return room.code, seats.sign(f"{room.code} {identity}")
