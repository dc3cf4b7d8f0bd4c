"""Both engines with real media behind them, and LiveKit's own Python SDK before them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from livekit import rtc
from livekit.protocol.webhook import WebhookEvent
from media.livekit_server import KEY, SECRET, LivekitServer, livekit_server
from signaling import conftest
from signaling.plain_clients import listening
from signaling.test_sdk import binary
from starlette.applications import Starlette

from jumpa.app.media import AnyEngine
from jumpa.media.access import Claims, TokenVerifier, mint
from jumpa.media.embedded.program import SubprocessLaunch
from jumpa.media.engine import EngineEvent
from jumpa.media.livekit.engine import LivekitEngine
from jumpa.signaling import hooks


def now() -> datetime:
    return datetime.now(UTC)


def real_token(identity: str, room: str) -> str:
    """Mint a token by the true time, which another server goes by."""
    claims = Claims.model_validate(
        {"identity": identity, "name": identity.title(), "video": {"roomJoin": True, "room": room}}
    )
    return mint(api_key=KEY, secret=SECRET, claims=claims, clock=now)


@dataclass
class Rig:
    """An engine, where its clients connect, and what it has told."""

    engine: AnyEngine
    url: str
    token: Callable[[str, str], str]
    livekit: LivekitServer | None = None
    events: list[EngineEvent] = field(default_factory=list)
    rooms: list[rtc.Room] = field(default_factory=list)

    async def join(self, identity: str, options: rtc.RoomOptions | None = None) -> rtc.Room:
        """Connect with LiveKit's SDK and wait until the engine knows that one is inside."""
        room = rtc.Room()
        async with asyncio.timeout(60):
            await room.connect(self.url, self.token(identity, "tea"), options or rtc.RoomOptions())
        self.rooms.append(room)
        await self.until("ParticipantJoined", identity)
        return room

    async def until(self, kind: str, identity: str = "") -> EngineEvent:
        """Return the first event of a kind, about somebody when an identity is given."""
        async with asyncio.timeout(60):
            while True:
                for event in self.events:
                    about = getattr(event, "identity", "")
                    if type(event).__name__ == kind and identity in {"", about}:
                        return event
                await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def embedded_rig() -> AsyncIterator[Rig]:
    config = replace(conftest.CONFIG, udp_port=0)
    async with conftest.serving(config, launch=SubprocessLaunch(binary())) as served:
        rig = Rig(served.engine, f"ws://127.0.0.1:{served.port}", conftest.token)
        rig.events = served.events
        async with _left(rig):
            yield rig


@contextlib.asynccontextmanager
async def livekit_rig(folder: Path) -> AsyncIterator[Rig]:
    verifier = TokenVerifier({KEY: SECRET}, now)
    engines: list[LivekitEngine] = []

    def hear(event: WebhookEvent) -> None:
        for engine in engines:
            engine.hear(event)

    routes = hooks.routes(verifier, hear)
    async with listening(Starlette(routes=routes)) as port:
        hook = f"http://127.0.0.1:{port}{hooks.PATH}"
        async with livekit_server(folder, hook) as server:
            engine = LivekitEngine(server.config)
            engines.append(engine)
            await engine.start()
            rig = Rig(engine, server.config.url, real_token, server)
            engine.subscribe(rig.events.append)
            async with _left(rig):
                yield rig
            await engine.stop()


@contextlib.asynccontextmanager
async def _left(rig: Rig) -> AsyncIterator[None]:
    try:
        yield
    finally:
        for room in rig.rooms:
            with contextlib.suppress(Exception):
                await room.disconnect()
