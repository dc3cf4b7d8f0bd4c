"""What both processes hold at one moment: from /proc, from /metrics, and from the server itself."""

import asyncio
import json
import os
import re
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.api.client import Client, Request
from bench.errors import BenchError

MEDIA = ("rooms", "participants", "tracks", "subscriptions")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_ANSWER_S = 20


@dataclass(frozen=True, slots=True)
class Sample:
    """Bytes and counts at `at_s`, when `joins` people had come so far.

    `cache_bytes` of the server's are SQLite's, which keeps pages of what was stored up to a limit.
    """

    at_s: float
    joins: int
    server_bytes: int
    cache_bytes: int
    sfu_bytes: int
    counts: dict[str, int]
    log_bytes: int


@dataclass(slots=True)
class Sampler:
    """Looks at a server and its media process."""

    client: Client
    pid: int
    sfu_pid: int
    data: Path
    place: Path
    began_s: float = field(default_factory=time.monotonic)
    kinds: dict[str, int] = field(default_factory=dict)

    async def look(self, joins: int) -> Sample:
        """Take what costs the server next to nothing."""
        return await self._sample(joins, signal.SIGUSR1)

    async def look_closely(self, joins: int) -> Sample:
        """Take the objects as well, for which the server stops for a moment."""
        return await self._sample(joins, signal.SIGUSR2)

    async def _sample(self, joins: int, number: signal.Signals) -> Sample:
        said = await self._asked(number)
        counts = {
            "files open, server": _files(self.pid),
            "files open, media process": _files(self.sfu_pid),
            "threads, server": _threads(self.pid),
            "threads, media process": _threads(self.sfu_pid),
            "database files open": _files(self.pid, str(self.data / "jumpa.db")),
            "asyncio tasks": said["tasks"],
        }
        log = self.data / "jumpa.db-wal"
        return Sample(
            at_s=time.monotonic() - self.began_s,
            joins=joins,
            server_bytes=_resident_bytes(self.pid),
            cache_bytes=said["sqlite_bytes"],
            sfu_bytes=_resident_bytes(self.sfu_pid),
            counts=counts | await self._media(),
            log_bytes=log.stat().st_size if log.exists() else 0,
        )

    async def _media(self) -> dict[str, int]:
        status, body = await self.client.send(Request("metrics", "GET", "/metrics", ""))
        values = dict(re.findall(r"^jumpa_media_(\w+) (\S+)$", body.decode(), re.MULTILINE))
        missing = [name for name in MEDIA if name not in values]
        if missing:
            raise BenchError(f"/metrics answered {status} without {', '.join(missing)}.")
        return {f"{name}, media process": int(float(values[name])) for name in MEDIA}

    async def _asked(self, number: signal.Signals) -> dict[str, int]:
        self.place.unlink(missing_ok=True)
        ends_s = time.monotonic() + _ANSWER_S
        while not self.place.exists():
            if time.monotonic() > ends_s:
                raise BenchError("The server does not say what it holds.")
            os.kill(self.pid, number)
            await asyncio.sleep(0.2)
        found: dict[str, Any] = json.loads(self.place.read_text())
        self.kinds = found.pop("kinds", self.kinds)
        return found


def media_process(pid: int) -> int:
    """Return the id of the server's jumpa-sfu."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = [int(one) for one in children if "jumpa-sfu" in Path(f"/proc/{one}/comm").read_text()]
    if len(found) != 1:
        raise BenchError(f"The server has {len(found)} media processes.")
    return found[0]


def _resident_bytes(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES


def _threads(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def _files(pid: int, beginning: str = "") -> int:
    found = 0
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found += str(descriptor.readlink()).startswith(beginning)
        except FileNotFoundError:
            # Closed meanwhile.
            continue
    return found
