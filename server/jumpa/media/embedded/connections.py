"""Who is told how good whose connection is."""

from collections.abc import Iterable

from livekit.protocol import rtc

from jumpa.media.embedded.participants import LiveParticipant
from jumpa.media.embedded.rooms import LiveRoom


def tell(room: LiveRoom, participant: LiveParticipant) -> None:
    """Tell everybody how good somebody's connection is, together with what else is measured soon.

    All who come together are measured together: one by one they would be told of by as many
    messages as there are pairs of people.
    """
    if participant.is_hidden:
        return
    room.measured[participant.sid] = participant
    if room.measured_call is None:
        delay_s = room.ports.config.timings.quality_batch_s
        room.measured_call = room.ports.call_later(delay_s, lambda: _tell_measured(room))


def tell_all_to(room: LiveRoom, participant: LiveParticipant) -> None:
    """Tell somebody who has just come how good every connection is."""
    known = [
        other
        for other in room.participants.values()
        if other.connection.score is not None and not other.is_hidden
    ]
    if known:
        participant.send(_message(known))


def _tell_measured(room: LiveRoom) -> None:
    room.measured_call = None
    measured = [participant for participant in room.measured.values() if not participant.has_left]
    room.measured.clear()
    if measured:
        room.broadcast(_message(measured), spare_held=True)


def _message(participants: Iterable[LiveParticipant]) -> rtc.SignalResponse:
    updates = [participant.connection.info(participant.sid) for participant in participants]
    return rtc.SignalResponse(connection_quality=rtc.ConnectionQualityUpdate(updates=updates))
