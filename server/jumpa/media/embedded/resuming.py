"""Whoever loses the signal connection keeps their place for a while; the others hear nothing."""

from __future__ import annotations

from livekit.protocol import models, rtc

from jumpa.media.embedded import batching, connections, sfu_pb2
from jumpa.media.embedded.participants import Break, LiveParticipant, SignalSink
from jumpa.media.embedded.rooms import LiveRoom
from jumpa.media.embedded.server_info import server_info


def detach(room: LiveRoom, participant: LiveParticipant) -> None:
    """Wait for the participant to come back; remove it when it does not."""
    if participant.has_left or participant.leaving is not None:
        return
    participant.signal.close()
    timeout_s = room.ports.config.timings.resume_timeout_s
    if timeout_s <= 0:
        _give_up(room, participant)
        return
    participant.leaving = room.ports.call_later(timeout_s, lambda: _give_up(room, participant))


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
    present = [p.info() for p in room.participants.values() if not p.is_hidden or p is participant]
    # Who left comes first: the same identity may be here again.
    for update in batching.updates([*room.departed(), *present]):
        participant.send(update)
    participant.send(rtc.SignalResponse(room_update=rtc.RoomUpdate(room=room.info())))
    connections.tell_all_to(room, participant)
    participant.send(rtc.SignalResponse(refresh_token=token))
    restart = sfu_pb2.RestartIce(participant_sid=participant.sid)
    room.ports.send(sfu_pb2.Command(restart_ice=restart))


def _give_up(room: LiveRoom, participant: LiveParticipant) -> None:
    room.remove(participant, models.DisconnectReason.SIGNAL_CLOSE, None)
