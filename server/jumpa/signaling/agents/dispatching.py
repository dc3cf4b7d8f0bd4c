"""Rooms that have agents: which jobs there are, and when they are over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from livekit.protocol import agent, agent_dispatch, models

from jumpa.media.access import TokenVerifier
from jumpa.media.embedded.ports import Cancellable, random_sid
from jumpa.media.engine import (
    EngineEvent,
    ParticipantJoined,
    ParticipantLeft,
    RoomFinished,
    RoomStarted,
    TrackPublished,
)
from jumpa.signaling.agents.board import Board
from jumpa.signaling.agents.jobs import Dispatch, LiveJob, nanoseconds
from jumpa.signaling.agents.workers import Worker

logger = logging.getLogger(__name__)

CallLater = Callable[[float, Callable[[], None]], Cancellable]

# Longer than anybody takes to come back.
AWAY_S = 20
_Kind = models.ParticipantInfo.Kind
_DEPENDENT = (_Kind.AGENT, _Kind.EGRESS)
_Reason = models.DisconnectReason
_FOR_GOOD = (_Reason.CLIENT_INITIATED, _Reason.PARTICIPANT_REMOVED, _Reason.ROOM_DELETED)
# Whoever goes for these comes back at once.
_RETURNING = (_Reason.MEDIA_FAILURE, _Reason.STATE_MISMATCH, _Reason.SERVER_SHUTDOWN)
_Status = agent.JobStatus
_Type = agent.JobType


def _call_later(delay_s: float, call: Callable[[], None]) -> Cancellable:
    return asyncio.get_running_loop().call_later(delay_s, call)


@dataclass(slots=True)
class RoomAgents:
    """What is known of one live room; publishers are those of whom a track was published."""

    info: models.Room
    dispatches: dict[str, Dispatch] = field(default_factory=dict)
    participants: dict[str, models.ParticipantInfo] = field(default_factory=dict)
    publishers: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)

    def jobs(self) -> list[LiveJob]:
        """Return the jobs that have not ended."""
        every = [live for dispatch in self.dispatches.values() for live in dispatch.jobs]
        return [live for live in every if not live.has_ended]


class Dispatcher:
    """Follows live rooms, and asks the board to bring agents."""

    def __init__(self, verifier: TokenVerifier, call_later: CallLater = _call_later) -> None:
        self.board = Board(verifier, self._lost)
        self._call_later = call_later
        self._rooms: dict[str, RoomAgents] = {}

    def find_room(self, name: str) -> RoomAgents | None:
        """Return what is known of a live room."""
        return self._rooms.get(name)

    def find_job(self, job_id: str) -> LiveJob | None:
        """Return a job that has not ended."""
        every = (live for room in self._rooms.values() for live in room.jobs())
        return next((live for live in every if live.id == job_id), None)

    def hear(self, event: EngineEvent) -> None:
        """Follow what happens in live rooms."""
        if isinstance(event, RoomStarted):
            self._open(event)
            return
        room = self._rooms.get(getattr(event, "room", ""))
        if room is None:
            return
        if isinstance(event, RoomFinished):
            self._close(room)
        elif isinstance(event, ParticipantJoined):
            self._joined(room, event)
        elif isinstance(event, TrackPublished):
            self._published(room, event.identity)
        elif isinstance(event, ParticipantLeft):
            self._left(room, event)

    def add(
        self, room: RoomAgents, wish: agent_dispatch.RoomAgentDispatch
    ) -> agent_dispatch.AgentDispatch:
        """Ask for an agent in a room."""
        dispatch = Dispatch(
            agent_dispatch.AgentDispatch(
                id=random_sid("AD_"),
                agent_name=wish.agent_name,
                room=room.info.name,
                metadata=wish.metadata,
                restart_policy=wish.restart_policy,
                deployment=wish.deployment,
                attributes=wish.attributes,
            )
        )
        dispatch.info.state.created_at = nanoseconds(self.board.verifier.clock())
        room.dispatches[dispatch.info.id] = dispatch
        self._launch(dispatch, _Type.JT_ROOM, room, None)
        for identity, participant in room.participants.items():
            self._launch(dispatch, _Type.JT_PARTICIPANT, room, participant)
            if identity in room.publishers:
                self._launch(dispatch, _Type.JT_PUBLISHER, room, participant)
        return dispatch.told()

    def delete(self, room: RoomAgents, dispatch_id: str) -> agent_dispatch.AgentDispatch | None:
        """Take a wish back and end its jobs; None when there is no such wish."""
        dispatch = room.dispatches.pop(dispatch_id, None)
        if dispatch is None:
            return None
        for live in dispatch.jobs:
            self.board.withdraw(live, _Status.JS_SUCCESS)
        dispatch.info.state.deleted_at = nanoseconds(self.board.verifier.clock())
        return dispatch.told()

    def simulate(self, worker: Worker, request: agent.SimulateJobRequest) -> None:
        """Offer a worker a job in a live room, as if the room had asked for it."""
        room = self._rooms.get(request.room.name)
        if room is None:
            logger.info("a job is not simulated: there is no live room of that name")
            return
        info = agent_dispatch.AgentDispatch(id=random_sid("AD_"), agent_name=worker.name)
        info.room, info.deployment = room.info.name, worker.deployment
        info.restart_policy = agent_dispatch.JobRestartPolicy.JRP_NEVER
        dispatch = room.dispatches[info.id] = Dispatch(info)
        participant = request.participant if request.HasField("participant") else None
        kind = _Type.JT_ROOM if participant is None else _Type.JT_PUBLISHER
        live = dispatch.new_job(kind, room.info, participant)
        dispatch.add(live)
        self.board.place_with(worker, live)

    def _open(self, event: RoomStarted) -> None:
        room = RoomAgents(event.info)
        self._rooms[event.room] = room
        for wish in event.agents or (agent_dispatch.RoomAgentDispatch(),):
            self.add(room, wish)

    def _close(self, room: RoomAgents) -> None:
        del self._rooms[room.info.name]
        for live in room.jobs():
            self.board.withdraw(live, _Status.JS_SUCCESS)

    def _joined(self, room: RoomAgents, event: ParticipantJoined) -> None:
        if event.info.kind in _DEPENDENT:
            self._agent_joined(room, event.identity)
            return
        if event.identity in room.participants:
            return
        room.participants[event.identity] = event.info
        for dispatch in room.dispatches.values():
            self._launch(dispatch, _Type.JT_PARTICIPANT, room, event.info)

    def _agent_joined(self, room: RoomAgents, identity: str) -> None:
        room.agents.add(identity)
        for live in room.jobs():
            if live.job.state.participant_identity == identity and live.away is not None:
                live.away.cancel()
                live.away = None

    def _published(self, room: RoomAgents, identity: str) -> None:
        participant = room.participants.get(identity)
        if participant is None or identity in room.publishers:
            return
        room.publishers.add(identity)
        for dispatch in room.dispatches.values():
            self._launch(dispatch, _Type.JT_PUBLISHER, room, participant)

    def _left(self, room: RoomAgents, event: ParticipantLeft) -> None:
        if event.reason == _Reason.DUPLICATE_IDENTITY:
            return
        room.agents.discard(event.identity)
        if event.reason not in _RETURNING:
            room.participants.pop(event.identity, None)
            room.publishers.discard(event.identity)
        for live in room.jobs():
            if live.job.state.participant_identity == event.identity:
                self._agent_left(live, event.reason)
            elif live.job.participant.identity == event.identity and not live.worker_id:
                self.board.withdraw(live, _Status.JS_SUCCESS)

    def _agent_left(self, live: LiveJob, reason: models.DisconnectReason) -> None:
        if reason in _FOR_GOOD:
            self.board.withdraw(live, _Status.JS_SUCCESS)
        elif reason not in _RETURNING or live.is_orphan:
            self._fail(live)
        elif live.away is None:
            live.away = self._call_later(AWAY_S, lambda: self._fail(live))

    def _launch(
        self,
        dispatch: Dispatch,
        kind: agent.JobType,
        room: RoomAgents,
        participant: models.ParticipantInfo | None,
    ) -> None:
        live = dispatch.new_job(kind, room.info, participant)
        if self._has_worker(live) or live.job.agent_name:
            dispatch.add(live)
            self.board.place(live)

    def _has_worker(self, live: LiveJob) -> bool:
        return any(worker.key == live.key for worker in self.board.workers.values())

    def _lost(self, live: LiveJob) -> None:
        """A worker has failed, or is gone while its agent may go on in the room."""
        if live.has_ended:
            self._again(live)
        elif live.away is None:
            live.away = self._call_later(AWAY_S, lambda: self._fail_if_orphan(live))

    def _fail_if_orphan(self, live: LiveJob) -> None:
        live.away = None
        room = self._rooms.get(live.job.room.name)
        is_inside = room is not None and live.job.state.participant_identity in room.agents
        if live.is_orphan and not is_inside:
            self._fail(live)

    def _fail(self, live: LiveJob) -> None:
        self.board.withdraw(live, _Status.JS_FAILED, "the agent is gone")
        self._again(live)

    def _again(self, live: LiveJob) -> None:
        room = self._rooms.get(live.job.room.name)
        another = live.again()
        if another is None or room is None or live.dispatch.info.id not in room.dispatches:
            return
        logger.info("job %s is offered again as %s", live.id, another.id)
        live.dispatch.add(another)
        self.board.place(another)
