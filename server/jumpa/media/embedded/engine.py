"""The built-in engine: live rooms in this process, media in jumpa-sfu."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from livekit.protocol import models, rtc
from livekit.protocol import room as room_messages

from jumpa.kit.clock import Clock, system_clock
from jumpa.media.access import Claims
from jumpa.media.embedded import events, publishing, sfu_pb2, updating
from jumpa.media.embedded.directory import Directory
from jumpa.media.embedded.joining import check_claims
from jumpa.media.embedded.link import VERSION
from jumpa.media.embedded.participants import JoinOptions, SignalSink
from jumpa.media.embedded.ports import Cancellable, Ports, random_sid
from jumpa.media.embedded.process import Supervisor
from jumpa.media.embedded.program import Launch, SubprocessLaunch
from jumpa.media.embedded.session import LiveSession
from jumpa.media.embedded.settings import EmbeddedConfig
from jumpa.media.embedded.status import StatusBoard
from jumpa.media.engine import EngineEvent, EngineStatus, Listener
from jumpa.media.errors import InvalidRequestError, MediaUnavailableError, NotPermittedError
from jumpa.media.streams import TextStream, packets

logger = logging.getLogger(__name__)

_Reason = models.DisconnectReason


class EmbeddedEngine:
    """Starts and watches jumpa-sfu and decides for it; implements `Engine`."""

    def __init__(
        self,
        config: EmbeddedConfig,
        *,
        clock: Clock = system_clock,
        launch: Launch | None = None,
        new_sid: Callable[[str], str] = random_sid,
    ) -> None:
        self.config = config
        self._listeners: list[Listener] = []
        self._is_stopping = False
        self._board = StatusBoard()
        launch = launch or SubprocessLaunch(config.sfu_binary)
        self._supervisor = Supervisor(launch, _configure(config), config.timings, self)
        ports = Ports(self._supervisor.send, self._emit, _call_later, new_sid, clock, config)
        self._directory = Directory(ports)

    async def start(self) -> None:
        """Return when the SFU has answered; raises MediaUnavailableError with the reason."""
        await self._supervisor.start()

    async def stop(self) -> None:
        """Tell every client to join anew, then end the SFU."""
        self._is_stopping = True
        self._directory.empty(_Reason.SERVER_SHUTDOWN)
        self._directory.close()
        await self._supervisor.stop()

    def status(self) -> EngineStatus:
        """Return what the SFU last reported."""
        restarts = max(0, self._supervisor.starts - 1)
        return self._board.status(self._supervisor.silent_s, restarts)

    def check(self, claims: Claims) -> None:
        """Raise when these claims cannot join now; touches no room."""
        check_claims(claims, self.config.limits)
        self._directory.check_capacity(claims)

    async def join(
        self, claims: Claims, options: JoinOptions, signal: SignalSink, token: str
    ) -> LiveSession:
        """Enter the room of the claims; waits a moment for an SFU that is being restarted."""
        if self._is_stopping:
            raise MediaUnavailableError("the server is stopping")
        await self._supervisor.wait_ready()
        self.check(claims)
        return self._directory.join(claims, options, signal, token)

    def resume(
        self, claims: Claims, options: JoinOptions, sid: str, signal: SignalSink, token: str
    ) -> LiveSession:
        """Go on as a participant whose signal connection broke; raises ParticipantNotFoundError."""
        return self._directory.resume(claims, options, sid, signal, token)

    async def create_room(self, request: room_messages.CreateRoomRequest) -> models.Room:
        """Open the room, or return the one that is open."""
        return self._directory.create(request).info()

    async def list_rooms(self, names: Sequence[str] = ()) -> list[models.Room]:
        """Return the live rooms, all or those named."""
        rooms = self._directory.list_rooms()
        return [room.info() for room in rooms if not names or room.name in names]

    async def delete_room(self, name: str) -> None:
        """Close the room and send everybody away; raises LiveRoomNotFoundError."""
        self._directory.get_room(name).close(_Reason.ROOM_DELETED)

    async def list_participants(self, name: str) -> list[models.ParticipantInfo]:
        """Return who is in the room; empty when there is no such room."""
        room = self._directory.find_room(name)
        if room is None:
            return []
        return [p.info() for p in room.participants.values() if not p.is_hidden]

    async def list_qualities(self, name: str, /) -> dict[str, models.ConnectionQuality]:
        """Return what connections in the room are called, by sid; not measured: not there."""
        room = self._directory.find_room(name)
        people = room.participants.values() if room is not None else ()
        named = {p.sid: p.connection.quality for p in people if not p.is_hidden}
        return {sid: quality for sid, quality in named.items() if quality is not None}

    async def get_participant(self, name: str, identity: str) -> models.ParticipantInfo:
        """Return one participant; raises ParticipantNotFoundError."""
        return self._directory.get_participant(name, identity)[1].info()

    async def remove_participant(self, name: str, identity: str) -> None:
        """Send one participant away; raises ParticipantNotFoundError."""
        room, participant = self._directory.get_participant(name, identity)
        room.remove(participant, _Reason.PARTICIPANT_REMOVED)

    async def update_participant(
        self, request: room_messages.UpdateParticipantRequest
    ) -> models.ParticipantInfo:
        """Change profile and permission at once; raises ParticipantNotFoundError."""
        room, participant = self._directory.get_participant(request.room, request.identity)
        updating.update(room, participant, request)
        return participant.info()

    async def update_subscriptions(self, request: room_messages.UpdateSubscriptionsRequest) -> None:
        """Subscribe somebody to tracks, or end that; raises ParticipantNotFoundError."""
        room, participant = self._directory.get_participant(request.room, request.identity)
        wish = rtc.UpdateSubscription(
            track_sids=request.track_sids,
            subscribe=request.subscribe,
            participant_tracks=request.participant_tracks,
        )
        LiveSession(room, participant).update_subscription(wish)

    async def update_room_metadata(self, name: str, metadata: str) -> models.Room:
        """Change what everybody in a room reads of it; raises LiveRoomNotFoundError."""
        room = self._directory.get_room(name)
        room.change_metadata(metadata)
        return room.info()

    async def mute_published_track(
        self, name: str, identity: str, track_sid: str, *, muted: bool
    ) -> models.TrackInfo:
        """Mute a track for everybody, its publisher included; raises TrackNotFoundError."""
        room, participant = self._directory.get_participant(name, identity)
        track = publishing.own_track(participant, track_sid)
        if not muted and not self.config.allow_remote_unmute:
            raise NotPermittedError("this server does not unmute other people")
        if track.info.muted != muted:
            publishing.set_muted(room, track, muted=muted)
            mute = rtc.MuteTrackRequest(sid=track_sid, muted=muted)
            participant.send(rtc.SignalResponse(mute=mute))
        return track.info

    async def send_data(self, request: room_messages.SendDataRequest) -> None:
        """Send a data packet from the server; absent destinations are skipped."""
        room = self._directory.get_room(request.room)
        limit = self.config.limits.data_bytes
        if len(request.data) > limit:
            raise InvalidRequestError(f"a data packet has at most {limit} bytes")
        destinations = [
            sid
            for sid, participant in room.participants.items()
            if sid in request.destination_sids
            or participant.identity in request.destination_identities
        ]
        is_addressed = bool(request.destination_sids or request.destination_identities)
        if is_addressed and not destinations:
            return
        message = sfu_pb2.SendData(
            room_sid=room.sid,
            packet=_data_packet(request).SerializeToString(),
            lossy=request.kind == models.DataPacket.Kind.LOSSY,
            destination_sids=destinations,
        )
        self._supervisor.send(sfu_pb2.Command(send_data=message))

    async def send_text(self, stream: TextStream) -> None:
        """Send a text stream from the server to all inside; raises LiveRoomNotFoundError."""
        room = self._directory.get_room(stream.room)
        for packet in packets(stream):
            message = sfu_pb2.SendData(room_sid=room.sid, packet=packet.SerializeToString())
            self._supervisor.send(sfu_pb2.Command(send_data=message))

    async def perform_rpc(self, request: room_messages.PerformRpcRequest) -> str:
        """Call a method at a participant; raises CallFailedError, ParticipantNotFoundError."""
        name, identity = request.room, request.destination_identity
        room, participant = self._directory.get_participant(name, identity)
        return await participant.calls.perform(room.ports, request, room.sid, participant.sid)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener with every event until the returned function is called."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def ready(self, ready: sfu_pb2.Ready) -> None:
        """The SFU answers (called by the supervisor)."""
        self._board.ready(ready)

    def event(self, event: sfu_pb2.Event) -> None:
        """The SFU said something (called by the supervisor)."""
        if event.WhichOneof("event") == "pong":
            self._board.pong(event.pong)
            return
        events.follow(self._directory, event)

    def down(self) -> None:
        """The SFU is gone, and with it every peer connection (called by the supervisor)."""
        self._board.down()
        self._directory.empty(_Reason.MEDIA_FAILURE)

    def _emit(self, event: EngineEvent) -> None:
        for listener in list(self._listeners):
            try:
                listener(event)
            except Exception:
                # A listener's fault must not stop a room in the middle of a change.
                logger.exception("a listener failed at %s", type(event).__name__)


def _configure(config: EmbeddedConfig) -> sfu_pb2.Configure:
    return sfu_pb2.Configure(
        version=VERSION,
        media_addresses=config.media_addresses,
        bind_address=config.bind_address,
        udp_port=config.udp_port,
        tcp_port=config.tcp_port,
        workers=config.workers,
        max_data_bytes=config.limits.data_bytes,
        max_sdp_bytes=config.limits.sdp_bytes,
        max_tracks_per_participant=config.limits.tracks_per_participant,
        heard_topics=config.heard_topics,
    )


def _call_later(delay_s: float, call: Callable[[], None]) -> Cancellable:
    return asyncio.get_running_loop().call_later(delay_s, call)


def _data_packet(request: room_messages.SendDataRequest) -> models.DataPacket:
    user = models.UserPacket(payload=request.data, nonce=request.nonce)
    if request.HasField("topic"):
        user.topic = request.topic
    return models.DataPacket(
        kind=request.kind, user=user, destination_identities=request.destination_identities
    )
