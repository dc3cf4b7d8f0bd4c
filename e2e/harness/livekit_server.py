"""A real livekit-server beside the server, for calls that are held there."""

import asyncio
import contextlib
import os
import shutil
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.servers import KEY, ROOT, SECRET

PROGRAM = "LIVEKIT_SERVER_PROGRAM"
_BUILT = ROOT / "bench" / "out" / "livekit-server-1.13.5" / "server"
_SETTINGS = """\
port: {port}
bind_addresses: [127.0.0.1]
rtc: {{udp_port: {udp}, tcp_port: 0, node_ip: 127.0.0.1, enable_loopback_candidate: true}}
keys: {{{key}: {secret}}}
webhook: {{api_key: {key}, urls: ["{hook}"]}}
"""


def program() -> str:
    """Path of the program; skips where there is none."""
    for place in (os.environ.get(PROGRAM, ""), str(_BUILT), shutil.which("livekit-server") or ""):
        if place and Path(place).is_file():
            return place
    pytest.skip(f"no livekit-server: name one in {PROGRAM}, or run tools/install-livekit-server")


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass(frozen=True)
class LivekitServer:
    """A running livekit-server, and where clients connect."""

    process: asyncio.subprocess.Process
    url: str

    async def end(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()


@contextlib.asynccontextmanager
async def running(folder: Path, hook: str) -> AsyncIterator[LivekitServer]:
    """Start one that tells `hook` what happens."""
    port, udp = free_port(), free_port(socket.SOCK_DGRAM)
    settings = folder / "livekit.yaml"
    settings.write_text(_SETTINGS.format(port=port, udp=udp, key=KEY, secret=SECRET, hook=hook))
    with (folder / "livekit.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            program(), "--config", str(settings), stdout=log, stderr=log
        )
    server = LivekitServer(process, f"ws://127.0.0.1:{port}")
    try:
        async with asyncio.timeout(30):
            while True:
                with contextlib.suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    break
                await asyncio.sleep(0.05)
        yield server
    finally:
        await server.end()
