"""Gives every request an id, logs how it ended, and turns bugs into problems."""

import logging
import re
import time
import uuid
from http import HTTPStatus

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("jumpa.http")

HEADER = "X-Request-Id"
_ACCEPTABLE = re.compile(r"[A-Za-z0-9_-]{8,64}")
_QUIET = ("/assets/", "/health", "/ready", "/metrics")


def request_id() -> str:
    """Return the id of the request that is being answered."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


class RequestLog:
    """ASGI middleware: the outermost, so that everything that is logged has an id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request under an id of its own, or under the acceptable one it brought."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        name = given if _ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex
        answer = _Answer(send, name)
        started_s = time.monotonic()
        with structlog.contextvars.bound_contextvars(request_id=name):
            try:
                await self._app(scope, receive, answer)
            except Exception:
                logger.exception("a request failed by a bug", extra={"path": scope["path"]})
                if answer.status == 0:
                    raise
            finally:
                _log(scope, answer.status, time.monotonic() - started_s)


class _Answer:
    def __init__(self, send: Send, name: str) -> None:
        self._send = send
        self._name = name
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            self.status = message["status"]
            MutableHeaders(scope=message)[HEADER] = self._name
        elif message["type"] == "websocket.accept":
            self.status = 101
        await self._send(message)


def _log(scope: Scope, status: int, took_s: float) -> None:
    path = scope["path"]
    is_quiet = status < HTTPStatus.BAD_REQUEST and path.startswith(_QUIET)
    client = scope.get("client") or ("", 0)
    logger.log(
        logging.DEBUG if is_quiet else logging.INFO,
        "request",
        extra={
            "method": scope.get("method", "WEBSOCKET"),
            "path": path,
            "status": status,
            "took_ms": round(took_s * 1000, 1),
            "client": client[0],
        },
    )
