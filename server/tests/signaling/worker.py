"""A small agent worker for tests: it says what a test tells it to say."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import httpx2
import websockets
from livekit.protocol import agent, agent_dispatch
from livekit.protocol import room as room_messages
from signaling.conftest import Client, Served, token

ADMIN = {"roomJoin": False, "roomAdmin": True, "roomCreate": True, "roomList": True}
WORKER = {"roomJoin": False, "agent": True}
ROOM, PUBLISHER, PARTICIPANT = 0, 1, 2


def worker_token(**grants: object) -> str:
    return token("", "", grants={**WORKER, **grants})


class Worker:
    """A worker's socket; offers are answered when the test says so."""

    def __init__(self, connection: websockets.ClientConnection) -> None:
        self.connection = connection
        self.id = ""
        self.kept: list[agent.ServerMessage] = []

    async def send(self, **message: object) -> None:
        await self.connection.send(agent.WorkerMessage(**message).SerializeToString())  # type: ignore[arg-type]  # whatever the test says

    async def next(self) -> agent.ServerMessage:
        async with asyncio.timeout(60):
            return agent.ServerMessage.FromString(await self.connection.recv(decode=False))

    async def until(self, kind: str) -> agent.ServerMessage:
        """Return the first message of this kind; what came before it is kept."""
        for kept in self.kept:
            if kept.WhichOneof("message") == kind:
                self.kept.remove(kept)
                return kept
        while (message := await self.next()).WhichOneof("message") != kind:
            self.kept.append(message)
        return message

    async def register(self, name: str = "", kind: int = ROOM, deployment: str = "") -> None:
        request = agent.RegisterWorkerRequest(
            agent_name=name, type=agent.JobType.Name(kind), version="1", deployment=deployment
        )
        await self.send(register=request)
        registered = (await self.next()).register
        self.id = registered.worker_id
        assert self.id.startswith("AW_")
        assert registered.server_info.version

    async def offered(self) -> agent.Job:
        return (await self.until("availability")).availability.job

    async def accept(self, job: agent.Job, identity: str = "") -> agent.JobAssignment:
        answer = agent.AvailabilityResponse(
            job_id=job.id,
            available=True,
            participant_identity=identity or f"agent-{job.id}",
            participant_name="Agent",
            participant_attributes={"a": "b"},
        )
        await self.send(availability=answer)
        return (await self.until("assignment")).assignment

    async def work(self) -> agent.JobAssignment:
        return await self.accept(await self.offered())

    async def reject(self, job: agent.Job, *, terminate: bool = False) -> None:
        answer = agent.AvailabilityResponse(job_id=job.id, available=False, terminate=terminate)
        await self.send(availability=answer)

    async def say_load(self, load: float, status: str | None = None) -> None:
        update = agent.UpdateWorkerStatus(load=load, status=status)
        await self.send(update_worker=update)

    async def end(self, job: agent.Job, status: str = "JS_SUCCESS") -> None:
        update = agent.UpdateJobStatus(job_id=job.id, status=status, error="")
        await self.send(update_job=update)

    async def has_been_heard(self) -> list[str]:
        """Return the kinds of what came before the answer to a ping."""
        await self.send(ping=agent.WorkerPing(timestamp=7))
        kinds = [kept.WhichOneof("message") or "" for kept in self.kept]
        while True:
            message = await self.next()
            if message.WhichOneof("message") == "pong":
                assert message.pong.last_timestamp == 7
                return kinds
            kinds.append(message.WhichOneof("message") or "")

    async def until_closed(self) -> int:
        with contextlib.suppress(websockets.ConnectionClosed):
            while True:
                await self.next()
        return self.connection.close_code or 0


async def connect(served: Served) -> Worker:
    connecting = served.connect(worker_token(), "/agent")
    return Worker(await served.clients.enter_async_context(connecting))


async def working(served: Served, name: str = "", kind: int = ROOM) -> Worker:
    worker = await connect(served)
    await worker.register(name, kind)
    return worker


async def joined(served: Served, access_token: str) -> Client:
    client = await served.join(access_token)
    await client.become_active()
    return client


async def eventually(served: Served, holds: Callable[[], bool]) -> None:
    """Return once it holds; whatever happens in rooms is looked at."""
    happened = asyncio.Event()
    unsubscribe = served.engine.subscribe(lambda _: happened.set())
    async with asyncio.timeout(60):
        while not holds():
            happened.clear()
            await happened.wait()
    unsubscribe()


async def call(
    served: Served, method: str, body: object, access_token: str | None = None
) -> httpx2.Response:
    access_token = access_token or token("", "tea", grants=ADMIN)
    service = "RoomService" if method == "CreateRoom" else "AgentDispatchService"
    async with httpx2.AsyncClient(base_url=served.url) as client:
        return await client.post(
            f"/twirp/livekit.{service}/{method}",
            json=body,
            headers={"Authorization": f"Bearer {access_token}"},
        )


async def open_room(served: Served, *names: str, room: str = "tea") -> None:
    agents = [agent_dispatch.RoomAgentDispatch(agent_name=name) for name in names]
    await served.engine.create_room(room_messages.CreateRoomRequest(name=room, agents=agents))


async def jobs_of(served: Served) -> list[dict[str, Any]]:
    listed = (await call(served, "ListDispatch", {"room": "tea"})).json()
    return [job for each in listed["agent_dispatches"] for job in each["state"]["jobs"]]
