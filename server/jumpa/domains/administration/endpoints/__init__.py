"""The doors to the whole over HTTP, for administrators."""

from fastapi import APIRouter

from jumpa.domains.administration.endpoints import meetings, overview, ratings, usage

router = APIRouter(prefix="/administration", tags=["administration"])
for _part in (usage, ratings, meetings, overview):
    router.include_router(_part.router)
