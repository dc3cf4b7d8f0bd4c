"""Names of files, as people send them and as they are kept."""

import pytest

from jumpa.kit.texts import file_name


class TestFileName:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../etc/passwd.txt", "passwd.txt"),
            ("..\\..\\boot.txt", "boot.txt"),
            ("/etc/cron.txt", "cron.txt"),
            ("C:\\a\\b.txt", "b.txt"),
            ("%2e%2e%2fa.txt", "_2e_2e_2fa.txt"),
            ("a\x00.txt", "a.txt"),
            ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
            ('a";filename="b.txt', "a__filename=_b.txt"),
            ("\u202etxt.exe.txt", "txt.exe.txt"),
            ("  a   b .txt", "a b .txt"),
            ("...txt", "txt"),
            ("x" * 300 + ".txt", "x" * 196 + ".txt"),
            ("x." + "y" * 300, "." + "y" * 199),
            ("Re\u0301sume\u0301 予定.txt", "R\u00e9sum\u00e9 予定.txt"),
            ("\U0001f375.txt", "\U0001f375.txt"),
        ],
    )
    def test_is_made_safe(self, given: str, kept: str) -> None:
        assert file_name(given) == kept

    @pytest.mark.parametrize("given", ["", ".", "..", "/", "a/", "\u200b", "\x00", "\u202e"])
    def test_is_refused_when_nothing_is_left(self, given: str) -> None:
        with pytest.raises(ValueError, match="must be a name"):
            file_name(given)
