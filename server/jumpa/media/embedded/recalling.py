"""Asks a client whose media has fallen silent to come back at once by a new way (ICE restart)."""

from livekit.protocol import models, rtc

from jumpa.media.embedded.participants import LiveParticipant
from jumpa.media.embedded.rooms import LiveRoom

# From this protocol on clients read what a Leave wants of them; older ones would join anew.
_READS_ACTIONS = 13


def recall(room: LiveRoom, participant: LiveParticipant) -> None:
    """Ask for a resume over the signal connection, which may well be alive."""
    if not participant.is_active or participant.leaving is not None:
        return
    if participant.options.protocol < _READS_ACTIONS:
        return
    if participant.patience.is_due(room.ports.clock()):
        leave = rtc.LeaveRequest(
            reason=models.DisconnectReason.MEDIA_FAILURE,
            action=rtc.LeaveRequest.Action.RESUME,
            can_reconnect=True,
        )
        participant.send(rtc.SignalResponse(leave=leave))
