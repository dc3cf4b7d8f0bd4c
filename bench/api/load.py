"""Sends requests at a steady rate, whether the server keeps up or not (open loop).

Delays count from when a request was due, so waiting behind a slow one is not left out.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.api.client import Client, Request
from bench.errors import BenchError

_GIVEN_UP_S = 30
UNANSWERED = 599


@dataclass(frozen=True, slots=True)
class Answer:
    """How one request ended; seconds from when it was due."""

    kind: str
    status: int
    seconds: float


@dataclass(slots=True)
class Load:
    """One run: `rate` requests a second; the first `warm_up_s` seconds do not count."""

    client: Client
    requests: Iterator[Request]
    rate: float
    warm_up_s: float
    answers: list[Answer] = field(default_factory=list)

    async def run(self, seconds: float) -> None:
        """Send all of them, and wait for the last answer."""
        began_s = time.perf_counter()
        under_way: set[asyncio.Task[None]] = set()
        for number in range(int(self.rate * (self.warm_up_s + seconds))):
            due_s = began_s + number / self.rate
            request = next(self.requests)
            await asyncio.sleep(max(0.0, due_s - time.perf_counter()))
            counts = due_s >= began_s + self.warm_up_s
            task = asyncio.create_task(self._send(request, due_s, counts=counts))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.gather(*under_way)

    async def _send(self, request: Request, due_s: float, *, counts: bool) -> None:
        try:
            async with asyncio.timeout(_GIVEN_UP_S):
                status, _ = await self.client.send(request)
        except (BenchError, TimeoutError):
            status = UNANSWERED
        if counts:
            answer = Answer(request.kind, status, time.perf_counter() - due_s)
            self.answers.append(answer)
