"""Joins the parts into one ASGI app."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from starlette.routing import BaseRoute
from starlette.types import ASGIApp

import jumpa
from jumpa.api import PREFIX, Api
from jumpa.api.operations import PATHS, Operations
from jumpa.app.accounts import Accounts
from jumpa.app.chat import ChatWatch, chat_parts, chat_watch
from jumpa.app.keys import ApiKey
from jumpa.app.media import AnyEngine, hook_routes, media_hosts
from jumpa.app.meetings import meeting_parts
from jumpa.app.notifications import notification_doors, notification_parts
from jumpa.app.plain import PlainChat, PlainDoor, PlainEntry
from jumpa.app.rooms import RoomAdmission, RoomWatch, room_parts
from jumpa.app.webhooks import Webhooks, webhooks
from jumpa.app.work import Workers, workers
from jumpa.config import Settings
from jumpa.domains.auth.service.parts import Site
from jumpa.domains.chat import subscribers as chat
from jumpa.domains.chat.endpoints import ChatParts
from jumpa.domains.notifications import subscribers as notifications
from jumpa.domains.notifications.endpoints import socket
from jumpa.domains.notifications.service.audience import Audience
from jumpa.domains.rooms import subscribers as rooms
from jumpa.domains.rooms.endpoints import RoomParts
from jumpa.domains.rooms.service.entering import TicketOffice
from jumpa.domains.work.service import WorkParts
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
from jumpa.kit.mail.letter import Mailer
from jumpa.kit.objects import ObjectStore
from jumpa.kit.outbound.client import Outbound
from jumpa.kit.passwords import Passwords
from jumpa.kit.quotas import Counters, Quota
from jumpa.media.access import TokenVerifier
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.media.errors import MediaUnavailableError
from jumpa.signaling import agents, livekit, plain, twirp
from jumpa.signaling.plain.ports import PlainParts

logger = logging.getLogger(__name__)

_PROTOCOL = ("/rtc", "/twirp", "/agent", "/ws", "/webhooks")
_API = ("/api",)
_FILES = f"{PREFIX}/rooms/{{code}}/files"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the app is made of; `now_s` is a clock that only goes forward."""

    settings: Settings
    engine: AnyEngine
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
    outbound: Outbound
    objects: ObjectStore


@dataclass(slots=True)
class App:
    """The joined app; `https_port` is set once it is known."""

    asgi: ASGIApp
    operations: Operations
    work: UnitOfWork
    workers: Workers
    watch: RoomWatch
    listening: ChatWatch
    crowd: plain.Crowd
    admission: RoomAdmission
    webhooks: Webhooks
    site: Site
    https_port: int | None = None


def build(parts: Parts, static: Path | None = None) -> App:
    """Join everything."""
    verifier = TokenVerifier({**parts.keys, parts.own_key.name: parts.own_key.secret}, parts.clock)
    waker, crowd = Waker(), plain.Crowd(chat.CHAT_TOPIC)
    work = _unit_of_work(parts, waker, crowd)
    admission = RoomAdmission(work, parts.engine, parts.own_key.name)
    watch = RoomWatch(work, parts.engine)
    parts.engine.subscribe(watch.hear)
    listening = chat_watch(parts, work)
    parts.engine.subscribe(listening.hear)
    told = webhooks(parts.settings, verifier.keys, work, parts.clock)
    parts.engine.subscribe(told.watch.hear)
    parts.engine.subscribe(crowd.hear)
    dispatcher = agents.Dispatcher(verifier)
    token = parts.settings.server.metrics_token
    operations = Operations(
        parts.engine.status, token.get_secret_value() if token else "", parts.database.answers
    )
    api = Api()
    api.state.rooms = room_parts(parts, work)
    accounts = Accounts.build(parts, work)
    accounts.install(api)
    api.state.work = WorkParts(work, accounts.doors.auth.audit)
    api.state.chat = chat_parts(parts, api.state.rooms, accounts.rates)
    api.state.meetings = meeting_parts(parts, api.state.rooms, accounts)
    api.router.routes.extend(
        [
            *_media_routes(parts, api, dispatcher, admission, crowd),
            *twirp.routes(parts.engine, verifier, dispatcher),
            *socket.routes(lambda: api.state.notifications),
            *operations.routes(),
            *files.routes(
                static or Path(jumpa.__file__).parent / "static", not_pages=(*_API, *_PROTOCOL)
            ),
        ]
    )
    notified = notification_parts(parts, work, accounts.doors.auth.site)
    api.state.notifications = notification_doors(
        parts, notified, waker.audience, api.state.identify, accounts.rates
    )
    waker.workers = workers(parts, work, notified)
    app = App(
        api,
        operations,
        work,
        waker.workers,
        watch,
        listening,
        crowd,
        admission,
        told,
        accounts.doors.auth.site,
    )
    app.asgi = _guarded(api, app, parts.settings, accounts.rates)
    return app


def _media_routes(
    parts: Parts,
    api: Api,
    dispatcher: agents.Dispatcher,
    admission: RoomAdmission,
    crowd: plain.Crowd,
) -> list[BaseRoute]:
    engine, verifier = parts.engine, dispatcher.board.verifier
    if not isinstance(engine, EmbeddedEngine):
        return hook_routes(engine, verifier)
    engine.subscribe(dispatcher.hear)
    rooms_at: RoomParts = api.state.rooms
    chat_at: ChatParts = api.state.chat
    door = PlainDoor(
        verifier,
        TicketOffice.beside(rooms_at.issuer.signer),
        api.state.identify,
        admission,
        parts.counters,
        rooms_at.refusals,
    )
    said = PlainChat(parts, admission.work, engine, crowd, chat_at.writes)
    entry = PlainEntry(door, said)
    return [
        *livekit.routes(engine, verifier, admission.admit),
        *agents.routes(dispatcher, engine.config.limits),
        *plain.routes(PlainParts(engine, entry, crowd, parts.clock)),
    ]


@dataclass(slots=True)
class Waker:
    """Wakes whoever does jobs, once there is somebody, and tells whoever listens."""

    workers: Workers | None = None
    audience: Audience = field(default_factory=Audience)


def _unit_of_work(parts: Parts, waker: Waker, crowd: plain.Crowd) -> UnitOfWork:
    async def publish(event: object) -> None:
        if waker.workers:
            waker.workers.hear(event)
        try:
            await rooms.hear(parts.engine, event)
            await chat.hear(parts.engine, event)
        except MediaUnavailableError as error:
            # What is stored is stored; who is inside is compared once media can be asked again.
            logger.warning("a live room could not be told: %s", error)
        crowd.hear(event)
        waker.audience.hear(event)

    database = parts.database
    return UnitOfWork(database.sessions, publish, parts.clock, database.turn, notifications.keep)


def _guarded(api: ASGIApp, app: App, settings: Settings, rates: Rates) -> ASGIApp:
    server = settings.server
    larger = {
        f"{PREFIX}/users/avatar": settings.accounts.avatar_bytes,
        _FILES: settings.rooms.file_bytes,
    }
    longer = dict.fromkeys((_FILES, f"{_FILES}/{{file_id}}"), settings.objects.transfer_s)
    limited = BodyLimit(api, server.body_bytes, _API, larger)
    timed = TimeLimit(limited, server.request_timeout_s, _API, longer)
    own = OwnOrigins(timed, server.allowed_origins, _API)
    quota = Quota("requests", settings.rates.requests_per_minute)
    counted = RateHeaders(own, rates, quota, _API)
    shared = SharedOrigins(counted, server.allowed_origins, _API)
    others = media_hosts(settings)
    headed = SecurityHeaders(shared, spared=_PROTOCOL, uncached=_API, others=others)
    redirecting = PagesToHttps(headed, lambda: app.https_port, (*_PROTOCOL, *_API, *PATHS))
    return RequestLog(redirecting)
