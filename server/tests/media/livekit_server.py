"""A real livekit-server on loopback, for tests of the engine that asks one."""

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2
import pytest

from jumpa.media.livekit.settings import LivekitConfig

VERSION = "1.13.5"
KEY, SECRET = "devkey", "a secret of the tests with enough bytes"
PROGRAM = "LIVEKIT_SERVER_PROGRAM"
_HERE = Path(__file__).parents[3] / "bench" / "out" / f"livekit-server-{VERSION}" / "server"
_SETTINGS = """\
port: {port}
bind_addresses: [127.0.0.1]
rtc:
  udp_port: {udp}
  tcp_port: 0
  use_external_ip: false
  node_ip: 127.0.0.1
  enable_loopback_candidate: true
keys:
  {key}: {secret}
webhook:
  api_key: {key}
  urls: [{hook}]
logging:
  level: warn
"""


def program() -> str:
    """Return the program that is named or was built by tools/install-livekit-server, or skip."""
    named = os.environ.get(PROGRAM, "")
    for place in (named, str(_HERE), shutil.which("livekit-server") or ""):
        if place and Path(place).is_file():
            return place
    pytest.skip(f"no livekit-server: name one in {PROGRAM}, or run tools/install-livekit-server")


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass
class LivekitServer:
    """Started and ended by a test."""

    folder: Path
    hook: str
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def config(self) -> LivekitConfig:
        address = f"127.0.0.1:{self.port}"
        config = LivekitConfig(f"ws://{address}", f"http://{address}", KEY, SECRET)
        return replace(config, reconcile_s=3600, retry_s=0.1)

    async def start(self) -> None:
        self._launch()
        async with asyncio.timeout(60), httpx2.AsyncClient() as client:
            while True:
                with contextlib.suppress(httpx2.TransportError):
                    await client.get(self.config.api_url)
                    return
                await asyncio.sleep(0.05)

    def _launch(self) -> None:
        settings = self.folder / "livekit.yaml"
        settings.write_text(
            _SETTINGS.format(
                port=self.port,
                udp=free_port(socket.SOCK_DGRAM),
                key=KEY,
                secret=SECRET,
                hook=self.hook,
            )
        )
        with (self.folder / "livekit.log").open("ab") as log:
            self.process = subprocess.Popen(
                (program(), "--config", str(settings)), stdout=log, stderr=log
            )

    def end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@contextlib.asynccontextmanager
async def livekit_server(folder: Path, hook: str) -> AsyncIterator[LivekitServer]:
    """Start one that tells a hook what happens."""
    program()
    server = LivekitServer(folder, hook, free_port())
    await server.start()
    try:
        yield server
    finally:
        server.end()
