"""Asking other hosts: nothing inside, no redirects, nothing endless (SSRF)."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import httpcore2
import pytest
from hosts import heard, saying, serving
from httpcore2 import AsyncMockStream
from typing_extensions import override

from jumpa.kit import tls
from jumpa.kit.addresses import IpAddress
from jumpa.kit.outbound.client import HostUnavailableError, Outbound, OutboundLimits, trust
from jumpa.kit.outbound.network import CheckedNetwork, HostRefusedError, resolve

LIMITS = OutboundLimits(timeout_s=60, answer_bytes=1000)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + b'{"a": 12}'


@dataclass
class Names:
    """Answers of a name server, one after the other; the last one stays."""

    answers: list[list[str]]
    asked: int = 0

    async def __call__(self, _host: str, _port: int) -> Sequence[IpAddress]:
        found = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [ip_address(text) for text in found]


@dataclass
class Network(httpcore2.AsyncNetworkBackend):
    """A network in which every host says the same; `dead` ones do not answer."""

    said: bytes = OK
    dead: frozenset[str] = frozenset()
    reached: list[str] = field(default_factory=list)

    @override
    async def connect_tcp(self, host: str, *_: object, **__: object) -> AsyncMockStream:
        self.reached.append(host)
        if host in self.dead:
            raise httpcore2.ConnectError
        return AsyncMockStream([self.said])


def outbound(
    answers: list[list[str]], network: Network, *allowed: str, limits: OutboundLimits = LIMITS
) -> Outbound:
    return Outbound(CheckedNetwork(frozenset(allowed), Names(answers), network), limits)


@pytest.fixture
async def near() -> AsyncIterator[Outbound]:
    """A client that may ask this machine."""
    made = Outbound(CheckedNetwork(frozenset({"127.0.0.1", "localhost"})), LIMITS)
    yield made
    await made.close()


class TestName:
    async def test_is_resolved_once_and_its_address_asked(self) -> None:
        network = Network()

        answer = await outbound([["1.1.1.1"]], network).get("https://idp.example/keys")

        assert answer.json() == {"a": 12}
        assert network.reached == ["1.1.1.1"]

    async def test_that_leads_inside_is_refused(self) -> None:
        network = Network()

        with pytest.raises(HostRefusedError):
            await outbound([["10.0.0.1"]], network).get("https://idp.example/")

        assert network.reached == []

    async def test_that_leads_outside_and_inside_is_refused(self) -> None:
        network = Network()

        with pytest.raises(HostRefusedError):
            await outbound([["1.1.1.1", "::1"]], network).get("https://idp.example/")

        assert network.reached == []

    async def test_that_changes_its_mind_leads_nowhere_else(self) -> None:
        names, network = Names([["1.1.1.1"], ["127.0.0.1"]]), Network()
        client = Outbound(CheckedNetwork(frozenset(), names, network), LIMITS)

        await client.get("https://idp.example/")
        with pytest.raises(HostRefusedError):
            await client.get("https://idp.example/")

        assert network.reached == ["1.1.1.1"]
        assert names.asked == 2

    async def test_without_an_address_is_refused(self) -> None:
        with pytest.raises(HostRefusedError):
            await outbound([[]], Network()).get("https://idp.example/")

    async def test_of_an_allowed_host_may_lead_inside_but_not_to_a_clouds_secrets(self) -> None:
        network = Network()
        names = [["192.168.1.5"], ["169.254.169.254"]]
        client = outbound(names, network, "idp.example")

        await client.get("https://IDP.example/")
        with pytest.raises(HostRefusedError):
            await client.get("https://idp.example/")

        assert network.reached == ["192.168.1.5"]

    async def test_with_a_dead_address_is_asked_at_the_next(self) -> None:
        network = Network(dead=frozenset({"2606:4700::1"}))

        await outbound([["2606:4700::1", "1.1.1.1"]], network).get("https://idp.example/")

        assert network.reached == ["2606:4700::1", "1.1.1.1"]

    async def test_that_nobody_knows_is_unavailable(self) -> None:
        async def unknown(_host: str, _port: int) -> Sequence[IpAddress]:
            raise socket.gaierror

        client = Outbound(CheckedNetwork(frozenset(), unknown, Network()), LIMITS)

        with pytest.raises(HostUnavailableError):
            await client.get("https://nowhere.example/")

    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "127.1",
            "[::1]",
            "[::ffff:7f00:1]",
        ],
    )
    async def test_that_is_a_number_leads_inside_in_no_form(self, host: str) -> None:
        network = Network()
        client = Outbound(CheckedNetwork(frozenset(), resolve, network), LIMITS)

        with pytest.raises(HostRefusedError):
            await client.get(f"https://{host}/")

        assert network.reached == []


class TestUrl:
    @pytest.mark.parametrize(
        "url",
        [
            "http://idp.example/",
            "http://localhost/",
            "ftp://idp.example/",
            "file:///etc/passwd",
            "gopher://idp.example/",
            "//idp.example/",
            "idp.example",
            "",
            "https://",
            "https:///path",
            "https://user@idp.example/",
            "https://idp.example:secret@127.0.0.1/",
            "https://idp.example\\@127.0.0.1/",
            "https://idp.example:0/",
            "https://idp.example:99999/",
            "https://[::1/",
            "https://idp.example/\r\nX: y",
            "https://idp.example/\N{FULLWIDTH SOLIDUS}",
            "https://idp.example/" + "a" * 3000,
        ],
    )
    async def test_is_https_to_a_named_host_alone(self, url: str) -> None:
        network = Network()

        with pytest.raises(HostRefusedError):
            await outbound([["1.1.1.1"]], network).get(url)

        assert network.reached == []

    async def test_may_be_plain_on_this_machine_where_that_is_allowed(self, near: Outbound) -> None:
        async with serving(saying(OK)) as port:
            assert (await near.get(f"http://127.0.0.1:{port}/")).status == 200

    async def test_is_never_plain_elsewhere(self) -> None:
        with pytest.raises(HostRefusedError):
            await outbound([["10.0.0.1"]], Network(), "idp.example").get("http://idp.example/")


class TestAnswer:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    async def test_that_leads_elsewhere_is_not_followed(self, near: Outbound, status: int) -> None:
        requests: list[bytes] = []
        head = f"HTTP/1.1 {status} Moved\r\nContent-Length: 0\r\n"
        moved = f"{head}Location: http://127.0.0.1:1/\r\n\r\n".encode()

        async with serving(saying(moved, requests)) as port:
            answer = await near.get(f"http://127.0.0.1:{port}/")

        assert (answer.status, len(requests)) == (status, 1)
        with pytest.raises(HostUnavailableError):
            answer.json()

    @pytest.mark.parametrize(
        "said",
        [
            b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b" " * 5000,
            b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b" " * 5000,
            b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
            b"nonsense\r\n\r\n",
            b"",
        ],
        ids=["told huge", "huge", "huge head", "cut", "no HTTP", "nothing"],
    )
    async def test_that_is_huge_cut_or_nonsense_is_none(self, near: Outbound, said: bytes) -> None:
        async with serving(saying(said)) as port:
            with pytest.raises(HostUnavailableError):
                await near.get(f"http://127.0.0.1:{port}/")

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 900])
    async def test_that_is_no_object_is_none(self, near: Outbound, body: bytes) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        async with serving(saying(head + body)) as port:
            answer = await near.get(f"http://127.0.0.1:{port}/")

        with pytest.raises(HostUnavailableError):
            answer.json()

    async def test_that_never_ends_is_given_up(self) -> None:
        async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await heard(reader)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
            # Ends when the client hangs up.
            await reader.read()

        limits = OutboundLimits(timeout_s=0.05)
        client = Outbound(CheckedNetwork(frozenset({"127.0.0.1"})), limits)
        async with serving(drip) as port:
            with pytest.raises(HostUnavailableError):
                await client.get(f"http://127.0.0.1:{port}/")

    async def test_of_nobody_is_unavailable(self, near: Outbound) -> None:
        async with serving(saying(OK)) as port:
            pass

        with pytest.raises(HostUnavailableError):
            await near.get(f"http://127.0.0.1:{port}/")


class TestForm:
    async def test_is_sent_whole(self, near: Outbound) -> None:
        bodies: list[bytes] = []

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            bodies.append(await heard(reader))
            bodies.append(await reader.readexactly(10))
            writer.write(OK)
            await writer.drain()

        async with serving(handle) as port:
            await near.post_form(f"http://127.0.0.1:{port}/", {"a": "b&", "c": "d"})

        assert bodies[1] == b"a=b%26&c=d"
        assert b"application/x-www-form-urlencoded" in bodies[0]


class TestCertificate:
    async def test_is_of_the_named_host_and_believed_only_where_its_authority_is(
        self, tmp_path: Path
    ) -> None:
        chain, key = tls.own_pair(tmp_path, [ip_address("127.0.0.1")], datetime.now(UTC))
        secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secure.load_cert_chain(chain, key)
        names: list[str | None] = []
        secure.sni_callback = lambda _socket, name, _context: names.append(name)
        network = CheckedNetwork(frozenset({"localhost", "other.example"}), Names([["127.0.0.1"]]))
        believing = Outbound(network, LIMITS, trust(Path(chain)))

        async with serving(saying(OK), secure) as port:
            answer = await believing.get(f"https://localhost:{port}/")
            with pytest.raises(HostUnavailableError):
                await believing.get(f"https://other.example:{port}/")
            with pytest.raises(HostUnavailableError):
                await Outbound(network, LIMITS).get(f"https://localhost:{port}/")

        assert answer.status == 200
        assert names == ["localhost", "other.example", "localhost"]
