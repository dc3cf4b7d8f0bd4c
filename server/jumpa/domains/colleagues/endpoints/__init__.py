"""The doors of administrators to the people of their organisation, over HTTP."""

from fastapi import APIRouter

from jumpa.domains.colleagues.endpoints import (
    acceptance,
    doors,
    invitations,
    log,
    organisation,
    people,
)

ColleagueDoors = doors.ColleagueDoors

router = APIRouter()
for _part in (organisation, people, invitations, acceptance, log):
    router.include_router(_part.router)
