"""The doors to notifications over HTTP."""

from fastapi import APIRouter

from jumpa.domains.notifications.endpoints import hooks, inbox, phone, push
from jumpa.domains.notifications.endpoints.doors import NotificationDoors

__all__ = ["NotificationDoors", "router"]

router = APIRouter(tags=["notifications"])
# Before the inbox, whose last path takes any word.
router.include_router(push.router)
router.include_router(phone.router)
router.include_router(hooks.router)
router.include_router(inbox.router)
