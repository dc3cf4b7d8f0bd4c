"""The engine on a LiveKit server: asks by its server API, hears by its webhooks."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack

from livekit.protocol import models
from livekit.protocol import room as room_messages
from livekit.protocol.webhook import WebhookEvent

from jumpa.kit.errors import JumpaError
from jumpa.media.engine import EngineEvent, EngineStatus, Listener, RoomsCompared
from jumpa.media.errors import (
    CallFailedError,
    CallFailure,
    LiveRoomNotFoundError,
    MediaUnavailableError,
    ParticipantNotFoundError,
    TrackNotFoundError,
)
from jumpa.media.livekit.asking import Asker, LivekitKeyRefusedError, asker
from jumpa.media.livekit.mirror import Mirror, Seen
from jumpa.media.livekit.settings import LivekitConfig
from jumpa.media.streams import Operation, TextStream

logger = logging.getLogger(__name__)

# A server cannot send text streams by LiveKit's API, so texts go as data on this topic.
TEXT_TOPIC = "jumpa.text"


class LivekitEngine:
    """Asks a LiveKit server or cluster; implements `Engine`."""

    def __init__(self, config: LivekitConfig) -> None:
        self.config = config
        self._mirror = Mirror()
        self._listeners: list[Listener] = []
        self._stack = AsyncExitStack()
        self._asker: Asker | None = None
        self._is_answering = False
        self._following: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to follow what happens; raises LivekitKeyRefusedError when the key is wrong."""
        self._asker = await self._stack.enter_async_context(asker(self.config))
        try:
            await self.reconcile()
        except MediaUnavailableError as error:
            logger.warning("%s; it is asked again and again", error)
        self._following = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Follow nothing more; people stay in their calls."""
        if self._following is not None:
            self._following.cancel()
            await asyncio.wait({self._following})
            self._following = None
        self._is_answering = False
        await self._stack.aclose()

    def status(self) -> EngineStatus:
        """Return whether the LiveKit server answered when it was last asked."""
        counters = {"rooms": len(self._mirror.rooms), "participants": len(self._mirror.people)}
        return EngineStatus(
            answering=self._is_answering,
            tick_age_s=0.0 if self._is_answering else None,
            media_addresses=(),
            tcp_addresses=(),
            build="livekit",
            restarts=0,
            counters=counters,
        )

    async def reconcile(self) -> None:
        """Compare what is known with what is there, and tell what was missed."""
        known, was_answering = self._mirror.sids(), self._is_answering
        try:
            seen = await self._see()
        except JumpaError:
            self._is_answering = False
            raise
        self._is_answering = True
        self._tell(self._mirror.compare(seen, known, tell_all=not was_answering))
        if not was_answering:
            self._tell([RoomsCompared(frozenset(self._mirror.people))])

    def hear(self, event: WebhookEvent) -> None:
        """Take in a webhook that was verified."""
        self._tell(self._mirror.take(event))

    async def create_room(self, request: room_messages.CreateRoomRequest) -> models.Room:
        """Open the room, or return the one that is open."""
        return await self._ask.ask(lambda service: service.create_room(request))

    async def list_rooms(self, names: Sequence[str] = ()) -> list[models.Room]:
        """Return the live rooms, all or those named."""
        request = room_messages.ListRoomsRequest(names=names)
        return list((await self._ask.ask(lambda service: service.list_rooms(request))).rooms)

    async def delete_room(self, name: str) -> None:
        """Close the room and send everybody away; raises LiveRoomNotFoundError."""
        request = room_messages.DeleteRoomRequest(room=name)
        await self._ask.ask(lambda service: service.delete_room(request), LiveRoomNotFoundError)

    async def list_participants(self, name: str) -> list[models.ParticipantInfo]:
        """Return who is in the room; empty when there is no such room."""
        request = room_messages.ListParticipantsRequest(room=name)
        try:
            found = await self._ask.ask(
                lambda service: service.list_participants(request), LiveRoomNotFoundError
            )
        except LiveRoomNotFoundError:
            return []
        return [info for info in found.participants if not info.permission.hidden]

    async def list_qualities(self, _name: str, /) -> dict[str, models.ConnectionQuality]:
        """Return nothing: LiveKit's server API does not tell qualities."""
        return {}

    async def get_participant(self, name: str, identity: str) -> models.ParticipantInfo:
        """Return one participant; raises ParticipantNotFoundError."""
        request = room_messages.RoomParticipantIdentity(room=name, identity=identity)
        return await self._ask.ask(
            lambda service: service.get_participant(request), ParticipantNotFoundError
        )

    async def remove_participant(self, name: str, identity: str) -> None:
        """Send one participant away; raises ParticipantNotFoundError."""
        request = room_messages.RoomParticipantIdentity(room=name, identity=identity)
        await self._ask.ask(
            lambda service: service.remove_participant(request), ParticipantNotFoundError
        )

    async def update_participant(
        self, request: room_messages.UpdateParticipantRequest
    ) -> models.ParticipantInfo:
        """Change profile and permission at once; raises ParticipantNotFoundError."""
        return await self._ask.ask(
            lambda service: service.update_participant(request), ParticipantNotFoundError
        )

    async def update_subscriptions(self, request: room_messages.UpdateSubscriptionsRequest) -> None:
        """Subscribe somebody to tracks, or end that; raises ParticipantNotFoundError."""
        await self._ask.ask(
            lambda service: service.update_subscriptions(request), ParticipantNotFoundError
        )

    async def update_room_metadata(self, name: str, metadata: str) -> models.Room:
        """Change what everybody in a room reads of it; raises LiveRoomNotFoundError."""
        request = room_messages.UpdateRoomMetadataRequest(room=name, metadata=metadata)
        return await self._ask.ask(
            lambda service: service.update_room_metadata(request), LiveRoomNotFoundError
        )

    async def mute_published_track(
        self, name: str, identity: str, track_sid: str, *, muted: bool
    ) -> models.TrackInfo:
        """Mute a track for everybody; raises TrackNotFoundError."""
        request = room_messages.MuteRoomTrackRequest(
            room=name, identity=identity, track_sid=track_sid, muted=muted
        )
        answer = await self._ask.ask(
            lambda service: service.mute_published_track(request), TrackNotFoundError
        )
        if not answer.track.sid:
            # livekit-server answers so when the participant has no such track.
            raise TrackNotFoundError
        return answer.track

    async def send_data(self, request: room_messages.SendDataRequest) -> None:
        """Send a data packet from the server; raises LiveRoomNotFoundError."""
        await self._ask.ask(lambda service: service.send_data(request), LiveRoomNotFoundError)

    async def send_text(self, stream: TextStream) -> None:
        """Send a text from the server to all inside; raises LiveRoomNotFoundError."""
        request = room_messages.SendDataRequest(
            room=stream.room,
            data=json.dumps(_readable(stream), ensure_ascii=False).encode(),
            kind=models.DataPacket.Kind.RELIABLE,
            topic=TEXT_TOPIC,
        )
        await self.send_data(request)

    async def perform_rpc(self, request: room_messages.PerformRpcRequest) -> str:
        """Raise CallFailedError: LiveKit's library has no such method, its server has."""
        raise CallFailedError(
            CallFailure.UNSUPPORTED_SERVER,
            f"call {request.method} at the LiveKit server itself",
        )

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener with every event until the returned function is called."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    @property
    def _ask(self) -> Asker:
        if self._asker is None:
            raise MediaUnavailableError("the server has not started")
        return self._asker

    async def _see(self) -> Seen:
        rooms = await self.list_rooms()
        return {room.sid: (room, await self.list_participants(room.name)) for room in rooms}

    async def _follow(self) -> None:
        while True:
            config = self.config
            await asyncio.sleep(config.reconcile_s if self._is_answering else config.retry_s)
            try:
                await self.reconcile()
            except (MediaUnavailableError, LivekitKeyRefusedError) as error:
                logger.warning("%s", error)
            except Exception:
                # Nobody awaits this task, so its failure would be lost.
                logger.exception("what the LiveKit server knows could not be compared")

    def _tell(self, events: Iterable[EngineEvent]) -> None:
        for event in events:
            for listener in list(self._listeners):
                try:
                    listener(event)
                except Exception:
                    # A listener's fault must not keep the others from hearing.
                    logger.exception("a listener failed at %s", type(event).__name__)


def _readable(stream: TextStream) -> dict[str, object]:
    return {
        "topic": stream.topic,
        "id": stream.stream_id,
        "identity": stream.identity,
        "text": stream.text,
        "timestamp": int(stream.sent_at.timestamp() * 1000),
        "operation": Operation.Name(stream.operation).lower(),
        "attributes": dict(stream.attributes),
    }
