"""Accounts, schema, audit log and keys from the command line."""

import asyncio
import getpass
import sqlite3
from pathlib import Path

import pytest
from people import PASSWORD

from jumpa.app.offline import opened
from jumpa.cli import commands
from jumpa.config import Settings
from jumpa.domains.auth.service import login, sessions
from jumpa.domains.auth.service.login import Credentials
from jumpa.domains.auth.service.sessions import SessionTokens
from jumpa.kit.actor import NOBODY, Actor

AYU = ("--email", "Ayu@Example.com", "--first-name", "Ayu", "--last-name", "Lestari")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "password").write_text(f"{PASSWORD}\nsecond line\n")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run the command line; return its status and everything that it said."""
    with pytest.raises(SystemExit) as ended:
        commands.main([*words])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out + said.err


def create(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    return run(capsys, "user", "create", *AYU, "--password-file", "password", *more)


def log_in(password: str = PASSWORD) -> SessionTokens:
    async def begin() -> SessionTokens:
        async with opened(Settings()) as parts:
            return await login.log_in(parts, NOBODY, Credentials("ayu@example.com", password))

    return asyncio.run(begin())


def identify(tokens: SessionTokens) -> Actor:
    async def ask() -> Actor:
        async with opened(Settings()) as parts:
            return await sessions.identify(parts, tokens.access_token, NOBODY)

    return asyncio.run(ask())


class TestUserCreate:
    def test_makes_an_administrator_who_can_sign_in(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status, said = create(capsys, "--admin")

        assert status == 0
        assert "ayu@example.com administrator" in said
        assert PASSWORD not in said
        assert identify(log_in()).is_administrator

    def test_makes_a_member_unless_told_otherwise(self, capsys: pytest.CaptureFixture[str]) -> None:
        create(capsys)

        assert not identify(log_in()).is_administrator

    def test_refuses_an_address_that_is_taken(self, capsys: pytest.CaptureFixture[str]) -> None:
        create(capsys)

        status, said = create(capsys)

        assert (status, said) == (1, "Another account has this e-mail address.\n")

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("--email", "nobody"), "is no e-mail address"),
            (("--first-name", " "), "must contain something that can be read"),
            (("--last-name", "x" * 101), "at most 100 characters"),
            (("--password-file", "missing"), "cannot be read"),
        ],
    )
    def test_says_what_cannot_be_used(
        self, capsys: pytest.CaptureFixture[str], words: tuple[str, str], told: str
    ) -> None:
        given = dict(zip(AYU[::2], AYU[1::2], strict=True)) | {"--password-file": "password"}
        given |= {words[0]: words[1]}

        status, said = run(capsys, "user", "create", *(w for pair in given.items() for w in pair))

        assert status == 2
        assert told in said

    def test_refuses_a_weak_password(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        (tmp_path / "password").write_text("password1")

        status, said = create(capsys)

        assert status == 2
        assert "easy to guess" in said

    def test_asks_twice_where_no_file_has_the_password(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        typed = iter([PASSWORD, PASSWORD, PASSWORD, "another"])
        monkeypatch.setattr(getpass, "getpass", lambda _: next(typed))

        assert run(capsys, "user", "create", *AYU)[0] == 0
        status, said = run(capsys, "user", "password", "ayu@example.com")

        assert status == 2
        assert "not the same" in said


class TestUserList:
    def test_names_everybody(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(capsys, "user", "list") == (0, "")
        create(capsys)

        status, said = run(capsys, "user", "list")

        assert status == 0
        assert said.split()[1:] == ["ayu@example.com", "member", "active"]


class TestUserClose:
    def test_ends_every_session_until_it_is_opened_again(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        create(capsys)
        tokens = log_in()

        assert run(capsys, "user", "close", "AYU@example.com")[0] == 0

        with pytest.raises(Exception, match="access token"):
            identify(tokens)
        with pytest.raises(Exception, match="closed"):
            log_in()
        assert run(capsys, "user", "open", "ayu@example.com")[0] == 0
        assert identify(log_in()).user_id

    @pytest.mark.parametrize("command", ["close", "open"])
    def test_says_that_there_is_nobody(
        self, capsys: pytest.CaptureFixture[str], command: str
    ) -> None:
        status, said = run(capsys, "user", command, "nobody@example.com")

        assert status == 1
        assert "no account" in said


class TestUserPassword:
    def test_sets_it_and_ends_sessions(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        create(capsys)
        tokens = log_in()
        (tmp_path / "password").write_text("seven warm lanterns")

        words = ("user", "password", "ayu@example.com", "--password-file", "password")
        assert run(capsys, *words)[0] == 0

        with pytest.raises(Exception, match="access token"):
            identify(tokens)
        assert identify(log_in("seven warm lanterns")).user_id


class TestMigrate:
    def test_says_what_it_did(self, capsys: pytest.CaptureFixture[str]) -> None:
        first, second = run(capsys, "migrate"), run(capsys, "migrate")

        assert first[0] == second[0] == 0
        assert "went from nothing to" in first[1]
        assert "is at" in second[1]

    def test_tells_of_a_database_that_cannot_be_used(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("JUMPA_DATABASE__URL", "mysql://me:secret@host/name")

        status, said = run(capsys, "migrate")

        assert status == 2
        assert "postgresql://" in said
        assert "secret" not in said

    def test_says_that_the_database_is_away(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        url = f"postgresql://me:secret@/name?host={tmp_path}"
        monkeypatch.setenv("JUMPA_DATABASE__URL", url)

        status, said = run(capsys, "migrate")

        assert status == 1
        assert said.startswith("The database cannot be used: ")
        assert "secret" not in said


class TestAuditVerify:
    def test_fails_when_an_entry_was_changed(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        create(capsys)
        assert run(capsys, "audit", "verify")[0] == 0

        with sqlite3.connect(tmp_path / "data" / "jumpa.db") as connection:
            connection.execute("UPDATE audit_entries SET action = 'harmless'")
        connection.close()

        status, said = run(capsys, "audit", "verify")
        assert status == 1
        assert "breaks at 1" in said


class TestKeysRotate:
    def test_makes_a_new_key(self, capsys: pytest.CaptureFixture[str]) -> None:
        create(capsys)

        status, said = run(capsys, "keys", "rotate")

        assert status == 0
        assert "The key is k2; 0 secrets" in said
        assert identify(log_in()).user_id
