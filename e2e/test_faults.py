"""What breaks in a call, and what it costs the others."""

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.request import urlopen

from livekit import rtc
from livekit.protocol import rtc as messages
from playwright.async_api import Browser, Page
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from harness import barepage, tokens
from harness.barepage import hears, until
from harness.media import LOOKS
from harness.servers import Server

Starter = Callable[..., Awaitable[Server]]


def is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


async def is_gone(pid: int) -> bool:
    return not is_running(pid)


def port_is_free(port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind is socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def media_port(server: Server) -> int:
    addresses = server.addresses["media"]
    assert isinstance(addresses, list)
    return int(str(addresses[0]).rpartition(":")[2])


async def call(server: Server, people: list[Browser], room: str) -> list[Page]:
    """Two people in a call who hear each other."""
    pages = []
    for number in range(2):
        page = await barepage.open_page(people[number], server.http)
        token = tokens.mint(room, f"person-{number}")
        await barepage.join(page, server.websocket, token)
        pages.append(page)
    await both_hear(pages)
    return pages


async def both_hear(pages: list[Page]) -> None:
    for number, other in ((0, 1), (1, 0)):
        await until(
            partial(hears, pages[number], f"person-{other}", LOOKS[other].tone_hz),
            f"{number} hears {other}",
            seconds=60,
        )


class TestKilledServer:
    async def test_leaves_no_sfu_and_no_port(self, fresh_server: Starter) -> None:
        server = await fresh_server()
        sfu = server.sfu_pid()
        tcp, udp = int(server.http.rpartition(":")[2]), media_port(server)
        assert not port_is_free(udp, socket.SOCK_DGRAM)

        await server.kill()

        await until(partial(is_gone, sfu), "the SFU has ended", seconds=5)
        assert port_is_free(tcp, socket.SOCK_STREAM)
        assert port_is_free(udp, socket.SOCK_DGRAM)


class TestKilledSfu:
    async def test_comes_back_and_the_call_goes_on(
        self, fresh_server: Starter, people: list[Browser]
    ) -> None:
        server = await fresh_server()
        pages = await call(server, people, "killed-sfu")
        before = server.sfu_pid()

        os.kill(before, signal.SIGKILL)

        await until(partial(has_other_sfu, server, before), "another SFU runs", seconds=5)
        await until(partial(is_ready, server), "the server is ready again", seconds=5)
        for page in pages:
            await page.wait_for_function("events.some((event) => event.name === 'reconnecting')")
            await page.wait_for_function("room.state === 'connected'")
        await both_hear(pages)


async def has_other_sfu(server: Server, before: int) -> bool:
    with suppress(ValueError, FileNotFoundError):
        return server.sfu_pid() != before
    return False


async def is_ready(server: Server) -> bool:
    try:
        with await asyncio.to_thread(urlopen, f"{server.http}/ready") as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


class TestStoppedServer:
    async def test_ends_in_order_and_tells_clients_to_reconnect(
        self, fresh_server: Starter
    ) -> None:
        server = await fresh_server()
        room = rtc.Room()
        await room.connect(server.websocket, tokens.mint("stopped", "robot"))
        told = asyncio.Event()
        room.on("reconnecting", told.set)
        sfu = server.sfu_pid()

        assert await server.stop() == 0

        async with asyncio.timeout(10):
            await told.wait()
        assert not is_running(sfu)
        assert not (server.data / "serve.json").exists()
        await room.disconnect()


BAD_SDP = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" + "a=" * 4000
BAD_FRAMES = (
    b"\xff" * 64,
    b"",
    messages.SignalRequest(
        offer=messages.SessionDescription(type="offer", sdp=BAD_SDP)
    ).SerializeToString(),
    messages.SignalRequest(
        trickle=messages.TrickleRequest(candidateInit='{"candidate": 7', target="PUBLISHER")
    ).SerializeToString(),
    messages.SignalRequest(
        answer=messages.SessionDescription(type="answer", sdp="nonsense", id=99)
    ).SerializeToString(),
    b"\x00" * (3 << 20),
)


async def received(page: Page) -> dict[str, int]:
    """Packets received and lost over all inbound streams of a page."""
    counted: dict[str, int] = await page.evaluate("received()")
    return counted


async def has_received(page: Page, packets: int) -> bool:
    return (await received(page))["packets"] > packets


class TestMalformedParticipant:
    async def test_leaves_the_others_gapless(self, server: Server, people: list[Browser]) -> None:
        pages = await call(server, people, "malformed")
        before = [await received(page) for page in pages]
        participant = "events.filter((event) => event.name === 'disconnected').length"

        for number, frame in enumerate(BAD_FRAMES):
            token = tokens.mint("malformed", f"spoiler-{number}")
            url = f"{server.websocket}/rtc?access_token={token}&protocol=16"
            async with connect(url, max_size=None) as websocket:
                with suppress(ConnectionClosed):
                    await websocket.recv()
                    await websocket.send(frame)
                    async with asyncio.timeout(1):
                        while True:
                            await websocket.recv()
        throw_datagrams(media_port(server))
        thrown = [await received(page) for page in pages]

        for page, first, middle in zip(pages, before, thrown, strict=True):
            await until(partial(has_received, page, middle["packets"] + 50), "media goes on")
            assert (await received(page))["lost"] == first["lost"] == 0
            assert await page.evaluate(participant) == 0


def throw_datagrams(port: int) -> None:
    """Datagrams that no participant sent: noise, a STUN request of nobody, RTP, DTLS."""
    stun = bytes.fromhex("000100002112a442") + bytes(12)
    rtp = bytes.fromhex("806f0001000000010000cafe") + bytes(100)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as noise:
        for datagram in (b"", b"\x00", os.urandom(1200), stun, rtp, b"\x16\xfe\xfd" + bytes(60)):
            for _ in range(50):
                noise.sendto(datagram, ("127.0.0.1", port))
