"""The doors of proving who somebody is, over HTTP."""

from fastapi import APIRouter

from jumpa.domains.auth.endpoints import (
    access,
    authenticators,
    doors,
    oidc,
    options,
    passkeys,
    passwords,
    registration,
)

AuthDoors = doors.AuthDoors

router = APIRouter()
for _part in (options, registration, access, passwords, authenticators, passkeys, oidc):
    router.include_router(_part.router)
