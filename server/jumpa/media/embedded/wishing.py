"""What the SFU is told to send whom of a track, and publishers of what is wanted."""

from livekit.protocol import models, rtc

from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.participants import LiveParticipant
from jumpa.media.embedded.rooms import LiveRoom
from jumpa.media.embedded.tracks import LiveTrack, codec_name

_QUALITIES = (models.VideoQuality.LOW, models.VideoQuality.MEDIUM, models.VideoQuality.HIGH)


def subscribe(room: LiveRoom, participant: LiveParticipant, track: LiveTrack) -> None:
    """Let the encoding flow that somebody can decode; one that is not there yet follows."""
    sid = _encoding_for(participant, track)
    if sid is None:
        return
    command = sfu_pb2.Subscribe(participant_sid=participant.sid, track_sid=sid)
    room.ports.send(sfu_pb2.Command(subscribe=command))
    if track.sid in participant.settings:
        set_layer(room, participant, track)


def unsubscribe(room: LiveRoom, participant: LiveParticipant, track: LiveTrack) -> None:
    """Stop the encoding that somebody receives."""
    sid = _encoding_for(participant, track)
    if sid is not None:
        command = sfu_pb2.Unsubscribe(participant_sid=participant.sid, track_sid=sid)
        room.ports.send(sfu_pb2.Command(unsubscribe=command))


def set_layer(room: LiveRoom, participant: LiveParticipant, track: LiveTrack) -> None:
    """Pass on what somebody's element shows."""
    sid = _encoding_for(participant, track)
    if sid is not None:
        settings = sfu_pb2.SetTrackSettings()
        settings.CopyFrom(participant.settings[track.sid])
        settings.track_sid = sid
        room.ports.send(sfu_pb2.Command(set_track_settings=settings))


def tell_layers(publisher: LiveParticipant, track: LiveTrack) -> None:
    """Tell a publisher how many layers, from the smallest up, somebody wants (dynacast)."""
    qualities = _qualities(track.layers)
    codecs = [rtc.SubscribedCodec(codec=codec_name(track.info), qualities=qualities)]
    if track.unable or track.backup is not None:
        backup = _qualities(track.backup_layers if track.unable else 0)
        codecs.append(rtc.SubscribedCodec(codec=track.backup_codec, qualities=backup))
    update = rtc.SubscribedQualityUpdate(
        track_sid=track.sid, subscribed_qualities=qualities, subscribed_codecs=codecs
    )
    publisher.send(rtc.SignalResponse(subscribed_quality_update=update))


def _encoding_for(participant: LiveParticipant, track: LiveTrack) -> str | None:
    if participant.sid not in track.unable:
        return track.sid
    has_backup = track.backup is not None and track.backup.negotiated
    return track.backup.sid if track.backup is not None and has_backup else None


def _qualities(layers: int) -> list[rtc.SubscribedQuality]:
    return [
        rtc.SubscribedQuality(quality=quality, enabled=index < layers)
        for index, quality in enumerate(_QUALITIES)
    ]
