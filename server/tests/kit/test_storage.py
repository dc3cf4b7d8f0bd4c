"""The data folder."""

import stat
from pathlib import Path

import pytest

from jumpa.kit import storage
from jumpa.kit.storage import DataFolderError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestOpenFolder:
    def test_makes_one_for_this_user_alone(self, tmp_path: Path) -> None:
        folder = storage.open_folder(tmp_path / "a" / "b")

        assert mode(folder) == 0o700

    def test_refuses_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("")

        with pytest.raises(DataFolderError, match="cannot be created"):
            storage.open_folder(tmp_path / "data")


class TestReadSecret:
    def test_makes_it_once(self, tmp_path: Path) -> None:
        first = storage.read_secret(tmp_path)

        assert len(first) == 32
        assert storage.read_secret(tmp_path) == first
        assert mode(tmp_path / "secret") == 0o600

    def test_makes_another_elsewhere(self, tmp_path: Path) -> None:
        here, there = tmp_path / "here", tmp_path / "there"
        here.mkdir()
        there.mkdir()

        assert storage.read_secret(here) != storage.read_secret(there)

    @pytest.mark.parametrize("bits", [0o640, 0o604, 0o622])
    def test_refuses_one_that_others_can_reach(self, tmp_path: Path, bits: int) -> None:
        storage.read_secret(tmp_path)
        (tmp_path / "secret").chmod(bits)

        with pytest.raises(DataFolderError, match="chmod 600"):
            storage.read_secret(tmp_path)

    def test_refuses_a_damaged_one_and_keeps_it(self, tmp_path: Path) -> None:
        storage.make_private(tmp_path / "secret", b"short")

        with pytest.raises(DataFolderError, match="damaged"):
            storage.read_secret(tmp_path)

        assert (tmp_path / "secret").read_bytes() == b"short"


class TestLocked:
    def test_keeps_a_second_server_out(self, tmp_path: Path) -> None:
        with (
            storage.locked(tmp_path),
            pytest.raises(DataFolderError, match="in use"),
            storage.locked(tmp_path),
        ):
            pass

        with storage.locked(tmp_path):
            pass


class TestReplacePrivate:
    def test_replaces_the_whole_file_and_leaves_nothing_beside_it(self, tmp_path: Path) -> None:
        path = tmp_path / "serve.json"
        path.write_text("old")
        path.chmod(0o644)

        storage.replace_private(path, b"new")

        assert path.read_bytes() == b"new"
        assert mode(path) == 0o600
        assert [p.name for p in tmp_path.iterdir()] == ["serve.json"]
