"""LiveKit's Go client as a program that does what it is told, built from `e2e/go`."""

import asyncio
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness import tokens
from harness.once import one_at_a_time
from harness.servers import KEY, LOGS, OUT, ROOT, SECRET, Server

FOLDER = ROOT / "e2e" / "go"
PROGRAM = ROOT / "e2e" / "go" / "bin" / "client"
Fact = dict[str, Any]


def is_there() -> bool:
    """Whether the program can be built here."""
    return shutil.which("go") is not None


def built() -> Path:
    """Build the program unless it is made of these very sources."""
    sources = sorted((*FOLDER.glob("*.go"), FOLDER / "go.mod", FOLDER / "go.sum"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    mark = PROGRAM.with_name("built")
    with one_at_a_time("go"):
        if not mark.is_file() or mark.read_text() != digest:
            go = shutil.which("go") or "go"
            PROGRAM.parent.mkdir(exist_ok=True)
            subprocess.run([go, "build", "-o", PROGRAM, "."], cwd=FOLDER, check=True)
            mark.write_text(digest)
    return PROGRAM


@dataclass
class GoClient:
    """A running program; facts that nobody has waited for are kept."""

    process: asyncio.subprocess.Process
    kept: list[Fact] = field(default_factory=list)

    async def do(self, what: str, **facts: object) -> None:
        """Tell it to do something."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": what, **facts}).encode() + b"\n")
        await self.process.stdin.drain()

    async def until(
        self, event: str, fits: Callable[[Fact], bool] = lambda _: True, seconds: float = 60
    ) -> Fact:
        """Return the first fact of this kind that fits."""
        async with asyncio.timeout(seconds):
            while True:
                for fact in self.kept:
                    if fact["event"] == event and fits(fact):
                        self.kept.remove(fact)
                        return fact
                self.kept.append(await self._next())

    async def _next(self) -> Fact:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            # The client itself writes its log there, too.
            if line.startswith(b"{"):
                fact: Fact = json.loads(line)
                if "event" in fact:
                    assert fact["event"] != "failed", fact
                    return fact
        raise AssertionError(f"the Go client has ended; it had told {self.kept}")


@asynccontextmanager
async def started(*arguments: str, http: str = "") -> AsyncIterator[GoClient]:
    """Let the program run until the block ends."""
    program = await asyncio.to_thread(built)
    variables = {
        "PATH": os.environ["PATH"],
        "LIVEKIT_URL": http,
        "LIVEKIT_API_KEY": KEY,
        "LIVEKIT_API_SECRET": SECRET,
    }
    LOGS.mkdir(parents=True, exist_ok=True)
    with (OUT / f"go-{os.getpid()}.log").open("ab") as sink:
        process = await asyncio.create_subprocess_exec(
            program,
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=sink,
            env=variables,
        )
    client = GoClient(process)
    try:
        yield client
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(20):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


@asynccontextmanager
async def running(server: Server, token: str, *options: str) -> AsyncIterator[GoClient]:
    """Let the program join until the block ends."""
    async with started(server.websocket, token, *options, http=server.http) as client:
        yield client


@asynccontextmanager
async def joined(
    server: Server, room: str, *options: str, identity: str = "gopher"
) -> AsyncIterator[GoClient]:
    """Let the program be in a room until the block ends."""
    async with running(server, tokens.mint(room, identity), *options) as client:
        await client.until("joined")
        yield client


@asynccontextmanager
async def receiving() -> AsyncIterator[GoClient]:
    """Let the program take webhooks until the block ends."""
    async with started("webhooks") as client:
        yield client
