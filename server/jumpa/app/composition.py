"""Joins the parts into one ASGI app."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from starlette.types import ASGIApp

import jumpa
from jumpa.api import PREFIX, Api
from jumpa.api.operations import PATHS, Operations
from jumpa.app.accounts import Accounts
from jumpa.app.keys import ApiKey
from jumpa.config import Settings
from jumpa.domains.rooms import service, subscribers
from jumpa.domains.rooms.endpoints import RoomParts
from jumpa.domains.rooms.events import RoomEnded
from jumpa.kit.actor import SERVER
from jumpa.kit.clock import Clock
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.database import Database
from jumpa.kit.http import files
from jumpa.kit.http.headers import PagesToHttps, SecurityHeaders
from jumpa.kit.http.limits import BodyLimit
from jumpa.kit.http.origins import OwnOrigins, SharedOrigins
from jumpa.kit.http.rates import RateHeaders, Rates
from jumpa.kit.http.requests import RequestLog
from jumpa.kit.http.timeouts import TimeLimit
from jumpa.kit.keyring import KeyRing
from jumpa.kit.mail.courier import Courier
from jumpa.kit.mail.letter import Mailer
from jumpa.kit.mail.queue import LetterQueued
from jumpa.kit.passwords import Passwords
from jumpa.kit.quotas import Counters, Quota
from jumpa.kit.rate import RateLimiter
from jumpa.kit.signing import Signer, derive
from jumpa.media.access import Claims, TokenVerifier
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.media.engine import EngineEvent, RoomStarted
from jumpa.signaling import livekit, twirp

logger = logging.getLogger(__name__)

_PROTOCOL = ("/rtc", "/twirp")
_API = ("/api",)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the app is made of; `now_s` is a clock that only goes forward."""

    settings: Settings
    engine: EmbeddedEngine
    database: Database
    secret: bytes
    own_key: ApiKey
    keys: dict[str, str]
    clock: Clock
    now_s: Callable[[], float]
    ring: KeyRing
    passwords: Passwords
    mailer: Mailer
    counters: Counters


@dataclass(slots=True)
class App:
    """The joined app; `https_port` is set once it is known."""

    asgi: ASGIApp
    operations: Operations
    work: UnitOfWork
    courier: Courier
    https_port: int | None = None


def build(parts: Parts, static: Path | None = None) -> App:
    """Join everything."""
    verifier = TokenVerifier({**parts.keys, parts.own_key.name: parts.own_key.secret}, parts.clock)
    waker = Waker()
    work = _unit_of_work(parts, waker)
    admission = RoomAdmission(work, parts.own_key.name)
    parts.engine.subscribe(RoomGuard(work, parts.engine).hear)
    token = parts.settings.server.metrics_token
    operations = Operations(parts.engine.status, token.get_secret_value() if token else "")
    api = Api()
    api.state.rooms = _room_parts(parts, work)
    accounts = Accounts.build(parts, work)
    accounts.install(api)
    api.router.routes.extend(
        [
            *livekit.routes(parts.engine, verifier, admission.admit),
            *twirp.routes(parts.engine, verifier),
            *operations.routes(),
            *files.routes(
                static or Path(jumpa.__file__).parent / "static", not_pages=(*_API, *_PROTOCOL)
            ),
        ]
    )
    courier = Courier(work, parts.ring, parts.mailer, parts.settings.mail.attempts)
    waker.wake = courier.wake
    app = App(api, operations, work, courier)
    app.asgi = _guarded(api, app, parts.settings, accounts.rates)
    return app


@dataclass(frozen=True, slots=True)
class RoomAdmission:
    """What stored rooms say about somebody whose token is good."""

    work: UnitOfWork
    own_key: str

    async def admit(self, claims: Claims) -> None:
        """Refuse a room that has ended; raises RoomEndedError or RoomNotFoundError."""
        async with self.work.read(SERVER) as ctx:
            is_own = claims.api_key == self.own_key
            await service.check_admission(ctx, claims.video.room, is_own_token=is_own)


class RoomGuard:
    """Closes a live room that opens although it has ended: somebody was let in just before."""

    def __init__(self, work: UnitOfWork, engine: EmbeddedEngine) -> None:
        self._work = work
        self._engine = engine
        self._tasks: set[asyncio.Task[None]] = set()

    def hear(self, event: EngineEvent) -> None:
        """Look at every room that starts."""
        if isinstance(event, RoomStarted):
            task = asyncio.create_task(self._close_if_ended(event.room))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _close_if_ended(self, code: str) -> None:
        try:
            async with self._work.read(SERVER) as ctx:
                has_ended = await service.has_ended(ctx, code)
            if has_ended:
                await subscribers.close_live_room(self._engine, RoomEnded(code))
        except Exception:
            # Nobody awaits this task, so its failure would be lost.
            logger.exception("a starting room could not be looked up")


@dataclass(slots=True)
class Waker:
    """Wakes whoever sends letters, once there is somebody."""

    wake: Callable[[], None] | None = None


def _unit_of_work(parts: Parts, waker: Waker) -> UnitOfWork:
    async def publish(event: object) -> None:
        if isinstance(event, RoomEnded):
            await subscribers.close_live_room(parts.engine, event)
        elif isinstance(event, LetterQueued) and waker.wake:
            waker.wake()

    return UnitOfWork(parts.database.sessions, publish, parts.clock)


def _room_parts(parts: Parts, work: UnitOfWork) -> RoomParts:
    rooms = parts.settings.rooms

    def limiter(per_minute: int) -> RateLimiter:
        return RateLimiter(per_minute, rooms.limited_addresses, parts.now_s)

    issuer = service.SeatIssuer(
        api_key=parts.own_key.name,
        secret=parts.own_key.secret,
        signer=Signer(derive(parts.secret, "seats")),
        lifetime=timedelta(seconds=parts.settings.auth.token_lifetime_s),
    )
    return RoomParts(
        work=work,
        engine=parts.engine,
        issuer=issuer,
        creations=limiter(rooms.creations_per_minute),
        joins=limiter(rooms.joins_per_minute),
        refusals=limiter(rooms.refusals_per_minute),
        title_characters=rooms.title_characters,
        ring=parts.ring,
    )


def _guarded(api: ASGIApp, app: App, settings: Settings, rates: Rates) -> ASGIApp:
    server = settings.server
    larger = {f"{PREFIX}/users/avatar": settings.accounts.avatar_bytes}
    limited = BodyLimit(api, server.body_bytes, _API, larger)
    timed = TimeLimit(limited, server.request_timeout_s, _API)
    own = OwnOrigins(timed, server.allowed_origins, _API)
    quota = Quota("requests", settings.rates.requests_per_minute)
    counted = RateHeaders(own, rates, quota, _API)
    shared = SharedOrigins(counted, server.allowed_origins, _API)
    headed = SecurityHeaders(shared, spared=_PROTOCOL, uncached=_API)
    redirecting = PagesToHttps(headed, lambda: app.https_port, (*_PROTOCOL, *_API, *PATHS))
    return RequestLog(redirecting)
