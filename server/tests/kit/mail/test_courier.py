"""Letters leave once, and wait while the way is shut."""

import asyncio
import email
import socket
import ssl
from contextlib import nullcontext
from datetime import UTC, datetime
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from factories import RING, Clock, FakeMailer

from jumpa.domains.organisations.models import HOME
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.database import Database
from jumpa.kit.keyring import KeyRing
from jumpa.kit.mail import queue
from jumpa.kit.mail.files import FileMailer
from jumpa.kit.mail.letter import Letter, MailUnavailableError
from jumpa.kit.mail.queue import Courier
from jumpa.kit.mail.smtp import SmtpMailer, SmtpServer
from jumpa.kit.tls import own_pair
from jumpa.kit.work import jobs
from jumpa.kit.work.worker import Worker

RELAY_KEY = "SG.a-key-of-an-account"
LETTER = Letter("ayu@example.com", "H\u00e9llo", "A link:\n\nhttps://meet.example/x#token\n")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


@pytest.fixture
def letters(database: Database, clock: Clock, mailer: FakeMailer) -> Worker:
    return letter_worker(database, clock, mailer)


def letter_worker(database: Database, clock: Clock, mailer: FakeMailer) -> Worker:
    async def publish(_: object) -> None:
        pass

    trade = Courier(RING, mailer).trade(3)
    work = UnitOfWork(database.sessions, publish, clock, database.turn)
    return Worker(work, {trade.kind: trade}, draw=lambda: 0)


async def post(letters: Worker, ring: KeyRing = RING, key: str | None = None) -> None:
    async with letters.work.write(SERVER) as ctx:
        await queue.enqueue(ctx, ring, LETTER, HOME, key)


async def states(letters: Worker) -> list[str]:
    async with letters.work.read(SERVER) as ctx:
        return [job.state for job in await jobs.list_last(ctx, None, None, None, 100)]


class TestDeliver:
    async def test_sends_a_letter_once(self, letters: Worker, mailer: FakeMailer) -> None:
        await post(letters)

        assert await letters.do_due() == 1
        assert await letters.do_due() == 0

        assert mailer.sent == [LETTER]
        assert await states(letters) == ["done"]

    async def test_keeps_a_letter_while_the_way_is_shut(
        self, letters: Worker, clock: Clock, mailer: FakeMailer
    ) -> None:
        mailer.is_away = True
        await post(letters)

        await letters.do_due()
        assert await letters.do_due() == 0
        mailer.is_away = False
        clock.move(seconds=30)
        await letters.do_due()

        assert mailer.sent == [LETTER]

    async def test_gives_a_letter_up_after_its_attempts(
        self, letters: Worker, clock: Clock, mailer: FakeMailer
    ) -> None:
        mailer.is_away = True
        await post(letters)
        for _ in range(3):
            assert await letters.do_due() == 1
            clock.move(hours=7)

        assert await letters.do_due() == 0
        assert await states(letters) == ["failed"]

    async def test_gives_up_what_cannot_be_opened(
        self, letters: Worker, mailer: FakeMailer
    ) -> None:
        await post(letters, KeyRing("lost", {"lost": b"x" * 32}))
        await post(letters)

        await letters.do_due()

        assert mailer.sent == [LETTER]
        assert sorted(await states(letters)) == ["done", "failed"]

    async def test_sends_one_letter_for_each_key(self, letters: Worker, mailer: FakeMailer) -> None:
        for _ in range(3):
            await post(letters, key="once")
            await letters.do_due()

        assert mailer.sent == [LETTER]

    async def test_keeps_letters_sealed(self, letters: Worker) -> None:
        await post(letters)

        async with letters.work.read(SERVER) as ctx:
            (job,) = await jobs.list_last(ctx, None, None, None, 100)
        assert "ayu" not in job.payload
        assert "token" not in job.payload


class TestRun:
    async def test_delivers_what_is_there_and_what_comes(
        self, letters: Worker, mailer: FakeMailer
    ) -> None:
        await post(letters)
        running = asyncio.create_task(letters.rounds.run())
        try:
            async with asyncio.timeout(30):
                await mailer.left.get()
                await post(letters)
                letters.rounds.wake()
                await mailer.left.get()
        finally:
            running.cancel()
            await asyncio.wait({running})

        assert len(mailer.sent) == 2


class TestFileMailer:
    async def test_writes_a_letter_that_only_this_user_reads(self, tmp_path: Path) -> None:
        folder = tmp_path / "outbox"
        mailer = FileMailer(folder, "Jumpa <jumpa@example.com>")

        for _ in range(2):
            await mailer.send(LETTER, "one")

        (path,) = folder.iterdir()
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        assert (message["To"], message["Subject"]) == ("ayu@example.com", "H\u00e9llo")
        assert "#token" in message.get_body().get_content()  # type: ignore[union-attr]  # plain text
        assert path.stat().st_mode & 0o077 == 0

    async def test_says_when_it_cannot(self, tmp_path: Path) -> None:
        (tmp_path / "outbox").write_text("in the way")

        with pytest.raises(MailUnavailableError):
            await FileMailer(tmp_path / "outbox", "x@example.com").send(LETTER, "one")


class Inbox:
    def __init__(self) -> None:
        self.envelopes: list[Any] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802  # as aiosmtpd calls it
        self.envelopes.append(envelope)
        return "250 taken"


def smtp(port: int, security: str = "none") -> SmtpMailer:
    server = SmtpServer("127.0.0.1", port, security, "", "", 5)  # type: ignore[arg-type]  # one of three
    return SmtpMailer(server, "Jumpa <jumpa@example.com>")


def relay(_server: object, _session: object, _envelope: object, _way: str, said: Any) -> AuthResult:  # noqa: ANN401  # as aiosmtpd calls it
    """Let in whoever has the key of an account, as SendGrid does: the name is always the same."""
    is_known = (said.login, said.password) == (b"apikey", RELAY_KEY.encode())
    return AuthResult(success=is_known, handled=is_known)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


class TestSmtpMailer:
    async def test_hands_the_letter_over(self) -> None:
        inbox = Inbox()
        controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
        controller.start()
        try:
            await smtp(controller.port).send(LETTER, "one")
        finally:
            controller.stop()

        (envelope,) = inbox.envelopes
        message = email.message_from_bytes(envelope.content, policy=default)
        assert envelope.rcpt_tos == ["ayu@example.com"]
        assert message["Message-ID"] == "<one@jumpa>"

    async def test_sends_nothing_in_the_clear_when_tls_is_wanted(self) -> None:
        inbox = Inbox()
        controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
        controller.start()
        try:
            with pytest.raises(MailUnavailableError):
                await smtp(controller.port, "starttls").send(LETTER, "one")
        finally:
            controller.stop()

        assert inbox.envelopes == []

    @pytest.mark.parametrize(("key", "is_taken"), [(RELAY_KEY, True), ("another", False)])
    async def test_signs_in_at_a_relay_behind_tls(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, is_taken: bool
    ) -> None:
        certificate, _ = own_pair(tmp_path, [ip_address("127.0.0.1")], datetime.now(UTC))
        # Whom programs believe who ask OpenSSL.
        monkeypatch.setenv("SSL_CERT_FILE", certificate)
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate)
        inbox = Inbox()
        controller = Controller(
            inbox,
            hostname="127.0.0.1",
            port=free_port(),
            tls_context=tls,
            require_starttls=True,
            auth_required=True,
            authenticator=relay,
        )
        relayed = SmtpServer("127.0.0.1", controller.port, "starttls", "apikey", key, 5)
        controller.start()
        try:
            with nullcontext() if is_taken else pytest.raises(MailUnavailableError):
                await SmtpMailer(relayed, "Jumpa <jumpa@example.com>").send(LETTER, "one")
        finally:
            controller.stop()

        assert len(inbox.envelopes) == is_taken

    async def test_says_when_nobody_answers(self) -> None:
        with pytest.raises(MailUnavailableError):
            await smtp(free_port()).send(LETTER, "one")
