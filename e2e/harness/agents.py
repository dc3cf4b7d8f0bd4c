"""LiveKit's own agent framework, in an environment of its own: it needs older clients."""

import asyncio
import hashlib
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from livekit import api, rtc

from harness import tokens
from harness.barepage import until
from harness.once import one_at_a_time
from harness.servers import KEY, LOGS, ROOT, SECRET, Server
from harness.sound import hears

FOLDER = ROOT / "e2e" / "agents"
ENVIRONMENT = FOLDER / ".venv"
HUM_HZ = 700
SHADES = 4
AGENT = rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
UV = str(ROOT / ".venv" / "bin" / "uv")
PYTHON = str(ROOT / ".venv" / "bin" / "python")


def installed() -> str:
    """Install the framework when its lock has changed; return its Python."""
    lock = FOLDER / "requirements.lock"
    mark = ENVIRONMENT / "installed"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    python = str(ENVIRONMENT / "bin" / "python")
    with one_at_a_time("agents"):
        if not mark.is_file() or mark.read_text() != digest:
            install(lock, python)
            mark.write_text(digest)
    return python


def install(lock: Path, python: str) -> None:
    made = [UV, "venv", "--quiet", "--clear", "--python", PYTHON, str(ENVIRONMENT)]
    filled = [UV, "pip", "sync", "--quiet", "--require-hashes", "--python", python, str(lock)]
    for command in (made, filled):
        subprocess.run(command, check=True)


@asynccontextmanager
async def working(server: Server, program: str = "listener.py") -> AsyncIterator[None]:
    """Run a worker for a server until the block ends."""
    python = await asyncio.to_thread(installed)
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(server.data),
        "LIVEKIT_URL": server.websocket,
        "LIVEKIT_API_KEY": KEY,
        "LIVEKIT_API_SECRET": SECRET,
    }
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / f"worker-{os.getpid()}-{len(list(LOGS.iterdir()))}.log").open("wb") as sink:
        process = await asyncio.create_subprocess_exec(
            python,
            str(FOLDER / program),
            "start",
            stdout=sink,
            stderr=asyncio.subprocess.STDOUT,
            env=variables,
        )
    try:
        yield
        assert process.returncode is None, "the worker ended early"
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(30):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()


@asynccontextmanager
async def caller(
    server: Server, name: str, options: rtc.RoomOptions | None = None
) -> AsyncIterator[rtc.Room]:
    """Somebody in a room who may change what is told of them."""
    grants = api.VideoGrants(room_join=True, room=name, can_update_own_metadata=True)
    room = rtc.Room()
    token = tokens.mint(name, "caller", grants=grants)
    await room.connect(server.websocket, token, options or rtc.RoomOptions())
    yield room
    await room.disconnect()


@asynccontextmanager
async def back_end(server: Server) -> AsyncIterator[api.LiveKitAPI]:
    """Ask the server's own API, with every right."""
    async with api.LiveKitAPI(server.http, KEY, SECRET) as client:
        yield client


async def agent_in(room: rtc.Room) -> rtc.RemoteParticipant:
    """Return the agent, once it is there and hums."""
    found: list[rtc.RemoteParticipant] = []

    async def is_there() -> bool:
        found[:] = [
            participant
            for participant in room.remote_participants.values()
            if participant.kind == AGENT
            and any(publication.track for publication in participant.track_publications.values())
        ]
        return bool(found)

    await until(is_there, "the agent is in the room", 60)
    return found[0]


async def tell_to_go(room: rtc.Room) -> None:
    """Return once the agent has left, which it does when told."""
    await room.local_participant.publish_data(b"", topic="go")

    async def has_left() -> bool:
        return not room.remote_participants

    await until(has_left, "the agent has left")


def keep(said: asyncio.Queue[float], topic: str, packet: rtc.DataPacket) -> None:
    """Keep the numbers that are said on a topic."""
    if packet.topic == topic:
        said.put_nowait(float(packet.data))


@asynccontextmanager
async def call(
    server: Server, metadata: str = "", options: rtc.RoomOptions | None = None
) -> AsyncIterator[tuple[rtc.Room, rtc.RemoteParticipant]]:
    """Somebody in a room with an agent that has been asked for."""
    name = f"agents-{uuid4().hex[:6]}"
    async with caller(server, name, options) as room, back_end(server) as client:
        request = api.CreateAgentDispatchRequest(
            agent_name="listener", room=name, metadata=metadata
        )
        await client.agent_dispatch.create_dispatch(request)
        agent = await agent_in(room)
        yield room, agent
        await tell_to_go(room)


async def says(heard: asyncio.Queue[float], hz: float) -> None:
    """Return once the agent says that it hears this frequency."""
    async with asyncio.timeout(60):
        while abs(await heard.get() - hz) > 30:
            pass


async def says_it_moves(seen: asyncio.Queue[float]) -> None:
    """Return once the agent has seen several shades."""
    shades: set[float] = set()
    async with asyncio.timeout(60):
        while len(shades) < SHADES:
            shades.add(await seen.get() // 32)


async def hum_of(agent: rtc.RemoteParticipant) -> rtc.RemoteTrackPublication:
    """Return the publication of what an agent hums, once it is heard."""
    [publication] = agent.track_publications.values()
    assert publication.track is not None
    await hears(publication.track, HUM_HZ, 60)
    return publication


async def hum_in(room: rtc.Room) -> rtc.RemoteTrack:
    """Return what the agent hums with now."""
    publications = (await agent_in(room)).track_publications.values()
    return next(publication.track for publication in publications if publication.track)
