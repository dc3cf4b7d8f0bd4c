"""What a backup is, and which are refused."""

import asyncio
import errno
import gzip
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy
from alembic import command
from cli.kept import (
    Run,
    add,
    database_of,
    everybody,
    files,
    members,
    names,
    new,
    put,
    send_file,
    told,
    write,
)
from factories import NOW

from jumpa.app import backup as backups
from jumpa.app.backup import FolderFixedError
from jumpa.config import Settings, StorageSettings
from jumpa.kit import objects, storage
from jumpa.kit.db.database import connect
from jumpa.kit.db.migrating import migrations, revision

pytestmark = pytest.mark.usefixtures("in_folder")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server on SQLite with Ayu's account, and a backup of it; made once and copied."""
    folder = tmp_path_factory.mktemp("made")
    settings = Settings(storage=StorageSettings(data=folder / "data"))
    asyncio.run(add(settings, "ayu@example.com"))
    send_file(settings)
    backups.back_up(settings, folder / "kept.tar.gz", NOW)
    return folder


@pytest.fixture
def here(made: Path, in_folder: Path) -> Settings:
    """The server."""
    shutil.copytree(made / "data", in_folder / "data")
    return Settings()


@pytest.fixture
def kept(made: Path, here: Settings) -> Path:
    """The backup."""
    assert here.storage.data.is_dir()
    return Path(shutil.copy2(made / "kept.tar.gz", "kept.tar.gz"))


class TestBackup:
    def test_is_for_this_user_alone(self, kept: Path) -> None:
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    def test_says_what_it_is(self, kept: Path) -> None:
        manifest = json.loads(members(kept)["manifest.json"])

        assert (manifest["database"], manifest["objects"]) == ("sqlite", "included")
        assert manifest["revision"] == revision(database_of(Settings()).url)[1]
        assert set(manifest["files"]) == set(members(kept)) - {"manifest.json"}

    def test_overwrites_nothing(self, run: Run, kept: Path) -> None:
        before = kept.read_bytes()

        status, said = run("backup", str(kept))

        assert (status, "another name" in said) == (1, True)
        assert kept.read_bytes() == before

    @pytest.mark.usefixtures("here")
    def test_takes_a_name_of_its_own_in_a_folder(self, run: Run) -> None:
        Path("backups").mkdir()

        status, said = run("backup", "backups")

        (made,) = Path("backups").iterdir()
        assert (status, str(made) in said) == (0, True)

    def test_leaves_no_half_behind(self, run: Run, here: Settings) -> None:
        (here.storage.data / "jumpa.db").write_bytes(b"no database at all, only some bytes")

        status, said = run("backup", "kept.tar.gz")

        assert (status, "cannot be copied" in said) == (2, True), said
        assert {path.name for path in Path().iterdir()} == {"data"}
        assert not [name for name in names(here.storage.data) if name.startswith(".jumpa-copy-")]

    def test_forgets_what_a_killed_one_left(self, run: Run, here: Settings) -> None:
        old, young = (here.storage.data / f".jumpa-copy-{name}" for name in ("old", "young"))
        for folder in (old, young):
            folder.mkdir()
        os.utime(old, (0, 0))

        assert run("backup", "kept.tar.gz")[0] == 0

        assert (old.exists(), young.exists()) == (False, True)

    def test_leaves_out_what_was_taken_back_or_never_came(self, run: Run, here: Settings) -> None:
        (taken_back,) = asyncio.run(files(here.storage.data))
        asyncio.run(objects.on_disk(here.storage.data / "objects").delete(taken_back))
        put(here.storage.data, uuid4(), b"no message has it")

        run("backup", "kept.tar.gz")

        assert [name for name in members(Path("kept.tar.gz")) if "objects" in name] == []


class TestRestore:
    def test_refuses_while_a_server_runs(self, run: Run, here: Settings, kept: Path) -> None:
        with storage.locked(here.storage.data):
            status, said = run("restore", str(kept), "--replace")

        assert (status, "in use" in said) == (1, True)
        assert asyncio.run(everybody(here)) == ["ayu@example.com"]

    def test_refuses_a_folder_with_data(self, run: Run, here: Settings, kept: Path) -> None:
        asyncio.run(add(here, "budi@example.com"))

        status, said = run("restore", str(kept))

        assert (status, "--replace" in said) == (1, True)
        assert len(asyncio.run(everybody(here))) == 2

    def test_puts_aside_what_was_there_when_asked(
        self, run: Run, here: Settings, kept: Path
    ) -> None:
        asyncio.run(add(here, "budi@example.com"))

        status, said = run("restore", str(kept), "--replace")

        assert status == 0, said
        assert asyncio.run(everybody(here)) == ["ayu@example.com"]
        (aside,) = Path().glob("data.before-*")
        earlier = Settings(storage=StorageSettings(data=aside))
        assert len(asyncio.run(everybody(earlier))) == 2

    @pytest.mark.parametrize("bytes_left", [0, 100, 0.5, 0.99])
    def test_refuses_one_that_was_cut_off(self, run: Run, kept: Path, bytes_left: float) -> None:
        whole = kept.read_bytes()
        kept.write_bytes(whole[: int(bytes_left if bytes_left > 1 else bytes_left * len(whole))])

        assert_refused(run, kept)

    @pytest.mark.parametrize("place", [0.01, 0.3, 0.6, 0.9, 0.999])
    def test_refuses_one_with_a_flipped_bit(self, run: Run, kept: Path, place: float) -> None:
        damaged = bytearray(kept.read_bytes())
        damaged[int(place * len(damaged))] ^= 0x10
        kept.write_bytes(damaged)

        assert_refused(run, kept)

    def test_refuses_a_changed_file(self, run: Run, kept: Path) -> None:
        contents = members(kept)
        contents["data/secret"] = b"x" * 32
        write(kept, contents)

        assert_refused(run, kept)

    @pytest.mark.parametrize("change", ["more", "fewer"])
    def test_refuses_more_or_fewer_files(self, run: Run, kept: Path, change: str) -> None:
        contents = members(kept)
        if change == "fewer":
            del contents["data/secret"]
        write(kept, {"data/more": b"x", **contents} if change == "more" else contents)

        assert_refused(run, kept)

    @pytest.mark.parametrize(
        "name", ["../evil", "/evil", "data/../../evil", "data/.hidden", "data//x", "data/a\\b", "é"]
    )
    def test_refuses_ways_out_of_the_folder(
        self, run: Run, kept: Path, tmp_path: Path, name: str
    ) -> None:
        write(kept, told({name: b"evil", **members(kept)}))

        assert_refused(run, kept)
        assert not list(tmp_path.parent.glob("evil"))

    @pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
    def test_refuses_links_and_devices(self, run: Run, kept: Path, kind: bytes) -> None:
        link = tarfile.TarInfo("data/objects")
        link.type, link.linkname = kind, "/etc"
        write(kept, members(kept), link)

        assert_refused(run, kept)

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"revision": "2099_later"}, "newer version"),
            ({"database": "postgresql"}, "name another"),
            ({"format": 2}, "another version"),
            ({"revision": 7}, "damaged"),
            ({"tables": []}, "damaged"),
        ],
    )
    def test_refuses_what_it_does_not_know(
        self, run: Run, kept: Path, facts: dict[str, object], said: str
    ) -> None:
        write(kept, told(members(kept), **facts))

        assert said in assert_refused(run, kept)

    def test_refuses_a_database_that_is_none(self, run: Run, kept: Path) -> None:
        write(kept, told({**members(kept), "database/jumpa.db": b"nothing"}))

        assert_refused(run, kept)

    def test_refuses_what_is_no_archive(self, run: Run) -> None:
        Path("kept.tar.gz").write_bytes(gzip.compress(b"Teh"))

        assert_refused(run, Path("kept.tar.gz"))
        assert_refused(run, Path("missing.tar.gz"))

    def test_brings_an_older_schema_up_to_date(self, run: Run, kept: Path, tmp_path: Path) -> None:
        contents = members(kept)
        old = tmp_path / "old.db"
        old.write_bytes(contents["database/jumpa.db"])
        downgrade(old)
        write(kept, told({**contents, "database/jumpa.db": old.read_bytes()}, revision=OLDER))

        status, said = run("restore", str(kept), "--data", "new")

        assert status == 0, said
        found, newest = revision(sqlalchemy.URL.create("sqlite", database="new/jumpa.db"))
        assert found == newest

    def test_puts_aside_where_folders_cannot_be_exchanged(
        self, run: Run, here: Settings, kept: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(backups, "_exchanged", lambda *_: False)

        status, said = run("restore", str(kept), "--replace")

        assert status == 0, said
        assert asyncio.run(everybody(here)) == ["ayu@example.com"]
        assert len(list(Path().glob("data.before-*"))) == 1

    def test_goes_back_when_it_cannot_go_on(
        self, run: Run, here: Settings, kept: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rename = Path.rename

        def stuck(path: Path, target: Path) -> Path:
            if path.name == "data" and path != here.storage.data.resolve():
                raise OSError(errno.EIO, "Input/output error")
            return rename(path, target)

        monkeypatch.setattr(backups, "_exchanged", lambda *_: False)
        monkeypatch.setattr(Path, "rename", stuck)

        assert run("restore", str(kept), "--replace")[0] == 1
        assert asyncio.run(everybody(here)) == ["ayu@example.com"]

    def test_says_that_a_mounted_folder_cannot_be_renamed(
        self, run: Run, here: Settings, kept: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def busy(*_: object) -> None:
            raise OSError(errno.EBUSY, "Device or resource busy")

        monkeypatch.setattr(backups, "_exchanged", busy)

        status, said = run("restore", str(kept), "--replace")

        assert (status, "a volume is mounted there" in said) == (1, True)
        assert asyncio.run(everybody(here)) == ["ayu@example.com"]

    def test_leaves_the_old_folder_when_it_cannot_be_renamed(
        self, run: Run, here: Settings, kept: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fixed(*_: object) -> None:
            raise FolderFixedError

        monkeypatch.setattr(backups, "_swap", fixed)

        status, _ = run("restore", str(kept), "--replace")

        assert status == 1
        assert asyncio.run(everybody(here)) == ["ayu@example.com"]

    @pytest.mark.parametrize("step", ["archive.unpack", "upgrade", "_swap", "Path.rename"])
    def test_that_is_killed_leaves_no_half_restored_folder(
        self, run: Run, kept: Path, step: str
    ) -> None:
        program = (
            "import os, sys; from jumpa.app import backup; from jumpa.cli import main;"
            f"backup.{step} = lambda *_: os.kill(os.getpid(), 9);"
            "main(['restore', sys.argv[1], '--data', 'new'])"
        )

        killed = subprocess.run([sys.executable, "-c", program, kept], check=False)

        assert killed.returncode == -9
        assert names(Path("new")) <= {"lock"}
        status, said = run("restore", str(kept), "--data", "new")
        assert status == 0, said
        assert asyncio.run(everybody(new())) == ["ayu@example.com"]


OLDER = "20261121_chat"


def downgrade(path: Path) -> None:
    engine = connect(sqlalchemy.URL.create("sqlite", database=str(path)))
    with engine.begin() as connection:
        command.downgrade(migrations(connection), OLDER)
    engine.dispose()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    database.close()


def assert_refused(run: Run, archive: Path) -> str:
    status, said = run("restore", str(archive), "--data", "new")
    assert status in {1, 2}, said
    assert "Traceback" not in said
    assert names(Path("new")) <= {"lock"}
    assert not list(Path().glob(".jumpa-copy-*"))
    return said
