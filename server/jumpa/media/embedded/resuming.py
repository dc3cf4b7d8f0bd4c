"""Whoever loses the signal connection keeps their place for a while; the others hear nothing."""

from __future__ import annotations

from datetime import timedelta

from livekit.protocol import models, rtc

from jumpa.media.embedded import (
    batching,
    connections,
    permitting,
    sfu_pb2,
    speaking,
    subscribing,
    wishing,
)
from jumpa.media.embedded.participants import Break, LiveParticipant, SignalSink
from jumpa.media.embedded.rooms import LiveRoom
from jumpa.media.embedded.server_info import server_info

# A call that comes so much later than it was asked for comes to a process that was not running.
_STALL_S = 2.0


def detach(room: LiveRoom, participant: LiveParticipant) -> None:
    """Wait for the participant to come back; remove it when it does not."""
    if participant.has_left or participant.leaving is not None:
        return
    participant.signal.close()
    timeout_s = room.ports.config.timings.resume_timeout_s
    if timeout_s <= 0:
        _give_up(room, participant)
        return
    _wait(room, participant, timeout_s)


def _wait(room: LiveRoom, participant: LiveParticipant, wait_s: float) -> None:
    due = room.ports.clock() + timedelta(seconds=wait_s)

    def end() -> None:
        late_s = (room.ports.clock() - due).total_seconds()
        if late_s > _STALL_S:
            # The process stood still, and whoever wanted to come back could not.
            _wait(room, participant, min(late_s, room.ports.config.timings.resume_timeout_s))
        else:
            _give_up(room, participant)

    participant.leaving = room.ports.call_later(wait_s, end)


def resume(room: LiveRoom, participant: LiveParticipant, signal: SignalSink, token: str) -> None:
    """Go on over another signal connection: everything that may have been missed is told."""
    if participant.leaving is not None:
        participant.leaving.cancel()
        participant.leaving = None
    # The old connection may not have noticed yet that it is dead.
    participant.signal.close()
    participant.signal = signal
    broken, participant.next_break = participant.next_break, None
    if broken is Break.BEFORE_ANYTHING:
        detach(room, participant)
        return
    reconnect = rtc.ReconnectResponse(
        client_configuration=models.ClientConfiguration(), server_info=server_info()
    )
    participant.send(rtc.SignalResponse(reconnect=reconnect))
    if broken is Break.AFTER_RECONNECT:
        detach(room, participant)
        return
    present = [p.info() for p in room.participants.values() if room.is_known(p) or p is participant]
    # Who left comes first: the same identity may be here again.
    for update in batching.updates([*room.departed(), *present]):
        participant.send(update)
    participant.send(rtc.SignalResponse(room_update=rtc.RoomUpdate(room=room.info())))
    connections.tell_all_to(room, participant)
    speaking.tell_all_to(room, participant)
    subscribing.tell_streams(room, participant, participant.streams)
    for permission in permitting.permissions(room, participant):
        participant.send(permission)
    for track in participant.tracks.values():
        if track.has_been_subscribed and track.info.type == models.TrackType.VIDEO:
            wishing.tell_layers(participant, track)
    participant.send(rtc.SignalResponse(refresh_token=token))
    restart = sfu_pb2.RestartIce(participant_sid=participant.sid)
    room.ports.send(sfu_pb2.Command(restart_ice=restart))


def _give_up(room: LiveRoom, participant: LiveParticipant) -> None:
    room.remove(participant, models.DisconnectReason.SIGNAL_CLOSE, None)
