"""Scenarios by which clients try their own ways of coming back (LiveKit SimulateScenario)."""

from livekit.protocol import models, rtc

from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.participants import Break, LiveParticipant
from jumpa.media.embedded.rooms import LiveRoom

_LOUD = 0.9
_LONGEST_SPEECH_S = 60
_BITS = 8
_MOST_BY_TCP = 256

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
    elif kind == "subscriber_bandwidth":
        _narrow(room, participant, scenario.subscriber_bandwidth)
    elif kind == "switch_candidate_protocol":
        _switch(room, participant, scenario.switch_candidate_protocol)
    elif kind in _BREAKS:
        participant.next_break = _BREAKS[kind]


def _narrow(room: LiveRoom, participant: LiveParticipant, bits_per_s: int) -> None:
    """Send no more than this until 0 is asked for; less than a byte a second is that."""
    if bits_per_s < 0:
        return
    rate = max(1, bits_per_s // _BITS) if bits_per_s else 0
    limit = sfu_pb2.LimitBandwidth(participant_sid=participant.sid, bytes_per_s=rate)
    room.ports.send(sfu_pb2.Command(limit_bandwidth=limit))


def _switch(room: LiveRoom, participant: LiveParticipant, protocol: int) -> None:
    """Let the participant come again by UDP or by TCP alone; there is nothing else."""
    has_tcp = room.ports.config.tcp_port is not None
    if protocol == rtc.CandidateProtocol.UDP:
        room.by_tcp.discard(participant.identity)
    elif protocol == rtc.CandidateProtocol.TCP and has_tcp and len(room.by_tcp) < _MOST_BY_TCP:
        room.by_tcp.add(participant.identity)
    else:
        refused = rtc.RequestResponse(
            reason=rtc.RequestResponse.Reason.UNSUPPORTED_TYPE,
            message="media travels over UDP or TCP here as the server is set up, never over TLS",
        )
        participant.send(rtc.SignalResponse(request_response=refused))
        return
    action = rtc.LeaveRequest.Action.RECONNECT
    room.remove(participant, models.DisconnectReason.MIGRATION, action)


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
