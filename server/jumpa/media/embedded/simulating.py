"""Scenarios by which clients try their own ways of coming back (LiveKit SimulateScenario)."""

from livekit.protocol import models, rtc

from jumpa.media.embedded.participants import Break, LiveParticipant
from jumpa.media.embedded.rooms import LiveRoom

_LOUD = 0.9
_LONGEST_SPEECH_S = 60

_BREAKS = {
    "disconnect_signal_on_resume": Break.AFTER_RECONNECT,
    "disconnect_signal_on_resume_no_messages": Break.BEFORE_ANYTHING,
}


def simulate(room: LiveRoom, participant: LiveParticipant, scenario: rtc.SimulateScenario) -> None:
    """Play a scenario for one participant; those that are not known are passed over."""
    kind = scenario.WhichOneof("scenario") or ""
    if kind in {"node_failure", "migration"}:
        # What a server does that dies: nothing is said.
        room.remove(participant, models.DisconnectReason.SIGNAL_CLOSE, None)
    elif kind in {"server_leave", "leave_request_full_reconnect"}:
        action = rtc.LeaveRequest.Action.RECONNECT
        room.remove(participant, models.DisconnectReason.SERVER_SHUTDOWN, action)
    elif kind == "speaker_update":
        _speak(room, participant, min(max(scenario.speaker_update, 0), _LONGEST_SPEECH_S))
    elif kind in _BREAKS:
        participant.next_break = _BREAKS[kind]


def _speak(room: LiveRoom, participant: LiveParticipant, seconds: int) -> None:
    """Let everybody believe that the participant speaks for so many seconds."""
    if participant.is_hidden:
        return

    def tell(level: float, *, active: bool) -> None:
        speaker = models.SpeakerInfo(sid=participant.sid, level=level, active=active)
        changed = rtc.SpeakersChanged(speakers=[speaker])
        room.broadcast(rtc.SignalResponse(speakers_changed=changed))

    tell(_LOUD, active=True)
    room.ports.call_later(seconds, lambda: tell(0, active=False))
