"""The port to calendars, and how their servers are asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

from jumpa.domains.integrations.errors import CalendarUnavailableError
from jumpa.domains.integrations.service.entries import Entry
from jumpa.kit.outbound.client import Answer, Outbound
from jumpa.kit.work.worker import GiveUpError, LaterError

_SHOWN = 200
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.LOCKED})
# Google says 403 both to whoever may not and to whoever asks too often.
_TOO_OFTEN = ("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded")


class AccessExpiredError(Exception):
    """The access token is worth nothing any more."""


class NothingThereError(Exception):
    """The calendar has no such event, or no longer."""


class TakenError(Exception):
    """The calendar has an event of this name already."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stands in the calendar, as it was written there last."""

    external_id: str
    entry: Entry


class Calendar(Protocol):
    """Somebody's calendar at a service; raises AccessExpiredError, LaterError and GiveUpError."""

    def can_repeat(self, series: Entry) -> bool:
        """Whether the service can say this rule as one series."""

    async def put(self, access: str, name: str, entry: Entry, known: Known | None) -> str:
        """Write an event; the same name makes it once. Return what the calendar calls it."""

    async def remove(self, access: str, external_id: str) -> None:
        """Remove an event; one that is gone is no failure."""


@dataclass(frozen=True, slots=True)
class Api:
    """A service's interface: JSON under one address, opened by access tokens."""

    url: str
    outbound: Outbound
    headers: Mapping[str, str]

    async def ask(
        self, method: str, path: str, access: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return what it says; raises what its status means."""
        if not access.isascii() or not access.isprintable():
            raise AccessExpiredError
        headers = {"Authorization": f"Bearer {access}", **self.headers}
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body).encode()
        answer = await self.outbound.send(method, f"{self.url}{path}", headers, content)
        if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            return _read(answer.body)
        raise _meaning(answer)


def _read(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise CalendarUnavailableError from error
    if not isinstance(told, dict):
        raise CalendarUnavailableError
    return told


def _meaning(answer: Answer) -> Exception:
    said = answer.body.decode("ascii", "replace")
    status = answer.status
    if status == HTTPStatus.UNAUTHORIZED:
        return AccessExpiredError()
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return NothingThereError()
    if status == HTTPStatus.CONFLICT or "ErrorDuplicateTransactionId" in said:
        return TakenError()
    is_often = status == HTTPStatus.FORBIDDEN and any(word in said for word in _TOO_OFTEN)
    if status in _BUSY or is_often or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        reason = f"The calendar answered with status {status}."
        return LaterError(reason, answer.retry_after_s)
    return GiveUpError(f"The calendar answered with status {status}: {said[:_SHOWN]}")
