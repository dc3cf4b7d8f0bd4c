"""Joins the parts into one ASGI app."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from starlette.routing import BaseRoute
from starlette.types import ASGIApp

import jumpa
from jumpa.api import PREFIX, Api
from jumpa.api.operations import PATHS, Operations
from jumpa.app.accounts import Accounts
from jumpa.app.administration import administration_parts
from jumpa.app.chat import ChatWatch, chat_parts, chat_watch
from jumpa.app.exports import export_doors
from jumpa.app.integrations import integration_doors
from jumpa.app.keys import ApiKey
from jumpa.app.media import AnyEngine, hook_routes, media_hosts
from jumpa.app.meetings import meeting_parts
from jumpa.app.notifications import notification_doors, notification_parts, text_messages
from jumpa.app.plain import PlainChat, PlainDoor, PlainEntry
from jumpa.app.rooms import RoomAdmission, RoomWatch, of_meetings, room_parts
from jumpa.app.webhooks import Webhooks, webhook_parts, webhooks
from jumpa.app.work import Workers, workers
from jumpa.config import Settings
from jumpa.domains.audit.service import AuditLog
from jumpa.domains.auth.service.parts import Site
from jumpa.domains.chat import subscribers as chat
from jumpa.domains.chat.endpoints import ChatParts
from jumpa.domains.integrations import subscribers as integrations
from jumpa.domains.notifications import subscribers as notifications
from jumpa.domains.notifications.endpoints import receipts, socket
from jumpa.domains.notifications.service.audience import Audience
from jumpa.domains.notifications.service.spreading import CHANNEL, Spread
from jumpa.domains.rooms import subscribers as rooms
from jumpa.domains.rooms.endpoints import RoomParts
from jumpa.domains.rooms.service.entering import TicketOffice
from jumpa.domains.work.service import WorkParts
from jumpa.kit.clock import Clock
from jumpa.kit.context import Context, UnitOfWork
from jumpa.kit.db.channel import Channel
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
_EMBEDDED = ("/embed",)
_EXPORT = f"{PREFIX}/users/export/content"
_FILES = f"{PREFIX}/rooms/{{code}}/files"
_LOG = f"{PREFIX}/organisation/audit.csv"


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
    audience: Audience
    others: Channel | None
    https_port: int | None = None


def build(parts: Parts, static: Path | None = None) -> App:
    """Join everything."""
    verifier = TokenVerifier({**parts.keys, parts.own_key.name: parts.own_key.secret}, parts.clock)
    waker, crowd = Waker(), plain.Crowd(chat.CHAT_TOPIC)
    work = _unit_of_work(parts, waker, crowd)
    admission = RoomAdmission(work, parts.engine, parts.own_key.name)
    watch = RoomWatch(work, parts.engine)
    parts.engine.subscribe(of_meetings(watch.hear))
    listening = chat_watch(parts, work)
    parts.engine.subscribe(listening.hear)
    told = webhooks(parts.settings, verifier.keys, work, parts.clock)
    parts.engine.subscribe(of_meetings(told.watch.hear))
    parts.engine.subscribe(crowd.hear)
    dispatcher = agents.Dispatcher(verifier)
    operations = _operations(parts)
    api = Api()
    api.state.rooms = room_parts(parts, work, verifier)
    accounts = Accounts.build(parts, work, lambda: api.state.integrations.parts)
    accounts.install(api)
    _administer(parts, api, told, accounts.doors.auth.audit)
    api.state.chat = chat_parts(parts, api.state.rooms, accounts.rates)
    api.state.meetings = meeting_parts(parts, api.state.rooms, accounts)
    texts = text_messages(parts)
    api.router.routes.extend(
        [
            *_media_routes(parts, api, dispatcher, admission, crowd),
            *twirp.routes(parts.engine, verifier, dispatcher),
            *socket.routes(lambda: api.state.notifications),
            *receipts.routes(texts, lambda: api.state.notifications),
            *operations.routes(),
            *files.routes(
                static or Path(jumpa.__file__).parent / "static", not_pages=(*_API, *_PROTOCOL)
            ),
        ]
    )
    notified = notification_parts(parts, work, accounts.doors.auth.site)
    api.state.notifications = notification_doors(
        parts, notified, waker.audience, accounts.doors.auth, accounts.rates
    )
    api.state.integrations = integration_doors(parts, api.state.meetings, accounts.rates)
    api.state.exports = export_doors(parts, work, accounts)
    waker.workers = workers(
        parts, notified, api.state.integrations.parts, api.state.exports.parts, texts
    )
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
        waker.audience,
        _others(parts.database, waker.spread, work),
    )
    app.asgi = _guarded(api, app, parts.settings, accounts.rates)
    return app


def _administer(parts: Parts, api: Api, told: Webhooks, audit: AuditLog) -> None:
    """Join the doors of administrators."""
    work = told.watch.work
    api.state.work = WorkParts(work, audit)
    api.state.webhooks = webhook_parts(told, audit)
    api.state.administration = administration_parts(parts, work, audit)


def _operations(parts: Parts) -> Operations:
    token = parts.settings.server.metrics_token
    said = token.get_secret_value() if token else ""
    return Operations(parts.engine.status, said, parts.database.answers)


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
    engine.subscribe(of_meetings(dispatcher.hear))
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
    spread: Spread = field(init=False)

    def __post_init__(self) -> None:
        """Join who tells other servers to who listens here."""
        self.spread = Spread(self.audience)


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
    keep = _keep(parts.settings, waker.spread)
    return UnitOfWork(database.sessions, publish, parts.clock, database.turn, keep)


def _keep(settings: Settings, spread: Spread) -> Callable[[Context], Awaitable[None]]:
    """Return what stores what happened: for people, for other servers, and for calendars."""
    has_calendars = settings.google.is_on or settings.microsoft.is_on

    async def keep(ctx: Context) -> None:
        await notifications.keep(ctx)
        if has_calendars:
            await integrations.keep(ctx)
        await spread.keep(ctx)

    return keep


def _others(database: Database, spread: Spread, work: UnitOfWork) -> Channel | None:
    """Return the way on which other servers of the same database are heard."""
    url = database.engine.url
    if url.get_backend_name() != "postgresql":
        return None
    return Channel(url, CHANNEL, partial(spread.hear, work), partial(spread.begin, work))


def _guarded(api: ASGIApp, app: App, settings: Settings, rates: Rates) -> ASGIApp:
    server = settings.server
    larger = {
        f"{PREFIX}/users/avatar": settings.accounts.avatar_bytes,
        _FILES: settings.rooms.file_bytes,
    }
    transfers = (_FILES, f"{_FILES}/{{file_id}}", _EXPORT, _LOG)
    longer = dict.fromkeys(transfers, settings.objects.transfer_s)
    limited = BodyLimit(api, server.body_bytes, _API, larger)
    timed = TimeLimit(limited, server.request_timeout_s, _API, longer)
    own = OwnOrigins(timed, server.allowed_origins, _API)
    quota = Quota("requests", settings.rates.requests_per_minute)
    counted = RateHeaders(own, rates, quota, _API)
    shared = SharedOrigins(counted, server.allowed_origins, _API)
    others = media_hosts(settings)
    headed = SecurityHeaders(
        shared,
        spared=_PROTOCOL,
        uncached=_API,
        others=others,
        framed=_EMBEDDED,
        embedders=server.embedding_origins,
    )
    redirecting = PagesToHttps(headed, lambda: app.https_port, (*_PROTOCOL, *_API, *PATHS))
    return RequestLog(redirecting)
