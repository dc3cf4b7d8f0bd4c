"""What is sealed opens in its place alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumpa.kit.keyring import KeyRing, SealBrokenError, add_key, read_ring
from jumpa.kit.storage import DataFolderError

RING = KeyRing("k2", {"k1": b"1" * 32, "k2": b"2" * 32})


class TestSeal:
    @given(st.text(), st.text())
    def test_opens_again(self, text: str, purpose: str) -> None:
        assert RING.open(RING.seal(text, purpose), purpose) == text

    def test_differs_each_time(self) -> None:
        assert len({RING.seal("text", "place") for _ in range(50)}) == 50

    def test_does_not_show_the_text(self) -> None:
        assert "secret" not in RING.seal("secret", "place")
        assert "1111" not in repr(RING)


class TestOpen:
    def test_refuses_another_place(self) -> None:
        with pytest.raises(SealBrokenError):
            RING.open(RING.seal("text", "place"), "another")

    @pytest.mark.parametrize(
        "sealed", ["", "k2", "k2.", "k2.!!", "k9.AAAA", "AAAA", "k2.AAAA", ".", "k2." + "A" * 100]
    )
    def test_refuses_what_was_not_sealed(self, sealed: str) -> None:
        with pytest.raises(SealBrokenError):
            RING.open(sealed, "place")

    @pytest.mark.parametrize("position", [3, 10, 25, -3])
    def test_refuses_what_was_changed(self, position: int) -> None:
        sealed = list(RING.seal("a longer text than a block", "place"))
        sealed[position] = "A" if sealed[position] != "A" else "B"

        with pytest.raises(SealBrokenError):
            RING.open("".join(sealed), "place")

    def test_reads_older_keys_and_knows_them(self) -> None:
        older = KeyRing("k1", RING.keys).seal("text", "place")

        assert RING.open(older, "place") == "text"
        assert not RING.is_current(older)
        assert RING.is_current(RING.seal("text", "place"))


class TestReadRing:
    def test_makes_one_for_this_user_alone_and_keeps_it(self, tmp_path: Path) -> None:
        sealed = read_ring(tmp_path).seal("text", "place")

        assert read_ring(tmp_path).open(sealed, "place") == "text"
        assert (tmp_path / "keyring.json").stat().st_mode & 0o077 == 0

    def test_refuses_one_that_others_can_read(self, tmp_path: Path) -> None:
        read_ring(tmp_path)
        (tmp_path / "keyring.json").chmod(0o644)

        with pytest.raises(DataFolderError, match="chmod 600"):
            read_ring(tmp_path)

    @pytest.mark.parametrize(
        "content",
        [
            "",
            "{}",
            "[]",
            '{"current": "k1", "keys": {}}',
            '{"current": "k1", "keys": {"k1": "00"}}',
            '{"current": "k1", "keys": {"k1": 7}}',
        ],
    )
    def test_refuses_a_damaged_one_and_keeps_it(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "keyring.json"
        path.write_text(content)
        path.chmod(0o600)

        with pytest.raises(DataFolderError, match="damaged"):
            read_ring(tmp_path)

        assert path.read_text() == content


class TestAddKey:
    def test_seals_with_the_new_one_and_opens_the_old(self, tmp_path: Path) -> None:
        sealed = read_ring(tmp_path).seal("text", "place")

        ring = add_key(tmp_path)

        assert ring.current == "k2"
        assert ring.open(sealed, "place") == "text"
        assert read_ring(tmp_path).current == "k2"
