"""Asks other hosts: HTTPS, no redirects, no proxies, an answer of limited size in limited time."""

import asyncio
import json
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

import httpcore2

from jumpa.kit.addresses import is_loopback
from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.outbound.network import CheckedNetwork, HostRefusedError

_LONGEST_URL = 2000
_CONNECTIONS = 20
_LONGEST_PAUSE_DIGITS = 6


class HostUnavailableError(JumpaError):
    """Another host that the server needs does not answer as it should."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "host_unavailable"


@dataclass(frozen=True, slots=True)
class OutboundLimits:
    """How long an answer may take, and how large it may be."""

    timeout_s: float = 10
    answer_bytes: int = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What another host said."""

    status: int
    body: bytes
    retry_after_s: int = 0

    def json(self) -> dict[str, Any]:
        """Return the JSON object of a good answer; raises HostUnavailableError."""
        if self.status != HTTPStatus.OK:
            raise HostUnavailableError(f"The other host answered with status {self.status}.")
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise HostUnavailableError from error
        if not isinstance(value, dict):
            raise HostUnavailableError
        return value


class Outbound:
    """Sends requests; raises HostRefusedError and HostUnavailableError."""

    def __init__(
        self, network: CheckedNetwork, limits: OutboundLimits, trusted: ssl.SSLContext | None = None
    ) -> None:
        self._allowed = network.allowed
        self._limits = limits
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=trusted or httpcore2.default_ssl_context(),
            max_connections=_CONNECTIONS,
            # A kept connection would outlive what was looked at.
            max_keepalive_connections=0,
            network_backend=network,
        )

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a document."""
        return await self._ask("GET", url, headers or {}, None)

    async def post_form(
        self, url: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a form."""
        form = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return await self._ask("POST", url, form, urlencode(fields).encode())

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a body of any kind."""
        return await self._ask("POST", url, headers, body)

    async def send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Answer:
        """Ask with any method."""
        return await self._ask(method, url, headers, body)

    def check(self, url: str) -> None:
        """Raise HostRefusedError unless this is a URL that may be asked."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError as error:
            raise HostRefusedError from error
        is_plain = parts.scheme == "http" and host in self._allowed and is_loopback(host)
        is_clean = url.isascii() and url.isprintable() and len(url) <= _LONGEST_URL
        has_name = bool(host) and port != 0 and "@" not in parts.netloc and "\\" not in url
        if not (is_clean and has_name and (parts.scheme == "https" or is_plain)):
            raise HostRefusedError("The server asks other hosts by https://host/… alone.")

    async def close(self) -> None:
        """Give every connection back."""
        await self._pool.aclose()

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        self.check(url)
        try:
            async with asyncio.timeout(self._limits.timeout_s):
                return await self._sent(method, url, headers, body)
        except (
            httpcore2.NetworkError,
            httpcore2.TimeoutException,
            httpcore2.ProtocolError,
            httpcore2.UnsupportedProtocol,
            ssl.SSLError,
            TimeoutError,
            OSError,
        ) as error:
            raise HostUnavailableError(f"{urlsplit(url).hostname} does not answer.") from error

    async def _sent(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        # An answer that is not packed is as large as it says.
        usual = {"Accept": "application/json", "Accept-Encoding": "identity"}
        asked = {**usual, "User-Agent": "Jumpa", **headers}
        if body is not None:
            asked["Content-Length"] = str(len(body))
        host = urlsplit(url).netloc
        async with self._pool.stream(
            method, url, headers=[*asked.items(), ("Host", host)], content=body
        ) as response:
            read = bytearray()
            async for part in response.aiter_stream():
                read += part
                if len(read) > self._limits.answer_bytes:
                    raise HostUnavailableError("The answer of another host is too large.")
            return Answer(response.status, bytes(read), _retry_after_s(response.headers))


def _retry_after_s(headers: Sequence[tuple[bytes, bytes]]) -> int:
    """Return for how many seconds the host asks to be left alone; 0 when it does not say so."""
    said = next((value for name, value in headers if name.lower() == b"retry-after"), b"")
    return int(said) if said.isdigit() and len(said) <= _LONGEST_PAUSE_DIGITS else 0


def trust(authorities: Path | None) -> ssl.SSLContext:
    """Return whose certificates are believed: the system's, and those of a file (PEM)."""
    context = httpcore2.default_ssl_context()
    if authorities is not None:
        context.load_verify_locations(authorities)
    return context
