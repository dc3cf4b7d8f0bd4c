"""Rights in LiveKit's words: grants of tokens and permissions of who is inside."""

from livekit.protocol import models

from jumpa.domains.rooms.events import Rights
from jumpa.media.access import VideoGrants


def video_grants(code: str, rights: Rights) -> VideoGrants:
    """Return the grants of a token; without restrictions it says no more than the room."""
    if _is_free(rights):
        return VideoGrants(room_join=True, room=code)
    sources = _sources(rights)
    return VideoGrants(
        room_join=True,
        room=code,
        can_publish=bool(sources),
        can_publish_data=rights.chat,
        can_publish_sources=tuple(models.TrackSource.Name(source).lower() for source in sources),
    )


def room_grants(code: str) -> VideoGrants:
    """Return what whoever has a place begins with; what the place allows is looked up then."""
    return VideoGrants(room_join=True, room=code)


def permission(rights: Rights) -> models.ParticipantPermission:
    """Return the permission that holds in the live room."""
    sources = _sources(rights)
    return models.ParticipantPermission(
        can_subscribe=True,
        can_publish=bool(sources),
        can_publish_data=rights.chat,
        can_publish_sources=[] if _is_free(rights) else sources,
    )


def _is_free(rights: Rights) -> bool:
    """Whether the media engine has nothing to hold back."""
    return rights.speak and rights.show and rights.share and rights.chat


def _sources(rights: Rights) -> list[models.TrackSource]:
    sources: list[models.TrackSource] = []
    if rights.show:
        sources.append(models.TrackSource.CAMERA)
    if rights.speak:
        sources.append(models.TrackSource.MICROPHONE)
    if rights.share:
        sources += [models.TrackSource.SCREEN_SHARE, models.TrackSource.SCREEN_SHARE_AUDIO]
    return sources
