"""A server that is killed in the middle of a message loses nothing and doubles nothing."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest
from chat.talking import seat
from factories import Server
from sqlalchemy import URL, func, select

import jumpa
from jumpa.domains.chat.models import RoomMessage
from jumpa.kit.actor import SERVER

KEY = "a-key-that-nobody-guesses"
PROGRAM = Path(__file__).parent / "killed.py"
PACKAGES = (Path(jumpa.__file__).parents[1], PROGRAM.parents[1])


async def count(server: Server) -> int:
    async with server.app.work.read(SERVER) as ctx:
        return await ctx.session.scalar(select(func.count()).select_from(RoomMessage)) or 0


class TestKilled:
    @pytest.mark.parametrize(("step", "stored"), [("store", 0), ("publish", 1)])
    async def test_keeps_whole_messages_and_answers_again(
        self, server: Server, database_url: URL, step: str, stored: int
    ) -> None:
        ann = await seat(server, await server.create_room(), "Ann")
        url = database_url.render_as_string(hide_password=False)
        path = ":".join(map(str, PACKAGES))

        words = (str(PROGRAM), url, ann.code, ann.bearer, KEY, step)
        killed = await asyncio.create_subprocess_exec(
            sys.executable, *words, env={"PYTHONPATH": path}, stderr=asyncio.subprocess.PIPE
        )
        _, said = await killed.communicate()

        assert killed.returncode == -signal.SIGKILL, said.decode()
        assert await count(server) == stored
        again = await ann.wrote("Tea?", key=KEY)
        assert await count(server) == 1
        assert [m["id"] for m in (await ann.page())["items"]] == [again["id"]]
