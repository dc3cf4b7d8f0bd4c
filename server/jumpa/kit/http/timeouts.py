"""Ends requests that take too long."""

import asyncio
from typing import ClassVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.http import problems
from jumpa.kit.http.headers import is_under


class RequestTimedOutError(JumpaError):
    """The server did not finish in time; what was asked may be asked again."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "request_timed_out"


class TimeLimit:
    """ASGI middleware: gives the paths below `prefixes` a longest time."""

    def __init__(self, app: ASGIApp, timeout_s: float, prefixes: tuple[str, ...]) -> None:
        self._app = app
        self._timeout_s = timeout_s
        self._prefixes = prefixes

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
            async with asyncio.timeout(self._timeout_s):
                await self._app(scope, receive, note)
        except TimeoutError:
            if has_begun:
                raise
            await problems.of(RequestTimedOutError())(scope, receive, send)
