"""Looks for what would keep the server from serving."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from typing import Literal
from uuid import uuid4

from jumpa.app.keys import given_keys
from jumpa.app.objects import object_store
from jumpa.app.offline import schema_revision
from jumpa.app.running import (
    certificate,
    engine_config,
    https_port,
    media_addresses,
)
from jumpa.cli.doctor_livekit import examine_livekit
from jumpa.cli.finding import Finding
from jumpa.config import Settings
from jumpa.kit import storage
from jumpa.kit.addresses import IpAddress
from jumpa.kit.errors import JumpaError
from jumpa.kit.http.serving import listen
from jumpa.media.embedded.engine import EmbeddedEngine

_LOW_DISK_BYTES = 1024**3


async def examine(settings: Settings) -> list[Finding]:
    """Return what was found; touches nothing but the data folder."""
    return [
        *_ports(settings),
        *await _calls(settings),
        *_disk(settings),
        _database(settings),
        await _objects(settings),
        _keys(settings),
    ]


def _ports(settings: Settings) -> Iterator[Finding]:
    server = settings.server
    wanted = [("HTTP", server.port, "--port")]
    if server.serves_https:
        wanted.append(("HTTPS", https_port(server), "--https-port"))
    for name, port, flag in wanted:
        yield _tried(
            f"{name} port {port or 'any'} is free",
            partial(_open_and_close, server.bind, port, flag),
        )


async def _calls(settings: Settings) -> list[Finding]:
    if settings.media.engine == "livekit":
        return await examine_livekit(settings)
    addresses = [_media_address(settings, address) for address in media_addresses(settings)]
    return [*addresses, await _sfu(settings)]


def _media_address(settings: Settings, address: IpAddress) -> Finding:
    if address.is_unspecified or address.is_multicast:
        return Finding("failure", f"media address {address} is none that clients could reach")
    if address.is_loopback:
        is_meant = settings.server.bind.is_loopback
        text = f"media address {address} is reached from this machine only"
        return Finding("ok" if is_meant else "warning", text)
    if address.is_private:
        text = f"media address {address} is private: people elsewhere need --media-address"
        return Finding("warning", text)
    return Finding("ok", f"media address {address} can be reached from everywhere")


async def _sfu(settings: Settings) -> Finding:
    engine = EmbeddedEngine(engine_config(settings))
    try:
        await engine.start()
    except JumpaError as error:
        return Finding("failure", f"the media process does not start: {error}")
    try:
        status = engine.status()
        text = f"jumpa-sfu {status.build} answers on UDP {' '.join(status.media_addresses)}"
        if status.tcp_addresses:
            text += f" and TCP {' '.join(status.tcp_addresses)}"
        return Finding("ok", text)
    finally:
        await engine.stop()


def _disk(settings: Settings) -> Iterator[Finding]:
    def read() -> None:
        storage.read_secret(storage.open_folder(settings.storage.data))

    data = settings.storage.data
    yield _tried(f"{data} can be written and its secret read", read)
    if data.is_dir():
        free_bytes = shutil.disk_usage(data).free
        level: Literal["ok", "warning"] = "ok" if free_bytes > _LOW_DISK_BYTES else "warning"
        yield Finding(level, f"{free_bytes / 1024**3:.1f} GiB are free at {data}")
        if settings.server.serves_https:
            yield _tried("the certificate can be used", partial(certificate, settings.server, data))


def _database(settings: Settings) -> Finding:
    kind = "the PostgreSQL server" if settings.database.url else "the database in the data folder"
    try:
        found = schema_revision(settings)
    except JumpaError as error:
        return Finding("failure", str(error))
    if found.before == found.after:
        return Finding("ok", f"{kind} answers, its schema is at {found.before}")
    return Finding("ok", f"{kind} answers; the start brings its schema to {found.after}")


def _keys(settings: Settings) -> Finding:
    try:
        count = len(given_keys(settings.auth))
    except JumpaError as error:
        return Finding("failure", str(error))
    return Finding("ok", f"{count} API keys besides the server's own")


def _open_and_close(address: IpAddress, port: int, flag: str) -> None:
    listen(address, port, flag).close()


def _tried(text: str, attempt: Callable[[], object]) -> Finding:
    try:
        attempt()
    except (JumpaError, OSError) as error:
        return Finding("failure", str(error))
    return Finding("ok", text)


async def _objects(settings: Settings) -> Finding:
    async def probe() -> AsyncIterator[bytes]:
        yield b"jumpa doctor"

    where = settings.objects.url or "the data folder"
    try:
        store = object_store(settings.objects, storage.open_folder(settings.storage.data))
        name = uuid4()
        await store.put(name, probe())
        await store.delete(name)
    except JumpaError as error:
        return Finding("failure", f"{where} does not take files: {error}")
    return Finding("ok", f"{where} takes files")
