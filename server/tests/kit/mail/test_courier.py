"""Letters leave once, and wait while the way is shut."""

import asyncio
import email
import socket
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from factories import RING, Clock, FakeMailer
from sqlalchemy import func, select

from jumpa.domains.organisations.models import HOME
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.database import Database
from jumpa.kit.keyring import KeyRing
from jumpa.kit.mail import queue
from jumpa.kit.mail.courier import Courier
from jumpa.kit.mail.files import FileMailer
from jumpa.kit.mail.letter import Letter, MailUnavailableError
from jumpa.kit.mail.queue import QueuedLetter
from jumpa.kit.mail.smtp import SmtpMailer, SmtpServer

LETTER = Letter("ayu@example.com", "H\u00e9llo", "A link:\n\nhttps://meet.example/x#token\n")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def courier(database: Database, clock: Clock) -> Courier:
    async def publish(_: object) -> None:
        pass

    return Courier(UnitOfWork(database.sessions, publish, clock), RING, FakeMailer(), 3)


def mailer_of(courier: Courier) -> FakeMailer:
    assert isinstance(courier.mailer, FakeMailer)
    return courier.mailer


async def post(courier: Courier, ring: KeyRing = RING) -> None:
    async with courier.work.write(SERVER) as ctx:
        await queue.enqueue(ctx, ring, LETTER, HOME)


async def waiting(courier: Courier) -> int:
    async with courier.work.read(SERVER) as ctx:
        return await ctx.session.scalar(select(func.count()).select_from(QueuedLetter)) or 0


class TestDeliverDue:
    async def test_sends_and_forgets(self, courier: Courier) -> None:
        await post(courier)

        assert await courier.deliver_due() == 1
        assert await courier.deliver_due() == 0

        assert mailer_of(courier).sent == [LETTER]
        assert await waiting(courier) == 0

    async def test_keeps_a_letter_while_the_way_is_shut(
        self, courier: Courier, clock: Clock
    ) -> None:
        mailer_of(courier).is_away = True
        await post(courier)

        await courier.deliver_due()
        assert await courier.deliver_due() == 0
        mailer_of(courier).is_away = False
        clock.move(seconds=30)
        await courier.deliver_due()

        assert mailer_of(courier).sent == [LETTER]

    async def test_gives_a_letter_up_after_its_attempts(
        self, courier: Courier, clock: Clock
    ) -> None:
        mailer_of(courier).is_away = True
        await post(courier)
        for _ in range(3):
            assert await courier.deliver_due() == 1
            clock.move(hours=7)

        assert await waiting(courier) == 0

    async def test_gives_up_what_cannot_be_opened(self, courier: Courier) -> None:
        await post(courier, KeyRing("lost", {"lost": b"x" * 32}))
        await post(courier)

        await courier.deliver_due()

        assert mailer_of(courier).sent == [LETTER]
        assert await waiting(courier) == 0

    async def test_sends_each_once_when_two_servers_look(self, courier: Courier) -> None:
        for _ in range(5):
            await post(courier)

        await asyncio.gather(courier.deliver_due(), courier.deliver_due())

        assert len(mailer_of(courier).sent) == 5

    async def test_keeps_letters_sealed(self, courier: Courier) -> None:
        await post(courier)

        async with courier.work.read(SERVER) as ctx:
            row = (await ctx.session.scalars(select(QueuedLetter))).one()
        assert "ayu" not in row.sealed
        assert "token" not in row.sealed


class TestRun:
    async def test_delivers_what_is_there_and_what_comes(self, courier: Courier) -> None:
        await post(courier)
        running = asyncio.create_task(courier.run())
        try:
            async with asyncio.timeout(30):
                await mailer_of(courier).left.get()
                await post(courier)
                courier.wake()
                await mailer_of(courier).left.get()
        finally:
            running.cancel()
            await asyncio.wait({running})

        assert len(mailer_of(courier).sent) == 2


class TestPause:
    def test_grows_and_ends(self) -> None:
        pauses = [queue.pause_after(number).total_seconds() for number in (0, 1, 2, 30, 1000)]

        assert pauses == [30, 60, 120, 21_600, 21_600]


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

    async def test_says_when_nobody_answers(self) -> None:
        with pytest.raises(MailUnavailableError):
            await smtp(free_port()).send(LETTER, "one")
