"""Changes that the server makes to somebody who is inside: profile and permission."""

from livekit.protocol import models
from livekit.protocol import room as room_messages

from jumpa.media.access import VideoGrants
from jumpa.media.embedded import publishing, sfu_pb2, subscribing
from jumpa.media.embedded.participants import LiveParticipant
from jumpa.media.embedded.rooms import LiveRoom
from jumpa.media.embedded.session import attributes_bytes, check_profile
from jumpa.media.errors import InvalidRequestError

_SOURCES = {number: name for name, number in models.TrackSource.items()}


def update(
    room: LiveRoom,
    participant: LiveParticipant,
    request: room_messages.UpdateParticipantRequest,
) -> None:
    """Follow LiveKit's UpdateParticipantRequest: what is empty stays, an empty attribute goes."""
    limits = room.ports.config.limits
    check_profile(limits.name_characters, limits.metadata_bytes, request.name, request.metadata)
    attributes = {**participant.attributes, **request.attributes}
    attributes = {name: value for name, value in attributes.items() if value}
    if attributes_bytes(attributes) > limits.attributes_bytes:
        raise InvalidRequestError(f"attributes have at most {limits.attributes_bytes} bytes")
    participant.name = request.name or participant.name
    participant.metadata = request.metadata or participant.metadata
    participant.attributes = attributes
    if request.HasField("permission"):
        _permit(room, participant, request.permission)
    room.announce(participant)


def _permit(
    room: LiveRoom, participant: LiveParticipant, permission: models.ParticipantPermission
) -> None:
    video, was_hidden = _grants(participant.claims.video, permission), participant.is_hidden
    participant.claims = participant.claims.model_copy(update={"video": video})
    for track in list(participant.tracks.values()):
        if not participant.may_publish(track.info.source):
            publishing.remove_track(room, track, tell_sfu=True)
    room.ports.send(
        sfu_pb2.Command(
            set_permission=sfu_pb2.SetPermission(
                participant_sid=participant.sid,
                permission=sfu_pb2.Permission(
                    can_publish=video.may_publish,
                    can_subscribe=video.may_subscribe,
                    can_publish_data=video.may_publish_data,
                ),
            )
        )
    )
    subscribing.offer_existing(room, participant)
    if participant.is_hidden and not was_hidden:
        room.conceal(participant)


def _grants(video: VideoGrants, permission: models.ParticipantPermission) -> VideoGrants:
    # A source that is not known stays, since an empty list would allow every source.
    sources = tuple(
        _SOURCES.get(source, str(source)).lower() for source in permission.can_publish_sources
    )
    return video.model_copy(
        update={
            "can_publish": permission.can_publish,
            "can_subscribe": permission.can_subscribe,
            "can_publish_data": permission.can_publish_data,
            "can_publish_sources": sources,
            "can_update_own_metadata": permission.can_update_metadata,
            "hidden": permission.hidden,
            "recorder": permission.recorder,
            "agent": permission.agent,
        }
    )
