"""Connects to hosts whose addresses were looked at first."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import ClassVar

import httpcore2
from typing_extensions import override

from jumpa.kit.addresses import IpAddress
from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.outbound.ranges import is_inside, is_public

Resolve = Callable[[str, int], Awaitable[Sequence[IpAddress]]]


class HostRefusedError(JumpaError):
    """The server does not ask this host: its address lies inside a private network."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "host_refused"


async def resolve(host: str, port: int) -> Sequence[IpAddress]:
    """Return the addresses of a host; OSError when it has none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    return list(dict.fromkeys(addresses))


@dataclass(frozen=True, slots=True)
class CheckedNetwork(httpcore2.AsyncNetworkBackend):
    """Resolves a name once and connects to what it looked at; `allowed` hosts may be inside."""

    allowed: frozenset[str]
    resolve: Resolve = resolve
    network: httpcore2.AsyncNetworkBackend = field(default_factory=httpcore2.AnyIOBackend)

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        try:
            addresses = await self.resolve(host, port)
        except (OSError, UnicodeError, ValueError) as error:
            raise httpcore2.ConnectError(f"{host} is not known") from error
        # All of them: a name that leads outside and inside is up to no good.
        if not addresses or not all(self._may_ask(host, address) for address in addresses):
            raise HostRefusedError
        failure: Exception = httpcore2.ConnectError(f"{host} cannot be reached")
        for address in addresses:
            try:
                return await self.network.connect_tcp(
                    str(address), port, timeout, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    @override
    async def sleep(self, seconds: float) -> None:
        await self.network.sleep(seconds)

    def _may_ask(self, host: str, address: IpAddress) -> bool:
        return is_public(address) or (host.lower() in self.allowed and is_inside(address))
