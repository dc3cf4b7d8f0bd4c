"""Refuses request bodies that are too large before anybody reads them."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from jumpa.kit.http import problems
from jumpa.kit.http.headers import is_under


class BodyLimit:
    """ASGI middleware for the paths below `prefixes`; the others have limits of their own.

    `larger` gives the routes that it names, such as `/rooms/{code}`, a limit of their own.
    """

    def __init__(
        self,
        app: ASGIApp,
        body_bytes: int,
        prefixes: tuple[str, ...],
        larger: Mapping[str, int] | None = None,
    ) -> None:
        self._app = app
        self._prefixes = prefixes
        self._usual = body_bytes
        self._larger = [(compile_path(route)[0], most) for route, most in (larger or {}).items()]
        limits = {body_bytes, *(most for _, most in self._larger)}
        self._limited = {limit: RequestBodyLimitMiddleware(app, limit) for limit in limits}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting the body."""
        if scope["type"] != "http" or not is_under(scope["path"], self._prefixes):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        most = next((most for route, most in self._larger if route.match(path)), self._usual)
        if _length(Headers(scope=scope)) > most:
            detail = f"A body has at most {most} bytes."
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            await problems.answer(status, "body_too_large", detail)(scope, receive, send)
        else:
            await self._limited[most](scope, receive, send)


def _length(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length[:20]) if length.isascii() and length.isdigit() else 0
