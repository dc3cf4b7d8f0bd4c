"""Stands between browsers and the media process as a network does whose addresses change."""

import asyncio
import socket
from contextlib import suppress

Address = tuple[str, int]


def free_port() -> int:
    """A UDP port that nobody uses at the moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Relay:
    """Passes datagrams on; the media process sees each client at an address of its own."""

    def __init__(self, target: Address) -> None:
        self.target = target
        self._ways: dict[Address, _Way] = {}
        self._dead: set[Address] = set()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def open(self) -> int:
        """Listen; the port that clients send to."""
        self._socket.bind(("127.0.0.1", 0))
        asyncio.get_running_loop().add_reader(self._socket, self._receive)
        return int(self._socket.getsockname()[1])

    def _receive(self) -> None:
        with suppress(BlockingIOError):
            while True:
                data, client = self._socket.recvfrom(65536)
                self._pass_up(data, client)

    def _pass_up(self, data: bytes, client: Address) -> None:
        if client in self._dead:
            return
        if client not in self._ways:
            self._ways[client] = _Way(self, client)
        self._ways[client].pass_up(data)

    def send(self, data: bytes, client: Address) -> None:
        """Pass a datagram down."""
        with suppress(BlockingIOError):
            self._socket.sendto(data, client)

    def forget(self) -> None:
        """Give every client another address, as a translator does that has been restarted."""
        for way in self._ways.values():
            way.close()
        self._ways.clear()

    def cut(self) -> None:
        """Every address that clients have used is dead from now on, as after leaving a network."""
        self._dead.update(self._ways)
        self.forget()

    def close(self) -> None:
        self.forget()
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()


class _Way:
    def __init__(self, relay: Relay, client: Address) -> None:
        self._relay = relay
        self._client = client
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.connect(relay.target)
        asyncio.get_running_loop().add_reader(self._socket, self._pass_down)

    def pass_up(self, data: bytes) -> None:
        with suppress(BlockingIOError, ConnectionRefusedError):
            self._socket.send(data)

    def _pass_down(self) -> None:
        with suppress(BlockingIOError, ConnectionRefusedError):
            while True:
                self._relay.send(self._socket.recv(65536), self._client)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()
