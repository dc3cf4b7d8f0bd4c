"""Refuses request bodies that are too large before anybody reads them."""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from jumpa.kit.http import problems
from jumpa.kit.http.headers import is_under


class BodyLimit:
    """ASGI middleware for the paths below `prefixes`; the others have limits of their own."""

    def __init__(self, app: ASGIApp, body_bytes: int, prefixes: tuple[str, ...]) -> None:
        self._app = app
        self._body_bytes = body_bytes
        self._limited = RequestBodyLimitMiddleware(app, body_bytes)
        self._prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting the body."""
        if scope["type"] != "http" or not is_under(scope["path"], self._prefixes):
            await self._app(scope, receive, send)
        elif self._is_too_large(Headers(scope=scope).get("content-length", "")):
            detail = f"A body has at most {self._body_bytes} bytes."
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            await problems.answer(status, "body_too_large", detail)(scope, receive, send)
        else:
            await self._limited(scope, receive, send)

    def _is_too_large(self, length: str) -> bool:
        return length.isascii() and length.isdigit() and int(length[:20]) > self._body_bytes
