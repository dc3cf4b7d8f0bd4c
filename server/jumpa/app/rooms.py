"""Builds what rooms need, and joins stored rooms to live ones."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta

from jumpa.app.foundation import Running
from jumpa.app.media import media_url
from jumpa.domains.audit.service import AuditLog
from jumpa.domains.meetings.service import hours
from jumpa.domains.rooms import subscribers
from jumpa.domains.rooms.endpoints import PasswordGuesses, RoomParts, TestQuotas
from jumpa.domains.rooms.events import RoomEnded
from jumpa.domains.rooms.service import connection_tests, presence, rooms
from jumpa.domains.rooms.service.places import SeatIssuer
from jumpa.domains.rooms.service.rooms import RoomLimits
from jumpa.domains.rooms.service.vouching import VoucherReader
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.lane import Lane
from jumpa.kit.quotas import Quota
from jumpa.kit.rate import RateLimiter
from jumpa.kit.signing import Signer, derive
from jumpa.media.access import Claims, TokenVerifier
from jumpa.media.configuration import room_of
from jumpa.media.engine import (
    Engine,
    EngineEvent,
    Listener,
    ParticipantJoined,
    ParticipantLeft,
    RoomsCompared,
    RoomStarted,
)
from jumpa.media.errors import MediaUnavailableError

logger = logging.getLogger(__name__)

_HOUR_S = 3600
_FOLLOWED = (RoomStarted, ParticipantJoined, ParticipantLeft, RoomsCompared)


def room_parts(given: Running, work: UnitOfWork, verifier: TokenVerifier) -> RoomParts:
    """Return what the endpoints are joined to."""
    settings = given.settings.rooms

    def limiter(per_minute: int) -> RateLimiter:
        return RateLimiter(per_minute, settings.limited_addresses, given.now_s)

    issuer = SeatIssuer(
        api_key=given.own_key.name,
        secret=given.own_key.secret,
        signer=Signer(derive(given.secret, "seats")),
        lifetime=timedelta(seconds=given.settings.auth.token_lifetime_s),
    )
    return RoomParts(
        work=work,
        engine=given.engine,
        media_url=media_url(given.settings),
        issuer=issuer,
        vouchers=VoucherReader(verifier, given.own_key.name),
        passwords=given.passwords,
        ring=given.ring,
        audit=AuditLog(derive(given.secret, "audit log")),
        limits=RoomLimits(
            settings.title_characters, given.settings.media.limits.participants_per_room
        ),
        creations=limiter(settings.creations_per_minute),
        joins=limiter(settings.joins_per_minute),
        refusals=limiter(settings.refusals_per_minute),
        reactions=limiter(settings.reactions_per_minute),
        ratings=limiter(settings.ratings_per_minute),
        guesses=PasswordGuesses(
            given.counters,
            Quota("room_password", settings.passwords_per_hour, _HOUR_S),
            Quota("room_password_everywhere", settings.spread_passwords_per_hour, _HOUR_S),
        ),
        tests=TestQuotas(
            given.counters,
            Quota("connection_test", settings.connection_tests_per_minute),
            Quota("connection_test_everywhere", settings.spread_connection_tests_per_minute),
        ),
        opens_at=hours.opens_at,
    )


def of_meetings(listener: Listener) -> Listener:
    """Return a listener that hears nothing of rooms in which somebody tries their connection."""

    def hear(event: EngineEvent) -> None:
        if not connection_tests.is_one(getattr(event, "room", "")):
            listener(event)

    return hear


@dataclass(frozen=True, slots=True)
class RoomAdmission:
    """What stored rooms say about somebody whose token is good."""

    work: UnitOfWork
    engine: Engine
    own_key: str

    async def admit(self, claims: Claims) -> Claims:
        """Return the claims that hold now; raises what `presence.admit` raises."""
        async with self.work.read(SERVER) as ctx:
            is_own = claims.api_key == self.own_key
            admitted, room = await presence.admit(ctx, claims, is_own_token=is_own)
        if room is not None:
            # The live room counts as well, and is the last word on who fits.
            request = room_of(claims)
            request.name, request.max_participants = room.code, room.max_users
            await self.engine.create_room(request)
        return admitted


@dataclass(slots=True)
class RoomWatch:
    """Follows live rooms one event after another: who came and went, and what opens too late."""

    work: UnitOfWork
    engine: Engine
    _events: "Lane[EngineEvent]" = field(init=False)

    def __post_init__(self) -> None:
        self._events = Lane(self._follow)

    def hear(self, event: EngineEvent) -> None:
        """Take an event in; it is followed once those before it have been."""
        if isinstance(event, _FOLLOWED):
            self._events.put(event)

    async def settled(self) -> None:
        """Return once everything heard so far has been followed."""
        await self._events.settled()

    async def _follow(self, event: EngineEvent) -> None:
        try:
            await self._note(event)
        except Exception:
            # Nobody awaits this, so its failure would be lost.
            logger.exception("%s could not be followed", type(event).__name__)

    async def _note(self, event: EngineEvent) -> None:
        if isinstance(event, RoomStarted):
            async with self.work.read(SERVER) as ctx:
                has_ended = await rooms.has_ended(ctx, event.room)
            if has_ended:
                await subscribers.hear(self.engine, RoomEnded(event.room))
        elif isinstance(event, ParticipantJoined):
            async with self.work.write(SERVER) as ctx:
                missed = await presence.arrived(ctx, event)
            await subscribers.hear(self.engine, missed)
        elif isinstance(event, ParticipantLeft):
            is_inside = await self._is_inside(event)
            async with self.work.write(SERVER) as ctx:
                await presence.departed(ctx, event, is_inside=is_inside)
        elif isinstance(event, RoomsCompared):
            async with self.work.write(SERVER) as ctx:
                await presence.close_stays(ctx, event.participant_sids)

    async def _is_inside(self, event: ParticipantLeft) -> bool:
        try:
            inside = await self.engine.list_participants(event.room)
        except MediaUnavailableError:
            # Whoever is inside after all comes as joined once media can be asked again.
            return False
        return any(participant.identity == event.identity for participant in inside)
