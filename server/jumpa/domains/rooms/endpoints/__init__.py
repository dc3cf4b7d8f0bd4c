"""The doors to rooms over HTTP."""

from fastapi import APIRouter

from jumpa.domains.rooms.endpoints import doors, lobby, moderation, participants, presence, rooms

RoomParts = doors.RoomParts
PasswordGuesses = doors.PasswordGuesses

router = APIRouter()
for _part in (rooms, participants, lobby, moderation, presence):
    router.include_router(_part.router)
