"""The doors to planned meetings over HTTP."""

from fastapi import APIRouter

from jumpa.domains.meetings.endpoints import doors, invitations, meetings

MeetingParts = doors.MeetingParts

router = APIRouter()
for _part in (meetings, invitations):
    router.include_router(_part.router)
