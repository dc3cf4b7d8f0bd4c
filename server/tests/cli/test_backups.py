"""Backups of SQLite and PostgreSQL, and the way back."""

import asyncio
import stat
import threading
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy
from cli.kept import (
    Run,
    add,
    database_of,
    everybody,
    names,
    new,
    read,
    send_file,
)
from postgresql import Cluster

from jumpa.config import Settings
from jumpa.domains.organisations.models import HOME

pytestmark = pytest.mark.usefixtures("in_folder")


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A server with Ayu's account, for either database."""
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.create("kept").render_as_string(hide_password=False)
        monkeypatch.setenv("JUMPA_DATABASE__URL", url)
    made = Settings()
    asyncio.run(add(made, "ayu@example.com"))
    return made


def empty_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name an empty database where the settings name one."""
    if "postgresql" in request.node.name:
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.create("restored").render_as_string(hide_password=False)
        monkeypatch.setenv("JUMPA_DATABASE__URL", url)


class TestBackupAndRestore:
    def test_bring_everything_back(
        self,
        run: Run,
        settings: Settings,
        request: pytest.FixtureRequest,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        file = send_file(settings)
        secret = (settings.storage.data / "secret").read_bytes()

        status, said = run("backup", "kept.tar.gz")
        assert (status, "1 files" in said) == (0, True), said
        empty_database(request, monkeypatch)
        status, said = run("restore", "kept.tar.gz", "--data", "new")

        assert status == 0, said
        unpacked = [path for path in Path("new").rglob("*") if "-" not in path.name]
        assert asyncio.run(everybody(new())) == ["ayu@example.com"]
        assert Path("new/secret").read_bytes() == secret
        assert {"lock", "serve.json"} & names(Path("new")) == set()
        assert read(Path("new"), file) == b"Teh"
        modes = {stat.S_IMODE(path.stat().st_mode) for path in unpacked}
        assert {mode & 0o077 for mode in modes} == {0}

    @pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
    def test_leave_a_database_alone_that_is_not_empty(self, run: Run, settings: Settings) -> None:
        run("backup", "kept.tar.gz")

        status, said = run("restore", "kept.tar.gz", "--data", "new")

        assert (status, "name an empty one" in said) == (1, True)
        assert names(Path("new")) <= {"lock"}
        assert asyncio.run(everybody(settings)) == ["ayu@example.com"]

    def test_keep_letters_and_signs(
        self,
        run: Run,
        settings: Settings,
        request: pytest.FixtureRequest,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        send_file(settings)
        run("backup", "kept.tar.gz")
        empty_database(request, monkeypatch)

        run("restore", "kept.tar.gz", "--data", "new")

        engine = database_of(new())
        with engine.begin() as connection:
            statement = "SELECT message, edited_at, identity FROM room_messages"
            kept = [tuple(row) for row in connection.execute(sqlalchemy.text(statement))]
        engine.dispose()
        assert kept == [('Teh, "manis"\n', None, "")]

    def test_hold_one_moment_while_others_write(
        self,
        run: Run,
        settings: Settings,
        request: pytest.FixtureRequest,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        engine, stop = database_of(settings), threading.Event()
        add_two = (
            "INSERT INTO organisations (id, name, created_at) VALUES (:id, :name, '2026-01-01')"
        )

        def write_pairs() -> None:
            while not stop.is_set():
                name = uuid4().hex
                with engine.begin() as connection:
                    for _ in range(2):
                        values = {"id": uuid4().hex, "name": name}
                        connection.execute(sqlalchemy.text(add_two), values)

        writer = threading.Thread(target=write_pairs)
        writer.start()
        try:
            status, said = run("backup", "kept.tar.gz")
        finally:
            stop.set()
            writer.join()
        engine.dispose()
        assert status == 0, said
        empty_database(request, monkeypatch)
        run("restore", "kept.tar.gz", "--data", "new")

        restored = database_of(new())
        odd = "SELECT name FROM organisations WHERE id <> :home GROUP BY name HAVING count(*) <> 2"
        with restored.begin() as connection:
            assert connection.execute(sqlalchemy.text(odd), {"home": HOME.hex}).all() == []
        restored.dispose()
