"""What operators and their machines ask: is it alive, is it ready, how is it doing."""

import hmac
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from typing_extensions import override

import jumpa
from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.http.headers import is_forwarded, is_loopback
from jumpa.media.engine import EngineStatus

PATHS = ("/health", "/ready", "/metrics")
_GAUGES = frozenset({"rooms", "participants", "tracks", "subscriptions"})
_NO_STORE = {"Cache-Control": "no-store"}


class MetricsClosedError(JumpaError):
    """Metrics are for this machine, or for the bearer of server.metrics_token."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "metrics_closed"


@dataclass(slots=True)
class Operations:
    """Answers about the running server; `metrics_token` empty means none opens /metrics."""

    status: Callable[[], EngineStatus]
    metrics_token: str
    database_answers: Callable[[], Awaitable[bool]]
    is_stopping: bool = False

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/health", self._health),
            Route("/ready", self._ready),
            Route("/metrics", self._metrics),
        ]

    async def why_not_ready(self) -> str:
        """Return the reason, or nothing when calls can be held."""
        status = self.status()
        if self.is_stopping:
            return "the server is stopping"
        if not status.answering:
            return "the media process does not answer"
        if not status.ready:
            return "a media worker has not turned within the last second"
        return "" if await self.database_answers() else "the database does not answer"

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"status": "ok", "version": jumpa.__version__}, headers=_NO_STORE)

    async def _ready(self, _: Request) -> Response:
        reason = await self.why_not_ready()
        if reason:
            body = {"status": "not_ready", "reason": reason}
            return JSONResponse(body, HTTPStatus.SERVICE_UNAVAILABLE, _NO_STORE)
        return JSONResponse({"status": "ready"}, headers=_NO_STORE)

    async def _metrics(self, request: Request) -> Response:
        if not (_is_near(request) or self._is_bearer(request)):
            raise MetricsClosedError
        registry = CollectorRegistry()
        registry.register(EngineCollector(self.status))
        return Response(
            generate_latest(registry), headers=_NO_STORE, media_type=CONTENT_TYPE_LATEST
        )

    def _is_bearer(self, request: Request) -> bool:
        expected = f"Bearer {self.metrics_token}".encode()
        given = request.headers.get("authorization", "").encode()
        return bool(self.metrics_token) and hmac.compare_digest(given, expected)


class EngineCollector(Collector):
    """The engine's counters as Prometheus reads them."""

    def __init__(self, status: Callable[[], EngineStatus]) -> None:
        self._status = status

    @override
    def collect(self) -> Iterator[Metric]:
        status = self._status()
        build = {"version": jumpa.__version__, "sfu": status.build}
        yield InfoMetricFamily("jumpa_build", "What is running.", build)
        yield GaugeMetricFamily("jumpa_ready", "Whether calls can be held.", int(status.ready))
        yield CounterMetricFamily(
            "jumpa_sfu_restarts", "Unwanted ends of the SFU.", status.restarts
        )
        if status.tick_age_s is not None:
            text = "Time since the slowest media worker turned."
            yield GaugeMetricFamily("jumpa_media_tick_age_seconds", text, status.tick_age_s)
        for name, value in status.counters.items():
            family = GaugeMetricFamily if name in _GAUGES else CounterMetricFamily
            yield family(f"jumpa_media_{name}", f"The SFU's {name.replace('_', ' ')}.", value)


def _is_near(request: Request) -> bool:
    host = request.client.host if request.client else ""
    near = f"[{host}]" if ":" in host else host
    return is_loopback(near) and not is_forwarded(request.headers)
