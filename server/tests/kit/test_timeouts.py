"""Requests that take too long are ended (S2-031)."""

import asyncio

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from jumpa.kit.http.timeouts import TimeLimit


class Slow:
    """Never ends by itself; notes how it ended."""

    def __init__(self) -> None:
        self.was_cancelled = False

    async def answer(self, _: Request) -> Response:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        return PlainTextResponse("never")


def client_of(slow: Slow, timeout_s: float) -> httpx2.AsyncClient:
    async def quick(_: Request) -> Response:
        return PlainTextResponse("quick")

    app = Starlette(routes=[Route("/api/slow", slow.answer), Route("/api/quick", quick)])
    transport = httpx2.ASGITransport(TimeLimit(app, timeout_s, ("/api",)))
    return httpx2.AsyncClient(transport=transport, base_url="http://x")


class TestTimeLimit:
    async def test_answers_and_ends_the_work(self) -> None:
        slow = Slow()

        answer = await client_of(slow, 0).get("/api/slow")

        assert (answer.status_code, answer.json()["code"]) == (503, "request_timed_out")
        assert slow.was_cancelled

    async def test_leaves_quick_ones_alone(self) -> None:
        assert (await client_of(Slow(), 60).get("/api/quick")).text == "quick"
