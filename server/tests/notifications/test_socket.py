"""Notifications come on a socket while somebody looks, to nobody else."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
import websockets
from factories import Server
from notifications.told import tell
from people import SignedIn, sign_in
from signaling.plain_clients import listening

from jumpa.domains.notifications.events import NotificationsRead
from jumpa.domains.notifications.service.audience import Audience, Listener
from jumpa.kit.actor import NOBODY

Socket = websockets.ClientConnection


@pytest.fixture
async def port(server: Server) -> AsyncIterator[int]:
    async with listening(server.app.asgi) as found:
        yield found


@asynccontextmanager
async def connected(port: int, first: object) -> AsyncIterator[Socket]:
    url = f"ws://127.0.0.1:{port}/ws/notifications"
    async with websockets.connect(url, open_timeout=60) as socket:
        await socket.send(first if isinstance(first, str) else json.dumps(first))
        yield socket


def hello(person: SignedIn) -> dict[str, str]:
    return {"type": "authenticate", "token": person.tokens["access_token"]}


async def heard(socket: Socket) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(await socket.recv())
    return message


class TestSocket:
    async def test_brings_what_comes_with_the_count(
        self, server: Server, ayu: SignedIn, port: int
    ) -> None:
        await tell(server, ayu, "before")
        async with connected(port, hello(ayu)) as socket:
            assert await heard(socket) == {"type": "ready", "unread": 1}
            await tell(server, ayu, "after")
            came = await heard(socket)
            await ayu.post("/notifications/read", json={})
            read = await heard(socket)

        assert (came["type"], came["unread"]) == ("notification", 2)
        assert came["notification"]["title"] == "Weekly tea begins soon"
        assert read == {"type": "unread", "unread": 0}

    async def test_brings_nothing_of_others(self, server: Server, ayu: SignedIn, port: int) -> None:
        budi = await sign_in(server, "budi@example.com")
        async with connected(port, hello(budi)) as socket:
            await heard(socket)
            await tell(server, ayu)
            await tell(server, budi, "mine")
            came = await heard(socket)

        assert came["unread"] == 1

    async def test_ends_with_the_session(self, ayu: SignedIn, port: int) -> None:
        async with connected(port, hello(ayu)) as socket:
            await heard(socket)
            await ayu.post("/auth/logout", json={"refresh_token": ayu.tokens["refresh_token"]})
            await socket.wait_closed()

        assert socket.close_code == 1000

    async def test_answers_a_ping_and_nothing_else(self, ayu: SignedIn, port: int) -> None:
        async with connected(port, hello(ayu)) as socket:
            await heard(socket)
            for said in ("ping", "[" * 5000, '{"type": "unread", "unread": 0}', '{"type":"ping"}'):
                await socket.send(said)
            assert await heard(socket) == {"type": "pong"}

    async def test_ends_with_who_says_too_much(self, ayu: SignedIn, port: int) -> None:
        async with connected(port, hello(ayu)) as socket:
            await heard(socket)
            for _ in range(1000):
                await socket.send("ping")
            await socket.wait_closed()

        assert socket.close_code == 1008

    @pytest.mark.parametrize(
        ("first", "code", "close"),
        [
            ({"type": "authenticate", "token": "a.b.c"}, "access_token_invalid", 4401),
            ({"type": "authenticate", "token": ""}, "socket_message_malformed", 4400),
            ({"type": "authenticate", "token": 7}, "socket_message_malformed", 4400),
            ({"type": "hello"}, "socket_message_malformed", 4400),
            ("[" * 5000, "socket_message_malformed", 4400),
            ("x" * 10_000, "socket_message_malformed", 4400),
            ("", "socket_message_malformed", 4400),
        ],
    )
    async def test_is_for_who_says_who_they_are(
        self, port: int, first: object, code: str, close: int
    ) -> None:
        async with connected(port, first) as socket:
            told = await heard(socket)
            await socket.wait_closed()

        assert (told["code"], socket.close_code) == (code, close)

    async def test_refuses_a_token_of_an_ended_session(self, ayu: SignedIn, port: int) -> None:
        await ayu.post("/auth/logout", json={"refresh_token": ayu.tokens["refresh_token"]})
        async with connected(port, hello(ayu)) as socket:
            assert (await heard(socket))["code"] == "access_token_invalid"

    async def test_is_open_twenty_times_at_most(self, ayu: SignedIn, port: int) -> None:
        async with AsyncExitStack() as stack:
            for _ in range(20):
                socket = await stack.enter_async_context(connected(port, hello(ayu)))
                assert (await heard(socket))["type"] == "ready"
            last = await stack.enter_async_context(connected(port, hello(ayu)))
            assert (await heard(last))["code"] == "sockets_exhausted"


class TestAudience:
    def test_tells_one_of_a_thousand(self) -> None:
        audience = Audience()
        people = [Listener(UUID(int=number), NOBODY) for number in range(1000)]
        with ExitStack() as stack:
            for person in people:
                stack.enter_context(audience.with_one_more(person))
            audience.hear(NotificationsRead(UUID(int=500), 3))

        assert [person.messages.qsize() for person in people].count(1) == 1
        assert people[500].messages.get_nowait() == {"type": "unread", "unread": 3}

    def test_ends_a_socket_that_takes_nothing_any_more(self) -> None:
        audience, listener = Audience(), Listener(UUID(int=1), NOBODY)
        with audience.with_one_more(listener):
            for number in range(500):
                audience.hear(NotificationsRead(listener.user_id, number))

        assert listener.has_overflowed
        assert listener.messages.qsize() == 101
