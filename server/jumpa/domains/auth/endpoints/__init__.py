"""The doors of proving who somebody is, over HTTP."""

from fastapi import APIRouter

from jumpa.domains.auth.endpoints import (
    access,
    authenticators,
    doors,
    passkeys,
    passwords,
    registration,
)

AuthDoors = doors.AuthDoors

router = APIRouter()
for _part in (registration, access, passwords, authenticators, passkeys):
    router.include_router(_part.router)
