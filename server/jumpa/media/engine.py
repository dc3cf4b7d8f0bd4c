"""The port behind which media happens: LiveKit's RoomService and webhooks in Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from livekit.protocol import agent_dispatch, models, room

from jumpa.media.streams import TextStream


@dataclass(frozen=True, slots=True)
class RoomStarted:
    """A live room was opened; `agents` are those that whoever opened it asks for."""

    room: str
    room_sid: str
    info: models.Room = field(default_factory=models.Room, compare=False)
    agents: tuple[agent_dispatch.RoomAgentDispatch, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class RoomFinished:
    """A live room was closed."""

    room: str
    room_sid: str
    info: models.Room = field(default_factory=models.Room, compare=False)


@dataclass(frozen=True, slots=True)
class ParticipantJoined:
    """A participant's media connection is up."""

    room: str
    room_sid: str
    identity: str
    participant_sid: str
    name: str
    info: models.ParticipantInfo = field(default_factory=models.ParticipantInfo, compare=False)


@dataclass(frozen=True, slots=True)
class ParticipantLeft:
    """A participant is gone; one that was never active has not joined before."""

    room: str
    room_sid: str
    identity: str
    participant_sid: str
    reason: models.DisconnectReason
    was_active: bool = field(default=True, compare=False)
    info: models.ParticipantInfo = field(default_factory=models.ParticipantInfo, compare=False)


@dataclass(frozen=True, slots=True)
class TrackPublished:
    """A track can be subscribed to."""

    room: str
    room_sid: str
    identity: str
    track_sid: str
    participant_sid: str = field(default="", compare=False)
    info: models.TrackInfo = field(default_factory=models.TrackInfo, compare=False)


@dataclass(frozen=True, slots=True)
class TrackUnpublished:
    """A track is gone."""

    room: str
    room_sid: str
    identity: str
    track_sid: str
    participant_sid: str = field(default="", compare=False)
    info: models.TrackInfo = field(default_factory=models.TrackInfo, compare=False)


@dataclass(frozen=True, slots=True)
class TextReceived:
    """A participant has sent everybody a text on a topic that is heard."""

    stream: TextStream
    participant_sid: str


@dataclass(frozen=True, slots=True)
class RoomsCompared:
    """An engine that was out of reach has told again of all who are inside: these."""

    participant_sids: frozenset[str]


EngineEvent = (
    RoomStarted
    | RoomFinished
    | ParticipantJoined
    | ParticipantLeft
    | TrackPublished
    | TrackUnpublished
    | TextReceived
    | RoomsCompared
)
Listener = Callable[[EngineEvent], None]


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """How the engine is now; `counters` are summed over its workers and only grow, except gauges.

    Gauges: rooms, participants, tracks, subscriptions. `tick_age_s` is the oldest worker's.
    """

    answering: bool
    tick_age_s: float | None
    media_addresses: tuple[str, ...]
    tcp_addresses: tuple[str, ...]
    build: str
    restarts: int
    counters: Mapping[str, int]

    @property
    def ready(self) -> bool:
        """Whether every media worker has turned within the last second."""
        return self.answering and self.tick_age_s is not None and self.tick_age_s <= 1


class Engine(Protocol):
    """What the product may ask of live media; messages are LiveKit's own."""

    async def create_room(self, request: room.CreateRoomRequest) -> models.Room:
        """Open the room, or return the one that is open."""

    async def list_rooms(self, names: Sequence[str] = ()) -> list[models.Room]:
        """Return the live rooms, all or those named."""

    async def delete_room(self, name: str) -> None:
        """Close the room and send everybody away; raises LiveRoomNotFoundError."""

    async def list_participants(self, name: str) -> list[models.ParticipantInfo]:
        """Return who is in the room; empty when there is no such room."""

    async def list_qualities(self, name: str, /) -> Mapping[str, models.ConnectionQuality]:
        """Return what connections in the room are called, by sid; not measured: not there."""

    async def get_participant(self, name: str, identity: str) -> models.ParticipantInfo:
        """Return one participant; raises ParticipantNotFoundError."""

    async def remove_participant(self, name: str, identity: str) -> None:
        """Send one participant away; raises ParticipantNotFoundError."""

    async def update_participant(
        self, request: room.UpdateParticipantRequest
    ) -> models.ParticipantInfo:
        """Change profile and permission at once; raises ParticipantNotFoundError."""

    async def update_subscriptions(self, request: room.UpdateSubscriptionsRequest) -> None:
        """Subscribe somebody to tracks, or end that; raises ParticipantNotFoundError."""

    async def update_room_metadata(self, name: str, metadata: str) -> models.Room:
        """Change what everybody in a room reads of it; raises LiveRoomNotFoundError."""

    async def mute_published_track(
        self, name: str, identity: str, track_sid: str, *, muted: bool
    ) -> models.TrackInfo:
        """Mute a track for everybody; raises TrackNotFoundError."""

    async def send_data(self, request: room.SendDataRequest) -> None:
        """Send a data packet from the server; raises LiveRoomNotFoundError."""

    async def send_text(self, stream: TextStream) -> None:
        """Send a text stream from the server to all inside; raises LiveRoomNotFoundError."""

    async def perform_rpc(self, request: room.PerformRpcRequest) -> str:
        """Call a method at a participant; raises CallFailedError, ParticipantNotFoundError."""

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener with every event until the returned function is called."""
