"""A server that is killed while a file comes loses no file, doubles none and leaves none behind."""

import asyncio
import signal
import sys
from pathlib import Path
from uuid import UUID

import pytest
from chat.talking import seat
from chat.test_files import messages, rows
from factories import Server

import jumpa
from jumpa.kit import objects
from jumpa.kit.failpoints import FailPoint
from jumpa.kit.objects import ObjectStore

KEY = "a-key-that-nobody-guesses"
PROGRAM = Path(__file__).parent / "killed_upload.py"
PACKAGES = (Path(jumpa.__file__).parents[1], PROGRAM.parents[1])


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return objects.on_disk(tmp_path / "objects")


class TestKilled:
    @pytest.mark.parametrize(
        ("point", "is_written", "is_stored"),
        [
            (FailPoint.UPLOAD_RECEIVED, False, False),
            (FailPoint.UPLOAD_STORED, False, True),
            (FailPoint.UPLOAD_WRITTEN, False, True),
            (FailPoint.UPLOAD_COMMITTED, True, True),
        ],
    )
    async def test_keeps_whole_files_and_sweeps_up_the_others(
        self,
        server: Server,
        store: ObjectStore,
        point: FailPoint,
        is_written: bool,
        is_stored: bool,
    ) -> None:
        server.parts.objects._store = store._store
        ann = await seat(server, await server.create_room(), "Ann")
        url = server.parts.database.engine.url.render_as_string(hide_password=False)
        words = (str(PROGRAM), url, str(store._folder), ann.code, ann.bearer, KEY, point)

        killed = await asyncio.create_subprocess_exec(
            sys.executable,
            *words,
            env={"PYTHONPATH": ":".join(map(str, PACKAGES))},
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await killed.communicate()

        assert killed.returncode == -signal.SIGKILL, said.decode()
        assert await messages(server) == is_written
        assert await rows(server) == 1
        assert len([name async for name in store.names()]) == is_stored
        again = await ann.sent("tea.txt", b"Teh hijau", key=KEY)
        assert await messages(server) == 1
        server.clock.move(hours=1, seconds=1)
        await server.clean_up()
        assert [name async for name in store.names()] == [UUID(again["file"]["id"])]
        assert await rows(server) == 1
        assert (await ann.fetch(again)).content == b"Teh hijau"
