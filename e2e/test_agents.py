"""A worker made with LiveKit's agent framework, unmodified: dispatched, hears, speaks, leaves."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from uuid import uuid4

import pytest
from livekit import api, rtc

from harness import agents, tokens
from harness.agents import (
    HUM_HZ,
    agent_in,
    back_end,
    call,
    caller,
    hum_in,
    hum_of,
    keep,
    says,
    says_it_moves,
    tell_to_go,
)
from harness.barepage import until
from harness.robots import has_nothing_of, showing
from harness.servers import KEY, SECRET, Server
from harness.sound import hears, publish_tone, sounds

pytestmark = pytest.mark.robots

TONE_HZ = 420
TOPIC = "to agent"
Scenario = rtc.SimulateScenarioKind


@pytest.fixture(scope="module")
async def worker(server: Server) -> AsyncIterator[Server]:
    """A server with a worker."""
    async with agents.working(server):
        yield server


class TestAgent:
    async def test_is_dispatched_hears_speaks_and_leaves(self, worker: Server) -> None:
        name = f"agents-{uuid4().hex[:6]}"
        heard: asyncio.Queue[float] = asyncio.Queue()
        hold = asyncio.Event()
        async with caller(worker, name) as room, back_end(worker) as client:
            room.on("data_received", partial(keep, heard, "heard"))
            playing = asyncio.create_task(publish_tone(room, hold, TONE_HZ))
            await client.agent_dispatch.create_dispatch(
                api.CreateAgentDispatchRequest(agent_name="listener", room=name, metadata="hello")
            )

            agent = await agent_in(room)
            assert agent.attributes["lk.agent_name"] == "listener"
            [publication] = agent.track_publications.values()
            assert publication.track is not None
            await hears(publication.track, HUM_HZ)
            await says(heard, TONE_HZ)
            dispatches = await client.agent_dispatch.list_dispatch(name)
            await tell_to_go(room)
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
        await tell_to_go(room)
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


class TestMedia:
    async def test_a_camera_is_seen(self, worker: Server) -> None:
        seen: asyncio.Queue[float] = asyncio.Queue()
        async with call(worker) as (room, _):
            room.on("data_received", partial(keep, seen, "seen"))
            async with showing(room, TONE_HZ):
                await says_it_moves(seen)


class TestPublication:
    async def test_a_mute_is_seen_and_undone(self, worker: Server) -> None:
        async with call(worker) as (room, agent):
            hum, me = await hum_of(agent), room.local_participant

            async def is_muted() -> bool:
                return hum.muted

            async def is_not_muted() -> bool:
                return not hum.muted

            await me.publish_data(b"", topic="mute")
            await until(is_muted, "the mute is seen", 60)
            await me.publish_data(b"", topic="unmute")
            await until(is_not_muted, "the unmute is seen", 60)
            await hum_of(agent)

    async def test_a_mute_by_the_server_is_followed(self, worker: Server) -> None:
        async with call(worker) as (room, agent), back_end(worker) as client:
            hum = await hum_of(agent)

            await client.room.mute_published_track(
                api.MuteRoomTrackRequest(
                    room=room.name, identity=agent.identity, track_sid=hum.sid, muted=True
                )
            )

            async def is_muted() -> bool:
                return hum.muted

            await until(is_muted, "the mute is seen", 60)

    async def test_a_permission_taken_away_ends_it(self, worker: Server) -> None:
        async with call(worker) as (room, agent), back_end(worker) as client:
            await hum_of(agent)
            permission = api.ParticipantPermission(can_subscribe=True, can_publish=False)

            await client.room.update_participant(
                api.UpdateParticipantRequest(
                    room=room.name, identity=agent.identity, permission=permission
                )
            )

            await has_nothing_of(room, agent.identity)


class TestStreams:
    async def test_texts_and_bytes_come_back(self, worker: Server) -> None:
        texts: asyncio.Queue[str] = asyncio.Queue()
        files: asyncio.Queue[tuple[str, str, bytes]] = asyncio.Queue()
        tasks: list[asyncio.Task[None]] = []

        async def read_text(reader: rtc.TextStreamReader) -> None:
            await texts.put(await reader.read_all())

        async def read_file(reader: rtc.ByteStreamReader) -> None:
            contents = b"".join([chunk async for chunk in reader])
            await files.put((reader.info.name, reader.info.mime_type, contents))

        contents = bytes(range(256)) * 500
        async with call(worker) as (room, agent):
            room.register_text_stream_handler(
                TOPIC, lambda reader, _: tasks.append(asyncio.create_task(read_text(reader)))
            )
            room.register_byte_stream_handler(
                TOPIC, lambda reader, _: tasks.append(asyncio.create_task(read_file(reader)))
            )
            me, to = room.local_participant, [agent.identity]
            await me.send_text("selamat pagi " * 2000, topic=TOPIC, destination_identities=to)
            writer = await me.stream_bytes(
                "a file.bin", mime_type="application/x-test", topic=TOPIC, destination_identities=to
            )
            await writer.write(contents)
            await writer.aclose()

            async with asyncio.timeout(60):
                assert await texts.get() == "SELAMAT PAGI " * 2000
                assert await files.get() == ("a file.bin", "application/x-test", contents)


class TestCall:
    async def test_is_answered(self, worker: Server) -> None:
        async with call(worker) as (room, agent):
            answer = await room.local_participant.perform_rpc(
                destination_identity=agent.identity, method="shout", payload="halo"
            )

        assert answer == "HALO"


class TestComingBack:
    @pytest.mark.parametrize(
        "scenario",
        [
            Scenario.SIMULATE_SIGNAL_RECONNECT,
            Scenario.SIMULATE_FULL_RECONNECT,
            Scenario.SIMULATE_FORCE_TCP,
        ],
        ids=["signal", "full", "tcp"],
    )
    async def test_goes_on_after_a_loss(self, worker: Server, scenario: Scenario.ValueType) -> None:
        back = asyncio.Event()
        heard: asyncio.Queue[float] = asyncio.Queue()
        async with call(worker) as (room, _), showing(room, TONE_HZ):

            @room.on("data_received")
            def told(packet: rtc.DataPacket) -> None:
                if packet.topic == "back":
                    back.set()

            await room.local_participant.publish_data(str(scenario), topic="lose")
            async with asyncio.timeout(60):
                await back.wait()
            room.on("data_received", partial(keep, heard, "heard"))

            await sounds(partial(hum_in, room), HUM_HZ)
            await says(heard, TONE_HZ)
