"""A worker made with LiveKit's agent framework, unmodified: dispatched, hears, speaks, leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from livekit import api, rtc

from harness import agents, tokens
from harness.barepage import until
from harness.servers import KEY, SECRET, Server
from harness.sound import hears, publish_tone

TONE_HZ, HUM_HZ = 420, 700
AGENT = rtc.ParticipantKind.PARTICIPANT_KIND_AGENT


@pytest.fixture(scope="module")
async def worker(server: Server) -> AsyncIterator[Server]:
    """A server with a worker."""
    async with agents.working(server):
        yield server


@asynccontextmanager
async def caller(server: Server, name: str) -> AsyncIterator[rtc.Room]:
    room = rtc.Room()
    await room.connect(server.websocket, tokens.mint(name, "caller"))
    yield room
    await room.disconnect()


@asynccontextmanager
async def back_end(server: Server) -> AsyncIterator[api.LiveKitAPI]:
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


class TestAgent:
    async def test_is_dispatched_hears_speaks_and_leaves(self, worker: Server) -> None:
        name = f"agents-{uuid4().hex[:6]}"
        heard: asyncio.Queue[float] = asyncio.Queue()
        hold = asyncio.Event()
        async with caller(worker, name) as room, back_end(worker) as client:
            room.on("data_received", lambda packet: heard.put_nowait(float(packet.data)))
            playing = asyncio.create_task(publish_tone(room, hold, TONE_HZ))
            await client.agent_dispatch.create_dispatch(
                api.CreateAgentDispatchRequest(agent_name="listener", room=name, metadata="hello")
            )

            agent = await agent_in(room)
            assert agent.attributes["lk.agent_name"] == "listener"
            [publication] = agent.track_publications.values()
            assert publication.track is not None
            await hears(publication.track, HUM_HZ)
            async with asyncio.timeout(30):
                while abs(await heard.get() - TONE_HZ) > 30:
                    pass
            dispatches = await client.agent_dispatch.list_dispatch(name)
            await room.local_participant.publish_data(b"", topic="go")

            async def has_left() -> bool:
                return not room.remote_participants

            await until(has_left, "the agent has left")
            hold.set()
            await playing

        named = [each for each in dispatches if each.agent_name == "listener"]
        assert [job.state.participant_identity for job in named[0].state.jobs] == [agent.identity]

    async def test_is_called_by_a_token(self, worker: Server) -> None:
        name = f"agents-{uuid4().hex[:6]}"
        configuration = api.RoomConfiguration(
            agents=[api.RoomAgentDispatch(agent_name="listener", metadata="hi")]
        )
        token = (
            api.AccessToken(KEY, SECRET)
            .with_identity("caller")
            .with_grants(api.VideoGrants(room_join=True, room=name))
            .with_room_config(configuration)
        )
        room = rtc.Room()
        await room.connect(worker.websocket, tokens.remember(token.to_jwt()))

        await agent_in(room)
        await room.disconnect()

    async def test_hears_that_its_wish_is_taken_back(self, worker: Server) -> None:
        name = f"agents-{uuid4().hex[:6]}"
        async with caller(worker, name) as room, back_end(worker) as client:
            wish = api.CreateAgentDispatchRequest(agent_name="listener", room=name)
            dispatch = await client.agent_dispatch.create_dispatch(wish)
            await agent_in(room)

            await client.agent_dispatch.delete_dispatch(dispatch.id, name)

            async def has_left() -> bool:
                return not room.remote_participants

            await until(has_left, "the agent has left")
