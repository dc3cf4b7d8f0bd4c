"""Starts and ends the servers that are compared."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.errors import BenchError

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "out"
KEY = "devkey"
SECRET = secrets.token_urlsafe(32)
LIVEKIT_VERSION = "1.13.5"
LIVEKIT_MODULE = f"github.com/livekit/livekit-server/cmd/server@v{LIVEKIT_VERSION}"
START_TIMEOUT_S = 30
STOP_TIMEOUT_S = 10

LIVEKIT_SETTINGS = """\
port: {http_port}
bind_addresses: ["127.0.0.1"]
keys:
  {key}: {secret}
rtc:
  tcp_port: {tcp_port}
  udp_port: {udp_port}
  use_external_ip: false
  node_ip: 127.0.0.1
  enable_loopback_candidate: true
  interfaces:
    includes: [lo]
turn:
  enabled: false
logging:
  level: warn
"""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    url: str
    pid: int


@contextmanager
def jumpa(folder: Path, *program: str) -> Iterator[Running]:
    """Jumpa with a fresh data folder, by another program than the installed one if named."""
    installed = ROOT / ".venv" / "bin" / "jumpa"
    if not program and not installed.exists():
        raise BenchError(f"{installed} is missing. Run `make build` first.")
    addresses = folder / "data" / "serve.json"
    arguments = [*(program or [str(installed)]), "serve"]
    arguments += ["--bind", "127.0.0.1", "--port", "0", "--udp-port", "0"]
    arguments += ["--media-address", "127.0.0.1", "--api-key", f"{KEY}={SECRET}"]
    arguments += ["--data", str(addresses.parent)]
    with _started(arguments, folder / "jumpa.log", addresses.exists) as pid:
        http = json.loads(addresses.read_text())["http"]
        yield Running(str(http).replace("http://", "ws://", 1), pid)


@contextmanager
def livekit(folder: Path) -> Iterator[Running]:
    """livekit-server with its own defaults: one UDP port, no TURN."""
    http_port, tcp_port = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_STREAM)
    settings = folder / "livekit.yaml"
    settings.write_text(
        LIVEKIT_SETTINGS.format(
            http_port=http_port,
            tcp_port=tcp_port,
            udp_port=free_port(socket.SOCK_DGRAM),
            key=KEY,
            secret=SECRET,
        )
    )
    arguments = [str(livekit_program()), "--config", str(settings)]
    with _started(arguments, folder / "livekit.log", lambda: _answers(http_port)) as pid:
        yield Running(f"ws://127.0.0.1:{http_port}", pid)


def livekit_program() -> Path:
    """livekit-server, built from its source at the first run."""
    folder = OUT / f"livekit-server-{LIVEKIT_VERSION}"
    program = folder / "server"
    if program.exists():
        return program
    go = shutil.which("go")
    if go is None:
        raise BenchError(
            "The comparison builds livekit-server, and Go is not on the PATH. "
            "Install Go 1.24 or newer."
        )
    folder.mkdir(parents=True, exist_ok=True)
    print(f"building livekit-server {LIVEKIT_VERSION}: this takes some minutes, once", flush=True)
    subprocess.run(
        [go, "install", LIVEKIT_MODULE], env={**os.environ, "GOBIN": str(folder)}, check=True
    )
    return program


@contextmanager
def _started(arguments: list[str], log: Path, is_ready: Callable[[], bool]) -> Iterator[int]:
    """Run a program in a session of its own until the block ends, then end all of it."""
    with log.open("wb") as sink:
        process = subprocess.Popen(
            arguments, stdout=sink, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _wait(process, log, is_ready)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_TIMEOUT_S)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(process: subprocess.Popen[bytes], log: Path, is_ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise BenchError(f"{process.args!r} did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def free_port(kind: socket.SocketKind) -> int:
    """Return a port of loopback that nobody has."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
