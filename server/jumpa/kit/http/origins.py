"""Keeps pages of other origins from acting in somebody's name (CSRF)."""

from typing import ClassVar

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.http import problems
from jumpa.kit.http.headers import is_under

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class OriginForeignError(JumpaError):
    """This request comes from a page of another site."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "origin_foreign"


class OwnOrigins:
    """ASGI middleware: changes are asked for by our own pages, by `allowed` ones, or no page."""

    def __init__(self, app: ASGIApp, allowed: tuple[str, ...], prefixes: tuple[str, ...]) -> None:
        self._app = app
        self._allowed = frozenset(origin.rstrip("/").lower() for origin in allowed)
        self._prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        if (
            scope["type"] != "http"
            or scope["method"] in _SAFE
            or not is_under(scope["path"], self._prefixes)
            or self._is_own(scope)
        ):
            await self._app(scope, receive, send)
        else:
            await problems.of(OriginForeignError())(scope, receive, send)

    def _is_own(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None:
            # Browsers send one with every change; Sec-Fetch-Site stands in for old ones.
            return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
        # The scheme is left out: a proxy may speak HTTPS for us.
        host = origin.lower().partition("://")[2]
        is_same = bool(host) and host == headers.get("host", "").lower()
        return is_same or origin.lower() in self._allowed


class SharedOrigins:
    """ASGI middleware: lets the pages of `allowed` origins read the answers (CORS)."""

    def __init__(self, app: ASGIApp, allowed: tuple[str, ...], prefixes: tuple[str, ...]) -> None:
        self._app = app
        self._prefixes = prefixes
        self._shared = CORSMiddleware(
            app,
            allow_origins=[origin.rstrip("/") for origin in allowed],
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-Match", "Idempotency-Key"],
            expose_headers=["ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"],
        )
        self._is_shared = bool(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers where somebody is allowed at all."""
        if self._is_shared and scope["type"] == "http" and is_under(scope["path"], self._prefixes):
            await self._shared(scope, receive, send)
        else:
            await self._app(scope, receive, send)
