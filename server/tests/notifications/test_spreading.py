"""Whoever is connected to one server hears at once what another one of the same database did."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from factories import Server, make_parts
from media.fake_sfu import FakeSfu
from notifications.told import tell
from people import SignedIn, sign_in, sign_in_again
from postgresql import Cluster
from sqlalchemy import URL

from jumpa.app.composition import build
from jumpa.config import Settings
from jumpa.domains.notifications.service.audience import Audience, Listener
from jumpa.domains.notifications.service.spreading import CHANNEL, Spread
from jumpa.kit.actor import NOBODY, Actor
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.channel import Channel
from jumpa.kit.db.database import Database

LONG_S = 60


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> URL:
    """SQLite has one server."""
    request.getfixturevalue("sweep")()
    url: URL = request.getfixturevalue("migrated_server")
    return url


@dataclass
class Other:
    """Another server; `began` counts how often it listened anew."""

    audience: Audience
    work: UnitOfWork
    channel: Channel
    began: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    @asynccontextmanager
    async def hearing(self) -> AsyncIterator[None]:
        """Listen on a connection of its own until the block ends."""

        async def begin() -> None:
            await self.channel.begin()
            self.began.release()

        heard = replace(self.channel, begin=begin, pause_s=0.01)
        running = asyncio.create_task(heard.run())
        try:
            async with asyncio.timeout(LONG_S):
                await self.began.acquire()
            yield
        finally:
            running.cancel()
            await asyncio.wait({running})

    @asynccontextmanager
    async def listening(self, user_id: UUID, actor: Actor = NOBODY) -> AsyncIterator[Listener]:
        listener = Listener(user_id, actor)
        with self.audience.with_one_more(listener):
            yield listener


async def next_of(listener: Listener) -> dict[str, Any] | None:
    async with asyncio.timeout(LONG_S):
        return await listener.messages.get()


@pytest.fixture
async def deaf(database_url: URL, settings: Settings) -> AsyncIterator[Other]:
    """One whose connection to the others is away."""
    database = Database(database_url)
    parts, _, _ = make_parts(database, settings, FakeSfu())
    app = build(parts)
    assert app.others is not None
    yield Other(app.audience, app.work, app.others)
    await database.close()


@pytest.fixture
async def other(deaf: Other) -> AsyncIterator[Other]:
    async with deaf.hearing():
        yield deaf


class TestSpread:
    async def test_brings_what_another_server_told(
        self, server: Server, ayu: SignedIn, other: Other
    ) -> None:
        async with other.listening(ayu.user.id) as listener:
            await tell(server, ayu)
            came = await next_of(listener)
            await ayu.post("/notifications/read", json={})
            read = await next_of(listener)

        assert came is not None
        assert (came["type"], came["unread"]) == ("notification", 1)
        assert came["notification"]["title"] == "Weekly tea begins soon"
        assert read == {"type": "unread", "unread": 0}

    async def test_brings_nothing_of_others_and_nothing_twice(
        self, server: Server, ayu: SignedIn, other: Other
    ) -> None:
        budi = await sign_in(server, "budi@example.com")
        async with other.listening(budi.user.id) as listener:
            await tell(server, ayu)
            await tell(server, budi, "mine")
            await next_of(listener)
            await budi.post("/notifications/read", json={})
            assert await next_of(listener) == {"type": "unread", "unread": 0}

        assert listener.messages.empty()

    async def test_does_not_repeat_what_a_server_said_itself(
        self, server: Server, ayu: SignedIn, other: Other
    ) -> None:
        said: list[str] = []

        async def hear(word: str) -> None:
            said.append(word)

        async with other.listening(ayu.user.id) as listener:
            await tell(server, ayu)
            await next_of(listener)
            own = Spread(other.audience)
            word = f'{{"server": "{own.name}", "user_id": "{ayu.user.id}"}}'
            await own.hear(other.work, word)

        assert listener.messages.empty()

    async def test_ends_sockets_of_sessions_that_ended_elsewhere(
        self, server: Server, ayu: SignedIn, other: Other
    ) -> None:
        again = await sign_in_again(server, ayu.user)
        sessions = (await again.get("/auth/sessions")).json()["items"]
        ended = next(one["id"] for one in sessions if not one["is_current"])
        kept = Actor(user_id=ayu.user.id, session_id=uuid4())
        gone = Actor(user_id=ayu.user.id, session_id=UUID(ended))
        async with (
            other.listening(ayu.user.id, gone) as first,
            other.listening(ayu.user.id, kept) as second,
        ):
            assert (await again.delete(f"/auth/sessions/{ended}")).is_success
            assert await next_of(first) is None
            assert second.messages.empty()

    async def test_ends_sockets_of_sessions_that_ended_while_it_heard_nothing(
        self, server: Server, ayu: SignedIn, deaf: Other
    ) -> None:
        again = await sign_in_again(server, ayu.user)
        sessions = (await again.get("/auth/sessions")).json()["items"]
        current, ended = (
            next(UUID(one["id"]) for one in sessions if one["is_current"] is is_current)
            for is_current in (True, False)
        )
        kept = Actor(user_id=ayu.user.id, session_id=current)
        gone = Actor(user_id=ayu.user.id, session_id=ended)
        async with (
            deaf.listening(ayu.user.id, gone) as first,
            deaf.listening(ayu.user.id, kept) as second,
        ):
            assert (await again.delete(f"/auth/sessions/{ended}")).is_success
            async with deaf.hearing():
                assert await next_of(first) is None
                assert await next_of(second) == {"type": "unread", "unread": 0}
                assert second.messages.empty()

    async def test_tells_the_count_anew_after_the_connection_was_lost(
        self, server: Server, ayu: SignedIn, other: Other, cluster: Cluster
    ) -> None:
        async with other.listening(ayu.user.id) as listener:
            cluster.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                f" WHERE query = 'LISTEN \"{CHANNEL}\"'"
            )
            async with asyncio.timeout(LONG_S):
                await other.began.acquire()
            assert await next_of(listener) == {"type": "unread", "unread": 0}
            await tell(server, ayu)
            came = await next_of(listener)

        assert came is not None
        assert came["unread"] == 1

    @pytest.mark.parametrize("word", ["", "x", "{}", '{"server": 1, "user_id": "x"}', "[" * 5000])
    async def test_outlives_words_that_nobody_understands(
        self, server: Server, ayu: SignedIn, other: Other, word: str, cluster: Cluster
    ) -> None:
        async with other.listening(ayu.user.id) as listener:
            cluster.run(f"SELECT pg_notify('{CHANNEL}', '{word}')", "migrated")
            await tell(server, ayu)
            came = await next_of(listener)

        assert came is not None
        assert came["unread"] == 1
