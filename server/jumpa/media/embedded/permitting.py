"""Who may subscribe to somebody's tracks, as that somebody has said (SubscriptionPermission)."""

from __future__ import annotations

from livekit.protocol import rtc

from jumpa.media.embedded import subscribing
from jumpa.media.embedded.participants import LiveParticipant, Permitted
from jumpa.media.embedded.rooms import LiveRoom
from jumpa.media.embedded.tracks import LiveTrack
from jumpa.media.errors import InvalidRequestError


def permit(room: LiveRoom, publisher: LiveParticipant, request: rtc.SubscriptionPermission) -> None:
    """Let only those subscribe who are named; whoever gains or loses a track is told."""
    limit = room.ports.config.limits.tracks_per_request
    named = len(request.track_permissions) + sum(
        len(permission.track_sids) for permission in request.track_permissions
    )
    if named > limit:
        raise InvalidRequestError(f"a request names at most {limit} participants and tracks")
    before = _allowed(room, publisher)
    publisher.permitted = None if request.all_participants else _read(request)
    for (subscriber_sid, track_sid), allowed in _allowed(room, publisher).items():
        if before[subscriber_sid, track_sid] == allowed:
            continue
        subscriber, track = room.participants[subscriber_sid], room.tracks[track_sid]
        if track.negotiated:
            subscriber.send(_update(track, allowed=allowed))
        subscribing.settle(room, subscriber, track)


def tell_of_new(room: LiveRoom, track: LiveTrack) -> None:
    """Tell those who must not subscribe to a new track; the others may take it for granted."""
    publisher = room.participants[track.publisher_sid]
    others = [other for other in room.participants.values() if other is not publisher]
    refused = [
        other
        for other in others
        if other.claims.video.may_subscribe and not publisher.permits(other, track.sid)
    ]
    if refused:
        # Of a track that a client does not know it would not remember it.
        room.flush()
    for other in refused:
        other.send(_update(track, allowed=False))


def permissions(room: LiveRoom, participant: LiveParticipant) -> list[rtc.SignalResponse]:
    """Return what somebody who comes, or comes back, is told of the tracks of all others."""
    if not participant.claims.video.may_subscribe:
        return []
    tracks = [
        track
        for track in room.tracks.values()
        if track.negotiated and track.publisher_sid != participant.sid
    ]
    publishers = [room.participants[track.publisher_sid] for track in tracks]
    return [
        _update(track, allowed=publisher.permits(participant, track.sid))
        for track, publisher in zip(tracks, publishers, strict=True)
    ]


def _update(track: LiveTrack, *, allowed: bool) -> rtc.SignalResponse:
    return rtc.SignalResponse(
        subscription_permission_update=rtc.SubscriptionPermissionUpdate(
            participant_sid=track.publisher_sid, track_sid=track.sid, allowed=allowed
        )
    )


def _allowed(room: LiveRoom, publisher: LiveParticipant) -> dict[tuple[str, str], bool]:
    others = [p for p in room.participants.values() if p is not publisher]
    return {
        (other.sid, track_sid): publisher.permits(other, track_sid)
        for other in others
        for track_sid in publisher.tracks
    }


def _read(request: rtc.SubscriptionPermission) -> Permitted:
    permitted: Permitted = {}
    for permission in request.track_permissions:
        name = permission.participant_identity or permission.participant_sid
        tracks = None if permission.all_tracks else frozenset(permission.track_sids)
        permitted[name] = tracks
    return permitted
