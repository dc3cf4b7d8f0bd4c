"""Live tracks: what is published, and what others read about it."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from livekit.protocol import models, rtc

from jumpa.media.embedded import sfu_pb2

ENABLED_CODECS = (
    "audio/opus",
    "audio/red",
    "audio/PCMU",
    "video/VP8",
    "video/VP9",
    "video/H264",
    "video/AV1",
)
# By what clients call them when they announce a track.
_MIME_TYPES = {mime.rpartition("/")[2].lower(): mime for mime in ENABLED_CODECS}
_RID_BY_QUALITY = {
    models.VideoQuality.LOW: "q",
    models.VideoQuality.MEDIUM: "h",
    models.VideoQuality.HIGH: "f",
}
_SCREEN = (models.TrackSource.SCREEN_SHARE, models.TrackSource.SCREEN_SHARE_AUDIO)
_NOT_IN_MSID = re.compile(r"[^A-Za-z0-9_.{}-]")
_STREAM_CHARACTERS = 64


ALL_LAYERS = 3
_BACKUP = "~backup"


@dataclass(slots=True, eq=False)
class Backup:
    """The second encoding of a track; `negotiated` once the SFU has accepted its m-line."""

    sid: str
    cid: str
    negotiated: bool = False


@dataclass(slots=True, eq=False)
class LiveTrack:
    """One publication; `negotiated` once the SFU has accepted its m-line.

    `backup_codec` is what its publisher can send besides, empty when nothing; `unable` are those
    who need that. `layers` and `backup_layers` are how many of each somebody wants; `is_held_small`
    while its publisher has said that it sends fewer than it announced.
    """

    sid: str
    cid: str
    publisher_sid: str
    info: models.TrackInfo
    negotiated: bool = False
    subscriber_sids: set[str] = field(default_factory=set)
    has_been_subscribed: bool = False
    backup_codec: str = ""
    backup: Backup | None = None
    unable: set[str] = field(default_factory=set)
    layers: int = ALL_LAYERS
    backup_layers: int = ALL_LAYERS
    is_held_small: bool = False


def backup_sid(sid: str) -> str:
    """Return what the SFU calls the second encoding of a track."""
    return sid + _BACKUP


def is_backup(sid: str) -> bool:
    """Whether the SFU speaks of a second encoding."""
    return sid.endswith(_BACKUP)


def shown_sid(sid: str) -> str:
    """Return the sid of the track as clients know it."""
    return sid.removesuffix(_BACKUP)


def track_info(sid: str, request: rtc.AddTrackRequest, now: datetime) -> models.TrackInfo:
    """Return what everybody will read about the track; echoes the request (LiveKit TrackInfo)."""
    info = models.TrackInfo(
        sid=sid,
        type=request.type,
        name=request.name,
        muted=request.muted,
        width=request.width,
        height=request.height,
        simulcast=len(request.layers) > 1,
        disable_dtx=request.disable_dtx,
        source=request.source,
        layers=request.layers,
        stereo=request.stereo,
        disable_red=request.disable_red,
        encryption=request.encryption,
        stream=request.stream or ("screen_share" if request.source in _SCREEN else "camera"),
        audio_features=request.audio_features,
        backup_codec_policy=request.backup_codec_policy,
        packet_trailer_features=request.packet_trailer_features,
    )
    codec = info.codecs.add(cid=request.cid, layers=request.layers)
    codec.mime_type = _MIME_TYPES.get(wished_codec(request), "")
    codec.video_layer_mode = models.VideoLayer.Mode.ONE_SPATIAL_LAYER_PER_STREAM
    touch(info, now)
    return info


def copied(info: models.TrackInfo) -> models.TrackInfo:
    """Return what the track is now, for those who read it later."""
    kept = models.TrackInfo()
    kept.CopyFrom(info)
    return kept


def touch(info: models.TrackInfo, now: datetime) -> None:
    """Note the time of a change; readers drop what is older."""
    info.version.unix_micro = int(now.timestamp() * 1_000_000)


def add_command(track: LiveTrack, request: rtc.AddTrackRequest) -> sfu_pb2.Command:
    """Return the command that announces the track to the SFU."""
    features = set(request.audio_features)
    no_dtx = request.disable_dtx or models.AudioTrackFeature.TF_NO_DTX in features
    stereo = request.stereo or models.AudioTrackFeature.TF_STEREO in features
    # A second encoding is announced by some clients with nothing but its sid and codec.
    is_video = track.info.type == models.TrackType.VIDEO
    is_encrypted = track.info.encryption != models.Encryption.NONE
    return sfu_pb2.Command(
        add_track=sfu_pb2.AddTrack(
            participant_sid=track.publisher_sid,
            track_sid=track.sid,
            cid=track.cid,
            kind=sfu_pb2.KIND_VIDEO if is_video else sfu_pb2.KIND_AUDIO,
            stream=_NOT_IN_MSID.sub("_", track.info.stream)[:_STREAM_CHARACTERS],
            dtx=not is_video and not no_dtx,
            stereo=not is_video and stereo,
            muted=request.muted,
            codec=wished_codec(request),
            # Which packet repeats what is written where only its receivers can read it.
            no_red=request.disable_red or is_encrypted,
            encrypted=is_encrypted,
            is_screen=track.info.source == models.TrackSource.SCREEN_SHARE,
            layers=_layers(request) if is_video else (),
        )
    )


def wished_codec(request: rtc.AddTrackRequest) -> str:
    """Return the codec that the client names first; empty when it names none."""
    return next(iter(_codecs(request)), "")


def backup_codec(request: rtc.AddTrackRequest) -> str:
    """Return the codec that the client can send besides; empty when it names none."""
    return next(iter(_codecs(request)[1:]), "")


def _codecs(request: rtc.AddTrackRequest) -> list[str]:
    named = (codec.codec.rpartition("/")[2].lower() for codec in request.simulcast_codecs)
    return [name for name in named if name]


def _layers(request: rtc.AddTrackRequest) -> list[sfu_pb2.Layer]:
    layers = request.layers or [models.VideoLayer(width=request.width, height=request.height)]
    return [
        sfu_pb2.Layer(
            rid=layer.rid or (_RID_BY_QUALITY.get(layer.quality, "") if len(layers) > 1 else ""),
            width=layer.width,
            height=layer.height,
        )
        for layer in layers
    ]


def apply_negotiated(info: models.TrackInfo, mid: str, mime_type: str) -> None:
    """Write what the SFU agreed on with the publisher."""
    info.mid = mid
    info.mime_type = mime_type
    for codec in info.codecs[:1]:
        codec.mid, codec.mime_type = mid, mime_type


def codec_name(info: models.TrackInfo) -> str:
    """Return what dynacast calls the codec of a track."""
    return info.mime_type.rpartition("/")[2].lower()


def apply_started(info: models.TrackInfo, started: sfu_pb2.TrackStarted) -> bool:
    """Write a layer's SSRCs; False when the track has no such layer."""
    found = _write_started(info.layers, started)
    return any([found, *(_codec_started(codec, started) for codec in info.codecs[:1])])


def apply_backup_started(info: models.TrackInfo, started: sfu_pb2.TrackStarted) -> bool:
    """Write the SSRCs of a layer of the second encoding; False when it has no such layer."""
    return any(_codec_started(codec, started) for codec in info.codecs[1:])


def _codec_started(codec: models.SimulcastCodecInfo, started: sfu_pb2.TrackStarted) -> bool:
    if _has_all_sizes(started, codec.layers):
        codec.video_layer_mode = models.VideoLayer.Mode.MULTIPLE_SPATIAL_LAYERS_PER_STREAM
    return _write_started(codec.layers, started)


def _has_all_sizes(started: sfu_pb2.TrackStarted, layers: Collection[models.VideoLayer]) -> bool:
    """Whether one stream carries several sizes (scalable video)."""
    return not started.rid and len(layers) > 1


def _size(layer: models.VideoLayer) -> tuple[int, int]:
    """Clients list the sizes of one stream from the largest down, those of several upwards."""
    return layer.height, layer.quality


def _write_started(layers: Collection[models.VideoLayer], started: sfu_pb2.TrackStarted) -> bool:
    found = False
    for spatial_layer, layer in enumerate(sorted(layers, key=_size)):
        rid = layer.rid or (_RID_BY_QUALITY.get(layer.quality, "") if len(layers) > 1 else "")
        if rid == started.rid or _has_all_sizes(started, layers):
            layer.rid = started.rid or layer.rid
            layer.ssrc = started.ssrc
            layer.repair_ssrc = started.rtx_ssrc
            layer.spatial_layer = spatial_layer
            found = True
    return found
