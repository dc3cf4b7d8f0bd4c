"""Looks at the LiveKit server that is to hold the calls: its address, its key and its webhooks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import uuid4

from livekit.protocol import room as room_messages
from livekit.protocol.webhook import WebhookEvent
from starlette.applications import Starlette

from jumpa.app.media import api_url, livekit_config
from jumpa.app.running import listener_options
from jumpa.cli.finding import Finding
from jumpa.config import Settings
from jumpa.kit.addresses import is_loopback
from jumpa.kit.clock import system_clock
from jumpa.kit.errors import JumpaError
from jumpa.kit.http.serving import Listener, PortTakenError, listen
from jumpa.media.access import TokenVerifier
from jumpa.media.livekit.asking import Asker, asker
from jumpa.media.livekit.settings import LivekitConfig
from jumpa.signaling import hooks

# The room of the check is closed at once; this is for when that fails.
_EMPTY_S = 10


async def examine_livekit(settings: Settings, patience_s: float = 5) -> list[Finding]:
    """Return what was found; a room is opened there for a moment to see its webhook arrive."""
    try:
        config = livekit_config(settings)
    except JumpaError as error:
        return [Finding("failure", str(error))]
    asked = await _asked(config)
    if asked.is_failure:
        return [asked]
    return [asked, await _told(config), await _webhooks(settings, config, patience_s)]


async def _asked(config: LivekitConfig) -> Finding:
    where = f"the LiveKit server at {config.api_url}"
    try:
        async with asker(config) as asking:
            await _list_rooms(asking)
    except JumpaError as error:
        return Finding("failure", f"{where} is of no use yet: {error}")
    return Finding("ok", f"{where} answers and knows the key {config.api_key}")


async def _told(config: LivekitConfig) -> Finding:
    """Look at the address that clients get; they may reach what this machine does not."""
    parts = urlsplit(config.url)
    if parts.scheme == "ws" and not is_loopback(parts.hostname or ""):
        text = f"people are told {config.url}: pages over https may not connect to it, use wss://"
        return Finding("warning", text)
    try:
        async with asker(replace(config, api_url=api_url(config.url))) as asking:
            await _list_rooms(asking)
    except JumpaError as error:
        return Finding("warning", f"people are told {config.url}; from here: {error}")
    return Finding("ok", f"people are told {config.url}, which answers")


async def _webhooks(settings: Settings, config: LivekitConfig, patience_s: float) -> Finding:
    port = settings.server.port
    if not port:
        return Finding("warning", "whether webhooks arrive depends on the port: name one")
    name, arrived = f"doctor-{uuid4()}", asyncio.Event()

    def hear(event: WebhookEvent) -> None:
        if event.room.name == name:
            arrived.set()

    try:
        async with _listening(settings, config, hear), asker(config) as asking:
            wanted = room_messages.CreateRoomRequest(name=name, empty_timeout=_EMPTY_S)
            await asking.ask(lambda service: service.create_room(wanted))
            gone = room_messages.DeleteRoomRequest(room=name)
            await asking.ask(lambda service: service.delete_room(gone))
            async with asyncio.timeout(patience_s):
                await arrived.wait()
    except PortTakenError:
        return Finding("warning", f"whether webhooks arrive can be seen while port {port} is free")
    except JumpaError as error:
        return Finding("failure", f"the LiveKit server opens no rooms: {error}")
    except TimeoutError:
        text = f"no webhook came to port {port} in {patience_s:g} s: the LiveKit server's settings"
        text += f" have to name {hooks.PATH} of this server, and the key {config.api_key}"
        return Finding("warning", text)
    return Finding("ok", f"its webhooks arrive at {hooks.PATH}, signed with the key")


@asynccontextmanager
async def _listening(
    settings: Settings, config: LivekitConfig, hear: hooks.Hear
) -> AsyncIterator[None]:
    """Stand where the server would; raises PortTakenError."""
    verifier = TokenVerifier({config.api_key: config.api_secret}, system_clock)
    app = Starlette(routes=hooks.routes(verifier, hear))
    opened = listen(settings.server.bind, settings.server.port, "--port")
    listener = Listener(app, opened, listener_options(settings))
    listener.start()
    try:
        yield
    finally:
        await listener.stop()


async def _list_rooms(asking: Asker) -> None:
    request = room_messages.ListRoomsRequest()
    await asking.ask(lambda service: service.list_rooms(request))
