"""Live participants: who is in a room, over which signal connection, with which permission."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from livekit.protocol import models, rtc

from jumpa.media.access import Claims
from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.calling import Calls
from jumpa.media.embedded.hearing import TextReader
from jumpa.media.embedded.patience import Patience
from jumpa.media.embedded.ports import Cancellable
from jumpa.media.embedded.quality import ConnectionScore
from jumpa.media.embedded.tracks import LiveTrack

_KINDS = {name.lower(): name for name, _ in models.ParticipantInfo.Kind.items()}
_DEPENDENT = ("agent", "egress")
_SOURCES = {name.lower(): number for name, number in models.TrackSource.items()}


# By identity or sid: the tracks that somebody may subscribe to, or None for all.
Permitted = dict[str, frozenset[str] | None]


class SignalSink(Protocol):
    """Where messages to one client go; never blocks and never raises."""

    def send(self, message: bytes) -> None:
        """Queue a serialised SignalResponse."""

    def close(self) -> None:
        """Close the connection once everything queued has been written."""


class Break(Enum):
    """Where the next resume of a participant breaks off."""

    AFTER_RECONNECT = "after_reconnect"
    BEFORE_ANYTHING = "before_anything"


class Uplink(Enum):
    """The connection on which a participant sends."""

    ABSENT = "absent"
    COMING = "coming"
    UP = "up"


@dataclass(frozen=True, slots=True)
class JoinOptions:
    """What a client asks for when it joins; `is_single` is one connection for both directions."""

    auto_subscribe: bool = True
    protocol: int = 0
    client_protocol: int = 0
    sdk: str = ""
    is_firefox: bool = False
    is_single: bool = False


@dataclass(slots=True, eq=False)
class LiveParticipant:
    """One connection of one identity to one room; `version` grows with every announcement.

    While the signal connection is lost, `leaving` is the end that waits. `permitted` says who may
    subscribe to this participant's tracks, None that everybody may. `streams` is what it was told
    of the videos that it receives. `after_offer` waits for the first offer to have been sent, and
    `beginning` is when it is offered the tracks of others at the latest.
    """

    sid: str
    claims: Claims
    options: JoinOptions
    signal: SignalSink
    joined_at: datetime
    name: str
    metadata: str
    attributes: dict[str, str]
    state: models.ParticipantInfo.State = models.ParticipantInfo.State.JOINING
    version: int = 0
    disconnect_reason: models.DisconnectReason = models.DisconnectReason.UNKNOWN_REASON
    tracks: dict[str, LiveTrack] = field(default_factory=dict)
    wanted: dict[str, bool] = field(default_factory=dict)
    settings: dict[str, sfu_pb2.SetTrackSettings] = field(default_factory=dict)
    streams: dict[str, rtc.StreamState] = field(default_factory=dict)
    candidates: int = 0
    is_held: bool = False
    connection: ConnectionScore = field(default_factory=ConnectionScore)
    patience: Patience = field(default_factory=Patience)
    leaving: Cancellable | None = None
    next_break: Break | None = None
    permitted: Permitted | None = None
    after_offer: list[rtc.SignalResponse] = field(default_factory=list)
    uplink: Uplink = Uplink.ABSENT
    beginning: Cancellable | None = None
    texts: TextReader = field(init=False)
    calls: Calls = field(default_factory=Calls)

    def __post_init__(self) -> None:
        """Begin to read what this participant says."""
        self.texts = TextReader(self.claims.video.room, self.identity)

    @property
    def identity(self) -> str:
        """Unique in the room."""
        return self.claims.identity

    @property
    def is_hidden(self) -> bool:
        """Whether the others must not hear of this participant."""
        return self.claims.video.hidden

    @property
    def is_dependent(self) -> bool:
        """Whether this is somebody who is here only for the others."""
        return self.claims.kind.lower() in _DEPENDENT

    @property
    def is_active(self) -> bool:
        """Whether the media connection is up."""
        return self.state == models.ParticipantInfo.State.ACTIVE

    @property
    def has_left(self) -> bool:
        """Whether nothing more may be done in this participant's name."""
        return self.state == models.ParticipantInfo.State.DISCONNECTED

    @property
    def primary_target(self) -> int:
        """The peer connection that makes the participant active."""
        if self.has_subscriber_connection:
            return sfu_pb2.TARGET_SUBSCRIBER
        return sfu_pb2.TARGET_PUBLISHER

    @property
    def has_subscriber_connection(self) -> bool:
        """Whether it receives over a connection of its own."""
        return self.claims.video.may_subscribe and not self.options.is_single

    def may_publish(self, source: int) -> bool:
        """Whether the token lets this participant publish from this source."""
        grants = self.claims.video
        if not grants.may_publish or grants.hidden:
            return False
        allowed = {_SOURCES.get(name.lower(), -1) for name in grants.can_publish_sources}
        return not allowed or source in allowed

    def permits(self, subscriber: LiveParticipant, track_sid: str) -> bool:
        """Whether this participant lets another subscribe to one of its tracks."""
        if self.permitted is None:
            return True
        names = (subscriber.identity, subscriber.sid)
        found = [self.permitted[name] for name in names if name in self.permitted]
        return any(tracks is None or track_sid in tracks for tracks in found)

    def permission(self) -> models.ParticipantPermission:
        """Return LiveKit's permission message."""
        grants = self.claims.video
        return models.ParticipantPermission(
            can_subscribe=grants.may_subscribe,
            can_publish=grants.may_publish,
            can_publish_data=grants.may_publish_data,
            can_publish_sources=[
                name.upper() for name in grants.can_publish_sources if name.lower() in _SOURCES
            ],
            hidden=grants.hidden,
            recorder=grants.recorder,
            agent=grants.agent,
            can_update_metadata=grants.may_update_own_metadata,
        )

    def info(self) -> models.ParticipantInfo:
        """Return what everybody in the room may read."""
        published = [track.info for track in self.tracks.values() if track.negotiated]
        return models.ParticipantInfo(
            sid=self.sid,
            identity=self.identity,
            state=self.state,
            tracks=published,
            metadata=self.metadata,
            joined_at=int(self.joined_at.timestamp()),
            joined_at_ms=int(self.joined_at.timestamp() * 1000),
            name=self.name,
            version=self.version,
            permission=self.permission(),
            is_publisher=bool(published),
            kind=_KINDS.get(self.claims.kind.lower(), "STANDARD"),
            attributes=self.attributes,
            disconnect_reason=self.disconnect_reason,
            client_protocol=self.options.client_protocol,
        )

    def send(self, message: rtc.SignalResponse) -> None:
        """Send one message to this client."""
        self.signal.send(message.SerializeToString())

    def offer(self, message: rtc.SignalResponse) -> None:
        """Send an offer of the server, and what waits for the first one."""
        self.send(message)
        self.release()

    def release(self) -> None:
        """Send what waits for the first offer."""
        for waiting in self.after_offer:
            self.send(waiting)
        self.after_offer.clear()
