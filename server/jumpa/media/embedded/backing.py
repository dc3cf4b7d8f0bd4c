"""Backup codecs: a second encoding of a track, for those who cannot decode the first.

To the SFU it is a track of its own; to clients both are one.
"""

from livekit.protocol import models, rtc

from jumpa.media.embedded import sfu_pb2, subscribing, wishing
from jumpa.media.embedded.participants import LiveParticipant
from jumpa.media.embedded.rooms import LiveRoom
from jumpa.media.embedded.tracks import (
    Backup,
    LiveTrack,
    add_command,
    apply_backup_started,
    backup_sid,
    is_backup,
    shown_sid,
    touch,
    wished_codec,
)
from jumpa.media.errors import InvalidRequestError


def accept(room: LiveRoom, track: LiveTrack, request: rtc.AddTrackRequest) -> models.TrackInfo:
    """Take the second encoding in; raises InvalidRequestError when it was not promised."""
    if track.backup is not None and track.backup.cid == request.cid:
        return track.info
    is_promised = track.backup_codec and wished_codec(request) == track.backup_codec
    if track.backup is not None or not is_promised:
        raise InvalidRequestError("the track has no such second encoding")
    track.backup = Backup(backup_sid(track.sid), request.cid)
    codec = track.info.codecs.add(cid=request.cid, layers=request.layers)
    codec.video_layer_mode = models.VideoLayer.Mode.ONE_SPATIAL_LAYER_PER_STREAM
    touch(track.info, room.ports.clock())
    command = add_command(track, request)
    command.add_track.MergeFrom(
        sfu_pb2.AddTrack(track_sid=track.backup.sid, cid=request.cid, shown_as=track.sid)
    )
    command.add_track.muted = track.info.muted
    room.ports.send(command)
    return track.info


def negotiated(room: LiveRoom, track: LiveTrack, mid: str, mime_type: str) -> None:
    """The SFU has agreed with the publisher: who waits for the second encoding gets it."""
    if track.backup is None:
        return
    track.backup.negotiated = True
    for codec in track.info.codecs[1:]:
        codec.mid, codec.mime_type = mid, mime_type
    touch(track.info, room.ports.clock())
    room.announce(room.participants[track.publisher_sid])
    for sid in sorted(track.unable & track.subscriber_sids):
        wishing.subscribe(room, room.participants[sid], track)


def started(room: LiveRoom, track: LiveTrack, event: sfu_pb2.TrackStarted) -> None:
    """Media of the second encoding has arrived."""
    if apply_backup_started(track.info, event):
        touch(track.info, room.ports.clock())
        room.announce(room.participants[track.publisher_sid])


def ended(room: LiveRoom, track: LiveTrack) -> None:
    """The publisher sends the second encoding no longer, and may begin it again."""
    track.backup = None
    del track.info.codecs[1:]
    touch(track.info, room.ports.clock())
    room.announce(room.participants[track.publisher_sid])


def cannot_decode(room: LiveRoom, participant: LiveParticipant, sid: str) -> bool:
    """Follow that somebody cannot decode an encoding; False when there is no other for it."""
    track = room.tracks.get(shown_sid(sid))
    if track is None or is_backup(sid) or not track.backup_codec:
        return False
    if participant.sid not in track.subscriber_sids or participant.sid in track.unable:
        return True
    wishing.unsubscribe(room, participant, track)
    track.unable.add(participant.sid)
    wishing.subscribe(room, participant, track)
    wishing.tell_layers(room.participants[track.publisher_sid], track)
    wait_s = room.ports.config.timings.backup_codec_s
    room.ports.call_later(wait_s, lambda: _expect(room, participant, track))
    return True


def _expect(room: LiveRoom, participant: LiveParticipant, track: LiveTrack) -> None:
    """Say that somebody will not see a track whose publisher has not kept its promise."""
    has_come = track.backup is not None and track.backup.negotiated
    waits = participant.sid in track.unable & track.subscriber_sids
    if waits and not has_come and track.sid in room.tracks:
        error = models.SubscriptionError.SE_CODEC_UNSUPPORTED
        subscribing.refuse(participant, track.sid, error)


def layers_wanted(room: LiveRoom, sid: str, layers: int) -> None:
    """Tell a publisher how many layers of an encoding are wanted."""
    track = room.tracks.get(shown_sid(sid))
    if track is None:
        return
    if is_backup(sid):
        track.backup_layers = layers
    else:
        track.layers = layers
    wishing.tell_layers(room.participants[track.publisher_sid], track)
