"""How jobs of agents end, and who goes on with them; the service that asks for agents."""

import pytest
from livekit.protocol import agent, models, rtc
from livekit.protocol import room as room_messages
from signaling.conftest import Served, token
from signaling.worker import (
    ADMIN,
    PARTICIPANT,
    call,
    eventually,
    jobs_of,
    joined,
    open_room,
    working,
)

from jumpa.signaling.agents import dispatching, jobs


class TestEnd:
    async def test_a_worker_hears_that_the_room_is_over(self, served: Served) -> None:
        worker = await working(served)
        await open_room(served)
        job = (await worker.work()).job

        await served.engine.delete_room("tea")

        assert (await worker.until("termination")).termination.job_id == job.id

    async def test_a_room_with_agents_alone_closes(self, served: Served) -> None:
        request = room_messages.CreateRoomRequest(name="tea", departure_timeout=1)
        worker = await working(served)
        await served.engine.create_room(request)
        assignment = await worker.work()
        await joined(served, assignment.token)
        ann = await joined(served, token("ann"))

        await ann.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))

        assert (await worker.until("termination")).termination.job_id == assignment.job.id
        assert await served.engine.list_rooms() == []

    async def test_an_agent_that_leaves_has_ended(self, served: Served) -> None:
        worker = await working(served)
        await open_room(served)
        assignment = await worker.work()
        robot = await joined(served, assignment.token)

        await robot.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))

        assert (await worker.until("termination")).termination.job_id == assignment.job.id
        (job,) = await jobs_of(served)
        assert job["state"]["status"] == "JS_SUCCESS"

    async def test_a_job_that_failed_is_offered_again_but_not_for_ever(
        self, served: Served
    ) -> None:
        worker = await working(served)
        await open_room(served)
        for _ in range(3):
            assignment = await worker.work()
            await worker.end(assignment.job, "JS_FAILED")

        assert await worker.has_been_heard() == []
        assert [job["state"]["status"] for job in await jobs_of(served)] == ["JS_FAILED"] * 3

    async def test_a_job_that_must_not_be_repeated_is_not(self, served: Served) -> None:
        worker = await working(served, "scribe")
        wish = {"room": "tea", "agent_name": "scribe", "restart_policy": "JRP_NEVER"}
        await call(served, "CreateDispatch", wish)
        assignment = await worker.work()

        await worker.end(assignment.job, "JS_FAILED")

        assert await worker.has_been_heard() == []

    async def test_anothers_job_cannot_be_ended(self, served: Served) -> None:
        worker, other = await working(served), await working(served, "other")
        await open_room(served)
        assignment = await worker.work()

        await other.end(assignment.job, "JS_FAILED")
        await other.has_been_heard()

        (job,) = await jobs_of(served)
        assert job["state"]["status"] == "JS_RUNNING"


class TestMemory:
    async def test_keeps_the_last_jobs_of_a_room_that_never_ends(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(jobs, "KEPT_ENDED", 2)
        worker = await working(served, kind=PARTICIPANT)
        for number in range(8):
            guest = await joined(served, token(f"guest {number}"))
            assignment = await worker.work()
            await worker.end(assignment.job)
            await worker.has_been_heard()
            await guest.connection.close()

        kept = [job["participant"]["identity"] for job in await jobs_of(served)]

        assert len(kept) <= 5
        assert kept[-1] == "guest 7"


class TestLoss:
    async def test_a_lost_workers_job_goes_to_another(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dispatching, "AWAY_S", 0.05)
        lost = await working(served)
        await open_room(served)
        await lost.work()
        other = await working(served)

        await lost.connection.close()
        again = await other.offered()

        assert again.room.name == "tea"

    async def test_an_agent_that_goes_on_without_its_worker_is_left_alone(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dispatching, "AWAY_S", 0)
        lost, other = await working(served), await working(served, "scribe")
        await open_room(served, "", "scribe")
        assignment = await lost.work()
        robot = await joined(served, assignment.token)
        await other.work()
        third = await working(served)
        await lost.connection.close()
        assert await third.has_been_heard() == []

        await robot.connection.close()

        assert (await third.offered()).room.name == "tea"

    async def test_a_worker_that_comes_again_keeps_its_job(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dispatching, "AWAY_S", 60)
        lost = await working(served)
        await open_room(served)
        assignment = await lost.work()
        await lost.connection.close()
        back = await working(served)

        await back.send(migrate_job=agent.MigrateJobRequest(job_ids=[assignment.job.id, "AJ_x"]))
        await back.has_been_heard()
        await served.engine.delete_room("tea")

        assert (await back.until("termination")).termination.job_id == assignment.job.id

    async def test_anothers_running_job_cannot_be_taken(self, served: Served) -> None:
        worker = await working(served)
        await open_room(served)
        assignment = await worker.work()
        thief = await working(served)

        await thief.send(migrate_job=agent.MigrateJobRequest(job_ids=[assignment.job.id]))
        await thief.has_been_heard()
        await served.engine.delete_room("tea")

        assert (await worker.until("termination")).termination.job_id == assignment.job.id
        assert await thief.has_been_heard() == []

    async def test_an_agent_may_come_back_when_the_media_process_dies(self, served: Served) -> None:
        worker = await working(served)
        await open_room(served)
        assignment = await worker.work()
        await joined(served, assignment.token)

        served.sfu.kill()
        await eventually(served, lambda: served.dispatcher.find_job(assignment.job.id) is not None)
        await joined(served, assignment.token)

        assert await worker.has_been_heard() == []
        found = served.dispatcher.find_job(assignment.job.id)
        assert found is not None
        assert found.away is None


class TestSimulate:
    async def test_only_in_a_room_that_is_open(self, served: Served) -> None:
        worker = await working(served, "scribe")
        room = models.Room(name="tea")
        await worker.send(simulate_job=agent.SimulateJobRequest(room=room))
        assert await worker.has_been_heard() == []
        await open_room(served)

        await worker.send(simulate_job=agent.SimulateJobRequest(room=room))

        assert (await worker.work()).job.room.name == "tea"


class TestDispatchService:
    async def test_creates_lists_and_deletes(self, served: Served) -> None:
        worker = await working(served, "scribe")
        wish = {
            "room": "tea",
            "agentName": "scribe",
            "metadata": "m",
            "attributes": {"a": "b"},
        }
        created = (await call(served, "CreateDispatch", wish)).json()
        job = (await worker.work()).job

        listed = (await call(served, "ListDispatch", {"room": "tea"})).json()["agent_dispatches"]
        one = await call(served, "ListDispatch", {"room": "tea", "dispatch_id": created["id"]})
        deleted = await call(served, "DeleteDispatch", {"room": "tea", "dispatchId": created["id"]})
        again = await call(served, "DeleteDispatch", {"room": "tea", "dispatchId": created["id"]})

        assert created["id"].startswith("AD_")
        assert (job.metadata, dict(job.attributes), job.dispatch_id) == (
            "m",
            {"a": "b"},
            created["id"],
        )
        # A room that nobody has opened before calls workers without a name, too.
        assert [each["agent_name"] for each in listed] == ["", "scribe"]
        (found,) = one.json()["agent_dispatches"]
        assert [each["id"] for each in found["state"]["jobs"]] == [job.id]
        assert found["state"]["jobs"][0]["state"]["status"] == "JS_RUNNING"
        assert deleted.json()["state"]["deleted_at"] != "0"
        assert (again.status_code, again.json()["code"]) == (404, "not_found")
        assert (await worker.until("termination")).termination.job_id == job.id

    @pytest.mark.parametrize("method", ["CreateDispatch", "ListDispatch", "DeleteDispatch"])
    async def test_need_the_grant_for_this_room(self, served: Served, method: str) -> None:
        for grants, room in (({"roomAdmin": False}, "tea"), ({}, "milk"), ({}, "")):
            allowed = token("", "tea", grants={**ADMIN, **grants})
            answer = await call(served, method, {"room": room}, allowed)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")

    async def test_an_unknown_room_is_not_found(self, served: Served) -> None:
        for method in ("ListDispatch", "DeleteDispatch"):
            answer = await call(served, method, {"room": "tea"})
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    async def test_what_is_too_long_is_refused(self, served: Served) -> None:
        for wish in ({"metadata": "x" * 600_000}, {"attributes": {"a": "x" * 70_000}}):
            answer = await call(served, "CreateDispatch", {"room": "tea", **wish})
            assert (answer.status_code, answer.json()["code"]) == (400, "invalid_argument")
        assert await served.engine.list_rooms() == []

    async def test_create_room_may_ask_for_agents(self, served: Served) -> None:
        worker = await working(served, "scribe")

        await call(served, "CreateRoom", {"name": "tea", "agents": [{"agent_name": "scribe"}]})

        assert (await worker.offered()).agent_name == "scribe"
