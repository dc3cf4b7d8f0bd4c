"""One worker's WebSocket at /agent: protobuf in binary frames, or its JSON in text frames."""

from __future__ import annotations

import asyncio
import logging

from google.protobuf import json_format
from google.protobuf.message import DecodeError
from livekit.protocol import agent
from starlette.websockets import WebSocket

from jumpa.kit.errors import JumpaError
from jumpa.media.embedded.server_info import server_info
from jumpa.media.embedded.settings import Limits
from jumpa.signaling.agents.dispatching import Dispatcher
from jumpa.signaling.agents.jobs import nanoseconds
from jumpa.signaling.agents.workers import Worker, WorkerRefusedError
from jumpa.signaling.duplex import NORMAL, POLICY, carry
from jumpa.signaling.outbox import Outbox

logger = logging.getLogger(__name__)

_REGISTER_S = 10
_NANOSECONDS_IN_MS = 1_000_000
_AGENT_PROTOCOL = 1


class WorkerConnection:
    """What a worker says, and what it is told in the form in which it spoke last."""

    def __init__(
        self, websocket: WebSocket, dispatcher: Dispatcher, api_key: str, limits: Limits
    ) -> None:
        self._websocket = websocket
        self._dispatcher = dispatcher
        self._api_key = api_key
        self._limits = limits
        self._outbox = Outbox(limits.pending_signal_bytes)
        self._speaks_json = False
        self._status = NORMAL

    async def serve(self) -> None:
        """Serve until either side ends it."""
        await self._websocket.accept()
        await carry(self._websocket, self._outbox, self._read(), self._tell, lambda: self._status)

    async def _tell(self, message: bytes) -> None:
        if self._speaks_json:
            said = agent.ServerMessage.FromString(message)
            await self._websocket.send_text(json_format.MessageToJson(said, indent=None))
        else:
            await self._websocket.send_bytes(message)

    async def _read(self) -> None:
        try:
            async with asyncio.timeout(_REGISTER_S):
                worker = await self._register()
            if worker is None:
                return
            try:
                while (message := await self._next()) is not None:
                    self._follow(worker, message)
            finally:
                self._dispatcher.board.leave(worker)
        except (JumpaError, TimeoutError) as error:
            logger.warning("a worker is sent away: %s", error)
            self._status = POLICY

    async def _register(self) -> Worker | None:
        while (message := await self._next()) is not None:
            kind = message.WhichOneof("message")
            if kind == "ping":
                self._pong(message.ping)
                continue
            if kind != "register":
                raise WorkerRefusedError("a worker registers first")
            worker = Worker.of(message.register, self._api_key, self._send)
            info = server_info()
            info.agent_protocol = _AGENT_PROTOCOL
            registered = agent.RegisterWorkerResponse(worker_id=worker.id, server_info=info)
            self._send(agent.ServerMessage(register=registered))
            self._dispatcher.board.enter(worker)
            return worker
        return None

    def _follow(self, worker: Worker, message: agent.WorkerMessage) -> None:
        board = self._dispatcher.board
        kind = message.WhichOneof("message")
        if kind == "ping":
            self._pong(message.ping)
        elif kind == "availability":
            worker.answer(message.availability)
        elif kind == "update_worker":
            board.updated(worker, message.update_worker)
        elif kind == "update_job":
            board.job_updated(worker, message.update_job)
        elif kind == "simulate_job":
            self._dispatcher.simulate(worker, message.simulate_job)
        elif kind == "migrate_job":
            jobs = {*message.migrate_job.job_ids, *(job.id for job in message.migrate_job.jobs)}
            for live in filter(None, map(self._dispatcher.find_job, jobs)):
                board.adopt(worker, live)
        elif kind == "register":
            raise WorkerRefusedError("a worker registers once")

    def _pong(self, ping: agent.WorkerPing) -> None:
        now = nanoseconds(self._dispatcher.board.verifier.clock()) // _NANOSECONDS_IN_MS
        pong = agent.WorkerPong(last_timestamp=ping.timestamp, timestamp=now)
        self._send(agent.ServerMessage(pong=pong))

    def _send(self, message: agent.ServerMessage) -> None:
        self._outbox.send(message.SerializeToString())

    async def _next(self) -> agent.WorkerMessage | None:
        frame = await self._websocket.receive()
        if frame["type"] == "websocket.disconnect":
            return None
        contents = frame.get("bytes")
        self._speaks_json = contents is None
        said = frame.get("text") or "" if contents is None else contents
        if len(said) > self._limits.signal_frame_bytes:
            raise WorkerRefusedError("the message is too large")
        message = agent.WorkerMessage()
        try:
            if isinstance(said, bytes):
                message.ParseFromString(said)
            else:
                json_format.Parse(said, message, ignore_unknown_fields=True)
        except (DecodeError, json_format.ParseError, RecursionError) as error:
            raise WorkerRefusedError("the message cannot be read") from error
        return message
