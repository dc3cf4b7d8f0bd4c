"""Webhooks from the command line."""

import asyncio
import sqlite3
from datetime import timedelta

import pytest
from cli.kept import Run

from jumpa.app.offline import opened
from jumpa.config import Settings
from jumpa.domains.webhooks.service import storing
from jumpa.domains.webhooks.service.composing import compose
from jumpa.kit.actor import SERVER
from jumpa.kit.clock import system_clock
from jumpa.media.engine import RoomStarted

pytestmark = pytest.mark.usefixtures("in_folder")


def keep(room: str) -> None:
    """Store that a room was opened, for a receiver whose address holds a secret."""

    async def kept() -> None:
        async with opened(Settings()) as parts, parts.work.write(SERVER) as ctx:
            event = compose(RoomStarted(room, "RM_1"), system_clock() - timedelta(hours=1))
            assert event is not None
            await storing.store(ctx, [event], ["https://hooks.example/in?secret=1"])

    asyncio.run(kept())


def give_up() -> None:
    with sqlite3.connect("data/jumpa.db") as database:
        database.execute("UPDATE webhooks SET state = 'failed', status = 500, ended_at = due_at")
    database.close()


class TestList:
    def test_shows_the_newest_first_and_no_secret(self, run: Run) -> None:
        assert run("webhook", "list") == (0, "")
        keep("tea")
        keep("milk")

        status, said = run("webhook", "list", "--state", "waiting")

        assert status == 0
        assert [line.split()[-3:-1] for line in said.splitlines()] == [
            ["milk", "hooks.example/in"],
            ["tea", "hooks.example/in"],
        ]
        assert "secret" not in said
        assert run("webhook", "list", "--state", "failed") == (0, "")


class TestRetry:
    def test_lets_it_leave_again(self, run: Run) -> None:
        keep("tea")
        give_up()
        failed = run("webhook", "list", "--state", "failed")[1]

        status, said = run("webhook", "retry", failed.split()[0])

        assert status == 0
        assert said.split()[:2] == [failed.split()[0], "waiting"]
        assert run("webhook", "list", "--state", "failed") == (0, "")

    @pytest.mark.parametrize(
        ("wanted", "says"),
        [("00000000-0000-7000-8000-000000000009", "no such"), ("tea", "no webhook")],
    )
    def test_needs_one_that_is_there(self, run: Run, wanted: str, says: str) -> None:
        status, said = run("webhook", "retry", wanted)

        assert status != 0
        assert says in said
