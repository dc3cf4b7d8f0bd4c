"""Every endpoint in one flat list: nested routers are searched level by level at each request."""

import inspect
from functools import cache, cached_property
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import Match
from starlette.types import Scope
from typing_extensions import override

from jumpa.domains.administration import endpoints as administration
from jumpa.domains.auth import endpoints as auth
from jumpa.domains.chat import endpoints as chat
from jumpa.domains.colleagues import endpoints as colleagues
from jumpa.domains.exports import endpoints as exports
from jumpa.domains.integrations import endpoints as integrations
from jumpa.domains.meetings import endpoints as meetings
from jumpa.domains.notifications import endpoints as notifications
from jumpa.domains.rooms import endpoints as rooms
from jumpa.domains.users import endpoints as users
from jumpa.domains.webhooks import endpoints as webhooks
from jumpa.domains.work import endpoints as work

PREFIX = "/api/v1"
_OPTIONS = tuple(inspect.signature(APIRoute).parameters)


@cache
def endpoints() -> tuple[APIRoute, ...]:
    """Return every endpoint; made once, because no app changes them."""
    router = APIRouter(prefix=PREFIX)
    for part in (auth, exports, users, rooms, chat, meetings, notifications, integrations):
        router.include_router(part.router)
    for part in (work, webhooks, colleagues, administration):
        router.include_router(part.router)
    whole = APIRouter()
    whole.include_router(router)
    return tuple(_flat(found) for found in iter_route_contexts(whole.routes))


class _Endpoint(APIRoute):
    """A route that tells most paths from its own without a regular expression: there are many."""

    @cached_property
    def _shape(self) -> tuple[str, int]:
        return self.path.partition("{")[0], self.path.count("/")

    @override
    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path: str = scope["path"]
        begins, slashes = self._shape
        if path.startswith(begins) and path.count("/") == slashes:
            return super().matches(scope)
        return Match.NONE, {}


def _flat(found: RouteContext) -> APIRoute:
    options: dict[str, Any] = {
        name: getattr(found, name) for name in _OPTIONS if hasattr(found, name)
    }
    return _Endpoint(**options | {"generate_unique_id_function": _operation_id})


def _operation_id(route: APIRoute) -> str:
    return route.name
