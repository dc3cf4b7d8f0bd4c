"""Stands between browsers and the media process as a network does that changes or is narrow."""

import asyncio
import socket
from contextlib import suppress

from playwright.async_api import Page

Address = tuple[str, int]

# Everything that the server offers is reached through the relay only.
_THROUGH = """(() => {
  const bend = (sdp) => sdp
    .replace(/(a=candidate:\\S+ \\d+ udp \\d+ \\S+) \\d+ typ/gi, "$1 PORT typ")
    .replace(/a=candidate:\\S+ \\d+ tcp [^\\r]*\\r\\n/gi, "");
  const set = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function (description) {
    return set.call(this, { type: description.type, sdp: bend(description.sdp) });
  };
})();"""
# What comes faster than a narrow way carries waits this long at most.
_LONGEST_QUEUE_S = 0.3
_HEADER_BYTES = 28


async def lead_through(page: Page, way_in: int) -> None:
    """Let a page reach the media process through a relay only."""
    await page.add_init_script(_THROUGH.replace("PORT", str(way_in)))
    await page.reload()


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
        self._bytes_per_s = 0
        self._free_at = 0.0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def open(self, port: int = 0) -> int:
        """Listen; the port that clients send to, which is this one or any."""
        self._socket.bind(("127.0.0.1", port))
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

    def narrow(self, bytes_per_s: int) -> None:
        """Let no more than this down, as a queue does that is short; 0 lets everything pass."""
        self._bytes_per_s = bytes_per_s

    def send(self, data: bytes, client: Address) -> None:
        """Pass a datagram down, in its turn."""
        if not self._bytes_per_s:
            self._send_now(data, client)
            return
        loop = asyncio.get_running_loop()
        now = loop.time()
        leaves_at = max(self._free_at, now) + (len(data) + _HEADER_BYTES) / self._bytes_per_s
        if leaves_at - now <= _LONGEST_QUEUE_S:
            self._free_at = leaves_at
            loop.call_at(leaves_at, self._send_now, data, client)

    def _send_now(self, data: bytes, client: Address) -> None:
        with suppress(OSError):
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
