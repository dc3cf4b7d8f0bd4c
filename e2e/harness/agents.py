"""LiveKit's own agent framework, in an environment of its own: it needs older clients."""

import asyncio
import hashlib
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from harness.servers import KEY, LOGS, ROOT, SECRET, Server

FOLDER = ROOT / "e2e" / "agents"
ENVIRONMENT = FOLDER / ".venv"
UV = str(ROOT / ".venv" / "bin" / "uv")
PYTHON = str(ROOT / ".venv" / "bin" / "python")


def installed() -> str:
    """Install the framework when its lock has changed; return its Python."""
    lock = FOLDER / "requirements.lock"
    mark = ENVIRONMENT / "installed"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    python = str(ENVIRONMENT / "bin" / "python")
    if not mark.is_file() or mark.read_text() != digest:
        made = [UV, "venv", "--quiet", "--clear", "--python", PYTHON, str(ENVIRONMENT)]
        filled = [UV, "pip", "sync", "--quiet", "--require-hashes", "--python", python, str(lock)]
        for command in (made, filled):
            subprocess.run(command, check=True)
        mark.write_text(digest)
    return python


@asynccontextmanager
async def working(server: Server, program: str = "listener.py") -> AsyncIterator[None]:
    """Run a worker for a server until the block ends."""
    python = await asyncio.to_thread(installed)
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(server.data),
        "LIVEKIT_URL": server.websocket,
        "LIVEKIT_API_KEY": KEY,
        "LIVEKIT_API_SECRET": SECRET,
    }
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / f"worker-{os.getpid()}-{len(list(LOGS.iterdir()))}.log").open("wb") as sink:
        process = await asyncio.create_subprocess_exec(
            python,
            str(FOLDER / program),
            "start",
            stdout=sink,
            stderr=asyncio.subprocess.STDOUT,
            env=variables,
        )
    try:
        yield
        assert process.returncode is None, "the worker ended early"
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(30):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()
