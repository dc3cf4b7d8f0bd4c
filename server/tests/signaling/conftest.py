"""A really served app on loopback, with a scripted media process behind it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
import uvicorn
import websockets
from factories import Server
from google.protobuf import json_format
from livekit.protocol import rtc
from media.fake_sfu import FakeSfu
from rooms.meetings import Meeting, gather_people
from signaling.plain_clients import PlainServer, plainly_served
from starlette.applications import Starlette

from jumpa.media.access import Claims, TokenVerifier, mint
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.media.embedded.program import Launch
from jumpa.media.embedded.settings import EmbeddedConfig, Timings
from jumpa.media.engine import EngineEvent
from jumpa.signaling import agents, livekit, twirp
from jumpa.signaling.livekit.admission import Admit

KEY = "devkey"
SECRET = "a secret of the tests with enough bytes"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
# Patience for a machine that is busy: nothing here is decided by how long something takes.
CONFIG = EmbeddedConfig(
    timings=Timings(
        update_batch_s=0,
        quality_batch_s=0,
        restart_delay_s=0,
        restart_wait_s=60,
        resume_timeout_s=0,
        sfu_ping_s=0.05,
        sfu_silent_s=60,
    )
)
JOINED, ACTIVE, DISCONNECTED = 1, 2, 3

Matches = Callable[[rtc.SignalResponse], bool]


def token(
    identity: str = "ann",
    room: str = "tea",
    *,
    grants: Mapping[str, object] | None = None,
    says: Mapping[str, object] | None = None,
    secret: str = SECRET,
    lifetime: timedelta = timedelta(hours=1),
) -> str:
    """Mint a token; `grants` and `says` are added to a plain join token."""
    video = {"roomJoin": True, "room": room, **(grants or {})}
    claims = Claims.model_validate({"video": video, "identity": identity, **(says or {})})
    return mint(api_key=KEY, secret=secret, claims=claims, clock=lambda: NOW, lifetime=lifetime)


class Client:
    """A signalling client; what arrives while something else is awaited is kept."""

    def __init__(self, connection: websockets.ClientConnection) -> None:
        self.connection = connection
        self.kept: list[rtc.SignalResponse] = []

    async def send(self, request: rtc.SignalRequest) -> None:
        await self.connection.send(request.SerializeToString())

    async def next(self) -> rtc.SignalResponse:
        async with asyncio.timeout(60):
            frame = await self.connection.recv()
        if isinstance(frame, str):
            return json_format.Parse(frame, rtc.SignalResponse())
        return rtc.SignalResponse.FromString(frame)

    async def until(self, kind: str, matches: Matches = lambda _: True) -> rtc.SignalResponse:
        """Return the first message of this kind that matches."""

        def fits(response: rtc.SignalResponse) -> bool:
            return response.WhichOneof("message") == kind and matches(response)

        for response in self.kept:
            if fits(response):
                self.kept.remove(response)
                return response
        while True:
            response = await self.next()
            if fits(response):
                return response
            self.kept.append(response)

    async def until_closed(self) -> int:
        """Return the close code, keeping what came before."""
        with contextlib.suppress(websockets.ConnectionClosed):
            while True:
                self.kept.append(await self.next())
        return self.connection.close_code or 0

    async def so_far(self) -> list[str]:
        """Return the kinds of everything that was sent before the answer to a ping."""
        await self.send(rtc.SignalRequest(ping=1))
        await self.until("pong")
        return [response.WhichOneof("message") or "" for response in self.kept]

    async def become_active(self) -> str:
        """Connect and return the participant's sid."""
        sid = (await self.until("join")).join.participant.sid
        offer = (await self.until("offer")).offer
        answer = rtc.SessionDescription(type="answer", sdp="v=0", id=offer.id)
        await self.send(rtc.SignalRequest(answer=answer))
        await self.until("update", lambda response: state_of(response, sid) == ACTIVE)
        return sid

    async def publish(self, request: rtc.AddTrackRequest) -> str:
        """Publish a track and return its sid."""
        await self.send(rtc.SignalRequest(add_track=request))
        sid = (await self.until("track_published")).track_published.track.sid
        offer = rtc.SessionDescription(type="offer", sdp=f"v=0 {request.cid}", id=2)
        await self.send(rtc.SignalRequest(offer=offer))
        await self.until("update", lambda response: sid in tracks_of(response))
        return sid


def camera(cid: str = "camera-cid") -> rtc.AddTrackRequest:
    return rtc.AddTrackRequest(cid=cid, type="VIDEO", source="CAMERA", width=640, height=360)


def state_of(response: rtc.SignalResponse, sid: str) -> int:
    states = [int(p.state) for p in response.update.participants if p.sid == sid]
    return states[0] if states else -1


def tracks_of(response: rtc.SignalResponse) -> list[str]:
    return [track.sid for p in response.update.participants for track in p.tracks]


@dataclass
class Served:
    """The running server, and what a test may do with it."""

    sfu: FakeSfu
    engine: EmbeddedEngine
    port: int
    dispatcher: agents.Dispatcher
    events: list[EngineEvent] = field(default_factory=list)
    pids: list[int] = field(default_factory=list)
    clients: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(
        self, access_token: str, path: str = "/rtc", query: str = "", user_agent: str | None = None
    ) -> websockets.connect:
        url = f"ws://127.0.0.1:{self.port}{path}?access_token={access_token}{query}"
        return websockets.connect(
            url, max_size=None, max_queue=None, proxy=None, user_agent_header=user_agent
        )

    async def join(
        self,
        access_token: str,
        query: str = "",
        path: str = "/rtc",
        user_agent: str | None = None,
    ) -> Client:
        connecting = self.connect(access_token, path, query, user_agent)
        return Client(await self.clients.enter_async_context(connecting))


async def _admit_everybody(claims: Claims) -> Claims:
    return claims


@contextlib.asynccontextmanager
async def serving(
    config: EmbeddedConfig = CONFIG,
    admit: Admit = _admit_everybody,
    launch: Launch | None = None,
) -> AsyncIterator[Served]:
    """Serve on a free port of loopback; `launch` replaces the scripted media process."""
    sfu = FakeSfu()
    engine = EmbeddedEngine(config, clock=lambda: NOW, launch=launch or sfu)
    verifier = TokenVerifier({KEY: SECRET}, lambda: NOW)
    dispatcher = agents.Dispatcher(verifier)
    engine.subscribe(dispatcher.hear)
    routes = [
        *livekit.routes(engine, verifier, admit),
        *twirp.routes(engine, verifier, dispatcher),
        *agents.routes(dispatcher, config.limits),
    ]
    await engine.start()
    listening = socket.create_server(("127.0.0.1", 0))
    config_of_server = uvicorn.Config(Starlette(routes=routes), log_config=None, lifespan="off")
    config_of_server.load()
    server = uvicorn.Server(config_of_server)
    server.lifespan = config_of_server.lifespan_class(config_of_server)
    await server.startup(sockets=[listening])
    served = Served(sfu, engine, listening.getsockname()[1], dispatcher)
    engine.subscribe(served.events.append)
    try:
        async with served.clients:
            yield served
    finally:
        await engine.stop()
        await server.shutdown(sockets=[listening])


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving() as running:
        yield running


@pytest.fixture
async def plain(server: Server) -> AsyncIterator[PlainServer]:
    async with plainly_served(server) as running:
        yield running


@pytest.fixture
async def code(server: Server) -> str:
    """A room's code, which the plain socket asks for."""
    return (await server.create_room("Tea"))["code"]


@pytest.fixture
async def meeting(server: Server) -> Meeting:
    return await (await gather_people(server)).meet(title="Tea")


def with_limits(**limits: int) -> EmbeddedConfig:
    return replace(CONFIG, limits=replace(CONFIG.limits, **limits))


def with_timings(**timings: float) -> EmbeddedConfig:
    return replace(CONFIG, timings=replace(CONFIG.timings, **timings))
