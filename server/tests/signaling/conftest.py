"""A really served app on loopback, with a scripted media process behind it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uvicorn
import websockets
from livekit.protocol import rtc
from media.fake_sfu import FakeSfu
from starlette.applications import Starlette

from jumpa.media.access import Claims, TokenVerifier, VideoGrants, mint
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.media.embedded.settings import EmbeddedConfig, Limits, Timings
from jumpa.media.engine import EngineEvent
from jumpa.signaling import livekit, twirp

KEY = "devkey"
SECRET = "a secret of the tests with enough bytes"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TIMINGS = Timings(update_batch_s=0, restart_delay_s=0, sfu_ping_s=0.05)
CONFIG = EmbeddedConfig(timings=TIMINGS, limits=Limits())


def token(
    identity: str = "ann",
    room: str = "tea",
    *,
    secret: str = SECRET,
    lifetime: timedelta = timedelta(hours=1),
    grants: dict[str, Any] | None = None,
    **claims: Any,
) -> str:
    video = VideoGrants(**{"room_join": True, "room": room, **(grants or {})})
    return mint(
        api_key=KEY,
        secret=secret,
        claims=Claims(identity=identity, video=video, **claims),
        clock=lambda: NOW,
        lifetime=lifetime,
    )


class Client:
    """A signalling client; `kept` holds what arrived while something else was awaited."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.socket = socket
        self.kept: list[rtc.SignalResponse] = []

    async def send(self, **request: Any) -> None:
        await self.socket.send(rtc.SignalRequest(**request).SerializeToString())

    async def next(self) -> rtc.SignalResponse:
        async with asyncio.timeout(10):
            return rtc.SignalResponse.FromString(await self.socket.recv())  # type: ignore[arg-type]

    async def until(self, kind: str, matches: Callable[[Any], bool] = lambda _: True) -> Any:
        for response in self.kept:
            if response.WhichOneof("message") == kind and matches(getattr(response, kind)):
                self.kept.remove(response)
                return getattr(response, kind)
        while True:
            response = await self.next()
            if response.WhichOneof("message") == kind and matches(getattr(response, kind)):
                return getattr(response, kind)
            self.kept.append(response)

    async def until_closed(self) -> int:
        async with asyncio.timeout(10):
            with contextlib.suppress(websockets.ConnectionClosed):
                while True:
                    response = rtc.SignalResponse.FromString(await self.socket.recv())  # type: ignore[arg-type]
                    self.kept.append(response)
        return self.socket.close_code or 0

    async def become_active(self) -> str:
        """Join fully and return the participant's sid."""
        join = await self.until("join")
        offer = await self.until("offer")
        await self.send(answer=rtc.SessionDescription(type="answer", sdp="v=0", id=offer.id))
        sid: str = join.participant.sid
        await self.until("update", lambda update: state_of(update, sid) == 2)
        return sid

    async def publish(self, cid: str, **track: Any) -> str:
        """Publish a track and return its sid."""
        request = rtc.AddTrackRequest(cid=cid, type=1, source=1, **track)
        await self.send(add_track=request)
        published = await self.until("track_published", lambda answer: answer.cid == cid)
        await self.send(offer=rtc.SessionDescription(type="offer", sdp=f"v=0 {cid}", id=2))
        sid: str = published.track.sid
        await self.until(
            "update",
            lambda update: any(t.sid == sid for p in update.participants for t in p.tracks),
        )
        return sid


def state_of(update: rtc.ParticipantUpdate, sid: str) -> int:
    return next((int(p.state) for p in update.participants if p.sid == sid), -1)


@dataclass
class Served:
    """The running server, and what a test may do with it."""

    sfu: FakeSfu
    engine: EmbeddedEngine
    port: int
    events: list[EngineEvent] = field(default_factory=list)
    clients: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def socket(self, access_token: str, path: str = "/rtc", query: str = "") -> Any:
        url = f"ws://127.0.0.1:{self.port}{path}?access_token={access_token}{query}"
        return websockets.connect(url, max_size=None, proxy=None)

    async def join(self, access_token: str, query: str = "") -> Client:
        return Client(
            await self.clients.enter_async_context(self.socket(access_token, query=query))
        )


@contextlib.asynccontextmanager
async def serving(config: EmbeddedConfig = CONFIG, **options: Any) -> AsyncIterator[Served]:
    """Serve on a free port of loopback."""
    sfu = FakeSfu()
    engine = EmbeddedEngine(config, clock=lambda: NOW, launch=sfu)
    verifier = TokenVerifier({KEY: SECRET}, lambda: NOW)
    admit = options.get("admit", _admit_everybody)
    routes = [*livekit.routes(engine, verifier, admit), *twirp.routes(engine, verifier)]
    await engine.start()
    server = uvicorn.Server(
        uvicorn.Config(
            Starlette(routes=routes), host="127.0.0.1", port=0, log_config=None, lifespan="off"
        )
    )
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0)
    served = Served(sfu, engine, server.servers[0].sockets[0].getsockname()[1])
    engine.subscribe(served.events.append)
    try:
        async with served.clients:
            yield served
    finally:
        await engine.stop()
        server.should_exit = True
        await task


async def _admit_everybody(_: Claims) -> None:
    return None


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving() as running:
        yield running


def with_limits(**limits: int) -> EmbeddedConfig:
    return replace(CONFIG, limits=replace(CONFIG.limits, **limits))


def with_timings(**timings: float) -> EmbeddedConfig:
    return replace(CONFIG, timings=replace(CONFIG.timings, **timings))
