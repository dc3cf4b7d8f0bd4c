"""The doors to connected services over HTTP."""

from fastapi import APIRouter

from jumpa.domains.integrations.endpoints import calendars, slack
from jumpa.domains.integrations.endpoints.doors import IntegrationDoors

__all__ = ["IntegrationDoors", "router"]

router = APIRouter(tags=["integrations"])
router.include_router(calendars.router)
router.include_router(slack.router)
