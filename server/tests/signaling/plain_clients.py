"""Plain clients of the composed app, which is really served on loopback."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import uvicorn
import websockets
from factories import Server
from starlette.types import ASGIApp

from jumpa.media.embedded import sfu_pb2

Told = dict[str, object]
OFFER = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=sendonly\r\na=msid:s {voice}\r\n"
    "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=sendonly\r\na=msid:s {picture}\r\n"
)


class PlainClient:
    """One plain client; what arrives while something else is awaited is kept."""

    def __init__(self, connection: websockets.ClientConnection) -> None:
        self.connection = connection
        self.kept: list[Told] = []

    async def say(self, type_: str, **more: object) -> None:
        await self.connection.send(json.dumps({"type": type_, **more}))

    async def until(self, type_: str, matches: Callable[[Told], bool] = lambda _: True) -> Told:
        """Return the first message of this type that matches."""
        for kept in self.kept:
            if kept["type"] == type_ and matches(kept):
                self.kept.remove(kept)
                return kept
        while True:
            async with asyncio.timeout(60):
                told: Told = json.loads(await self.connection.recv())
            if told["type"] == type_ and matches(told):
                return told
            self.kept.append(told)

    async def until_closed(self) -> int:
        """Return the close code, keeping what came before."""
        with contextlib.suppress(websockets.ConnectionClosed):
            async with asyncio.timeout(60):
                while True:
                    self.kept.append(json.loads(await self.connection.recv()))
        return self.connection.close_code or 0

    async def so_far(self) -> list[Told]:
        """Return everything that was sent before the answer to a mistake."""
        await self.say("join_room")
        await self.until("error", lambda told: told["code"] == "already_joined")
        return self.kept

    async def join(self) -> Told:
        await self.say("join_room")
        return await self.until("join_room")

    async def publish(self) -> None:
        """Send a microphone and a camera."""
        await self.say("offer", sdp=OFFER.format(voice="voice", picture="picture"))
        await self.until("answer")


@dataclass
class PlainServer:
    """The server and a way to its plain socket."""

    server: Server
    port: int
    clients: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    async def seat(self, code: str, **body: object) -> dict[str, str]:
        """Get a place over HTTP; the whole answer."""
        asked = {"name": "Ann", **body}
        answer = await self.server.client.post(f"/api/v1/rooms/{code}/join", json=asked)
        assert answer.status_code == 200, answer.text
        got: dict[str, str] = answer.json()
        return got

    async def connect(self, code: str, user: str, token: str) -> PlainClient:
        query = urlencode({"roomId": code, "userId": user, "token": token})
        address = f"ws://127.0.0.1:{self.port}/ws?{query}"
        connecting = websockets.connect(address, max_size=None, max_queue=None, proxy=None)
        return PlainClient(await self.clients.enter_async_context(connecting))

    async def come(self, code: str, name: str = "Ann") -> PlainClient:
        """Be inside, with a connection that is up."""
        seat = await self.seat(code, name=name)
        client = await self.connect(code, seat["identity"], seat["ticket"])
        joined = await client.join()
        self.bring_up(joined)
        return client

    def bring_up(self, joined: Told) -> None:
        """Let the media process say that the peer connection of somebody is up."""
        user = joined["user"]
        assert isinstance(user, dict)
        up = sfu_pb2.Connected(participant_sid=user["sid"], target=sfu_pb2.TARGET_PUBLISHER)
        self.server.sfu.say(sfu_pb2.Event(connected=up))


@contextlib.asynccontextmanager
async def listening(app: ASGIApp) -> AsyncIterator[int]:
    """Serve on a free port of loopback."""
    opened = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, lifespan="off")
    config.load()
    running = uvicorn.Server(config)
    running.lifespan = config.lifespan_class(config)
    await running.startup(sockets=[opened])
    try:
        yield opened.getsockname()[1]
    finally:
        await running.shutdown(sockets=[opened])


@contextlib.asynccontextmanager
async def plainly_served(server: Server) -> AsyncIterator[PlainServer]:
    async with listening(server.app.asgi) as port:
        served = PlainServer(server, port)
        async with served.clients:
            yield served
