"""Events of live rooms are stored before they are sent, and never hold a room up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from factories import FOREIGN_KEY, Server
from google.protobuf import json_format
from livekit.protocol.webhook import WebhookEvent
from sqlalchemy import select

from jumpa.app.webhooks import WebhookKeyMissingError, WebhookWatch, webhooks
from jumpa.config import Settings, WebhookSettings
from jumpa.domains.webhooks.models import Webhook
from jumpa.kit.actor import SERVER, Actor
from jumpa.kit.clock import Clock
from jumpa.kit.context import Context, UnitOfWork
from jumpa.media.engine import RoomStarted

URLS = ("https://one.example/hook", "https://two.example/hook?secret=1")


@pytest.fixture
def settings() -> Settings:
    return Settings(webhook=WebhookSettings(urls=URLS, api_key=FOREIGN_KEY))


class Away:
    """A database that is away for two writes."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._failures = 2
        self.is_back = asyncio.Event()

    @property
    def clock(self) -> Clock:
        return self._work.clock

    @asynccontextmanager
    async def write(self, actor: Actor) -> AsyncIterator[Context]:
        if self._failures:
            self._failures -= 1
            raise ConnectionError
        async with self._work.write(actor) as ctx:
            yield ctx
        self.is_back.set()


async def stored(server: Server) -> list[tuple[str, str, str]]:
    await server.app.webhooks.watch.settled()
    async with server.app.work.read(SERVER) as ctx:
        rows = await ctx.session.scalars(select(Webhook).order_by(Webhook.id))
        return [(row.url, row.room, row.event) for row in rows]


class TestWatch:
    async def test_stores_one_for_each_receiver_in_order(self, server: Server) -> None:
        await server.open_live_room("tea")
        await server.parts.engine.delete_room("tea")

        assert await stored(server) == [
            (url, "tea", event) for event in ("room_started", "room_finished") for url in URLS
        ]

    async def test_keeps_what_happens_while_the_database_is_away(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jumpa.app.webhooks._PAUSE_S", 0)
        watch = server.app.webhooks.watch
        broken = Away(server.app.work)
        watch.work = broken  # type: ignore[assignment]  # it fails where the real one would
        await server.open_live_room("tea")
        await server.open_live_room("milk")
        await broken.is_back.wait()

        assert [room for _, room, _ in await stored(server)] == ["tea", "tea", "milk", "milk"]

    async def test_says_how_many_were_lost(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jumpa.app.webhooks._MOST_WAITING", 1)
        watch: WebhookWatch = server.app.webhooks.watch
        for number in range(4):
            watch.hear(RoomStarted(f"room {number}", "RM_1"))
        await watch.settled()
        watch.hear(RoomStarted("tea", "RM_2"))

        await stored(server)

        async with server.app.work.read(SERVER) as ctx:
            rows = (await ctx.session.scalars(select(Webhook).order_by(Webhook.id))).all()
        events = [json_format.Parse(row.body, WebhookEvent()) for row in rows[:: len(URLS)]]
        assert [(event.room.name, event.num_dropped) for event in events] == [
            ("room 0", 0),
            ("tea", 3),
        ]


class TestSettings:
    @pytest.mark.parametrize("settings", [Settings()])
    async def test_without_receivers_nothing_is_stored(self, server: Server) -> None:
        await server.open_live_room("tea")

        assert await stored(server) == []

    async def test_need_a_key_that_exists(self, server: Server) -> None:
        with pytest.raises(WebhookKeyMissingError, match="must name one of the API keys"):
            webhooks(server.parts.settings, {}, server.app.work, server.clock)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"urls": ("https://one.example",)},
            {"urls": ("ftp://one.example",), "api_key": "devkey"},
            {"urls": ("https://me:secret@one.example",), "api_key": "devkey"},
            {"urls": ("one.example/hook",), "api_key": "devkey"},
        ],
    )
    def test_that_cannot_be_are_refused(self, wrong: dict[str, object]) -> None:
        with pytest.raises(ValueError, match=r"api_key|https"):
            WebhookSettings.model_validate(wrong)
