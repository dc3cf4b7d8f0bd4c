"""The doors to planned meetings over HTTP."""

from fastapi import APIRouter

from jumpa.domains.meetings.endpoints import (
    attendance,
    calendars,
    doors,
    groups,
    guests,
    invitations,
    meetings,
)

MeetingParts = doors.MeetingParts

router = APIRouter()
for _part in (meetings, invitations, guests, attendance, groups, calendars):
    router.include_router(_part.router)
