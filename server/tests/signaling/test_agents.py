"""Agents over /agent: workers register, are offered jobs, take them, fail and come back."""

import asyncio
from typing import Any

import httpx2
import jwt
import pytest
import websockets
from livekit.protocol import agent, models
from signaling.conftest import KEY, SECRET, Served, camera, token
from signaling.worker import (
    PARTICIPANT,
    PUBLISHER,
    Worker,
    call,
    connect,
    joined,
    open_room,
    worker_token,
    working,
)

from jumpa.signaling.agents import board, workers


def says(assignment: agent.JobAssignment) -> dict[str, Any]:
    decoded: dict[str, Any] = jwt.decode(
        assignment.token, SECRET, algorithms=["HS256"], options={"verify_exp": False}
    )
    return decoded


class TestRegister:
    @pytest.mark.parametrize(
        "access_token",
        ["", "forged", token("ann", "tea"), worker_token(agent=False)],
        ids=["none", "no token", "a guest's", "without the grant"],
    )
    async def test_needs_the_grant(self, served: Served, access_token: str) -> None:
        with pytest.raises(websockets.InvalidStatus) as refused:
            async with served.connect(access_token, "/agent"):
                pass

        assert refused.value.response.status_code == 401

    async def test_a_plain_get_finds_nothing(self, served: Served) -> None:
        async with httpx2.AsyncClient(base_url=served.url) as client:
            assert (await client.get("/agent")).status_code == 404

    async def test_a_ping_is_answered_before_and_after(self, served: Served) -> None:
        worker = await connect(served)
        assert await worker.has_been_heard() == []
        await worker.register()
        assert await worker.has_been_heard() == []

    async def test_json_is_answered_in_json(self, served: Served) -> None:
        worker = await connect(served)
        await worker.connection.send('{"register": {"type": "JT_ROOM", "agentName": "x"}}')

        answer = await worker.connection.recv()

        assert isinstance(answer, str)
        assert '"workerId": "AW_' in answer

    @pytest.mark.parametrize(
        "frame",
        [
            b"\xff\xff",
            "{",
            "[" * 10_000,
            agent.WorkerMessage(update_worker=agent.UpdateWorkerStatus()).SerializeToString(),
            b"",
            "x" * (2 * 1024 * 1024 + 1),
        ],
        ids=["bytes", "json", "deep", "not registered", "empty", "huge"],
    )
    async def test_who_does_not_register_is_sent_away(
        self, served: Served, frame: str | bytes
    ) -> None:
        worker = await connect(served)
        await worker.connection.send(frame)

        assert await worker.until_closed() in {1008, 1009}

    async def test_twice_is_refused(self, served: Served) -> None:
        worker = await working(served)
        await worker.send(register=agent.RegisterWorkerRequest())

        assert await worker.until_closed() == 1008
        assert served.dispatcher.board.workers == {}

    async def test_there_is_a_limit(self, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(board, "MOST_WORKERS", 1)
        await working(served)
        second = await connect(served)
        await second.send(register=agent.RegisterWorkerRequest())

        assert await second.until_closed() == 1008
        assert len(served.dispatcher.board.workers) == 1


class TestOffer:
    async def test_a_worker_without_a_name_is_called_by_every_room(self, served: Served) -> None:
        worker = await working(served)
        await open_room(served)

        job = await worker.offered()
        assignment = await worker.accept(job, "robot")

        assert (job.room.name, job.type, job.agent_name) == ("tea", 0, "")
        assert assignment.job.id == job.id
        claims = says(assignment)
        assert (claims["sub"], claims["iss"], claims["kind"]) == ("robot", KEY, "agent")
        assert claims["name"] == "Agent"
        assert claims["attributes"] == {"a": "b", "lk.agent_name": ""}
        video = claims["video"]
        assert (video["room"], video["roomJoin"], video["agent"]) == ("tea", True, True)
        assert not {"roomAdmin", "roomCreate", "roomList", "recorder"} & set(video)

    async def test_its_token_opens_the_room_for_an_agent(self, served: Served) -> None:
        worker = await working(served)
        await open_room(served)
        assignment = await worker.work()

        await joined(served, assignment.token)

        (participant,) = await served.engine.list_participants("tea")
        assert participant.kind == models.ParticipantInfo.Kind.AGENT
        assert participant.permission.agent

    async def test_a_named_one_comes_only_when_asked_for(self, served: Served) -> None:
        worker = await working(served, "scribe")
        await open_room(served, room="milk")
        assert await worker.has_been_heard() == []

        await open_room(served, "scribe")

        assert (await worker.offered()).agent_name == "scribe"

    async def test_a_token_may_ask_for_one(self, served: Served) -> None:
        worker = await working(served, "scribe")
        configuration = {"agents": [{"agentName": "scribe", "metadata": "m"}], "metadata": "r"}
        await joined(served, token("ann", says={"roomConfig": configuration}))

        job = await worker.offered()

        assert (job.metadata, job.room.name, job.room.metadata) == ("m", "tea", "r")

    async def test_a_token_with_nonsense_in_it_is_refused(self, served: Served) -> None:
        for nonsense in ("x", [1], {"agents": "x"}, {"emptyTimeout": -1}):
            with pytest.raises(websockets.InvalidStatus) as refused:
                async with served.connect(token("ann", says={"roomConfig": nonsense})):
                    pass
            assert refused.value.response.status_code == 400

    async def test_the_least_busy_is_asked(self, served: Served) -> None:
        busy, idle = await working(served), await working(served)
        await busy.say_load(0.5)
        await busy.has_been_heard()

        for number in range(3):
            await open_room(served, room=f"room {number}")
            await idle.work()

        assert await busy.has_been_heard() == []

    async def test_what_was_given_counts_until_the_worker_says_more(self, served: Served) -> None:
        both = [await working(served), await working(served)]
        for number in range(2):
            await open_room(served, room=f"room {number}")

        first = [await worker.work() for worker in both]

        assert len({assignment.job.id for assignment in first}) == 2

    @pytest.mark.parametrize("how", ["full", "draining"])
    async def test_who_is_full_is_not_asked(self, served: Served, how: str) -> None:
        worker = await working(served)
        if how == "full":
            await worker.say_load(0.1, "WS_FULL")
        else:
            await worker.send(update_worker=agent.UpdateWorkerStatus(draining=True))
        await worker.has_been_heard()

        await open_room(served)

        assert await worker.has_been_heard() == []

    async def test_another_is_asked_when_one_does_not_want_it(self, served: Served) -> None:
        two = [await working(served), await working(served)]
        await two[1].say_load(0.1)
        await two[1].has_been_heard()
        await open_room(served)

        await two[0].reject(await two[0].offered())

        assert (await two[1].work()).job.room.name == "tea"

    async def test_nobody_is_asked_when_one_says_that_it_is_done(self, served: Served) -> None:
        two = [await working(served), await working(served)]
        await two[1].say_load(0.1)
        await two[1].has_been_heard()
        await open_room(served)

        await two[0].reject(await two[0].offered(), terminate=True)
        await served.dispatcher.board.settled()

        assert await two[1].has_been_heard() == []

    async def test_another_is_asked_when_one_says_nothing(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workers, "ANSWER_S", 0.05)
        silent, other = await working(served), await working(served)
        await other.say_load(0.1)
        await other.has_been_heard()
        await open_room(served)

        await silent.offered()

        assert (await other.work()).job.room.name == "tea"

    async def test_an_answer_that_is_late_or_anothers_gives_nothing(self, served: Served) -> None:
        first, second = await working(served), await working(served)
        await second.say_load(0.1)
        await second.has_been_heard()
        await open_room(served)
        job = await first.offered()

        answer = agent.AvailabilityResponse(job_id=job.id, available=True, participant_identity="x")
        await second.send(availability=answer)

        assert await second.has_been_heard() == []
        assert (await first.accept(job)).job.id == job.id
        await first.send(availability=answer)
        assert await first.has_been_heard() == []

    async def test_who_has_no_identity_gets_nothing(self, served: Served) -> None:
        worker = await working(served)
        await open_room(served)
        job = await worker.offered()

        await worker.send(availability=agent.AvailabilityResponse(job_id=job.id, available=True))

        assert await worker.has_been_heard() == []

    async def test_a_named_job_waits_for_a_worker(self, served: Served) -> None:
        await open_room(served, "scribe")
        await served.dispatcher.board.settled()

        worker = await working(served, "scribe")

        assert (await worker.work()).job.room.name == "tea"

    async def test_rooms_that_are_open_do_not_call_who_has_no_name(self, served: Served) -> None:
        await open_room(served)

        worker = await working(served)

        assert await worker.has_been_heard() == []


class TestKinds:
    async def test_one_for_each_participant(self, served: Served) -> None:
        worker = await working(served, kind=PARTICIPANT)
        for identity in ("ann", "bo"):
            await joined(served, token(identity))

            job = await worker.offered()

            assert (job.type, job.participant.identity) == (PARTICIPANT, identity)
            await worker.accept(job)

    async def test_one_for_each_publisher(self, served: Served) -> None:
        worker = await working(served, kind=PUBLISHER)
        ann = await joined(served, token("ann"))
        await joined(served, token("bo"))
        assert await worker.has_been_heard() == []

        await ann.publish(camera())
        job = await worker.offered()
        await worker.accept(job)
        await ann.publish(camera("second"))

        assert (job.type, job.participant.identity) == (PUBLISHER, "ann")
        assert await worker.has_been_heard() == []

    async def test_none_for_agents(self, served: Served) -> None:
        worker = await working(served, kind=PARTICIPANT)
        await joined(served, token("robot", says={"kind": "agent"}))

        assert await worker.has_been_heard() == []

    async def test_those_inside_count_when_one_is_asked_for_later(self, served: Served) -> None:
        worker = await working(served, "scribe", PARTICIPANT)
        await joined(served, token("ann"))

        created = await call(served, "CreateDispatch", {"room": "tea", "agent_name": "scribe"})

        assert created.status_code == 200
        assert (await worker.offered()).participant.identity == "ann"


class TestAtOnce:
    async def test_many_rooms_and_workers(self, served: Served) -> None:
        crowd = [await working(served) for _ in range(4)]
        taken: list[str] = []

        async def serve(worker: Worker) -> None:
            while True:
                taken.append((await worker.work()).job.room.name)

        tasks = [asyncio.create_task(serve(worker)) for worker in crowd]
        await asyncio.gather(*(open_room(served, room=f"room {number}") for number in range(20)))
        await served.dispatcher.board.settled()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

        assert len(served.dispatcher.board.workers) == 4
        held = [len(worker.jobs) for worker in served.dispatcher.board.workers.values()]
        assert sum(held) == 20
        assert max(held) == 5
