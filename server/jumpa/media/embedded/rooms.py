"""Live rooms: who is in, who hears of whom, and when a room is over."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from livekit.protocol import agent_dispatch, models, rtc

from jumpa.media.embedded import batching, sfu_pb2
from jumpa.media.embedded.counting import Counts, counts_of
from jumpa.media.embedded.participants import LiveParticipant
from jumpa.media.embedded.ports import Cancellable, Ports
from jumpa.media.embedded.quiet import Quiet
from jumpa.media.embedded.tracks import ENABLED_CODECS, LiveTrack, copied
from jumpa.media.engine import (
    ParticipantJoined,
    ParticipantLeft,
    RoomFinished,
    RoomStarted,
    TrackUnpublished,
)
from jumpa.media.errors import InvalidRequestError, RoomFullError

_State = models.ParticipantInfo.State
_DEPARTED = 500


@dataclass(slots=True)
class RoomOptions:
    """What may be chosen when a room is created; seconds, 0 = no limit of its own."""

    empty_timeout_s: float
    departure_timeout_s: float
    max_participants: int = 0
    metadata: str = ""
    agents: tuple[agent_dispatch.RoomAgentDispatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks now; `listeners` are those who have been told so."""

    info: models.SpeakerInfo
    listeners: set[str]


class LiveRoom:
    """One room while people talk."""

    def __init__(self, name: str, options: RoomOptions, ports: Ports) -> None:
        self.name = name
        self.sid = ports.new_sid("RM_")
        self.options = options
        self.ports = ports
        self.created_at = ports.clock()
        self.participants: dict[str, LiveParticipant] = {}
        self.tracks: dict[str, LiveTrack] = {}
        self.is_closed = False
        self.by_tcp: set[str] = set()
        self.speakers: dict[str, Speaker] = {}
        # Whose connection is called otherwise than the others know, until they are told.
        self.measured: dict[str, LiveParticipant] = {}
        self.measured_call: Cancellable | None = None
        self._departed: deque[tuple[datetime, models.ParticipantInfo]] = deque(maxlen=_DEPARTED)
        self._changed: dict[str, LiveParticipant] = {}
        self._quiet = Quiet()
        self._flush_call: Cancellable | None = None
        self._quiet_call: Cancellable | None = None
        self._close_call: Cancellable | None = None
        self._counts_call: Cancellable | None = None
        self._announced_counts = Counts()
        ports.emit(RoomStarted(name, self.sid, self.info(), options.agents))
        self._close_after(options.empty_timeout_s)

    def by_identity(self, identity: str) -> LiveParticipant | None:
        """Return the participant with this identity, if there is one."""
        return next((p for p in self.participants.values() if p.identity == identity), None)

    def info(self) -> models.Room:
        """Return LiveKit's Room message."""
        counts = counts_of(self.participants.values())
        return models.Room(
            sid=self.sid,
            name=self.name,
            empty_timeout=int(self.options.empty_timeout_s),
            departure_timeout=int(self.options.departure_timeout_s),
            max_participants=self.options.max_participants,
            creation_time=int(self.created_at.timestamp()),
            creation_time_ms=int(self.created_at.timestamp() * 1000),
            enabled_codecs=[models.Codec(mime=mime) for mime in ENABLED_CODECS],
            metadata=self.options.metadata,
            num_participants=counts.participants,
            num_publishers=counts.publishers,
            active_recording=counts.is_recorded,
        )

    def check_capacity(self, identity: str) -> None:
        """Raise RoomFullError when one more does not fit; a returning identity takes its place."""
        limit = self.ports.config.limits.participants_per_room
        if self.options.max_participants:
            limit = min(limit, self.options.max_participants)
        others = sum(p.identity != identity for p in self.participants.values())
        if others >= limit:
            raise RoomFullError(f"the room has as many participants as it may have ({limit})")

    def enter(self, participant: LiveParticipant) -> None:
        """Let the participant in; an older connection of the same identity is sent away."""
        self.check_capacity(participant.identity)
        older = self.by_identity(participant.identity)
        if older is not None:
            self.remove(older, models.DisconnectReason.DUPLICATE_IDENTITY)
        if self._close_call is not None and not participant.is_dependent:
            self._close_call.cancel()
            self._close_call = None
        self.participants[participant.sid] = participant

    def admit(self, participant: LiveParticipant) -> None:
        """Open the media side of a participant who has been told that it joined."""
        self.ports.send(
            sfu_pb2.Command(
                add_participant=sfu_pb2.AddParticipant(
                    room_sid=self.sid,
                    participant_sid=participant.sid,
                    identity=participant.identity,
                    name=participant.name,
                    permission=sfu_pb2.Permission(
                        can_publish=participant.claims.video.may_publish,
                        can_subscribe=participant.claims.video.may_subscribe,
                        can_publish_data=participant.claims.video.may_publish_data,
                    ),
                    hidden=participant.is_hidden,
                    stream_per_track=participant.options.is_firefox,
                    single_connection=participant.options.is_single,
                    tcp_only=participant.identity in self.by_tcp,
                )
            )
        )
        participant.state = _State.JOINED
        self.announce(participant)

    def activate(self, participant: LiveParticipant) -> bool:
        """Note that the media connection is up; False when it was already."""
        if participant.state != _State.JOINED:
            return False
        participant.state = _State.ACTIVE
        self.announce(participant)
        self.ports.emit(
            ParticipantJoined(
                self.name,
                self.sid,
                participant.identity,
                participant.sid,
                participant.name,
                participant.info(),
            )
        )
        return True

    def remove(
        self,
        participant: LiveParticipant,
        reason: models.DisconnectReason,
        action: rtc.LeaveRequest.Action | None = rtc.LeaveRequest.Action.DISCONNECT,
    ) -> None:
        """Take the participant out; `action` None closes without a Leave."""
        if participant.has_left:
            return
        was_active = participant.is_active
        participant.state = _State.DISCONNECTED
        if participant.leaving is not None:
            participant.leaving.cancel()
        participant.disconnect_reason = reason
        del self.participants[participant.sid]
        self.speakers.pop(participant.sid, None)
        for track in list(participant.tracks.values()):
            self.drop_track(participant, track)
        for track in self.tracks.values():
            track.subscriber_sids.discard(participant.sid)
            track.unable.discard(participant.sid)
        if action is not None:
            participant.send(rtc.SignalResponse(leave=leave_request(reason, action)))
        participant.signal.close()
        participant.calls.fail()
        self.ports.send(
            sfu_pb2.Command(
                remove_participant=sfu_pb2.RemoveParticipant(participant_sid=participant.sid)
            )
        )
        self.announce(participant)
        if not participant.is_hidden:
            self._departed.append((self.ports.clock(), participant.info()))
        self.ports.emit(
            ParticipantLeft(
                self.name,
                self.sid,
                participant.identity,
                participant.sid,
                reason,
                was_active=was_active,
                info=participant.info(),
            )
        )
        if self._is_left_alone(participant) and not self.is_closed:
            self._close_after(self.options.departure_timeout_s)

    def is_known(self, participant: LiveParticipant) -> bool:
        """Whether the others have been told of this participant, or are about to be."""
        return not participant.is_hidden and participant.sid not in self._quiet.waiting

    def departed(self) -> list[models.ParticipantInfo]:
        """Return who has left so lately that somebody who comes back may not know it."""
        timings = self.ports.config.timings
        unnoticed = timedelta(seconds=timings.ping_timeout_s + timings.resume_timeout_s)
        since = self.ports.clock() - unnoticed
        recent = [info for left_at, info in self._departed if left_at >= since]
        # Who was hidden for a while is here again.
        return [info for info in recent if not self._is_seen(info.sid)]

    def drop_track(self, publisher: LiveParticipant, track: LiveTrack) -> None:
        """Forget a track that has ended, and what was noted about it."""
        del publisher.tracks[track.sid]
        del self.tracks[track.sid]
        for participant in self.participants.values():
            participant.wanted.pop(track.sid, None)
            participant.settings.pop(track.sid, None)
            participant.streams.pop(track.sid, None)
        if track.negotiated:
            self.ports.emit(
                TrackUnpublished(
                    self.name,
                    self.sid,
                    publisher.identity,
                    track.sid,
                    publisher.sid,
                    copied(track.info),
                )
            )

    def remove_all(self, reason: models.DisconnectReason, action: rtc.LeaveRequest.Action) -> None:
        """Take everybody out."""
        for participant in list(self.participants.values()):
            self.remove(participant, reason, action)

    def close(self, reason: models.DisconnectReason = models.DisconnectReason.ROOM_CLOSED) -> None:
        """End the room for everybody."""
        if self.is_closed:
            return
        self.is_closed = True
        self.remove_all(reason, rtc.LeaveRequest.Action.DISCONNECT)
        calls = (self._close_call, self._flush_call, self._quiet_call, self._counts_call)
        for call in (*calls, self.measured_call):
            if call is not None:
                call.cancel()
        self.ports.send(sfu_pb2.Command(close_room=sfu_pb2.CloseRoom(room_sid=self.sid)))
        self.ports.emit(RoomFinished(self.name, self.sid, self.info()))

    def change_metadata(self, metadata: str) -> None:
        """Change what everybody reads of the room."""
        limit = self.ports.config.limits.metadata_bytes
        if len(metadata.encode()) > limit:
            raise InvalidRequestError(f"metadata has at most {limit} bytes")
        self.options.metadata = metadata
        self.broadcast(self._room_update(), spare_held=True)

    def announce(self, participant: LiveParticipant) -> None:
        """Tell everybody about a change, together with what else changes within a moment."""
        participant.version += 1
        if participant.is_hidden:
            self._tell_one(participant, participant.info())
            self._tell_counts()
            return
        if self._quiet.keeps_back(participant, is_crowded=self._is_crowded()):
            self._tell_one(participant, participant.info())
            self._tell_counts()
            if self._quiet_call is None:
                delay_s = self.ports.config.timings.quiet_visit_s
                self._quiet_call = self.ports.call_later(delay_s, self._tell_quiet)
            return
        self._changed[participant.sid] = participant
        if self._flush_call is None:
            delay_s = self.ports.config.timings.update_batch_s
            self._flush_call = self.ports.call_later(delay_s, self.flush)

    def conceal(self, participant: LiveParticipant) -> None:
        """Let the others know no better than that somebody has left, who is now hidden."""
        self._changed.pop(participant.sid, None)
        if self._quiet.forget(participant.sid):
            return
        info = participant.info()
        info.state = _State.DISCONNECTED
        self._departed.append((self.ports.clock(), info))
        self._tell_others(participant, info)

    def flush(self) -> None:
        """Send what has changed now; an offer must not arrive before its track is known."""
        if self._flush_call is not None:
            self._flush_call.cancel()
            self._flush_call = None
        if not self._changed:
            return
        changed = list(self._changed.values())
        self._changed.clear()
        if len(changed) == 1 and changed[0].version == 1:
            # Its own client is busy connecting, and knows already.
            self._tell_others(changed[0], changed[0].info())
        else:
            infos = [participant.info() for participant in changed]
            for update in batching.updates(infos):
                self.broadcast(update, spare_held=True)
            self._tell_held(infos)
        self._tell_counts()

    def release(self, participant: LiveParticipant) -> None:
        """Tell somebody who was held everything that has been kept back."""
        participant.is_held = False
        if participant.has_left:
            return
        others = [p.info() for p in self.participants.values() if self._is_seen_by(participant, p)]
        for update in batching.updates(others):
            participant.send(update)
        participant.send(self._room_update())

    def broadcast(self, message: rtc.SignalResponse, *, spare_held: bool = False) -> None:
        """Send one message to everybody who has been told that they joined."""
        contents = message.SerializeToString()
        for participant in self.participants.values():
            if participant.state != _State.JOINING and not (spare_held and participant.is_held):
                participant.signal.send(contents)

    def _tell_others(self, participant: LiveParticipant, info: models.ParticipantInfo) -> None:
        update = rtc.ParticipantUpdate(participants=[info])
        contents = rtc.SignalResponse(update=update).SerializeToString()
        for other in self.participants.values():
            if other is not participant and other.state != _State.JOINING and not other.is_held:
                other.signal.send(contents)

    def _tell_counts(self) -> None:
        """Tell soon how many are here, and at once whether somebody records."""
        counts = counts_of(self.participants.values())
        if counts.is_recorded != self._announced_counts.is_recorded:
            self._announce_counts()
        elif counts != self._announced_counts and self._counts_call is None:
            delay_s = self.ports.config.timings.counts_batch_s
            self._counts_call = self.ports.call_later(delay_s, self._announce_counts)

    def _announce_counts(self) -> None:
        if self._counts_call is not None:
            self._counts_call.cancel()
            self._counts_call = None
        counts = counts_of(self.participants.values())
        if counts != self._announced_counts:
            self._announced_counts = counts
            self.broadcast(self._room_update(), spare_held=True)

    def _tell_held(self, infos: list[models.ParticipantInfo]) -> None:
        """Who is held still reads about itself."""
        for info in infos:
            participant = self.participants.get(info.sid)
            if participant is not None and participant.is_held:
                self._tell_one(participant, info)

    def _tell_one(self, participant: LiveParticipant, info: models.ParticipantInfo) -> None:
        update = rtc.ParticipantUpdate(participants=[info])
        participant.send(rtc.SignalResponse(update=update))

    def _tell_quiet(self) -> None:
        """Tell of those who have come, have published nothing and are still here."""
        self._quiet_call = None
        self._changed.update({p.sid: p for p in self._quiet.release()})
        self.flush()

    def _is_crowded(self) -> bool:
        return len(self.participants) > self.ports.config.limits.promptly_announced

    def _room_update(self) -> rtc.SignalResponse:
        return rtc.SignalResponse(room_update=rtc.RoomUpdate(room=self.info()))

    def _is_seen(self, sid: str) -> bool:
        return sid in self.participants and not self.participants[sid].is_hidden

    def _is_seen_by(self, viewer: LiveParticipant, other: LiveParticipant) -> bool:
        return other is not viewer and self.is_known(other)

    def _is_left_alone(self, gone: LiveParticipant) -> bool:
        """Agents alone keep no room open, nor do they prolong its end when they go themselves."""
        if gone.is_dependent and self._close_call is not None:
            return False
        return all(participant.is_dependent for participant in self.participants.values())

    def _close_after(self, delay_s: float) -> None:
        if self._close_call is not None:
            self._close_call.cancel()
        self._close_call = self.ports.call_later(delay_s, self.close)


def leave_request(
    reason: models.DisconnectReason, action: rtc.LeaveRequest.Action
) -> rtc.LeaveRequest:
    """Return a Leave that old clients (`can_reconnect`) and new ones (`action`) understand."""
    return rtc.LeaveRequest(
        reason=reason,
        action=action,
        can_reconnect=action != rtc.LeaveRequest.Action.DISCONNECT,
    )
