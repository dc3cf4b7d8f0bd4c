"""Ends requests that take too long."""

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.http import problems
from jumpa.kit.http.headers import is_under


class RequestTimedOutError(JumpaError):
    """The server did not finish in time; what was asked may be asked again."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "request_timed_out"


class TimeLimit:
    """ASGI middleware: gives the paths below `prefixes` a longest time.

    `longer` gives the routes that it names, such as `/rooms/{code}`, a time of their own.
    """

    def __init__(
        self,
        app: ASGIApp,
        timeout_s: float,
        prefixes: tuple[str, ...],
        longer: Mapping[str, float] | None = None,
    ) -> None:
        self._app = app
        self._usual_s = timeout_s
        self._prefixes = prefixes
        self._longer = [(compile_path(route)[0], most) for route, most in (longer or {}).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, for as long as it may take."""
        if scope["type"] != "http" or not is_under(scope["path"], self._prefixes):
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def note(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            async with asyncio.timeout(self._most_s(scope["path"])):
                await self._app(scope, receive, note)
        except TimeoutError:
            if has_begun:
                raise
            await problems.of(RequestTimedOutError())(scope, receive, send)

    def _most_s(self, path: str) -> float:
        return next((most_s for route, most_s in self._longer if route.match(path)), self._usual_s)
