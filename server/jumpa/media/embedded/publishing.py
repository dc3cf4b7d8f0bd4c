"""Publications: a track is announced, agreed on, started, muted and ended."""

from livekit.protocol import models, rtc

from jumpa.media.embedded import backing, permitting, sfu_pb2, subscribing
from jumpa.media.embedded.participants import LiveParticipant
from jumpa.media.embedded.rooms import LiveRoom
from jumpa.media.embedded.tracks import (
    LiveTrack,
    add_command,
    apply_negotiated,
    apply_started,
    backup_codec,
    copied,
    touch,
    track_info,
)
from jumpa.media.engine import TrackPublished
from jumpa.media.errors import (
    InvalidRequestError,
    NotPermittedError,
    TooManyTracksError,
    TrackNotFoundError,
)

_MEDIA = (models.TrackType.AUDIO, models.TrackType.VIDEO)
_KIND_OF = {
    models.TrackSource.CAMERA: models.TrackType.VIDEO,
    models.TrackSource.MICROPHONE: models.TrackType.AUDIO,
    models.TrackSource.SCREEN_SHARE: models.TrackType.VIDEO,
    models.TrackSource.SCREEN_SHARE_AUDIO: models.TrackType.AUDIO,
}
_MAX_LAYERS = 4
_MAX_CODECS = 8
_MAX_FEATURES = 16


def add_track(
    room: LiveRoom, participant: LiveParticipant, request: rtc.AddTrackRequest
) -> models.TrackInfo:
    """Accept a publication that an offer will follow; the same request twice is one track."""
    known = _known(participant, request)
    if known is not None and known.backup_codec and known.cid != request.cid:
        _check(room, participant, request)
        return backing.accept(room, known, request)
    if known is not None:
        return known.info
    _check(room, participant, request)
    sid = room.ports.new_sid("TR_")
    info = track_info(sid, request, room.ports.clock())
    track = LiveTrack(sid, request.cid, participant.sid, info, backup_codec=backup_codec(request))
    participant.tracks[sid] = track
    room.tracks[sid] = track
    room.ports.send(add_command(track, request))
    return info


def set_muted(room: LiveRoom, track: LiveTrack, *, muted: bool) -> None:
    """Mute or unmute a track for everybody."""
    if track.info.muted == muted:
        return
    track.info.muted = muted
    touch(track.info, room.ports.clock())
    for sid in _encodings(track):
        command = sfu_pb2.SetTrackMuted(
            participant_sid=track.publisher_sid, track_sid=sid, muted=muted
        )
        room.ports.send(sfu_pb2.Command(set_track_muted=command))
    if track.negotiated:
        room.announce(room.participants[track.publisher_sid])


def own_track(participant: LiveParticipant, track_sid: str) -> LiveTrack:
    """Return a track of this very participant; raises TrackNotFoundError."""
    track = participant.tracks.get(track_sid)
    if track is None:
        raise TrackNotFoundError
    return track


def negotiated(room: LiveRoom, track: LiveTrack, mid: str, mime_type: str) -> None:
    """The SFU has agreed with the publisher: the track can be subscribed to."""
    apply_negotiated(track.info, mid, mime_type)
    touch(track.info, room.ports.clock())
    publisher = room.participants[track.publisher_sid]
    is_new = not track.negotiated
    track.negotiated = True
    room.announce(publisher)
    if is_new:
        room.ports.emit(
            TrackPublished(
                room.name,
                room.sid,
                publisher.identity,
                track.sid,
                publisher.sid,
                copied(track.info),
            )
        )
        permitting.tell_of_new(room, track)
        subscribing.offer_to_all(room, track)


def started(room: LiveRoom, track: LiveTrack, event: sfu_pb2.TrackStarted) -> None:
    """Media of a layer has arrived: its publisher reads the SSRCs in its own update."""
    if apply_started(track.info, event):
        touch(track.info, room.ports.clock())
        if track.negotiated:
            room.announce(room.participants[track.publisher_sid])


def remove_track(room: LiveRoom, track: LiveTrack, *, tell_sfu: bool) -> None:
    """End a publication; `tell_sfu` unless the SFU has ended it itself."""
    publisher = room.participants[track.publisher_sid]
    room.drop_track(publisher, track)
    for sid in _encodings(track):
        if tell_sfu or sid != track.sid:
            command = sfu_pb2.RemoveTrack(participant_sid=publisher.sid, track_sid=sid)
            room.ports.send(sfu_pb2.Command(remove_track=command))
    unpublished = rtc.TrackUnpublishedResponse(track_sid=track.sid)
    publisher.send(rtc.SignalResponse(track_unpublished=unpublished))
    if track.negotiated:
        room.announce(publisher)


def _encodings(track: LiveTrack) -> list[str]:
    """What the SFU calls each encoding of the track."""
    return [track.sid] if track.backup is None else [track.sid, track.backup.sid]


def _known(participant: LiveParticipant, request: rtc.AddTrackRequest) -> LiveTrack | None:
    if request.sid in participant.tracks:
        return participant.tracks[request.sid]
    # A track that is agreed on may be about to end, while its successor is announced already.
    waiting = (t for t in participant.tracks.values() if not t.negotiated)
    return next((t for t in waiting if t.cid == request.cid), None)


def _check(room: LiveRoom, participant: LiveParticipant, request: rtc.AddTrackRequest) -> None:
    limits = room.ports.config.limits
    if not participant.may_publish(request.source):
        raise NotPermittedError("the token does not allow to publish this")
    is_restricted = bool(participant.claims.video.can_publish_sources)
    if is_restricted and _KIND_OF.get(request.source, request.type) != request.type:
        # Otherwise who may show but not speak would publish a microphone as a camera.
        raise NotPermittedError("the track's source does not fit audio or video")
    if len(participant.tracks) >= limits.tracks_per_participant:
        limit = limits.tracks_per_participant
        raise TooManyTracksError(f"a participant publishes at most {limit} tracks")
    if not request.cid or request.type not in _MEDIA:
        raise InvalidRequestError("a track needs a cid and is audio or video")
    texts = (request.cid, request.name, request.stream)
    if any(len(text) > limits.name_characters for text in texts):
        raise InvalidRequestError(f"names have at most {limits.name_characters} characters")
    if len(request.layers) > _MAX_LAYERS or len(request.simulcast_codecs) > _MAX_CODECS:
        raise InvalidRequestError("a track has at most 4 layers and 8 codecs")
    if len(request.audio_features) + len(request.packet_trailer_features) > _MAX_FEATURES:
        raise InvalidRequestError("a track has at most 16 features")
