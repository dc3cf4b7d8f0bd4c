"""API keys from settings and file."""

from pathlib import Path

import pytest

from jumpa.app.keys import KeyFileError, given_keys, own_key
from jumpa.config import AuthSettings

LONG = "x" * 32


def keys_in(path: Path, text: str, **more: str) -> dict[str, str]:
    path.write_text(text)
    auth = AuthSettings.model_validate({"api_key_file": path, "api_keys": more})
    return given_keys(auth)


class TestGivenKeys:
    def test_reads_both_ways_of_writing(self, tmp_path: Path) -> None:
        text = f"# ours\n\none={LONG}\ntwo: {LONG}:=#x \nthree = a=b\nfour:a=b\n"

        keys = keys_in(tmp_path / "keys", text)

        assert keys == {"one": LONG, "two": f"{LONG}:=#x", "three": "a=b", "four": "a=b"}

    def test_prefers_the_settings(self, tmp_path: Path) -> None:
        assert keys_in(tmp_path / "keys", f"one={LONG}", one="other") == {"one": "other"}

    @pytest.mark.parametrize("line", ["one", "=secret", "one=", "one= ", ":", "one:"])
    def test_refuses_a_line_without_key_or_secret(self, tmp_path: Path, line: str) -> None:
        with pytest.raises(KeyFileError, match="Line 2 of"):
            keys_in(tmp_path / "keys", f"good={LONG}\n{line}\n")

    def test_does_not_repeat_the_line(self, tmp_path: Path) -> None:
        with pytest.raises(KeyFileError) as caught:
            keys_in(tmp_path / "keys", "hunter2\n")

        assert "hunter2" not in str(caught.value)

    def test_refuses_a_key_that_is_named_twice(self, tmp_path: Path) -> None:
        with pytest.raises(KeyFileError, match="second time"):
            keys_in(tmp_path / "keys", f"one={LONG}\none={LONG}\n")

    def test_refuses_a_file_that_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(KeyFileError, match="cannot be read"):
            given_keys(AuthSettings(api_key_file=tmp_path / "none"))

    def test_warns_of_a_short_secret_without_telling_it(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        keys_in(tmp_path / "keys", f"one=hunter2\ntwo={LONG}\n")

        assert "API key one is short" in caplog.text
        assert "hunter2" not in caplog.text
        assert "two" not in caplog.text


class TestOwnKey:
    def test_follows_from_the_secret_and_hides_it(self) -> None:
        key = own_key(b"s" * 32)

        assert key == own_key(b"s" * 32)
        assert key != own_key(b"t" * 32)
        assert len(key.secret) == 64
        assert key.secret not in repr(key)
