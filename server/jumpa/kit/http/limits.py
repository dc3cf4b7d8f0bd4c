"""Refuses request bodies that are too large before anybody reads them."""

from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from jumpa.kit.http.headers import is_under


class BodyLimit:
    """ASGI middleware for the paths below `prefixes`; the others have limits of their own."""

    def __init__(self, app: ASGIApp, body_bytes: int, prefixes: tuple[str, ...]) -> None:
        self._app = app
        self._limited = RequestBodyLimitMiddleware(app, body_bytes)
        self._prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting the body."""
        is_limited = scope["type"] == "http" and is_under(scope["path"], self._prefixes)
        await (self._limited if is_limited else self._app)(scope, receive, send)
