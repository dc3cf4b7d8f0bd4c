"""Ten thousand reminders due at once: are all sent once, and does the API go on meanwhile?

`python -m bench.reminders`. The mail server takes letters in this process.
"""

import argparse
import asyncio
import os
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import httpx2
from aiosmtpd.controller import Controller

from bench import servers
from bench.errors import BenchError
from jumpa.app.offline import opened
from jumpa.config import Settings, StorageSettings
from jumpa.domains.auth.service import administration
from jumpa.domains.notifications.service import telling
from jumpa.domains.notifications.service.telling import News
from jumpa.domains.organisations.models import HOME
from jumpa.domains.users.service import people
from jumpa.domains.users.service.people import NewUser
from jumpa.kit.actor import SERVER

API = "/api/v1"
PASSWORD = "a cold tea at dusk"  # noqa: S105  # of an account that lives as long as the run
ADDRESS = "asker@example.com"
BATCH = 500
DEADLINE_S = 600
FACTS = {"meeting": "Weekly tea", "when": "at 09:00"}


@dataclass
class Inbox:
    """Counts letters by whom they are for."""

    letters: Counter[str] = field(default_factory=Counter)

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802  # as aiosmtpd calls it
        """Count one."""
        content: bytes = getattr(envelope, "content", b"")
        self.letters[str(message_from_bytes(content)["To"])] += 1
        return "250 taken"


def main() -> int:
    """Run it; 0 when every reminder was sent once."""
    parser = argparse.ArgumentParser(prog="python -m bench.reminders", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="reminders that are due")
    parser.add_argument("--rate", type=float, default=50, help="requests a second meanwhile")
    given = parser.parse_args()
    return asyncio.run(measured(given.count, given.rate))


async def measured(count: int, rate: float) -> int:
    """Fill a database, serve it, and watch."""
    inbox = Inbox()
    port = servers.free_port(socket.SOCK_STREAM)
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            await fill(Path(folder) / "data", count)
            async with serving(Path(folder), port) as client:
                began_s = time.monotonic()
                delays = await ask_until(client, rate, lambda: len(inbox.letters) >= count)
                took_s = time.monotonic() - began_s
                # Whatever would come twice comes now.
                delays += await ask_for(client, rate, 5)
    finally:
        controller.stop()
    sent, twice = len(inbox.letters), sum(n > 1 for n in inbox.letters.values())
    ordered = sorted(delays)
    p50, p99 = (1000 * ordered[int(len(ordered) * part)] for part in (0.5, 0.99))
    print(f"{sent} of {count} sent in {took_s:.1f} s, {twice} twice")
    print(f"API meanwhile: {len(delays)} requests, p50 {p50:.1f} ms, p99 {p99:.1f} ms")
    return int(sent != count or twice > 0)


async def fill(folder: Path, count: int) -> None:
    """Store people, and a reminder for each that is due already."""
    settings = Settings(storage=StorageSettings(data=folder))
    async with opened(settings) as parts:
        asker = NewUser(ADDRESS, "Ayu", "Lestari", HOME)
        await administration.create(parts, asker, PASSWORD)
        for first in range(0, count, BATCH):
            async with parts.work.write(SERVER) as ctx:
                due = ctx.clock() + timedelta(seconds=-1)
                for number in range(first, min(first + BATCH, count)):
                    new = NewUser(f"p{number}@example.com", "Budi", "Santoso", HOME)
                    user = await people.create(ctx, new)
                    news = News("meeting_reminder", user.id, str(number), FACTS, "/r/tea", due)
                    await telling.enqueue(ctx, HOME, news)


@asynccontextmanager
async def serving(folder: Path, mail_port: int) -> AsyncIterator[httpx2.AsyncClient]:
    """Serve the folder; the client is signed in."""
    os.environ |= {
        "JUMPA_MAIL__HOST": "127.0.0.1",
        "JUMPA_MAIL__PORT": str(mail_port),
        "JUMPA_MAIL__SECURITY": "none",
        "JUMPA_RATES__REQUESTS_PER_MINUTE": "1000000000",
    }
    with servers.jumpa(folder) as running:
        url = running.url.replace("ws://", "http://", 1)
        async with httpx2.AsyncClient(base_url=url, timeout=60) as client:
            body = {"email": ADDRESS, "password": PASSWORD}
            answer = await client.post(f"{API}/auth/login", json=body)
            client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            yield client


async def ask_until(
    client: httpx2.AsyncClient, rate: float, is_over: Callable[[], bool]
) -> list[float]:
    """Ask steadily until it is over; return what each answer took."""
    ends_s = time.monotonic() + DEADLINE_S
    delays: list[float] = []
    while not is_over() and time.monotonic() < ends_s:
        delays += await ask_for(client, rate, 1)
    return delays


async def ask_for(client: httpx2.AsyncClient, rate: float, seconds: float) -> list[float]:
    """Ask so often for so long, whether or not answers have come: open loop."""
    tasks = []
    began_s = time.monotonic()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0, began_s + number / rate - time.monotonic()))
        tasks.append(asyncio.create_task(_asked(client)))
    return list(await asyncio.gather(*tasks))


async def _asked(client: httpx2.AsyncClient) -> float:
    began_s = time.monotonic()
    answer = await client.get(f"{API}/notifications")
    if answer.status_code != httpx2.codes.OK:
        raise BenchError(f"The API answered with status {answer.status_code}.")
    return time.monotonic() - began_s


if __name__ == "__main__":
    sys.exit(main())
