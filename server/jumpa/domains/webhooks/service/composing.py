"""Says what has happened in a live room in LiveKit's own words (WebhookEvent)."""

import secrets
import string
from datetime import datetime

from google.protobuf import json_format
from livekit.protocol import models
from livekit.protocol.webhook import WebhookEvent

from jumpa.media.engine import (
    EngineEvent,
    ParticipantJoined,
    ParticipantLeft,
    RoomFinished,
    RoomStarted,
    TrackPublished,
    TrackUnpublished,
)

_LETTERS = string.ascii_letters + string.digits
_ID_CHARACTERS = 12
_TRACKS = {TrackPublished: "track_published", TrackUnpublished: "track_unpublished"}


def compose(event: EngineEvent, now: datetime) -> WebhookEvent | None:
    """Return LiveKit's event, or None for what others are not told."""
    if isinstance(event, RoomStarted | RoomFinished):
        name = "room_started" if isinstance(event, RoomStarted) else "room_finished"
        composed = WebhookEvent(event=name, room=event.info)
    elif isinstance(event, ParticipantJoined):
        composed = WebhookEvent(event="participant_joined", participant=event.info)
    elif isinstance(event, ParticipantLeft):
        name = "participant_left" if event.was_active else "participant_connection_aborted"
        composed = WebhookEvent(event=name, participant=event.info)
    elif isinstance(event, TrackPublished | TrackUnpublished):
        publisher = models.ParticipantInfo(sid=event.participant_sid, identity=event.identity)
        name = _TRACKS[type(event)]
        composed = WebhookEvent(event=name, participant=publisher, track=event.info)
    else:
        return None
    composed.room.name, composed.room.sid = event.room, event.room_sid
    composed.id = "EV_" + "".join(secrets.choice(_LETTERS) for _ in range(_ID_CHARACTERS))
    composed.created_at = int(now.timestamp())
    return composed


def written(event: WebhookEvent) -> str:
    """Return the body that is sent: protobuf's JSON."""
    return json_format.MessageToJson(event, indent=None)
