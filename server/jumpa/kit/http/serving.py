"""uvicorn inside our own event loop: several listeners, no signal handlers of its own."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv6Address
from typing import ClassVar

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override
from websockets import http11

from jumpa.kit.addresses import IpAddress
from jumpa.kit.errors import JumpaError, Kind

_BACKLOG = 2048
_DATE_HEADER_S = 1.0
# Tokens, and all that a client of LiveKit says at joining, stand in the first line of a request; a
# longer one would be left without an answer.
http11.MAX_LINE_LENGTH = 64 * 1024


class PortTakenError(JumpaError):
    """A port cannot be opened."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "port_taken"


class ListenerEndedError(JumpaError):
    """A listener ended by itself."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "listener_ended"


@dataclass(frozen=True, slots=True)
class ListenerOptions:
    """How connections are handled; `tls` names the files of certificate and key."""

    websocket_frame_bytes: int
    stop_timeout_s: float
    trusted_proxies: tuple[str, ...] = ()
    tls: tuple[str, str] | None = field(default=None, repr=False)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._stopping = asyncio.Event()

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    @override
    async def main_loop(self) -> None:
        # uvicorn looks ten times a second, which costs as much as forwarding hundreds of packets.
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _DATE_HEADER_S)

    def stop(self) -> None:
        self.should_exit = True
        self._stopping.set()


class Listener:
    """One socket with a server on it."""

    def __init__(self, app: ASGIApp, listening: socket.socket, options: ListenerOptions) -> None:
        self._socket = listening
        certificate, key = options.tls or (None, None)
        self._server = _Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                ws_max_size=options.websocket_frame_bytes,
                ws_per_message_deflate=False,
                proxy_headers=bool(options.trusted_proxies),
                forwarded_allow_ips=list(options.trusted_proxies),
                timeout_graceful_shutdown=max(1, round(options.stop_timeout_s)),
                ssl_certfile=certificate,
                ssl_keyfile=key,
            )
        )
        self._task: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port, also when any free one was asked for."""
        port: int = self._socket.getsockname()[1]
        return port

    def start(self) -> None:
        """Begin to answer."""
        self._task = asyncio.create_task(self._server.serve(sockets=[self._socket]))

    async def ended(self) -> None:
        """Raise when the server ended without being asked to."""
        if self._task is not None:
            await asyncio.wait({self._task})
            raise ListenerEndedError(f"The server on port {self.port} ended by itself.")

    async def stop(self) -> None:
        """Let open requests end, then close."""
        self._server.stop()
        if self._task is not None:
            await self._task
        self._socket.close()


def listen(address: IpAddress, port: int, flag: str) -> socket.socket:
    """Open a TCP port; `flag` is what a person would change when it is taken."""
    is_six = isinstance(address, IPv6Address)
    try:
        opened = socket.create_server(
            (str(address), port),
            family=socket.AF_INET6 if is_six else socket.AF_INET,
            dualstack_ipv6=is_six and address.is_unspecified and socket.has_dualstack_ipv6(),
            backlog=_BACKLOG,
        )
    except OSError as error:
        raise PortTakenError(
            f"Port {port} on {address} cannot be opened ({error.strerror});"
            f" choose another with {flag}."
        ) from error
    # Accepted connections inherit it; asyncio leaves out sockets that name no protocol, and the
    # body of an answer would wait 40 ms for the client to acknowledge its head.
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened
