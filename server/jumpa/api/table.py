"""Every endpoint in one flat list: nested routers are searched level by level at each request."""

import inspect
from functools import cache
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from jumpa.domains.auth import endpoints as auth
from jumpa.domains.chat import endpoints as chat
from jumpa.domains.meetings import endpoints as meetings
from jumpa.domains.notifications import endpoints as notifications
from jumpa.domains.rooms import endpoints as rooms
from jumpa.domains.users import endpoints as users
from jumpa.domains.work import endpoints as work

PREFIX = "/api/v1"
_OPTIONS = tuple(inspect.signature(APIRoute).parameters)


@cache
def endpoints() -> tuple[APIRoute, ...]:
    """Return every endpoint; made once, because no app changes them."""
    router = APIRouter(prefix=PREFIX)
    for part in (auth, users, rooms, chat, meetings, notifications, work):
        router.include_router(part.router)
    whole = APIRouter()
    whole.include_router(router)
    return tuple(_flat(found) for found in iter_route_contexts(whole.routes))


def _flat(found: RouteContext) -> APIRoute:
    options: dict[str, Any] = {
        name: getattr(found, name) for name in _OPTIONS if hasattr(found, name)
    }
    return APIRoute(**options | {"generate_unique_id_function": _operation_id})


def _operation_id(route: APIRoute) -> str:
    return route.name
