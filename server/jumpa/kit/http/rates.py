"""Quotas at the HTTP door, and the headers that tell of them (RateLimit header fields draft)."""

from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jumpa.kit.http import problems
from jumpa.kit.http.headers import is_under
from jumpa.kit.quotas import Counters, Quota, Standing
from jumpa.kit.rate import TooManyRequestsError, site

_STATE = "standings"


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts requests by quota and key."""

    counters: Counters

    async def take(self, request: Request, quota: Quota, key: str) -> None:
        """Count one more for this request; raises TooManyRequestsError."""
        standing = await self.counters.take(key, quota)
        getattr(request.state, _STATE).append(standing)
        standing.check()

    async def take_by_address(self, request: Request, quota: Quota) -> None:
        """Count one more for the address that asks."""
        await self.take(request, quota, site(request.client.host if request.client else ""))


class RateHeaders:
    """ASGI middleware: limits what one address asks of the API, and tells what is left."""

    def __init__(self, app: ASGIApp, rates: Rates, quota: Quota, prefixes: tuple[str, ...]) -> None:
        self._app = app
        self._rates = rates
        self._quota = quota
        self._prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count, answer, and add the headers."""
        if scope["type"] != "http" or not is_under(scope["path"], self._prefixes):
            await self._app(scope, receive, send)
            return
        standings: list[Standing] = []
        scope.setdefault("state", {})[_STATE] = standings

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _tell(MutableHeaders(scope=message), standings)
            await send(message)

        try:
            await self._rates.take_by_address(Request(scope), self._quota)
        except TooManyRequestsError as error:
            await problems.of(error)(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)


def _tell(headers: MutableHeaders, standings: list[Standing]) -> None:
    if "ratelimit" in headers:
        return
    headers["RateLimit"] = ", ".join(
        f'"{s.quota.name}";r={s.remaining};t={s.reset_s}' for s in standings
    )
    headers["RateLimit-Policy"] = ", ".join(
        f'"{s.quota.name}";q={s.quota.count};w={s.quota.window_s}' for s in standings
    )
