"""A live room for whoever tries their connection: one person, two minutes, stored nowhere."""

import contextlib
import re
import secrets
from datetime import datetime, timedelta

from jumpa.domains.organisations.models import HOME
from jumpa.domains.rooms.errors import ConnectionTestOverError
from jumpa.domains.rooms.service.places import SeatIssuer
from jumpa.kit.context import Context
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job
from jumpa.kit.work.worker import Trade
from jumpa.media.access import Claims, VideoGrants, mint
from jumpa.media.engine import Engine
from jumpa.media.errors import LiveRoomNotFoundError

LIFETIME = timedelta(minutes=2)
_KIND = "connection_test"
_ATTEMPTS = 5
_IDENTITY = "tester"
_NONCE_BYTES = 12
_SOURCES = ("camera", "microphone")
# The end stands in the name: a token that was refreshed inside opens nothing after it.
_ROOM = re.compile(r"connection-test-(\d{1,12})-[\w-]+")


async def begin(ctx: Context, issuer: SeatIssuer) -> str:
    """Return a token that opens a test room, whose end is a job of the same change."""
    ends_at = ctx.clock() + LIFETIME
    room = f"connection-test-{int(ends_at.timestamp())}-{secrets.token_urlsafe(_NONCE_BYTES)}"
    await jobs.enqueue(ctx, jobs.Wanted(_KIND, room, HOME, due_at=ends_at))
    seconds = int(LIFETIME.total_seconds())
    alone = {"maxParticipants": 1, "emptyTimeout": seconds, "departureTimeout": seconds}
    claims = Claims.model_validate(
        {
            "identity": _IDENTITY,
            "video": VideoGrants(
                room_join=True, room=room, can_publish_data=False, can_publish_sources=_SOURCES
            ),
            "roomConfig": alone,
        }
    )
    return mint(
        api_key=issuer.api_key,
        secret=issuer.secret,
        claims=claims,
        clock=ctx.clock,
        lifetime=LIFETIME,
    )


def is_one(room: str) -> bool:
    """Whether this is the name of a test room, which no stored room can have."""
    return _ROOM.fullmatch(room) is not None


def check(room: str, now: datetime) -> None:
    """Raise ConnectionTestOverError once the time of a test room is up."""
    found = _ROOM.fullmatch(room)
    if found is None or now.timestamp() >= int(found[1]):
        raise ConnectionTestOverError


def trade(engine: Engine) -> Trade:
    """Return what ends test rooms whose time is up."""

    async def end(job: Job) -> None:
        with contextlib.suppress(LiveRoomNotFoundError):
            await engine.delete_room(job.payload)

    return Trade(_KIND, _ATTEMPTS, errand=end)
