"""Secret addresses at which calendars find meetings."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.meetings.errors import CalendarFeedNotFoundError, TooManyCalendarFeedsError
from jumpa.domains.meetings.models import CalendarFeed, Meeting
from jumpa.domains.meetings.repository import FeedRepository, MeetingRepository
from jumpa.domains.meetings.service import answering, calendars
from jumpa.domains.meetings.service.posting import Post
from jumpa.domains.rooms.errors import RoleTooLowError
from jumpa.domains.rooms.service import rooms
from jumpa.domains.users.errors import UserNotFoundError
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.context import Context
from jumpa.kit.signing import fingerprint

MOST = 20
_SECRET_BYTES = 32
_PAST = timedelta(days=90)
_AHEAD = timedelta(days=400)
_NAME = "Jumpa"


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar reads; `tag` changes whenever it does."""

    content: bytes
    tag: str


async def create(ctx: Context, room_code: str) -> tuple[CalendarFeed, str]:
    """Make an address for one's meetings, or for those in a room that one hosts."""
    user = await people.get_own(ctx)
    feeds = FeedRepository(ctx.session)
    if len(await feeds.list_of(user.id)) >= MOST:
        raise TooManyCalendarFeedsError
    room = await rooms.get(ctx, room_code) if room_code else None
    if room is not None and room.host_id != user.id:
        raise RoleTooLowError
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    feed = CalendarFeed(
        id=uuid7(),
        user_id=user.id,
        room_id=room.id if room else None,
        secret_hash=fingerprint(secret),
        created_at=ctx.clock(),
    )
    await MeetingRepository(ctx.session).add(feed)
    return feed, secret


async def list_own(ctx: Context) -> list[tuple[CalendarFeed, str]]:
    """Return one's addresses with the codes of their rooms, oldest first."""
    user = await people.read_own(ctx)
    found = await FeedRepository(ctx.session).list_of(user.id)
    codes = await rooms.codes(ctx, {feed.room_id for feed in found if feed.room_id})
    return [(feed, codes.get(feed.room_id, "") if feed.room_id else "") for feed in found]


async def remove(ctx: Context, feed_id: UUID) -> CalendarFeed:
    """Forget an address; from then on it shows nothing. CalendarFeedNotFoundError."""
    for feed, _ in await list_own(ctx):
        if feed.id == feed_id:
            await MeetingRepository(ctx.session).remove(feed)
            return feed
    raise CalendarFeedNotFoundError


async def read(ctx: Context, secret: str, post: Post) -> Feed:
    """Return what is at an address; all that show nothing are refused alike.

    Looking up the hash takes as long for every secret, as far as anybody could use.
    """
    expected = fingerprint(secret)
    feed = await FeedRepository(ctx.session).by_hash(expected)
    if feed is None or not hmac.compare_digest(feed.secret_hash, expected):
        raise CalendarFeedNotFoundError
    await ctx.enter(feed.organisation_id)
    user = await _owner(ctx, feed)
    found = await _meetings(ctx, feed, user)
    exceptions = await MeetingRepository(ctx.session).exceptions_of([row.id for row in found])
    # What happens in a room is told whether its host comes or not.
    of_room = feed.room_id is not None
    mine = {} if of_room else await answering.of_person(ctx, [row.id for row in found], user.email)
    told = [
        (await post.planned(ctx, row, exceptions[row.id]), mine.get(row.id))
        for row in found
        if row.id not in mine or not mine[row.id].stays_away
    ]
    content = calendars.feed(_NAME, told)
    return Feed(content, hashlib.sha256(content).hexdigest()[:32])


async def _owner(ctx: Context, feed: CalendarFeed) -> User:
    try:
        user = await people.get(ctx, feed.user_id)
    except UserNotFoundError as error:
        raise CalendarFeedNotFoundError from error
    if user.status != "active":
        raise CalendarFeedNotFoundError
    return user


async def _meetings(ctx: Context, feed: CalendarFeed, user: User) -> Sequence[Meeting]:
    now, meetings = ctx.clock(), MeetingRepository(ctx.session)
    since, before = now - _PAST, now + _AHEAD
    if feed.room_id is None:
        return await meetings.list_of(user.id, user.email, since, before)
    room = await rooms.by_id(ctx, feed.room_id)
    if room.host_id != user.id:
        raise CalendarFeedNotFoundError
    return await meetings.list_in_room(room.id, since, before)
