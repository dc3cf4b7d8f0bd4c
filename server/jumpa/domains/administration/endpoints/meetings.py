"""Rooms in use: who is in, and the end of a meeting."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from livekit.protocol import models

from jumpa.domains.administration.endpoints.doors import Parts
from jumpa.domains.administration.schemas import (
    InsideRead,
    MeetingNowRead,
    MeetingsNowRead,
    QualityName,
)
from jumpa.domains.administration.service import meetings
from jumpa.domains.administration.service.meetings import Inside, MeetingNow
from jumpa.domains.rooms.errors import RoomNotFoundError
from jumpa.domains.rooms.models import Room
from jumpa.domains.rooms.service.access import rank_of
from jumpa.domains.rooms.service.roles import Role, role_of
from jumpa.kit.http.callers import ADMINISTRATING, Administrator
from jumpa.kit.http.problems import declared
from jumpa.kit.paging import LONGEST
from jumpa.media.errors import MediaUnavailableError

Most = Annotated[int, Query(ge=1, le=LONGEST, description="How many rooms are listed.")]

_Source = models.TrackSource
_QUALITIES: dict[int, QualityName] = {
    models.ConnectionQuality.EXCELLENT: "excellent",
    models.ConnectionQuality.GOOD: "good",
    models.ConnectionQuality.POOR: "poor",
    models.ConnectionQuality.LOST: "lost",
}

router = APIRouter(prefix="/meetings")


@router.get("", responses=declared(*ADMINISTRATING, MediaUnavailableError))
async def list_meetings_now(
    parts: Parts, actor: Administrator, limit: Most = LONGEST
) -> MeetingsNowRead:
    """List the rooms of your organisation in which somebody is now, the fullest first."""
    found = await meetings.look(parts, actor, limit)
    return MeetingsNowRead(
        items=[_meeting(each) for each in found.meetings],
        rooms=found.rooms,
        people=found.people,
        others=found.others,
    )


@router.post("/{code}/end", status_code=204, responses=declared(*ADMINISTRATING, RoomNotFoundError))
async def end_meeting_now(parts: Parts, actor: Administrator, code: str) -> Response:
    """End a meeting for everybody, as its host can; it is written into the audit log."""
    await meetings.end(parts, actor, code)
    return Response(status_code=204)


def _meeting(found: MeetingNow) -> MeetingNowRead:
    return MeetingNowRead(
        code=found.room.code,
        title=found.room.title,
        started_at=datetime.fromtimestamp(found.live.creation_time, UTC),
        participant_count=found.live.num_participants,
        max_users=found.room.max_users,
        participants=[_inside(found.room, each) for each in found.inside],
    )


def _inside(room: Room, found: Inside) -> InsideRead:
    info, place = found.info, found.place
    is_host = place is not None and rank_of(room, place) == Role.HOST
    role = Role.HOST if is_host else role_of(place)
    open_sources = {track.source for track in info.tracks if not track.muted}
    return InsideRead(
        identity=info.identity,
        name=info.name,
        # Who came by a token of another API key has no place.
        role="guest" if role is Role.STRANGER else role.value,
        is_guest=place is None or place.user_id is None,
        is_agent=info.kind == models.ParticipantInfo.Kind.AGENT,
        joined_at=datetime.fromtimestamp(info.joined_at, UTC),
        quality=None if found.quality is None else _QUALITIES.get(found.quality),
        has_microphone=_Source.MICROPHONE in open_sources,
        has_camera=_Source.CAMERA in open_sources,
        has_screen=_Source.SCREEN_SHARE in open_sources,
    )
