"""Subscriptions: who receives which track, by default, by wish and by permission."""

from collections.abc import Iterable

from livekit.protocol import models, rtc

from jumpa.media.embedded import sfu_pb2, speaking, wishing
from jumpa.media.embedded.participants import LiveParticipant, Uplink
from jumpa.media.embedded.rooms import LiveRoom
from jumpa.media.embedded.tracks import LiveTrack

# No camera makes more pictures a second: who asks for more gets all.
_MOST_FPS = 1000


def begin(room: LiveRoom, participant: LiveParticipant) -> None:
    """Subscribe somebody who has just become active, unless something has to come first."""
    timings = room.ports.config.timings

    def release() -> None:
        room.release(participant)
        offer_existing(room, participant)

    if participant.is_held:
        room.ports.call_later(timings.rejoin_hold_s, release)
    elif participant.uplink is Uplink.COMING:
        # A browser that takes in tracks meanwhile is connected later, and shows them later too.
        participant.beginning = room.ports.call_later(
            timings.uplink_wait_s, lambda: offer_existing(room, participant)
        )
    else:
        offer_existing(room, participant)


def uplink_is_up(room: LiveRoom, participant: LiveParticipant) -> None:
    """Follow that somebody can send; whoever waited for that is subscribed."""
    participant.uplink = Uplink.UP
    if participant.beginning is not None:
        participant.beginning.cancel()
        participant.beginning = None
        offer_existing(room, participant)


def offer_existing(room: LiveRoom, participant: LiveParticipant) -> None:
    """Subscribe somebody who has just become active to what is there."""
    for track in list(room.tracks.values()):
        settle(room, participant, track)


def offer_to_all(room: LiveRoom, track: LiveTrack) -> None:
    """Subscribe everybody to a new track who wants it."""
    for participant in list(room.participants.values()):
        settle(room, participant, track)


def update(room: LiveRoom, participant: LiveParticipant, track_sid: str, *, wanted: bool) -> None:
    """Follow a participant's wish; a track that does not exist is answered with an error."""
    if track_sid not in room.tracks:
        refuse(participant, track_sid, models.SubscriptionError.SE_TRACK_NOTFOUND)
        return
    participant.wanted[track_sid] = wanted
    settle(room, participant, room.tracks[track_sid])


def refuse(participant: LiveParticipant, track_sid: str, error: models.SubscriptionError) -> None:
    """Say why somebody does not receive a track."""
    response = rtc.SubscriptionResponse(track_sid=track_sid, err=error)
    participant.send(rtc.SignalResponse(subscription_response=response))


def update_settings(
    room: LiveRoom, participant: LiveParticipant, request: rtc.UpdateTrackSettings
) -> None:
    """Pass on what an element shows (LiveKit UpdateTrackSettings); unknown tracks are ignored."""
    for track_sid in request.track_sids:
        track = room.tracks.get(track_sid)
        if track is None:
            continue
        settings = sfu_pb2.SetTrackSettings(
            participant_sid=participant.sid,
            track_sid=track_sid,
            disabled=request.disabled,
            quality=request.quality,
            width=request.width,
            height=request.height,
            priority=request.priority,
            fps=min(request.fps, _MOST_FPS),
        )
        participant.settings[track_sid] = settings
        if participant.sid in track.subscriber_sids:
            wishing.set_layer(room, participant, track)


def started(room: LiveRoom, participant: LiveParticipant, track: LiveTrack) -> None:
    """Media flows to a subscriber."""
    if track.info.type == models.TrackType.VIDEO:
        _note_stream(room, participant, track, rtc.StreamState.ACTIVE)


def paused(room: LiveRoom, participant: LiveParticipant, track: LiveTrack) -> None:
    """A subscriber's way does not carry a video; sound goes on."""
    _note_stream(room, participant, track, rtc.StreamState.PAUSED)


def _note_stream(
    room: LiveRoom, participant: LiveParticipant, track: LiveTrack, state: rtc.StreamState
) -> None:
    if participant.sid in track.subscriber_sids:
        participant.streams[track.sid] = state
        tell_streams(room, participant, [track.sid])


def tell_streams(room: LiveRoom, participant: LiveParticipant, track_sids: Iterable[str]) -> None:
    """Tell a subscriber which of these videos flow and which are paused."""
    states = [
        rtc.StreamStateInfo(
            participant_sid=room.tracks[sid].publisher_sid,
            track_sid=sid,
            state=participant.streams[sid],
        )
        for sid in track_sids
    ]
    if states:
        update = rtc.StreamStateUpdate(stream_states=states)
        participant.send(rtc.SignalResponse(stream_state_update=update))


def settle(room: LiveRoom, participant: LiveParticipant, track: LiveTrack) -> None:
    """Subscribe or unsubscribe, as wish and permission have it now."""
    should = _should_receive(participant, track) and room.participants[track.publisher_sid].permits(
        participant, track.sid
    )
    receives = participant.sid in track.subscriber_sids
    if should and not receives:
        _subscribe(room, participant, track)
    elif receives and not should:
        track.subscriber_sids.discard(participant.sid)
        participant.streams.pop(track.sid, None)
        wishing.unsubscribe(room, participant, track)


def _should_receive(participant: LiveParticipant, track: LiveTrack) -> bool:
    return (
        track.negotiated
        and (participant.is_active or participant.options.is_single)
        and not participant.is_held
        and participant.sid != track.publisher_sid
        and participant.claims.video.may_subscribe
        and participant.wanted.get(track.sid, participant.options.auto_subscribe)
    )


def _subscribe(room: LiveRoom, participant: LiveParticipant, track: LiveTrack) -> None:
    is_first = not track.has_been_subscribed
    track.has_been_subscribed = True
    track.subscriber_sids.add(participant.sid)
    wishing.subscribe(room, participant, track)
    speaking.tell_of(room, participant, track.publisher_sid)
    if is_first:
        _tell_publisher(room.participants[track.publisher_sid], track)


def _tell_publisher(publisher: LiveParticipant, track: LiveTrack) -> None:
    subscribed = rtc.TrackSubscribed(track_sid=track.sid)
    publisher.send(rtc.SignalResponse(track_subscribed=subscribed))
    if track.info.type == models.TrackType.VIDEO:
        wishing.tell_layers(publisher, track)
