"""A Jumpa server started as an operator would start it, with its logs kept."""

import asyncio
import json
import os
import signal
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "e2e" / "out"
LOGS = OUT / "logs"
LOOPBACK = "127.0.0.1"
KEY = "devkey"
SECRET = "secret-of-the-tests-0123456789abcdef"


@dataclass
class Server:
    """A running `jumpa serve` and where it answers."""

    process: asyncio.subprocess.Process
    data: Path
    log: Path
    addresses: dict[str, object] = field(default_factory=dict)

    @property
    def http(self) -> str:
        return str(self.addresses["http"])

    @property
    def websocket(self) -> str:
        return self.http.replace("http", "ws", 1)

    def children(self) -> list[int]:
        """Process ids of the server's children."""
        listing = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in listing.split()]

    def sfu_pid(self) -> int:
        """Process id of the server's jumpa-sfu."""
        [pid] = [
            pid for pid in self.children() if "jumpa-sfu" in Path(f"/proc/{pid}/comm").read_text()
        ]
        return pid

    async def stop(self) -> int:
        """Ask the server to stop and return its exit status."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(20):
            return await self.process.wait()

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()


async def start(
    data: Path,
    *extra: str,
    port: int = 0,
    program: str = str(ROOT / ".venv" / "bin" / "jumpa"),
    environment: dict[str, str] | None = None,
    media: str = LOOPBACK,
) -> Server:
    """Start a server on free ports of the loopback address, or this one, until it serves."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{data.name}-{os.getpid()}-{len(list(LOGS.iterdir()))}.log"
    arguments = ["serve", "--bind", LOOPBACK, "--port", str(port)]
    arguments += () if "--udp-port" in extra else ("--udp-port", "0")
    arguments += ["--media-address", media, "--api-key", f"{KEY}={SECRET}"]
    arguments += ["--data", str(data), *extra]
    with log.open("wb") as sink:
        process = await asyncio.create_subprocess_exec(
            program,
            *arguments,
            stdout=sink,
            stderr=asyncio.subprocess.STDOUT,
            cwd=data.parent,
            env=environment,
        )
    server = Server(process, data, log)
    server.addresses = await ready(server)
    return server


async def ready(server: Server) -> dict[str, object]:
    """Wait for DATA/serve.json of this very process."""
    path = server.data / "serve.json"
    async with asyncio.timeout(90):
        while True:
            if server.process.returncode is not None:
                raise RuntimeError(f"jumpa serve ended early:\n{server.log.read_text()}")
            if path.exists():
                addresses: dict[str, object] = json.loads(path.read_text())
                if addresses.get("pid") == server.process.pid:
                    return addresses
            await asyncio.sleep(0.05)
