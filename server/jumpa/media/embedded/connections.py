"""Who is told how good whose connection is."""

from collections.abc import Iterable

from livekit.protocol import rtc

from jumpa.media.embedded.participants import LiveParticipant
from jumpa.media.embedded.rooms import LiveRoom


def tell(room: LiveRoom, participant: LiveParticipant) -> None:
    """Tell everybody how good somebody's connection is."""
    if not participant.is_hidden:
        room.broadcast(_message([participant]), spare_held=True)


def tell_all_to(room: LiveRoom, participant: LiveParticipant) -> None:
    """Tell somebody who has just come how good every connection is."""
    known = [
        other
        for other in room.participants.values()
        if other.connection.score is not None and not other.is_hidden
    ]
    if known:
        participant.send(_message(known))


def _message(participants: Iterable[LiveParticipant]) -> rtc.SignalResponse:
    updates = [participant.connection.info(participant.sid) for participant in participants]
    return rtc.SignalResponse(connection_quality=rtc.ConnectionQualityUpdate(updates=updates))
