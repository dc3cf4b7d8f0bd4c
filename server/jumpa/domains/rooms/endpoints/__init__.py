"""The doors to rooms over HTTP."""

from fastapi import APIRouter

from jumpa.domains.rooms.endpoints import (
    connection_tests,
    doors,
    lobby,
    moderation,
    own,
    participants,
    presence,
    rating,
    rooms,
)

RoomParts = doors.RoomParts
PasswordGuesses = doors.PasswordGuesses
TestQuotas = doors.TestQuotas

router = APIRouter()
for _part in (rooms, participants, own, lobby, moderation, presence, rating, connection_tests):
    router.include_router(_part.router)
