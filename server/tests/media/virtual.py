"""A directory of live rooms without sockets: time and the media process are the test's own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from livekit.protocol import rtc

from jumpa.media.access import Claims, VideoGrants
from jumpa.media.embedded import events, sfu_pb2
from jumpa.media.embedded.directory import Directory
from jumpa.media.embedded.participants import JoinOptions
from jumpa.media.embedded.session import LiveSession
from jumpa.media.engine import EngineEvent

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@dataclass
class Call:
    """A call that the test makes when it wants that time to have come."""

    delay_s: float
    run: Callable[[], None]
    is_cancelled: bool = False

    def cancel(self) -> None:
        self.is_cancelled = True


@dataclass
class World:
    """Everything around a live room."""

    commands: list[sfu_pb2.Command] = field(default_factory=list)
    events: list[EngineEvent] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    def call_later(self, delay_s: float, run: Callable[[], None]) -> Call:
        call = Call(delay_s, run)
        self.calls.append(call)
        return call

    def elapse(self, delay_s: float) -> None:
        """Make every waiting call of at most this delay."""
        due = [call for call in self.calls if call.delay_s <= delay_s and not call.is_cancelled]
        self.calls = [call for call in self.calls if call not in due]
        for call in due:
            call.run()

    def told(self, kind: str) -> list[sfu_pb2.Command]:
        return [command for command in self.commands if command.WhichOneof("command") == kind]


@dataclass
class Sink:
    """A client that keeps what it is sent."""

    sent: list[rtc.SignalResponse] = field(default_factory=list)
    is_closed: bool = False

    def send(self, message: bytes) -> None:
        if not self.is_closed:
            self.sent.append(rtc.SignalResponse.FromString(message))

    def close(self) -> None:
        self.is_closed = True

    def kinds(self) -> list[str]:
        return [message.WhichOneof("message") or "" for message in self.sent]


def rejoin(directory: Directory, identity: str, sdk: str = "js") -> tuple[LiveSession, Sink]:
    sink = Sink()
    video = VideoGrants(room_join=True, room="tea")
    claims = Claims(identity=identity, video=video, refreshed=True)
    return directory.join(claims, JoinOptions(sdk=sdk), sink, "token"), sink


def join(directory: Directory, identity: str, **grants: object) -> tuple[LiveSession, Sink]:
    video = VideoGrants.model_validate({"roomJoin": True, "room": "tea", **grants})
    sink = Sink()
    claims = Claims(identity=identity, video=video)
    return directory.join(claims, JoinOptions(), sink, "token"), sink


def activate(
    directory: Directory,
    session: LiveSession,
    target: sfu_pb2.Target = sfu_pb2.TARGET_SUBSCRIBER,
) -> None:
    connected = sfu_pb2.Connected(participant_sid=session.participant.sid, target=target)
    events.follow(directory, sfu_pb2.Event(connected=connected))


def publish(directory: Directory, session: LiveSession, cid: str = "c") -> str:
    info = session.add_track(rtc.AddTrackRequest(cid=cid, type="VIDEO", source="CAMERA"))
    negotiated = sfu_pb2.TrackNegotiated(
        participant_sid=session.participant.sid, track_sid=info.sid, mid="1", mime_type="video/VP8"
    )
    events.follow(directory, sfu_pb2.Event(track_negotiated=negotiated))
    return info.sid
