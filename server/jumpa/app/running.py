"""Starts everything in order, waits for a signal, and stops everything in order."""

import asyncio
import contextlib
import json
import logging
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import jumpa
from jumpa.app.accounts import counters, mailer, outbound, public_url
from jumpa.app.composition import App, Parts, build
from jumpa.app.keys import given_keys
from jumpa.app.media import AnyEngine, engine_of, key_of
from jumpa.app.objects import object_store
from jumpa.config import MediaSettings, ServerSettings, Settings
from jumpa.domains.chat.subscribers import CHAT_TOPIC
from jumpa.domains.users.service import people
from jumpa.kit import addresses, storage, tls
from jumpa.kit.actor import SERVER
from jumpa.kit.clock import system_clock
from jumpa.kit.db.database import Database, choose_url
from jumpa.kit.db.migrating import upgrade
from jumpa.kit.http.serving import Listener, ListenerOptions, listen
from jumpa.kit.keyring import read_ring
from jumpa.kit.passwords import Passwords
from jumpa.media.embedded.settings import EmbeddedConfig, Limits, Timings

logger = logging.getLogger(__name__)

ADDRESSES_FILE = "serve.json"
DATABASE_FILE = "jumpa.db"
_HTTPS_PORT = 7443
_TCP_PORT = 7881
# The frame limit is told to the client by the protocol; only far larger frames end the connection.
_FRAME_MARGIN_BYTES = 64 * 1024
_FORCED_STATUS = 130


@dataclass(frozen=True, slots=True)
class ServeAddresses:
    """Where a running server answers; also the content of serve.json."""

    http: str
    https: str | None
    https_others: list[str]
    media: list[str]
    media_tcp: list[str]
    pid: int
    version: str
    has_administrator: bool


Announce = Callable[[ServeAddresses], None]


async def serve(settings: Settings, announce: Announce) -> None:
    """Serve until SIGTERM or SIGINT; raises JumpaError when it cannot start."""
    folder = storage.open_folder(settings.storage.data)
    with storage.locked(folder):
        # What a killed server left would tell of a server that is not there.
        (folder / ADDRESSES_FILE).unlink(missing_ok=True)
        stop = _stop_signal(folder)
        async with AsyncExitStack() as stack:
            app, engine = await _start_parts(settings, folder, stack)
            listeners = await _start_listeners(settings, folder, app, stack)
            async with app.work.read(SERVER) as ctx:
                has_administrator = await people.has_administrator(ctx)
            found = replace(
                _addresses(settings.server, listeners, engine),
                has_administrator=has_administrator,
            )
            stack.enter_context(_told(folder, found))
            announce(found)
            await _until_stopped(stop, listeners)
            app.operations.is_stopping = True
            # Before the listeners close, so that clients hear that they are to come back.
            await engine.stop()


async def _start_parts(
    settings: Settings, folder: Path, stack: AsyncExitStack
) -> tuple[App, AnyEngine]:
    secret = storage.read_secret(folder)
    keys = given_keys(settings.auth)
    named = settings.database.url
    url = choose_url(named.get_secret_value() if named else "", folder / DATABASE_FILE)
    busy_timeout_s = settings.storage.busy_timeout_s
    await asyncio.to_thread(upgrade, url, busy_timeout_s)
    pool_size = settings.database.pool_size
    database = Database(url, busy_timeout_s=busy_timeout_s, pool_size=pool_size)
    stack.push_async_callback(database.close)
    stack.push_async_callback(_cancelled, asyncio.create_task(database.keep_short()))
    engine = engine_of(settings, engine_config(settings))
    parts = Parts(
        settings=settings,
        engine=engine,
        database=database,
        secret=secret,
        own_key=key_of(settings, secret),
        keys=keys,
        clock=system_clock,
        now_s=time.monotonic,
        ring=read_ring(folder),
        passwords=Passwords(settings.accounts.hashing_threads),
        mailer=mailer(settings.mail, folder),
        counters=counters(settings.rates, time.monotonic),
        outbound=outbound(settings.outbound),
        objects=object_store(settings.objects, folder),
    )
    parts.objects.clean()
    stack.callback(parts.passwords.close)
    stack.push_async_callback(parts.outbound.close)
    app = build(parts)
    app.workers.start(stack)
    if app.others is not None:
        stack.push_async_callback(_cancelled, asyncio.create_task(app.others.run()))
    app.webhooks.start(stack)
    # After the engine has stopped and before the database closes: who left is noted.
    stack.push_async_callback(app.watch.settled)
    stack.push_async_callback(app.listening.settled)
    await stack.enter_async_context(_running(engine))
    return app, engine


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


@asynccontextmanager
async def _running(engine: AnyEngine) -> AsyncIterator[None]:
    await engine.start()
    try:
        yield
    finally:
        await engine.stop()


async def _start_listeners(
    settings: Settings, folder: Path, app: App, stack: AsyncExitStack
) -> list[Listener]:
    server = settings.server
    options = listener_options(settings)
    listeners = [Listener(app.asgi, listen(server.bind, server.port, "--port"), options)]
    stack.push_async_callback(listeners[0].stop)
    if server.serves_https:
        pair = certificate(server, folder)
        secure = listener_options(settings, pair)
        listening = listen(server.bind, https_port(server), "--https-port")
        listeners.append(Listener(app.asgi, listening, secure))
        stack.push_async_callback(listeners[1].stop)
        app.https_port = listeners[1].port
    app.site.url = public_url(settings, listeners[0].port)
    for listener in listeners:
        listener.start()
    return listeners


def engine_config(settings: Settings) -> EmbeddedConfig:
    """Return what the built-in media server is given."""
    media = settings.media
    return EmbeddedConfig(
        media_addresses=tuple(str(address) for address in media_addresses(settings)),
        bind_address=str(media.bind) if media.bind else "",
        udp_port=media.udp_port,
        tcp_port=_tcp_port(media),
        workers=media.workers,
        sfu_binary=media.sfu_binary,
        allow_remote_unmute=media.allow_remote_unmute,
        heard_topics=(CHAT_TOPIC,),
        limits=Limits(**media.limits.model_dump()),
        timings=_timings(media),
    )


def _tcp_port(media: MediaSettings) -> int | None:
    """Return the port of media over TCP; free ports come in pairs."""
    if not media.tcp:
        return None
    usual = _TCP_PORT if media.udp_port else 0
    return usual if media.tcp_port is None else media.tcp_port


def media_addresses(settings: Settings) -> list[addresses.IpAddress]:
    """Return the addresses that clients send media to."""
    bind = settings.media.bind or settings.server.bind
    own = addresses.own_addresses() if bind.is_unspecified else [bind]
    return list(settings.media.addresses) or own


def certificate(server: ServerSettings, folder: Path) -> tuple[str, str]:
    """Return the files of the given certificate, or of our own."""
    if server.certificate and server.certificate_key:
        return tls.check_pair(server.certificate, server.certificate_key)
    return tls.own_pair(folder, addresses.reachable(server.bind), system_clock())


def https_port(server: ServerSettings) -> int:
    """Return the port of HTTPS; free ports come in pairs."""
    if server.https_port is not None:
        return server.https_port
    return _HTTPS_PORT if server.port else 0


def listener_options(settings: Settings, pair: tuple[str, str] | None = None) -> ListenerOptions:
    """Return how connections are handled."""
    return ListenerOptions(
        websocket_frame_bytes=settings.media.limits.signal_frame_bytes + _FRAME_MARGIN_BYTES,
        stop_timeout_s=settings.server.stop_timeout_s,
        trusted_proxies=settings.server.trusted_proxies,
        tls=pair,
    )


def _timings(media: MediaSettings) -> Timings:
    return Timings(**media.timings.model_dump())


def _stop_signal(folder: Path) -> asyncio.Event:
    stop = asyncio.Event()

    def hear() -> None:
        if stop.is_set():
            logger.warning("stopping at once")
            (folder / ADDRESSES_FILE).unlink(missing_ok=True)
            # The SFU ends by itself when its link closes.
            os._exit(_FORCED_STATUS)
        logger.info("stopping")
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, hear)
    return stop


async def _until_stopped(stop: asyncio.Event, listeners: list[Listener]) -> None:
    waits: list[asyncio.Task[Any]] = [asyncio.create_task(stop.wait())]
    waits += [asyncio.create_task(listener.ended()) for listener in listeners]
    done, waiting = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waiting:
        wait.cancel()
    for wait in done:
        wait.result()


def _addresses(
    server: ServerSettings, listeners: list[Listener], engine: AnyEngine
) -> ServeAddresses:
    near = "127.0.0.1" if server.bind.is_unspecified else addresses.host_of(server.bind)
    https = None
    others: list[str] = []
    if len(listeners) > 1:
        https = f"https://{near}:{listeners[1].port}"
        others = [
            f"https://{addresses.host_of(address)}:{listeners[1].port}"
            for address in addresses.reachable(server.bind)
        ]
    return ServeAddresses(
        http=f"http://{near}:{listeners[0].port}",
        https=https,
        https_others=others,
        media=list(engine.status().media_addresses),
        media_tcp=list(engine.status().tcp_addresses),
        pid=os.getpid(),
        version=jumpa.__version__,
        has_administrator=False,
    )


@contextlib.contextmanager
def _told(folder: Path, found: ServeAddresses) -> Iterator[None]:
    path = folder / ADDRESSES_FILE
    storage.replace_private(path, json.dumps(asdict(found), indent=2).encode())
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
