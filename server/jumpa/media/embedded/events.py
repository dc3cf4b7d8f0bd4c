"""Follows the SFU's events: each goes to the room and the participant that it is about."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from livekit.protocol import models, rtc

from jumpa.media.embedded import (
    backing,
    connections,
    publishing,
    recalling,
    sfu_pb2,
    speaking,
    subscribing,
)
from jumpa.media.embedded.directory import Directory
from jumpa.media.embedded.participants import LiveParticipant
from jumpa.media.embedded.rooms import LiveRoom
from jumpa.media.embedded.tracks import is_backup, shown_sid
from jumpa.media.engine import TextReceived

logger = logging.getLogger(__name__)

_Action = rtc.LeaveRequest.Action
_Reason = models.DisconnectReason
_Error = models.SubscriptionError


def follow(directory: Directory, event: sfu_pb2.Event) -> None:
    """Follow one event; what it is about may be gone by now."""
    kind = event.WhichOneof("event")
    if kind == "speakers_changed":
        _speakers_changed(directory, event.speakers_changed)
        return
    handler = _HANDLERS.get(kind or "")
    if handler is None:
        return
    message = getattr(event, str(kind))
    found = directory.find_participant(message.participant_sid)
    if found is not None:
        handler(*found, message)


def _publisher_answer(
    room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.PublisherAnswer
) -> None:
    if message.mid_to_track_sid:
        room.flush()
    answer = rtc.SessionDescription(
        type="answer", sdp=message.sdp, id=message.id, mid_to_track_id=message.mid_to_track_sid
    )
    participant.send(rtc.SignalResponse(answer=answer))


def _subscriber_offer(
    room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.SubscriberOffer
) -> None:
    # The first offer has no tracks of others, and nothing of a join takes the client longer.
    if participant.is_active:
        room.flush()
    offer = rtc.SessionDescription(type="offer", sdp=message.sdp, id=message.id)
    participant.offer(rtc.SignalResponse(offer=offer))


def _media_sections_required(
    room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.MediaSectionsRequired
) -> None:
    room.flush()
    requirement = rtc.MediaSectionsRequirement(num_audios=message.audios, num_videos=message.videos)
    participant.send(rtc.SignalResponse(media_sections_requirement=requirement))


def _connected(room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.Connected) -> None:
    if message.target == sfu_pb2.TARGET_PUBLISHER:
        subscribing.uplink_is_up(room, participant)
    if message.target == participant.primary_target and room.activate(participant):
        connections.tell_all_to(room, participant)
        subscribing.begin(room, participant)


def _participant_failed(
    room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.ParticipantFailed
) -> None:
    logger.warning("participant %s failed: %s", participant.sid, message.code)
    if message.reason == sfu_pb2.ParticipantFailed.REASON_BAD_INPUT:
        room.remove(participant, _Reason.STATE_MISMATCH, _Action.DISCONNECT)
    else:
        room.remove(participant, _Reason.MEDIA_FAILURE, _Action.RECONNECT)


def _refused(room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.Refused) -> None:
    logger.warning(
        "the media process refused a command for participant %s, track %s: %s",
        participant.sid,
        message.track_sid or "none",
        message.code,
    )
    if message.code == "codec_unsupported" and not backing.cannot_decode(
        room, participant, message.track_sid
    ):
        sid = shown_sid(message.track_sid)
        subscribing.refuse(participant, sid, _Error.SE_CODEC_UNSUPPORTED)
    if message.code == "bad_sdp":
        # Without an answer the client would wait in vain.
        room.remove(participant, _Reason.STATE_MISMATCH, _Action.DISCONNECT)


def _track_negotiated(
    room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.TrackNegotiated
) -> None:
    track = participant.tracks.get(shown_sid(message.track_sid))
    if track is not None:
        part = backing if is_backup(message.track_sid) else publishing
        part.negotiated(room, track, message.mid, message.mime_type)


def _track_started(
    room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.TrackStarted
) -> None:
    track = participant.tracks.get(shown_sid(message.track_sid))
    if track is not None:
        part = backing if is_backup(message.track_sid) else publishing
        part.started(room, track, message)


def _track_ended(room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.TrackEnded) -> None:
    track = participant.tracks.get(shown_sid(message.track_sid))
    if track is None:
        return
    if is_backup(message.track_sid):
        backing.ended(room, track)
    else:
        publishing.remove_track(room, track, tell_sfu=False)


def _subscription_started(
    room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.SubscriptionStarted
) -> None:
    track = room.tracks.get(shown_sid(message.track_sid))
    if track is not None:
        subscribing.started(room, participant, track)


def _stream_paused(
    room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.StreamPaused
) -> None:
    track = room.tracks.get(shown_sid(message.track_sid))
    if track is not None:
        subscribing.paused(room, participant, track)


def _data_received(
    room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.DataReceived
) -> None:
    if participant.calls.take(message.packet):
        return
    stream = participant.texts.take(message.packet)
    if stream is not None:
        room.ports.emit(TextReceived(stream, participant.sid))


def _path_measured(
    room: LiveRoom, participant: LiveParticipant, message: sfu_pb2.PathMeasured
) -> None:
    if any(track.is_held_small for track in participant.tracks.values()):
        message.layers_missing = 0
    if participant.connection.take(message):
        connections.tell(room, participant)
    if message.is_silent:
        recalling.recall(room, participant)


def _layers_wanted(room: LiveRoom, _: LiveParticipant, message: sfu_pb2.LayersWanted) -> None:
    backing.layers_wanted(room, message.track_sid, message.layers)


_HANDLERS: dict[str, Callable[[LiveRoom, LiveParticipant, Any], None]] = {
    "publisher_answer": _publisher_answer,
    "subscriber_offer": _subscriber_offer,
    "media_sections_required": _media_sections_required,
    "connected": _connected,
    "participant_failed": _participant_failed,
    "refused": _refused,
    "track_negotiated": _track_negotiated,
    "track_started": _track_started,
    "track_ended": _track_ended,
    "subscription_started": _subscription_started,
    "stream_paused": _stream_paused,
    "data_received": _data_received,
    "path_measured": _path_measured,
    "layers_wanted": _layers_wanted,
}


def _speakers_changed(directory: Directory, message: sfu_pb2.SpeakersChanged) -> None:
    room = directory.find_room_by_sid(message.room_sid)
    if room is None:
        return
    speaking.changed(
        room,
        [
            models.SpeakerInfo(
                sid=speaker.participant_sid, level=speaker.level, active=speaker.active
            )
            for speaker in message.speakers
        ],
    )
