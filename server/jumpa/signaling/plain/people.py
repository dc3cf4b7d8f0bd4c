"""People as plain clients read them, and what has changed between two readings."""

from collections.abc import Iterator, Mapping

from livekit.protocol import models

Told = dict[str, object]

_SOURCES = {
    "audio": models.TrackSource.MICROPHONE,
    "video": models.TrackSource.CAMERA,
    "screenShare": models.TrackSource.SCREEN_SHARE,
}
# Clients that do not say what they publish mean microphone and camera.
_MEANT = {
    models.TrackType.AUDIO: models.TrackSource.MICROPHONE,
    models.TrackType.VIDEO: models.TrackSource.CAMERA,
}
_PROFILE = ("name", "role", "handRaisedAt")


def person(info: models.ParticipantInfo) -> Told:
    """Return one person; `audio`, `video` and `screenShare` say what they send now."""
    sent = {source_of(track) for track in info.tracks if not track.muted}
    return {
        "userId": info.identity,
        "sid": info.sid,
        "name": info.name,
        "role": info.attributes.get("role", ""),
        "handRaisedAt": info.attributes.get("hand") or None,
        "recording": bool(info.attributes.get(RECORDING)),
        **{name: source in sent for name, source in _SOURCES.items()},
    }


def described(info: models.ParticipantInfo, track: models.TrackInfo) -> Told:
    """Return whose a track is, and where it comes from: microphone, camera, screen_share."""
    source = models.TrackSource.Name(source_of(track)).lower()
    return {"userId": info.identity, "trackId": track.sid, "source": source}


def source_of(track: models.TrackInfo) -> models.TrackSource:
    """Return where a track comes from."""
    is_unsaid = track.source == models.TrackSource.UNKNOWN
    return _MEANT.get(track.type, track.source) if is_unsaid else track.source


def changes(before: Mapping[str, object], after: Told) -> Iterator[Told]:
    """Yield a message for each thing that is not as it was."""
    user = {"userId": after["userId"]}
    if before["audio"] != after["audio"]:
        yield {"type": "mute", **user, "muted": not after["audio"]}
    if before["video"] != after["video"]:
        yield {"type": "video", **user, "enabled": after["video"]}
    if before["screenShare"] != after["screenShare"]:
        yield {"type": "screen_share", **user, "enabled": after["screenShare"]}
    if before["recording"] != after["recording"]:
        yield {"type": "recording", **user, "enabled": after["recording"]}
    if any(before[name] != after[name] for name in _PROFILE):
        yield {"type": "user-updated", "user": after}


# The attribute by which clients of either protocol read that somebody records.
RECORDING = "recording"
